// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/stablediffusion.h"

/// The least that a run takes beside its networks, in bytes, for latents [@p count, c, @p h, @p w]:
/// what certainly is in memory at one time, whichever way the layers go. That is what the decoder
/// has of one picture at its widest, or what the UNet's way up still wants of its way down, for
/// all candidates. The decoder was measured to take 1.1 times as much, a pass 3.4 times.
uint64_t leastWork(const StableDiffusion& model, int64_t count, int64_t h, int64_t w);
/// Whoever begins a run asks here before its first pass: throws MemoryError where on the processor
/// not even half of leastWork() is free, so that a run which could do, if slowly, is never refused.
void checkWork(const StableDiffusion& model, int64_t count, int64_t h, int64_t w);
