// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

/// SHA-256 of bytes that come one after the other.
class RunningHash
{
public:
    RunningHash();
    ~RunningHash();
    RunningHash& operator=(RunningHash&& other) noexcept;

    void add(std::span<const std::byte> bytes);
    /// Of all bytes, in lower-case hexadecimal. Nothing is added afterwards.
    std::string hexadecimal();

private:
    struct Context;
    std::unique_ptr<Context> m_context;
};
