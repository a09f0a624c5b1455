// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/samemodel.h"
#include "core/method.h"
#include "core/picture/pngtext.h"
#include "core/record.h"

#include <QStringList>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

class Runs;
struct Run;

/// What a record says of a run, wherever it was made.
struct RunFacts
{
    Prepared prepared = {};
    ModelCard card = {};      ///< of the chosen file
    ModelMark modelMark = {}; ///< of that; where it has no hash, that is read
    int steps = 0;            ///< of the whole run
    bool clean = false;       ///< what was decoded is the predicted clean latent
    Computed computed = {};   ///< with what
};

/// The one way to the record of a run: of a candidate, at @p step of its steps. @p latents are
/// those of the steps up to there, the start's first. Reads the model's file where its hash is not
/// known and @p embed wants it. Throws Error.
Record recordOf(
    const RunFacts& facts, int candidate, int step,
    const std::vector<std::shared_ptr<const Latent>>& latents, Embed embed);

/// The pictures at a step of a run, those of its end with -1 or at its last step; empty where they
/// are not decoded yet.
const std::vector<Candidate>& candidatesAt(const Run& run, int step);
/// What the file of a candidate of the run that is shown says of its making, as of encoder().
std::function<std::vector<TextChunk>()> texts(
    const Runs& runs, int candidate, int step, Embed embed);

/// The PNG of a candidate of the run that is shown, at a step that was decoded in full or, with -1,
/// at the end, as a function that may be called on any thread, also later. Throws Error where there
/// is no such picture.
std::function<std::vector<std::byte>()> encoder(
    const Runs& runs, int candidate, int step, Embed embed);
/// The same of a run that is in memory, shown or not.
std::function<std::vector<std::byte>()> encoder(
    const Runs& runs, const Run& run, int candidate, int step, Embed embed);

/// The first of the models that has the hash, an empty text for the default model; nothing where
/// none has. Reads a gigabyte or more where it was never read.
std::optional<QString> modelOfHash(const QStringList& paths, const std::string& hash);
