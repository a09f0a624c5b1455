// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/document.h"
#include "core/loracard.h"

#include <QObject>
#include <QString>

#include <functional>
#include <map>
#include <utility>

class ModelChoice;
class Settings;

/// The LoRAs of the document: how files come into the list, and what each is for the model that is
/// chosen.
class LoraChoice : public QObject
{
    Q_OBJECT

public:
    LoraChoice(
        Editor& editor, const ModelChoice& model, Settings& settings, QObject* parent = nullptr);

    const std::vector<ListedLora>& list() const { return m_editor.document().loras; }
    /// What one of the list is for the model; null while it is being read.
    const LoraCard* card(int at) const;
    bool reading() const { return m_reading > 0; } ///< a file is on its way into the list
    /// Reads a file in the background and puts it behind the others; one that is in the list
    /// already is switched on. failed() follows where it cannot be added to the model.
    void add(const QString& file);
    void setOn(int at, bool on);
    void setWeight(int at, double weight); ///< within mostLoraWeight
    void remove(int at);
    /// Puts the words that call one up behind the prompt.
    void addTriggers(int at);

Q_SIGNALS:
    void changed(); ///< the list, or what is known of one
    void failed(const QString& sentence);
    /// What was switched besides, since the LoRA is made for few steps; empty: nothing was.
    void said(const QString& sentence);

private:
    void edit(int at, const std::function<void(ListedLora&)>& change);
    void switched(bool on, const Lora& lora, const std::function<void(Document&)>& change);
    void describe();

    Editor& m_editor;
    const ModelChoice& m_model;
    Settings& m_settings;
    /// By hash and model; without a name while it is being read.
    std::map<std::pair<std::string, std::string>, LoraCard> m_cards;
    int m_reading = 0;
};
