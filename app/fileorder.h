// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

/// Files in the order in which they fill the slots. What people call before and after (a and a2, a'
/// or a-prime; cat_before and cat_after; 1 and 2) comes first, as a pair; the others stand behind
/// by name, numbers by their size.
QStringList inOrder(QStringList paths);
