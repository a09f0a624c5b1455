// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commandline.h"
#include "app/exitstatus.h"
#include "core/catalogue.h"

#include <memory>

struct DownloadRules;

/// What `simile get` does, with a catalogue and rules of its own. Throws CommandError and Error.
ExitStatus getModels(
    const GetCommand& command, const Catalogue& catalogue,
    const std::shared_ptr<const DownloadRules>& rules);
