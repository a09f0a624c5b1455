// SPDX-License-Identifier: GPL-3.0-or-later

// Compiled where libtorch was built with CUDA and CUDA's headers are beside it.

#include "core/nn/devicegraph.h"

#include <ATen/cuda/CUDAGraph.h>

namespace {

class CudaKernels final : public NotedKernels
{
public:
    void begin() override
    {
        // Other threads may go on with what they do.
        m_graph.capture_begin({0, 0}, cudaStreamCaptureModeThreadLocal);
    }
    void end() override { m_graph.capture_end(); }
    void repeat() override { m_graph.replay(); }

private:
    at::cuda::CUDAGraph m_graph;
};

[[maybe_unused]] const bool isKnown = [] {
    setNoteKernels(
        at::kCUDA, [] { return std::unique_ptr<NotedKernels>(std::make_unique<CudaKernels>()); });
    return true;
}();

} // namespace
