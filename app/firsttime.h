// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Whether the program is used for the first time, beside the Settings in the same file.

/// Whether nobody has made, filled in or closed anything at the first steps yet.
bool isFirstTime();
void setFirstTimeOver();
