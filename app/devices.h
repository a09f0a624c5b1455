// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/graphics.h"

#include <QString>

class Settings;

/// What people call a device and a precision: the one word for each.
QString deviceLabel(const QString& device);       ///< cpu, cuda, cuda:1 ...
QString precisionLabel(const QString& precision); ///< auto, fp32, bf16, fp16

/// A GPU by its name, with its memory and what of it is free.
QString cardLabel(const GraphicsCard& card);

/// Where nobody has chosen a device yet: the first GPU that a full model fits on is the one from
/// now on, if there is one.
void chooseUsualDevice(Settings& settings, const Graphics& graphics);
