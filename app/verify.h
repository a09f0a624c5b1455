// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/record.h"

#include <QStringList>

#include <string>
#include <vector>

/// What came of running again what a record tells of.
struct Verdict
{
    enum Found {
        Equal,
        Parted,  ///< the latents are others from a step on
        Another, ///< they are, and the record does not say from which step on
        Unknown  ///< the record has no hash to compare with
    };
    Found found = Unknown;
    int step = 0;                      ///< of Parted; 0: the start
    std::vector<Sentence> causes = {}; ///< what may have made the difference
};

/// What is not as it was when the picture was made.
struct Circumstances
{
    std::string version = {}, modelHash = {}; ///< now
    Computed computed = {};
};

/// Compares the latents of a run with those of a record, up to the step of its picture. @p hashes
/// are of each step, the start's first.
Verdict verdict(
    const Record& record, const std::vector<std::string>& hashes, const Circumstances& now);
/// The verdict in whole sentences.
std::vector<Sentence> inSentences(const Verdict& verdict, const Record& record);
