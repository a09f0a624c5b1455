// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/errors.h"
#include "core/file/inputfile.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string_view>

#include <sys/mman.h>
#include <unistd.h>

// What the fuzz targets share. A target gives bytes to one parser. That refuses them with an Error,
// which is a sentence; any other exception, a signal, a leak or a report of a sanitizer is a
// finding.

inline std::string_view text(const uint8_t* data, std::size_t size)
{
    return {reinterpret_cast<const char*>(data), size};
}

inline std::span<const std::byte> bytes(const uint8_t* data, std::size_t size)
{
    return {reinterpret_cast<const std::byte*>(data), size};
}

/// A file in memory with these bytes.
inline InputFile fileOf(const uint8_t* data, std::size_t size)
{
    const int descriptor = memfd_create("fuzz", MFD_CLOEXEC);
    if (descriptor < 0 || ::write(descriptor, data, size) != ssize_t(size))
        std::abort();
    return {"fuzz", descriptor};
}

/// Runs a parser; an Error is its good right, and has words.
template<typename Parser>
void parse(const Parser& parser)
{
    try {
        parser();
    } catch (const Error& error) {
        if (error.what()[0] == '\0')
            std::abort();
    }
}
