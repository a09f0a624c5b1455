// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

// What pickled checkpoints became: safetensors in the cache, and whose they are.

/// Where the result lies: in the cache, by content, so that a file that is moved, renamed or
/// touched is not converted again; its name begins with that of the file. Of a folder by its path
/// too, since its safetensors are not copied. Reads the whole file where its hash is not
/// remembered. Throws Error.
QString convertedFile(const QString& checkpoint);
/// Whether the result is there and can be opened; one that cannot goes.
bool isConverted(const QString& result);
/// The result is used now; the configuration beside the checkpoint goes with it.
void takeConverted(const QString& result, const QString& checkpoint);

/// A sentence in which converted files are named, with the names of those that the user chose.
QString namedAsChosen(QString sentence);
