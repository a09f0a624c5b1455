// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/document.h"
#include "app/store/sessionfile.h"
#include "core/record.h"

#include <string>
#include <utility>
#include <vector>

// Runs and what is edited as a session keeps them: as the record in a PNG has them, with the
// pictures by their hash and the places of models and files apart.

struct RunFacts; // app/runrecord.h

/// The record and the places of a run; what else a KeptRun has stays empty.
KeptRun keptRun(const RunFacts& facts, const Method& method);
/// The hash of a picture's pixels, computed once as long as it is alive.
std::string hashOf(const SharedImage& image);
/// The record with the id of the run that a branch goes on from, and that id in it; 0: none.
std::string withParent(const std::string& record, int64_t parent);
int64_t parentIn(const std::string& record);
/// The pictures of a request and its ancestors, each with its hash.
std::vector<std::pair<std::string, SharedImage>> picturesOf(const Request& request);
std::vector<std::pair<std::string, SharedImage>> picturesOf(const Pictures& pictures);

/// What was kept, with the paths in their place again. Throws Error where it is damaged.
Record recordOf(const KeptRun& run, const PictureOf& pictures);

/// What is edited, as JSON; of pictures their hash. Paths stand apart in it, as "places".
std::string toText(const Document& document, const std::vector<Method>& methods);
/// Throws Error where it is damaged. Pictures that are not there any more are left out.
Document parseDocument(const std::string& text, const PictureOf& pictures);
