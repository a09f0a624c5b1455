// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/loracard.h"
#include "core/modelcard.h"
#include "core/run.h"

#include <QStringList>

#include <string>
#include <vector>

class Progress;

// LoRAs by their files and by their hashes.

/// Reads a LoRA as it is typed, FILE[:WEIGHT]; a file that has all of that as its name is that
/// file. Throws Error where the weight is none.
Lora parseLora(const std::string& text);
/// describeLora() of a file that may be pickled: that is converted first, by the helper. Waits for
/// it; never throws.
LoraCard describeChosenLora(const std::string& file, const std::filesystem::path& model);
/// Reads what LoRAs are, for a model, and fills in their paths and hashes; tells what of them is
/// left out. Throws CommandError where one cannot be added to it.
void readLoras(std::vector<Lora>& loras, const ModelCard& model, Progress& progress);
/// Whether the place of a LoRA's file is known: a record has no more than its name, which is not
/// looked for.
bool isPlaced(const Lora& lora);
/// The file's name, or the beginning of its hash where that is all that is known.
QString loraName(const Lora& lora);
/// Gives the LoRAs of a request from a record, and of those that it goes on from, the files that
/// have their hashes: of @p given, or that were used here before. The names of those for which
/// there is none.
QStringList findLoras(Request& request, const QStringList& given);
/// The same for a command. Throws CommandError that says which is to be given.
void findLorasOrThrow(Request& request, const std::vector<std::string>& given);
