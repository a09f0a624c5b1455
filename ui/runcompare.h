// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;
class Runs;

/// Shows in a table what two runs differ in; a window of its own, over @p parent.
void showDifferences(const Runs& runs, int first, int second, QWidget* parent);
