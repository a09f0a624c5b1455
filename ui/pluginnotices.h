// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class MethodList;
class NoticeBar;

/// Says which plug-ins were not loaded, one after the other, and asks about those of the user's own
/// that may be. Nothing is said where all were loaded. Later, what fails in a function of a plug-in
/// is said as it comes. @p methods must outlive the bar.
void tellPlugins(NoticeBar& notices, const MethodList& methods);
