// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/npy.h"

#include <bit>
#include <cstring>
#include <string>

static_assert(std::endian::native == std::endian::little);

std::vector<std::byte> encodeNpy(const Array& array)
{
    std::string shape;
    for (const int64_t n : array.shape)
        shape += (shape.empty() ? "" : ", ") + std::to_string(n);
    if (array.shape.size() == 1)
        shape += ",";
    std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + "), }";
    constexpr size_t before = 10, aligned = 64; // magic, version, length of the header
    header.resize((before + header.size() + 1 + aligned - 1) / aligned * aligned - before - 1, ' ');
    header += '\n';
    std::string file = "\x93NUMPY";
    file += std::string {1, 0, char(header.size() & 255), char(header.size() >> 8)} + header;
    std::vector<std::byte> bytes(file.size() + array.values.size() * sizeof(float));
    std::memcpy(bytes.data(), file.data(), file.size());
    std::memcpy(
        bytes.data() + file.size(), array.values.data(), array.values.size() * sizeof(float));
    return bytes;
}
