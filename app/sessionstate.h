// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/checkpointhelper.h"
#include "app/engine.h"
#include "app/methodlist.h"
#include "app/session.h"
#include "app/settings.h"

#include <QElapsedTimer>

#include <deque>
#include <map>
#include <string>

/// What Session keeps; for the files that implement it.
struct Session::State
{
    /// What each method has for itself.
    struct Choices
    {
        Values byHand = {};
        std::string preset = {};
    };
    struct Sourced
    {
        Value value = {};
        QString origin = {};
    };
    struct WantedDecode
    {
        int run = 0, step = 0;
        bool operator==(const WantedDecode&) const = default;
    };

    Engine& engine;
    const MethodList& methods;
    Settings& settings;

    const Method* method = nullptr;
    std::map<std::string, Choices> choices = {}; ///< by method
    std::map<std::string, Input> inputs = {};
    std::map<std::string, int> loads =
        {}; ///< by slot: the last load asked for is the one that counts
    quint64 seed = 42;
    bool seedLocked = false;
    QString device = {}, precision = {};
    QString modelPath = {};  ///< as chosen; empty: the default model
    ModelCard card = {};     ///< of the file that is loaded
    QString converting = {}; ///< the checkpoint that is being converted
    CheckpointHelper helper {};

    std::vector<std::shared_ptr<Run>> runs = {};
    int current = 0; ///< number of the run that is shown; 0: none
    int inProgress = 0, lastNumber = 0;
    bool keep = false;
    QElapsedTimer clock = {};
    std::vector<double> finishedSteps = {};
    std::vector<int> wishes = {};          ///< steps to decode of the run in progress
    std::deque<WantedDecode> decodes = {}; ///< of earlier runs, in the order of the engine

    Choices& chosen() { return choices[method->id]; }
    /// The value that counts and where it comes from.
    Sourced sourced(const std::string& id);
    std::shared_ptr<Run> run(int number) const
    {
        for (const auto& run : runs)
            if (run->number == number)
                return run;
        return {};
    }
    /// The file that was chosen and what it is.
    ModelCard chosenCard() const
    {
        ModelCard chosenFile = card;
        if (!modelPath.isEmpty())
            chosenFile.path = modelPath.toStdString();
        return chosenFile;
    }
};
