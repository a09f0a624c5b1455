// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

/// Lets the wheel change a list, a number or a slider only where it has the focus: scrolling what
/// it lies in must not change what happens to be under the pointer. @p root: one of them, or what
/// they lie in.
void guardFromWheel(QWidget& root);
