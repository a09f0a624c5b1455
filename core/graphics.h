// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/errors.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// A GPU that the system knows.
struct GraphicsCard
{
    std::string device = {}; ///< "cuda", "cuda:1" ...
    std::string name = {};
    uint64_t memory = 0, free = 0; ///< in bytes
};

/// The GPUs of this computer, as NVIDIA's driver tells them, and whether they can be used: those
/// that CUDA_VISIBLE_DEVICES leaves this process, under CUDA's numbers (the starter has CUDA count
/// them as the driver does).
struct Graphics
{
    std::vector<GraphicsCard> cards = {};
    std::string driver = {}; ///< its version; empty: there is none
    int serves = 0;          ///< the newest CUDA that it serves, 12040 for 12.4
    int needed = 0;          ///< the CUDA that this program was built with; 0: without

    /// Why none of them can be used; empty: they can.
    Sentence problem() const;
    /// Where the networks are computed if nobody chose: the first that has room for a full model,
    /// else "cpu".
    std::string usualDevice() const;
    /// Null where there is none of that name.
    const GraphicsCard* card(const std::string& device) const;
};

/// The GPU no longer answers, or did not once: nothing can be computed there any more.
struct DeviceError : WorkError
{
    using WorkError::WorkError;
};

/// Notes that a GPU stopped answering. CUDA's errors of that kind stay until the process ends: each
/// further call would fail, too, so none is made.
void loseGraphics();

/// Throws a DeviceError where a GPU stopped answering in this process.
void checkGraphics();

/// Asks the driver's library, which is loaded for it and need not be there. @p needed: another
/// number for tests; -1: that of this program.
Graphics graphicsHere(const char* library = "libnvidia-ml.so.1", int needed = -1);

/// The first device on which this process has tensors: a card's, else "cpu".
std::string deviceInUse();

/// How many bytes are free where the networks are computed, "cpu" or a card's device, with what
/// this process has taken of a card and does not use; nothing where that is not known.
std::optional<uint64_t> freeMemoryOn(const std::string& device);
