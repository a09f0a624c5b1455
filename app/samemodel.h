// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

#include <filesystem>
#include <string>

// A run that goes on, or a branch, takes steps over that a model made: by another one its picture
// would be of neither, and its record would say something false.

/// By what the file of a run's model is known again.
struct ModelMark
{
    std::string hash = {};  ///< modelHash(); empty: it was not known yet
    std::string stamp = {}; ///< stampOf() when the first step was taken; empty: not known

    bool operator==(const ModelMark&) const = default;
};

/// The identity of a model's file or folder (fileStamp()); empty where it cannot be read.
std::string stampOf(const std::filesystem::path& model);
/// The hash of the file by which a run was begun: the one that is known, or that of the file that
/// is there if it is still the same by its stamp, before and after it was read. Empty: nobody can
/// say. Reads a gigabyte or more where it was never read, and ends where a stop is asked for
/// (core/stopping.h).
std::string modelHashOf(const ModelMark& mark, const ModelCard& card);
/// The mark of a run that takes steps over: where nothing is known of their model, one that says
/// that nobody can say any more.
ModelMark goingOn(const ModelMark& mark);
/// Throws Error where the model is known to be another one than that of the mark. Where only its
/// file's hash can tell, that is told as a stage and read, as of modelHashOf(); false: that was
/// stopped. @p card is that of the file that was chosen, @p request what is run.
bool checkSameModel(
    const ModelMark& mark, ModelCard card, const Request& request, const StageReport& progress);
