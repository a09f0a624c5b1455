// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDate>

#include <string>

// Which licences of networks the user has accepted, beside the Settings in the same file. Each is
// accepted once.

/// When it was; null: it was not.
QDate acceptedOn(const std::string& licence);
/// Today, unless it was before.
void acceptLicence(const std::string& licence);
