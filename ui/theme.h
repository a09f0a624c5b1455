// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QPixmap>
#include <QSize>
#include <QString>

/// The colours of the window; every widget takes its own from here.
struct Theme
{
    bool dark = true;
    QColor window, panel, field, raised, border; ///< from the ground up
    QColor text, dim, disabled;
    QColor accent, onAccent, link;
    QColor run, onRun, stop, error, warning, good;
    QColor step, cloning, masking, curve; ///< tracks of the time line
    QColor frame, chip, onChip;           ///< of the grid: its gutters and the letters on pictures
    QColor painted;                       ///< over a picture: what the mask there marks
};

enum class Appearance { System, Dark, Light };
/// "system", "dark", "light"; anything else is read as the first.
QString toText(Appearance appearance);
Appearance appearanceFromText(const QString& text);

/// The colours in use.
const Theme& theme();
Theme darkTheme();
Theme lightTheme();
/// Sets palette, fonts and the one style sheet of the program, and repaints everything.
void applyAppearance(Appearance appearance);
/// The same in two parts, for who builds a window: what its widgets take when they are made, and
/// the style sheet, which has to be read anew for each widget that is put into another.
void prepareAppearance(Appearance appearance);
void applyStyleSheet();
Appearance appearance();

/// The font for what stands beside the text: labels on pictures and tracks.
QFont smaller(const QFont& font);

/// One of our icons, in the text colour of the theme in use when it is painted.
QIcon icon(const QString& name);
/// One of them in another colour.
QPixmap drawn(const QString& name, const QColor& color, const QSize& size, double ratio);
