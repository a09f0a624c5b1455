// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/analogist/analogist.h"

Method analogist()
{
    return {};
}
