// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/verify.h"

#include <algorithm>

namespace {

/// What differs from then, each in a sentence of its own.
std::vector<Sentence> differences(const Record& record, const Circumstances& now)
{
    std::vector<Sentence> said;
    if (!record.modelHash.empty() && record.modelHash != now.modelHash)
        said.emplace_back(
            "It was made with the model %1 (SHA-256 %2...), and this is another.", record.model,
            record.modelHash.substr(0, 10));
    if (!record.version.empty() && record.version != now.version)
        said.emplace_back("It was made by Simile %1, and this is %2.", record.version, now.version);
    const Computed &then = record.computed, &here = now.computed;
    if (then == Computed())
        return said;
    if (then.precision != here.precision)
        said.emplace_back("It was computed in %1, and now in %2.", then.precision, here.precision);
    if (then.processor != here.processor)
        said.emplace_back(
            "It was computed with the instructions %1, and now with %2.", then.processor,
            here.processor);
    if (then.threads != here.threads)
        said.emplace_back(
            "It was computed by %1 threads, and now by %2.", then.threads, here.threads);
    if (then.library != here.library)
        said.emplace_back(
            "It was computed by libtorch %1, and now by %2.", then.library, here.library);
    return said;
}

} // namespace

Verdict verdict(
    const Record& record, const std::vector<std::string>& hashes, const Circumstances& now)
{
    Verdict verdict;
    const auto at = std::size_t(std::max(record.step, 0));
    if (!record.stepHashes.empty()) {
        const auto upTo = std::min(record.stepHashes.size(), at + 1);
        std::size_t same = 0;
        while (same < upTo && same < hashes.size() && hashes[same] == record.stepHashes[same])
            ++same;
        verdict.found = same == upTo ? Verdict::Equal : Verdict::Parted;
        verdict.step = int(same);
    } else if (!record.latentHash.empty()) {
        const bool same = at < hashes.size() && hashes[at] == record.latentHash;
        verdict.found = same ? Verdict::Equal : Verdict::Another;
    }
    if (verdict.found != Verdict::Equal)
        verdict.causes = differences(record, now);
    return verdict;
}

std::vector<Sentence> inSentences(const Verdict& verdict, const Record& record)
{
    std::vector<Sentence> said;
    switch (verdict.found) {
    case Verdict::Equal:
        if (record.stepHashes.empty())
            return {"Equal: the latent of the picture is the same, bit for bit."};
        return {Sentence(
            "Equal: the latents of the start and of all %1 steps are the same, bit for bit.",
            int(std::min<std::size_t>(record.stepHashes.size(), std::size_t(record.step) + 1))
                - 1)};
    case Verdict::Unknown:
        return {"The picture does not tell which latent it was made of, so nothing can be said."};
    case Verdict::Parted:
        if (verdict.step == 0)
            said.emplace_back("Different: the latents differ from the start on.");
        else
            said.emplace_back(
                "Different: the latents part at step %1 of %2.", verdict.step, record.steps);
        break;
    case Verdict::Another:
        said.emplace_back("Different: the latent of the picture is another. It was saved before "
                          "the latents of all steps were noted, so where they part is not known.");
        break;
    }
    if (verdict.causes.empty())
        said.emplace_back("Nothing is known to be other than it was: it may have been computed on "
                          "another processor, or by another build of this version.");
    said.insert(said.end(), verdict.causes.begin(), verdict.causes.end());
    return said;
}
