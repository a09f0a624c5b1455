// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plugins/plugandplay/source.h"
#include "tests/parity/case.h"

/// Principal components of the features of a real and a generated source at the times that are
/// stored: @p back is the way back of the real one, @p context that of both halves of its pass.
void comparePrincipalComponents(
    const Case& c, const Network& network, const Trajectory& back, const Tensor& context,
    const Source& generated, Comparison& results);
