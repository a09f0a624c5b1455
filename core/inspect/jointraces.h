// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/trace.h"

/// What two traces of the same step hold together; where both have a site, @p second counts.
std::shared_ptr<const StepTrace> joined(const StepTrace& first, const StepTrace& second);
