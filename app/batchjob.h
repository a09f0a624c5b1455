// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/batch.h"
#include "core/picture/imagefile.h"

#include <optional>
#include <stop_token>

/// What all items of a batch have in common, as a value of its own, to be used on any thread.
struct BatchJob
{
    Method method = {};
    Request base = {};     ///< without the pictures that the items give
    ModelCard card = {};   ///< of the file that is loaded
    ModelCard chosen = {}; ///< of the one that was chosen
    ImageLimits limits = {};
    Embed embed = Embed::Full;
};

/// The request for one item, its pictures read. Throws Error; without pictures where it is stopped.
Request requestOf(const BatchJob& job, const BatchItem& item, const std::stop_token& stop = {});

/// What an item is found to be before it is made.
struct BatchLook
{
    BatchItem::State state = BatchItem::Waiting;
    Sentence failure = {};
    std::optional<Prepared> prepared = {};         ///< of one that waits
    std::vector<std::filesystem::path> files = {}; ///< that are to be written
    std::shared_ptr<const std::string> thumbnail = {};
};
/// Reads its pictures and looks at what lies in its place. Throws nothing.
BatchLook lookAt(const BatchJob& job, const BatchItem& item, const std::stop_token& stop = {});
