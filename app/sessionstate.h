// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/checkpointhelper.h"
#include "app/engine.h"
#include "app/followedsize.h"
#include "app/methodlist.h"
#include "app/session.h"
#include "app/settings.h"

#include <QElapsedTimer>
#include <QTimer>

#include <deque>
#include <functional>
#include <map>
#include <set>
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
    Pictures inputs = {};
    std::map<Place, int> loads = {}; ///< the last change of a place is the one that counts
    std::set<Place> mapping = {};    ///< where a map is being made
    ResultSize followed = {};        ///< that was taken from a picture
    quint64 seed = 42;
    bool seedLocked = false;
    QString device = {}, precision = {};
    QString prediction = QStringLiteral("auto");
    QString modelPath = {};                ///< as chosen; empty: the default model
    ModelCard card = {};                   ///< of the file that is loaded
    QString converting = {};               ///< the checkpoint that is being converted
    bool describing = false;               ///< a model is being read
    int descriptions = 0;                  ///< that were begun; the last one counts
    std::function<void()> afterModel = {}; ///< once the model that was chosen is known
    CheckpointHelper helper {};

    std::vector<std::shared_ptr<Run>> runs = {};
    int current = 0; ///< number of the run that is shown; 0: none
    int inProgress = 0, lastNumber = 0;
    bool keep = false;
    QElapsedTimer clock = {};
    std::vector<double> finishedSteps = {};
    std::vector<int> wishes = {};          ///< steps to decode of the run in progress
    std::deque<WantedDecode> decodes = {}; ///< of earlier runs, in the order of the engine

    QTimer noteTimer {};
    QStringList notes = {};
    int noteQuestion = 0;
    std::optional<Look> looking = {}, nextLook = {}; ///< at the shown run

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
