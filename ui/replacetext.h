// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QPlainTextEdit;

/// Shows a text in place of another. What both have at their beginning and end stays, so that the
/// cursor ends behind what is different; of a field without the focus the beginning is seen.
void replaceText(QPlainTextEdit& edit, const QString& shown);
