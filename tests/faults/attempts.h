// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/tensor.h"

#include <atomic>
#include <functional>
#include <string>
#include <vector>

class Models;
struct Method;

/// What badalloc does again and again: a load and a small run, in which an allocation may fail.

/// Which allocation fails, from 1; 0: none does.
inline std::atomic<long> failing = 0, counted = 0;
/// Whether core's allocations count; else the tensors.
inline std::atomic<bool> ofCore = false;

/// Asked in place of libtorch's own for each tensor, from useFailingAllocator() on.
class FailingAllocator final : public c10::Allocator
{
public:
    c10::DataPtr allocate(size_t bytes) override;
    c10::DeleterFnPtr raw_deleter() const override { return &FailingAllocator::free; }
    void copy_data(void* to, const void* from, std::size_t bytes) const override
    {
        default_copy_data(to, from, bytes);
    }

    static inline std::atomic<long> held = 0; ///< tensors that nobody gave back yet

private:
    static void free(void* memory);

    c10::Allocator* const m_real = c10::GetAllocator(c10::DeviceType::CPU);
    static inline c10::DeleterFnPtr m_delete = nullptr;
};

void useFailingAllocator();

/// Analogy, whose header has a name that one of ours has, too.
Method triedMethod();

/// The last latent of a run, with a load where @p models hold no network yet; empty where it was
/// stopped, which is at the moment with that number, from 0.
std::vector<float> attempt(const std::string& model, Models& models, int stopAt = -1);
/// The last latent of a load and a run.
std::vector<float> attempt(const std::string& model);

enum Outcome { Same, Told, Wrong };

/// One attempt: what came of it, and what was said of anything that is not the same.
Outcome outcomeOf(
    const std::function<std::vector<float>()>& made, const std::vector<float>& right,
    std::string& said);
Outcome outcomeOf(const std::string& model, const std::vector<float>& right, std::string& said);

/// Loads, runs and lets go again and again; the slope over the second half. Status.
int findLeaks(const std::string& model, int runs);
/// What people do to a program for hours. The networks stay between the runs until they are let go.
int soak(const std::string& model, long seconds, unsigned seed);
