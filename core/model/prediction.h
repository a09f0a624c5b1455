// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/modelfiles.h"
#include "core/modelcard.h"

#include <filesystem>

/// Fills in what a model's UNet predicts, with notes of where that is said: a folder's scheduler
/// file, a CompVis configuration beside a single file (parameterization), marks among its tensors
/// (v_pred, ztsnr), its metadata, or a look at the weights. @p card has channels and width already.
/// Throws Error where a file of the model's cannot be read.
void describePrediction(const ModelFiles& files, ModelCard& card);

/// Whether the model's own marks, the same ones, say that its noise levels end without any signal:
/// its betas are rescaled then (Lin et al. 2024, algorithm 1) and its steps are spaced from the
/// last one. False for a folder, whose scheduler file says it.
bool endsWithoutSignal(const ModelFiles& files, const std::filesystem::path& model);
