// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

/// An sRGB colour, 8 bits a channel.
struct Color
{
    uint8_t r = 255, g = 255, b = 255;
    bool operator==(const Color&) const = default;
};

/// A picture: 8-bit sRGB, row by row from the top, 3 bytes a pixel; alpha apart, empty when opaque.
struct Image
{
    int width = 0, height = 0;
    std::vector<uint8_t> rgb = {};   ///< [height, width, 3]
    std::vector<uint8_t> alpha = {}; ///< [height, width], not premultiplied; empty: opaque

    bool empty() const { return rgb.empty(); }
    uint8_t* pixel(int x, int y) { return &rgb[(std::size_t(y) * width + x) * 3]; }
    const uint8_t* pixel(int x, int y) const { return &rgb[(std::size_t(y) * width + x) * 3]; }
    bool operator==(const Image&) const = default;
};

/// A picture that is passed around without copying its pixels: it is never changed, so that
/// requests, runs and views hold the same one. Compares by its pixels, and at once where they are
/// the same ones.
class SharedImage
{
public:
    SharedImage() = default; ///< an empty picture
    /// Takes the picture over.
    SharedImage(Image image)
        : m_image(image.empty() ? nullptr : std::make_shared<const Image>(std::move(image)))
    {
    }
    bool empty() const { return !m_image; }
    const Image& operator*() const { return m_image ? *m_image : none(); }
    const Image* operator->() const { return &**this; }
    operator const Image&() const { return **this; }
    /// What keeps the pixels; null for an empty picture.
    const std::shared_ptr<const Image>& pointer() const { return m_image; }
    /// Whether both are the very same picture, which an equal one need not be.
    bool same(const SharedImage& other) const { return m_image == other.m_image; }
    friend bool operator==(const SharedImage& a, const SharedImage& b)
    {
        return a.same(b) || *a == *b;
    }
    friend bool operator==(const SharedImage& a, const Image& b) { return *a == b; }

private:
    static const Image& none();

    std::shared_ptr<const Image> m_image = {};
};

/// A picture of one colour.
Image filled(int width, int height, Color color);
/// Throws WorkError where a part does not lie within a picture: sizes may come from a damaged file.
void checkWithin(int width, int height, int x, int y, int partWidth, int partHeight);
/// The rectangle at (@p x, @p y); throws WorkError where it does not lie inside.
Image crop(const Image& image, int x, int y, int width, int height);
/// Puts @p image (its colours, not its alpha) over @p onto with its top left corner at (@p x, @p
/// y); what falls outside is cut.
void paste(Image& onto, const Image& image, int x, int y);
/// Fills a rectangle; what falls outside is cut.
void fill(Image& image, int x, int y, int width, int height, Color color);
/// The picture composited over @p ground; opaque.
Image flattened(const Image& image, Color ground);
/// The picture with its alpha dropped, as Pillow's convert("RGB") does.
Image opaque(Image image);
