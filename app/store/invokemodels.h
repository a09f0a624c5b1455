// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/found/found.h"

/// The models that InvokeAI's database names, with their paths below @p models where they are
/// relative. The database is read as it lies there, without a lock and without a file beside it.
/// Throws Error.
std::vector<ListedModel> invokeModels(
    const std::filesystem::path& database, const std::filesystem::path& models);
