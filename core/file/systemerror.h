// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sentence.h"

#include <cstdint>
#include <filesystem>

#include <sys/types.h>

/// The reason of the system for a failure, to stand in a sentence: "you have no permission".
Sentence systemReason(int error);
/// A failure that the standard library told of a path, as a whole sentence.
Sentence sentenceOf(const std::filesystem::filesystem_error& failure);
/// What something is that is no regular file: "a folder", "a pipe".
Sentence kindOfNode(mode_t mode);
/// "12 MiB", or the bytes where they are fewer than one.
Sentence amountOf(uint64_t bytes);
