// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// What a process may take away from itself, each on top of the others.
enum class Layer {
    Privileges, ///< no_new_privs: no program it starts has more rights than itself
    Namespaces, ///< no network, no shared memory of others, mounts of its own
    Landlock,   ///< no file by its path, no port
    Limits,     ///< of memory, a file's size, the processor's time; no more descriptors, processes
    Seccomp     ///< of the system's calls those alone that computing, reading and writing takes
};
/// All of them, in the order in which they are taken away.
const std::vector<Layer>& allLayers();
/// The name that the system has for it.
std::string nameOf(Layer layer);

/// What a confined process still gets.
struct Allowance
{
    uint64_t memory = 0; ///< bytes that may be added to its address space
    uint64_t file = 0;   ///< bytes of the largest file that it may write
    /// Seconds of the processor in all, those before included; then SIGXCPU.
    uint64_t processor = 0;
};

/// Takes this process's rights away, for good: afterwards it computes, reads and writes what is
/// open already, and ends. It must have one thread. Gives the layers that the system did not give.
std::vector<Layer> confine(
    const Allowance& allowance, const std::vector<Layer>& layers = allLayers());
