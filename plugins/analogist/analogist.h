// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

/// Analogist (Gu et al. 2024, "Analogist: Out-of-the-box Visual In-Context Learning with Image
/// Diffusion Model", ACM TOG 43): from A, A' and B the picture B' such that A : A' :: B : B', by
/// inpainting a 2x2 grid with self-attention cloning and cross-attention masking.
Method analogist();
