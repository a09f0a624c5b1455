// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// What an action or a button says without its letter for Alt and without the dots that announce a
/// dialogue: of "&Open..." and of "Open (&O)...", as languages with other letters have it, "Open".
QString bareText(const QString& text);
