// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine.h"
#include "app/exitstatus.h"
#include "app/interrupt.h"
#include "app/progress.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

// What the commands that run a method have in common.

/// A device or a precision that there is not is a bad argument, told before anything is loaded.
/// Throws CommandError.
void checkWhere(const Request& request);

/// The model of a command.
struct CommandModel
{
    std::string file = {}; ///< that is loaded, in place of a pickled checkpoint; empty: the default
    ModelCard card = {};   ///< of that
    ModelCard chosen = {}; ///< the same, its name and path what was given
    std::string stamp = {}; ///< of what was given, to see whether it is still the same afterwards
};
/// Finds and describes it; makes what is loaded in place of a pickled checkpoint. Throws
/// CommandError where there is none or the user stops.
CommandModel findModel(const Request& request, Interrupt& interrupt, Progress& progress);

/// Throws CommandError where a file that is to be written is there and is one of those that are
/// given, by whatever name, or are weights in a folder that is. Empty ones are none.
void checkIsNotGiven(const std::filesystem::path& file, const std::vector<std::string>& given);

/// The folder that a file lies in.
std::filesystem::path folderOf(const std::filesystem::path& file);

/// What the engine said at the end.
struct Outcome
{
    std::optional<Result> result = {};
    Failure failure = {};
    double seconds = 0;
};
/// How a command watches its run.
struct Watch
{
    Recording recording = {};
    /// Of each step when it is done; false: the run may stop, no picture of it is wanted.
    std::function<bool(const StepEvent&)> goOn = {};
    DoneSteps done = {}; ///< steps that are done already
};
/// Runs what is ready and tells of it; an interrupt stops it.
Outcome runToTheEnd(
    Engine& engine, const Method& method, const Prepared& prepared, Interrupt& interrupt,
    Progress& progress, const Watch& watch = {});

/// The exit status that a command ends with: what @p work gives, or that of the failure it ends in,
/// which is told.
int statusOf(Progress& progress, const std::function<int()>& work);
