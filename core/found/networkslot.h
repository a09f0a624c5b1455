// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/found/found.h"
#include "core/values.h"

/// A parameter of a method whose value is the file of a network, and which networks go there: so
/// that they can be chosen from what was found.
struct NetworkSlot
{
    std::string method = {}, parameter = {}; ///< by their ids
    NetworkUse use = NetworkUse::Other;
    int contextWidth = 0; ///< that the network must have where it says one; 0: the model's
    bool several = false; ///< files with ; between
    bool folder = false;  ///< the value is the folder of the files
    /// Of a folder: the names of the published files, and of the folders below it in which they may
    /// lie.
    std::vector<std::string> names = {}, folders = {};
    /// What is missing in the usual place with these values, in a sentence; empty: nothing. Quick.
    std::function<Sentence(const Values&, const ModelCard&)> lacks = {};
};

/// What is chosen for a slot where this network is to be used: its path, or of a map network the
/// folder that all of them are looked for in.
std::filesystem::path chosenFor(const NetworkSlot& slot, const FoundNetwork& found);
/// Why a network cannot go into a slot beside that model, in a sentence; empty: it can.
Sentence misfit(const NetworkSlot& slot, const FoundNetwork& found, const ModelCard& model);
