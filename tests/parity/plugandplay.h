// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plugins/plugandplay/source.h"
#include "tests/parity/case.h"

/// Principal components of the features of a real and a generated source at their common times.
void comparePrincipalComponents(
    const Case& c, const Network& network, const Source& real, const Source& generated,
    Comparison& results);
