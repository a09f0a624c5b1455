// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

class Actions;
class Session;
class Settings;
class SettingsDialog;
class SettingsPage;

/// The pages of the settings in their order, children of the dialogue.
std::vector<SettingsPage*> settingsPages(
    Session& session, Settings& settings, Actions& actions, SettingsDialog& dialog);
