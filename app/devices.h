// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// What people call a device and a precision: the one word for each.
QString deviceLabel(const QString& device);       ///< cpu, cuda, cuda:1 ...
QString precisionLabel(const QString& precision); ///< auto, fp32, bf16, fp16

/// Whether the driver of an NVIDIA GPU runs on this computer.
bool hasNvidiaDriver();
