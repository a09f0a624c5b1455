// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/document.h"
#include "app/runs.h"

#include <memory>
#include <set>
#include <string>

// What was kept by an earlier version or comes from elsewhere, as it can be used here.

/// A run with all values that its method has now, and no others.
std::shared_ptr<Run> usable(std::shared_ptr<Run> run, const MethodList& methods);
/// What was edited, without values and choices that its methods do not have. What is of a method
/// that is not there stays as it is; where that is the chosen one, the first mode is shown.
Document usable(Document document, const MethodList& methods);
/// The ids of the methods that were chosen, or have choices, and are not there.
std::set<std::string> missingMethods(const Document& document, const MethodList& methods);
