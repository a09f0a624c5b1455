// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/inputs.h"

#include <QObject>

#include <functional>
#include <set>

class Engine;

/// What a slot's tool is asked for to make the map of a picture, where and with which model @p like
/// says; @p value gives values of the slot's method.
Request mapRequest(
    const Slot& slot, const Method& tool, const Input& input, const Request& like,
    const std::function<Value(const std::string& id)>& value);

/// Makes the map of a picture beforehand, by the tool that its slot names, and puts it into the
/// picture's place.
class Maps : public QObject
{
    Q_OBJECT

public:
    /// @p request gives what the document asks for at the moment: where and with which model.
    Maps(
        Engine& engine, Editor& editor, Inputs& inputs, std::function<Request()> request,
        QObject* parent = nullptr);

    /// Whether the picture there is of a kind that a map can be made for.
    bool canMake(const Place& place) const;
    bool making(const Place& place) const;
    /// Puts the map of the picture into its place: started(), then announced() or failed(), and
    /// ended().
    void make(const Place& place);

    /// The tool of the mode about whose picture a vision-language model is asked; null: it has
    /// none.
    const Method* questionTool() const;
    /// Whether all pictures are there that it needs.
    bool canAsk() const;
    /// Makes that picture, in turn on the worker. One of the two is called, unless @p context is
    /// gone.
    void makeQuestion(
        QObject* context, const std::function<void(const SharedImage&)>& done,
        const std::function<void(const QString& sentence)>& failed);

Q_SIGNALS:
    void started(const Place& place);
    void ended(const Place& place);
    void failed(const Place& place, const QString& sentence);
    void announced(const QString& sentence, int step, const std::function<void()>& undo);

private:
    void take(const Place& place, const Input& before, int version, const Result& result);

    Engine& m_engine;
    Editor& m_editor;
    Inputs& m_inputs;
    std::function<Request()> m_request;
    std::set<Place> m_making;
};
