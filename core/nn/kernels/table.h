// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// All of a file of an instruction set, whose vectors have SIMILE_VECTOR_BYTES: the functions as it
// compiles them.

#include "core/nn/kernels/attention.h"
#include "core/nn/kernels/convolution.h"
#include "core/nn/kernels/directconvolution.h"
#include "core/nn/kernels/linear.h"
#include "core/nn/kernels/norm.h"

namespace kernels {
namespace {

template<class Number>
constexpr LayerKernels<Number> layerKernels = {
    .linearTasks = linearTasks<Number>,
    .linearRoom = linearRoom<Number>,
    .linearTask = linearTask<Number>,
    .blocks = blocksOf<Number>,
    .blockSize = blockSize<Number>,
    .transformTasks = transformTasks<Number>,
    .transformTask = transformTask<Number>,
    .convolutionTasks = convolutionTasks<Number>,
    .convolutionRoom = convolutionRoom<Number>,
    .convolutionTask = convolutionTask<Number>,
    .isForWinograd = isForWinograd<Number>,
    .directTasks = directTasks<Number>,
    .directRoom = directRoom<Number>,
    .directTask = directTask<Number>};

const Kernels table = {
    .layers = layerKernels<float>,
    .halfLayers = layerKernels<BFloat16>,
    .attention = attentionKernels<float>,
    .halfAttention = attentionKernels<BFloat16>,
    .tileProducts = tileProducts,
    .norms = normKernels<float>,
    .halfNorms = normKernels<BFloat16>,
    .halfGateTask = gateTask<BFloat16>};

} // namespace
} // namespace kernels
