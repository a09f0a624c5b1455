// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/store/sessionblobs.h"

#include "app/store/database.h"
#include "core/errors.h"

#include <zlib.h>

#include <bit>
#include <cstring>

namespace fs = std::filesystem;

namespace {

static_assert(std::endian::native == std::endian::little, "numbers are written as they are");

constexpr int32_t mostImages = 64, longestSide = 4096;

template<typename T>
void append(std::vector<std::byte>& bytes, const T* numbers, std::size_t count)
{
    const auto* begin = reinterpret_cast<const std::byte*>(numbers);
    bytes.insert(bytes.end(), begin, begin + count * sizeof(T));
}

/// Takes numbers off the front.
template<typename T>
std::vector<T> take(std::span<const std::byte>& bytes, std::size_t count, const fs::path& session)
{
    if (count > bytes.size() / sizeof(T))
        throw damagedSession(session);
    std::vector<T> numbers(count);
    std::memcpy(numbers.data(), bytes.data(), count * sizeof(T));
    bytes = bytes.subspan(count * sizeof(T));
    return numbers;
}

uint32_t sumOf(std::span<const std::byte> bytes)
{
    return uint32_t(::crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

} // namespace

std::vector<std::byte> bytesOf(const Latent* latent)
{
    std::vector<std::byte> bytes;
    if (!latent)
        return bytes;
    append(bytes, latent->shape.data(), latent->shape.size());
    append(bytes, latent->values.data(), latent->values.size());
    const uint32_t sum = sumOf(bytes);
    append(bytes, &sum, 1);
    return bytes;
}

std::shared_ptr<const Latent> latentOf(std::span<const std::byte> bytes, const fs::path& session)
{
    if (bytes.empty())
        return {};
    const auto whole = bytes;
    Latent latent;
    const auto shape = take<int64_t>(bytes, latent.shape.size(), session);
    std::size_t count = 1;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        if (shape[i] < 1 || uint64_t(shape[i]) > bytes.size())
            throw damagedSession(session);
        latent.shape[i] = shape[i];
        count *= std::size_t(shape[i]);
        if (count > bytes.size() / sizeof(float))
            throw damagedSession(session);
    }
    latent.values = take<float>(bytes, count, session);
    if (bytes.empty()) // as it was kept at first
        return std::make_shared<const Latent>(std::move(latent));
    const uint32_t sum = sumOf(whole.first(whole.size() - bytes.size()));
    if (take<uint32_t>(bytes, 1, session).front() != sum || !bytes.empty())
        throw damagedSession(session);
    return std::make_shared<const Latent>(std::move(latent));
}

std::vector<std::byte> bytesOf(const std::vector<Image>& images)
{
    std::vector<std::byte> bytes;
    for (const Image& image : images) {
        const int32_t size[] = {image.width, image.height};
        append(bytes, size, 2);
        append(bytes, image.rgb.data(), image.rgb.size());
    }
    return bytes;
}

std::vector<Image> imagesOf(std::span<const std::byte> bytes, const fs::path& session)
{
    std::vector<Image> images;
    while (!bytes.empty()) {
        const auto size = take<int32_t>(bytes, 2, session);
        if (size[0] < 1 || size[1] < 1 || size[0] > longestSide || size[1] > longestSide
            || images.size() == mostImages)
            throw damagedSession(session);
        Image image {.width = size[0], .height = size[1]};
        image.rgb = take<uint8_t>(bytes, std::size_t(size[0]) * std::size_t(size[1]) * 3, session);
        images.push_back(std::move(image));
    }
    return images;
}

std::vector<float> numbersOf(std::span<const std::byte> bytes, const fs::path& session)
{
    if (bytes.size() % sizeof(float) != 0)
        throw damagedSession(session);
    return take<float>(bytes, bytes.size() / sizeof(float), session);
}
