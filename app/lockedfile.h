// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

/// Whether the program that had this file locked (flock) while it ran has ended. False, too, where
/// the file cannot be opened. Waits for nothing.
bool isLeft(const std::filesystem::path& file);
