// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/imageheader.h"
#include "core/picture/pngchunks.h"

#include <algorithm>
#include <bit>
#include <set>

namespace {

// TIFF 6.0; the profile's is ICC.1.
enum Tag : uint16_t {
    Width = 256,
    Height = 257,
    BitsPerSample = 258,
    Photometric = 262,
    StripOffsets = 273,
    Orientation = 274,
    SamplesPerPixel = 277,
    StripByteCounts = 279,
    PlanarConfiguration = 284,
    TileOffsets = 324,
    TileByteCounts = 325,
    ExtraSamples = 338,
    SampleFormat = 339,
    ProfileTag = 34675
};
enum Colours : uint32_t { WhiteIsZero, BlackIsZero, Rgb, Palette, Cmyk = 5 };

/// A field of a directory: where its values stand.
struct Field
{
    uint16_t type = 0;
    std::size_t count = 0, at = 0;
};

/// The directories of a TIFF structure. Nothing is believed: what lies outside is absent.
class Tiff
{
public:
    explicit Tiff(std::span<const std::byte> bytes)
        : m_bytes(bytes)
        , m_little(characters(bytes).starts_with("II"))
    {
    }

    std::optional<std::size_t> number(std::size_t at, std::size_t size) const
    {
        if (at > m_bytes.size() || size > m_bytes.size() - at)
            return {};
        std::size_t value = 0;
        for (std::size_t i = 0; i < size; ++i)
            value = value << 8 | std::size_t(m_bytes[at + (m_little ? size - 1 - i : i)]);
        return value;
    }

    std::size_t fields(std::size_t directory) const { return number(directory, 2).value_or(0); }
    /// Where the next directory stands; 0: there is none.
    std::size_t next(std::size_t directory) const
    {
        return number(directory + 2 + fields(directory) * 12, 4).value_or(0);
    }

    std::optional<Field> find(std::size_t directory, uint16_t tag) const
    {
        for (std::size_t i = 0, count = fields(directory); i < count; ++i) {
            const std::size_t at = directory + 2 + i * 12;
            if (number(at, 2) != tag)
                continue;
            Field field {.type = uint16_t(number(at + 2, 2).value_or(0))};
            field.count = number(at + 4, 4).value_or(0);
            field.at = at + 8;
            if (field.count * size(field.type) > 4)
                field.at = number(at + 8, 4).value_or(m_bytes.size());
            return field;
        }
        return {};
    }

    /// The whole numbers of a field; empty where it is absent, of another type or not all there.
    std::vector<std::size_t> numbers(std::size_t directory, uint16_t tag) const
    {
        const std::optional<Field> field = find(directory, tag);
        std::vector<std::size_t> result;
        const bool whole = field && (field->type == 1 || field->type == 3 || field->type == 4);
        if (!whole || !bytes(*field))
            return result;
        for (std::size_t i = 0; i < field->count; ++i)
            result.push_back(*number(field->at + i * size(field->type), size(field->type)));
        return result;
    }

    std::size_t first(std::size_t directory, uint16_t tag, std::size_t otherwise) const
    {
        const std::vector<std::size_t> all = numbers(directory, tag);
        return all.empty() ? otherwise : all[0];
    }

    std::optional<std::span<const std::byte>> bytes(const Field& field) const
    {
        const std::size_t length = field.count * size(field.type);
        if (field.at > m_bytes.size() || length > m_bytes.size() - field.at)
            return {};
        return m_bytes.subspan(field.at, length);
    }

    uint16_t stored(uint16_t value) const
    {
        const bool swap = m_little != (std::endian::native == std::endian::little);
        return swap ? uint16_t(value << 8 | value >> 8) : value;
    }

private:
    /// Bytes of a value, by its type; 0: unknown.
    static std::size_t size(uint16_t type)
    {
        constexpr std::size_t sizes[] = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};
        return type < std::size(sizes) ? sizes[type] : 0;
    }

    std::span<const std::byte> m_bytes;
    bool m_little;
};

/// Whether all of the compressed pixels lie inside the file.
bool isWhole(const Tiff& tiff, std::size_t directory, std::size_t fileSize)
{
    bool any = false;
    for (const auto& [offsetTag, countTag] :
         {std::pair(StripOffsets, StripByteCounts), std::pair(TileOffsets, TileByteCounts)}) {
        const std::vector<std::size_t> offsets = tiff.numbers(directory, offsetTag);
        const std::vector<std::size_t> counts = tiff.numbers(directory, countTag);
        if (!counts.empty() && counts.size() != offsets.size())
            return false;
        for (std::size_t i = 0; i < offsets.size(); ++i)
            if (offsets[i] + (counts.empty() ? 1 : counts[i]) > fileSize)
                return false;
        any = any || !offsets.empty();
    }
    return any;
}

int pages(const Tiff& tiff, std::size_t directory)
{
    std::set<std::size_t> seen;
    while (directory > 0 && tiff.fields(directory) > 0 && seen.size() < 10'000
           && seen.insert(directory).second)
        directory = tiff.next(directory);
    return int(seen.size());
}

Sentence unsupported(const Tiff& tiff, std::size_t directory)
{
    const std::size_t bits = tiff.first(directory, BitsPerSample, 1);
    const std::size_t colours = tiff.first(directory, Photometric, Rgb);
    if (tiff.first(directory, SampleFormat, 1) == 3)
        return "holds floating-point numbers";
    if (tiff.first(directory, SampleFormat, 1) != 1 || bits > 16)
        return "holds numbers of an unusual kind";
    if (bits > 8 && colours == Cmyk)
        return "holds CMYK colours of 16 bits";
    const bool plain = (colours == BlackIsZero || colours == Rgb)
        && tiff.first(directory, PlanarConfiguration, 1) == 1;
    if (bits > 8 && !plain)
        return "holds 16-bit colours in an unusual order";
    return {};
}

void patch(const Tiff& tiff, std::size_t directory, Tag tag, uint16_t value, ImageHeader& header)
{
    const std::optional<Field> field = tiff.find(directory, tag);
    if (field && field->type == 3 && field->count >= 1 && tiff.bytes(*field))
        header.patches.emplace_back(field->at, tiff.stored(value));
}

/// Alpha: in 8 bits the decoder multiplies colours by it unless the file says that they are.
void readAlpha(const Tiff& tiff, std::size_t directory, ImageHeader& header)
{
    enum : std::size_t { Unspecified, Associated, Unassociated, None };
    const std::size_t extra = tiff.first(directory, ExtraSamples, None);
    const std::size_t samples = tiff.first(directory, SamplesPerPixel, 1);
    header.premultiplied = extra == Associated;
    header.ignoreAlpha = extra == Unspecified || tiff.first(directory, Photometric, Rgb) == Cmyk;
    if (extra == Unassociated)
        patch(tiff, directory, ExtraSamples, Associated, header);
    if (samples == 2 && extra != Unspecified)
        header.notes.push_back("The transparency of this grey TIFF picture was left out.");
}

} // namespace

int exifOrientation(std::span<const std::byte> exif)
{
    const std::string_view text = characters(exif);
    if (!text.starts_with("II") && !text.starts_with("MM"))
        return 1;
    const Tiff tiff(exif);
    const std::size_t value = tiff.first(tiff.number(4, 4).value_or(exif.size()), Orientation, 1);
    return value >= 1 && value <= 8 ? int(value) : 1;
}

void readTiffHeader(std::span<const std::byte> file, ImageHeader& header)
{
    const Tiff tiff(file);
    const std::size_t directory = tiff.number(4, 4).value_or(0);
    header.width = int64_t(tiff.first(directory, Width, 0));
    header.height = int64_t(tiff.first(directory, Height, 0));
    if (tiff.fields(directory) == 0 || header.width == 0 || header.height == 0) {
        header.problem = "is a damaged or incomplete TIFF picture: its size cannot be found";
        return;
    }
    if (!isWhole(tiff, directory, file.size()))
        header.problem = "is incomplete: a part of the TIFF picture is missing";
    else if (const Sentence what = unsupported(tiff, directory); !what.empty())
        header.problem = {
            "is a TIFF picture that %1, which is not supported; save it in RGB with 8 or 16 bits",
            what};
    header.orientation = exifOrientation(file);
    patch(tiff, directory, Orientation, 1, header); // it is turned here, not by the decoder
    readAlpha(tiff, directory, header);
    if (const int count = pages(tiff, directory); count > 1)
        header.notes.emplace_back("The file has %1 pages; the first was read.", count);
    if (tiff.first(directory, Photometric, Rgb) == Cmyk)
        header.notes.push_back(
            "Its CMYK colours were converted to RGB without a colour profile and may look "
            "different.");
    else if (const auto profile = tiff.find(directory, ProfileTag);
             profile && tiff.bytes(*profile)) {
        if (profile->count <= metadataLimit)
            header.profile = characters(*tiff.bytes(*profile));
        else
            header.notes.push_back("Its colour profile is larger than 1 MiB and was ignored.");
    }
}
