// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/tensor.h"

#include <functional>
#include <memory>
#include <vector>

/// The kernels that a device was told, noted so that it can repeat them all at once.
class NotedKernels
{
public:
    virtual ~NotedKernels() = default;
    /// What the device is told on this thread's stream from here on is noted, and not done.
    virtual void begin() = 0;
    virtual void end() = 0;
    virtual void repeat() = 0;
};
using NoteKernels = std::unique_ptr<NotedKernels> (*)();
/// Who notes the kernels of a type of device; without one, and on a processor, nobody does.
void setNoteKernels(at::DeviceType type, NoteKernels note);

/// A computation that is asked for again and again, which its device repeats as a whole (of CUDA, a
/// graph) where it can, instead of being told each of its kernels: with small networks that takes
/// longer than the kernels do. Nothing is trusted: what is repeated is held against the computation
/// on other inputs before it is used, and where anything is not as it should be all is computed as
/// usual. Holds the memory of a computation on the device until it is destroyed.
class DeviceGraph
{
public:
    /// Gives an undefined tensor where the work is to end. Depends on nothing but its inputs and on
    /// tensors that stay where they are, and asks the device for no number.
    using Work = std::function<Tensor(const std::vector<Tensor>& inputs)>;

    /// What @p work gives for @p inputs, which are on one device. The first call computes, so that
    /// what is set up once is there; the second computes and notes the kernels; the third computes,
    /// and compares; those after it are repeated where their inputs are of the same shapes.
    Tensor run(const std::vector<Tensor>& inputs, const Work& work);
    /// Nothing is noted from here on, and what was is forgotten: all is computed.
    void refuse();
    /// Whether the last call was a repetition.
    bool repeated() const { return m_repeated; }

private:
    Tensor computeAndNote(const std::vector<Tensor>& inputs, const Work& work);
    Tensor repeat(const std::vector<Tensor>& inputs);
    bool takes(const std::vector<Tensor>& inputs) const;

    std::unique_ptr<NotedKernels> m_noted;
    std::vector<Tensor> m_inputs; ///< where the noted kernels read
    Tensor m_output;              ///< and write
    int m_calls = 0;
    bool m_refused = false, m_repeated = false;
};
