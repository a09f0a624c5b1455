// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/convert.h"

#include "core/nn/checkpoint.h"
#include "core/nn/safetensors.h"

void convertCheckpoint(const std::filesystem::path& in, const std::filesystem::path& out)
{
    saveSafetensors(out, loadCheckpoint(in));
}
