// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commandline.h"
#include "app/progress.h"
#include "core/file/outputfile.h"
#include "core/record.h"

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

/// What a run of the command line made, ready to be written.
struct Delivery
{
    const Method& method;
    const MakeCommand& command;
    const Result& result;
    Record record = {};                  ///< of the first candidate
    std::vector<std::string> files = {}; ///< a picture each
    double seconds = 0;
    std::vector<DeepCandidate> deep = {}; ///< the same with 16 bits a channel, where wanted
};

/// A file that was written, perhaps elsewhere.
struct Written
{
    std::filesystem::path file = {};
    bool elsewhere = false;
    Sentence why = {};  ///< it is elsewhere
    bool taken = false; ///< that is: something else has its name
};
/// Writes what work has made. Where its place fails, or there is something that must stay, it is
/// kept in the state folder, or where temporary files lie, and that is said. Throws what was wrong
/// with its place where all fail.
Written writeOrKeep(
    const std::filesystem::path& file, std::span<const std::byte> bytes, Progress& progress,
    IfThere there = IfThere::Replace);
Written writeOrKeep(
    const std::filesystem::path& file, const std::map<std::string, Array>& numbers,
    Progress& progress);

/// Writes the pictures, then the numbers, and says so on standard output, by writeOrKeep(). What a
/// file says of its making may fail: the picture counts. The exit status is ExitFailed where
/// something lies elsewhere than it should; the first such goes into @p elsewhere.
int deliver(const Delivery& delivery, Progress& progress, Written* elsewhere = nullptr);

/// The files of so many pictures: out.png, or out-1.png, out-2.png ...
std::vector<std::filesystem::path> candidateFiles(const std::filesystem::path& out, int count);
/// Throws CommandError where a file of about that many bytes could not be written there: nothing
/// is left behind.
void tryOutput(const std::filesystem::path& file, uint64_t bytes);
