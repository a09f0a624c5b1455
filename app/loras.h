// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/lora.h"
#include "core/modelcard.h"

#include <QStringList>

#include <string>
#include <vector>

class Progress;

// LoRAs by their files and by their hashes.

/// Reads what LoRAs are, for a model, and fills in their paths and hashes; tells what of them is
/// left out. Throws CommandError where one cannot be added to it.
void readLoras(std::vector<Lora>& loras, const ModelCard& model, Progress& progress);
/// Gives LoRAs of a record the file that has their hash: one of @p given, or one that was used here
/// before. The names of those for which there is none; their file is empty then.
QStringList findLoras(std::vector<Lora>& loras, const QStringList& given);
/// The same for a command. Throws CommandError that says which is to be given.
void findLorasOrThrow(std::vector<Lora>& loras, const std::vector<std::string>& given);
