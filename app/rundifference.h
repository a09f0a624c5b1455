// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values.h"

#include <QString>

#include <vector>

class Runs;
struct Method;
struct Request;
struct Run;

/// A line of what is different between two runs.
struct RunDifference
{
    QString what = {}; ///< "Prompt", "A", "Seed"
    QString first = {}, second = {};
};

/// How a picture was made: by a run, or as its record says.
struct Making
{
    const Method* method = nullptr; ///< null: it is not known here
    const Request& request;
    const Values& values; ///< all that were used
    QString model = {};
};

/// What two of them differ in: method, model, pictures, seed, values, where they were computed.
/// Empty: nothing, so that their results are the same.
std::vector<RunDifference> differences(const Making& first, const Making& second);
std::vector<RunDifference> differences(const Runs& runs, const Run& first, const Run& second);

/// What a run was asked for in a few words: its name, else its prompt, else what its main picture
/// is called.
QString runTitle(const Runs& runs, const Run& run);
