// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"
#include "core/record.h"

#include <string>
#include <vector>

class MethodList;

/// The request of a saved picture, to be run again by a command.
struct SavedRequest
{
    Record record = {};
    const Method* method = nullptr;
    Request request = {};
};
/// Reads it. Throws CommandError where the file has none, or not all of it.
SavedRequest savedRequest(const std::string& file, const MethodList& methods);
/// Gives it the values with which parts of the method do not act. Throws CommandError where there
/// is no such part.
void leaveOut(SavedRequest& saved, const std::vector<std::string>& parts);
/// Gives it the model at @p path or, where that is empty, the picture's own among the known ones.
/// Throws CommandError where that is not there.
void chooseModel(SavedRequest& saved, const std::string& path);
