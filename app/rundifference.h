// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

class Runs;
struct Run;

/// A line of what is different between two runs.
struct RunDifference
{
    QString what = {}; ///< "Prompt", "A", "Seed"
    QString first = {}, second = {};
};

/// What two runs differ in: method, model, pictures, seed, values, where they were computed. Empty:
/// nothing, so that their results are the same.
std::vector<RunDifference> differences(const Runs& runs, const Run& first, const Run& second);

/// What a run was asked for in a few words: its name, else its prompt, else what its main picture
/// is called.
QString runTitle(const Runs& runs, const Run& run);
