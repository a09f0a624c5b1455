// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// By what desktops know the program: the name of its desktop file, its icon and its description
/// (resources/desktop).
inline QString applicationId()
{
    return QStringLiteral("org.simile_editor.Simile");
}
