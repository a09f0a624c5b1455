// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/devices.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Devices)
};

} // namespace

QString deviceLabel(const QString& device)
{
    if (device == QLatin1String("cpu"))
        return Words::tr("Processor");
    const QString number = device.section(QLatin1Char(':'), 1);
    return number.isEmpty() ? Words::tr("NVIDIA GPU") : Words::tr("NVIDIA GPU %1").arg(number);
}

QString precisionLabel(const QString& precision)
{
    return precision == QLatin1String("auto") ? Words::tr("automatic precision") : precision;
}

bool hasNvidiaDriver()
{
    return QFileInfo::exists(QStringLiteral("/proc/driver/nvidia/version"))
        || QFileInfo::exists(QStringLiteral("/dev/nvidiactl"));
}
