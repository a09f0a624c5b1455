// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/document.h"
#include "core/record.h"

#include <QByteArray>
#include <QObject>
#include <QStringList>

class Inputs;
class ModelChoice;
class Runs;
struct Run;
class Settings;

/// Takes the document back from where one is kept: a PNG of ours, an earlier run, the sample.
class Restorer : public QObject
{
    Q_OBJECT

public:
    Restorer(
        Editor& editor, Inputs& inputs, ModelChoice& model, Runs& runs, Settings& settings,
        QObject* parent = nullptr);
    ~Restorer() override;

    /// Takes inputs, values and seed from a PNG that this program saved, in the background;
    /// restored() or failed() follows.
    void restore(const QString& name, const QByteArray& png);
    /// What of a run is taken.
    enum class Part { All, Pictures, Prompt, Seed };
    /// The same from a run, or a part of it.
    void restoreRun(int number, Part part = Part::All);
    /// Takes all of a run, so that the next one goes on from that step of it (Document::branch).
    void branchFrom(int number, int step);
    /// One of the method's offline samples by its id, the first where that is empty, in the
    /// background: its pictures, its values in place of all that were set, its seed. restored() or
    /// failed() follows.
    void loadSample(const std::string& id = {});

Q_SIGNALS:
    void restored();
    void failed(const QString& sentence);
    void notes(const QStringList& notes); ///< about what was restored

private:
    void takeForeign(Record record);
    void takeBranch(const Record& record, const BranchPoint& from);
    void takePictures(const Request& request);
    void takeOwn(const Run& run);
    void takePrompt(const Run& run);
    void take(const Record& record);
    QStringList takeValues(const Record& record);
    void retakeValues(const Record& record, const Values& before, int step);
    void findModel(const Record& record);
    void takeLoras(const std::vector<Lora>& loras);
    void lookForLoras(const Record& record);
    QStringList differences(const Record& record) const;

    Editor& m_editor;
    Inputs& m_inputs;
    ModelChoice& m_model;
    Runs& m_runs;
    Settings& m_settings;
    int m_replaced = 0;         ///< how often an earlier document came back
    std::stop_source m_closing; ///< what is read in the background ends with this
};
