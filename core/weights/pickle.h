// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// A value of a pickle. Others are named by their index, so that nothing nests in memory.
struct PickleValue
{
    enum Kind : uint8_t {
        None,
        Bool,
        Integer,
        Float,
        String,
        Tuple,
        List,
        Dict,    ///< items: key, value, key, value ...
        Global,  ///< text: "module.name"; stands for it, is never looked up
        Storage, ///< text: key; dtype; number: elements
        Tensor,  ///< items: storage, offset, sizes, strides; dtype, where it is not the storage's
        Opaque   ///< something around the weights that is of no use here
    };

    Kind kind = None;
    uint8_t depth = 0; ///< how many containers lie within each other
    int64_t number = 0;
    std::string text = {}, dtype = {};
    std::vector<uint32_t> items = {};
};

struct Pickle
{
    std::vector<PickleValue> values = {};
    uint32_t root = 0;
};

/// Interprets a pickle of protocol 2, as PyTorch writes state dicts, without ever calling anything:
/// instructions and globals by allow-list. @p end is told where it ends within @p bytes. Throws
/// Error that names @p file and what it would do.
Pickle readPickle(std::string_view bytes, const std::string& file, size_t* end = nullptr);
