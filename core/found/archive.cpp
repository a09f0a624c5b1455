// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/found/archive.h"

#include <array>
#include <utility>

namespace {

/// How many stored tensors there are of a number of elements.
class Sizes
{
public:
    explicit Sizes(const std::map<std::string, uint64_t>& entries)
    {
        for (const auto& [name, bytes] : entries)
            if (name.find("/data/") != name.npos)
                ++m_counts[bytes];
        // The convolutions of 320 channels, of which every UNet and ControlNet has five or more.
        constexpr uint64_t convolution = 320 * 320 * 9;
        m_bytes = number(convolution * 2) >= 5 ? 2 : 4;
        m_full = number(convolution * m_bytes) >= 5;
    }

    bool hasLayers() const { return m_full; }
    /// The bytes of the one tensor there is; 0: there are others.
    uint64_t only() const
    {
        return m_counts.size() == 1 && m_counts.begin()->second == 1 ? m_counts.begin()->first : 0;
    }
    int of(uint64_t elements) const { return number(elements * m_bytes); }
    /// In either precision.
    int any(uint64_t elements) const { return number(elements * 2) + number(elements * 4); }

private:
    int number(uint64_t bytes) const
    {
        const auto found = m_counts.find(bytes);
        return found == m_counts.end() ? 0 : found->second;
    }

    std::map<uint64_t, int> m_counts;
    uint64_t m_bytes = 4;
    bool m_full = false;
};

int contextIn(const Sizes& sizes)
{
    // Keys and values of the cross-attention in the first blocks that have one.
    constexpr std::array<std::pair<int, int>, 3> layers = {{{320, 768}, {320, 1024}, {640, 2048}}};
    for (const auto& [width, context] : layers)
        if (sizes.of(uint64_t(width) * uint64_t(context)) >= 4)
            return context;
    return 0;
}

/// A few vectors as wide as a context, in single precision, and nothing else: the words of a
/// textual inversion.
ArchiveSketch embeddingOf(uint64_t bytes)
{
    constexpr uint64_t mostVectors = 75, single = 4; // a prompt's chunk has no more
    ArchiveSketch sketch;
    for (const int width : {768, 1024}) {
        const uint64_t vector = uint64_t(width) * single;
        if (bytes == 0 || bytes % vector != 0 || bytes / vector > mostVectors)
            continue;
        sketch.contextWidth = sketch.kind == ArchiveSketch::Embedding ? 0 : width;
        sketch.kind = ArchiveSketch::Embedding;
    }
    return sketch;
}

} // namespace

ArchiveSketch sketchOf(const std::map<std::string, uint64_t>& entries)
{
    const Sizes sizes(entries);
    ArchiveSketch sketch;
    if (!sizes.hasLayers()) {
        // The first layers of the encoder and of the decoder.
        if (sizes.any(128 * 3 * 9) > 0 && sizes.any(512 * 4 * 9) > 0)
            sketch.kind = ArchiveSketch::Autoencoder;
        else
            sketch = embeddingOf(sizes.only());
        return sketch;
    }
    sketch.contextWidth = contextIn(sizes);
    if (sketch.contextWidth == 0)
        return sketch;
    constexpr uint64_t perChannel = 320 * 9;
    // The picture that guides comes in by 16 channels of 3; a ControlNet has no way out of 4.
    const bool guided = sizes.of(16 * 3 * 9) > 0 && sizes.of(4 * perChannel) <= 1;
    sketch.kind = guided ? ArchiveSketch::ControlNet : ArchiveSketch::UNet;
    sketch.channels = 4; // as many as the way out has, which is there in any case
    for (const int channels : {5, 7, 8, 9})
        if (sizes.of(uint64_t(channels) * perChannel) > 0)
            sketch.channels = channels;
    return sketch;
}
