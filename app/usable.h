// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/document.h"
#include "app/runs.h"

#include <memory>
#include <optional>

// What was kept by an earlier version or comes from elsewhere, as it can be used here.

/// A run with all values that its method has now, and no others.
std::shared_ptr<Run> usable(std::shared_ptr<Run> run, const MethodList& methods);
/// What was edited, without values and choices that there are not; nothing where its method is not
/// there.
std::optional<Document> usable(Document document, const MethodList& methods);
