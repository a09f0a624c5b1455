// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Ends a file of an instruction set: the functions above as it compiles them.

namespace kernels {
namespace {

const Kernels table = {
    .linearTasks = linearTasks,
    .linearRoom = linearRoom,
    .linearTask = linearTask,
    .blocks = blocksOf,
    .blockSize = blockSize,
    .transformTasks = transformTasks,
    .transformTask = transformTask,
    .convolutionTasks = convolutionTasks,
    .convolutionRoom = convolutionRoom,
    .convolutionTask = convolutionTask,
    .isForWinograd = isForWinograd,
    .directTasks = directTasks,
    .directRoom = directRoom,
    .directTask = directTask,
    .attention = attentionKernels<float>,
    .halfAttention = attentionKernels<BFloat16>,
    .tileProducts = tileProducts,
    .norms = normKernels<float>,
    .halfNorms = normKernels<BFloat16>,
    .halfGateTask = gateTask<BFloat16>};

} // namespace
} // namespace kernels
