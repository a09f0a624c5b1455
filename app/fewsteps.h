// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/document.h"
#include "core/lora.h"

#include <QString>

#include <vector>

// LoRAs that were distilled to few steps: sampler, steps and guidance go with them.

/// Sets them by hand for each method that can, where the LoRA is such a one. What is to be said of
/// it for the method of the document; empty: it is none, and nothing was changed.
QString switchToFewSteps(Document& document, const std::vector<Method>& methods, const Lora& lora);
/// Takes those of them back that stand as they were set. What is to be said; empty: nothing was.
QString switchBack(Document& document, const std::vector<Method>& methods, const Lora& lora);
/// The same for a command: sets what was not typed. What is to be said of it; empty: nothing.
Sentence followLoras(const Method& method, Request& request);
