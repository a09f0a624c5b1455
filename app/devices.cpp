// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/devices.h"

#include "app/settings.h"
#include "app/translated.h"

#include <QCoreApplication>
#include <QLocale>
#include <QSettings>

namespace {

struct DeviceWords
{
    Q_DECLARE_TR_FUNCTIONS(Devices)
};

} // namespace

QString deviceLabel(const QString& device)
{
    if (device == QLatin1String("cpu"))
        return DeviceWords::tr("Processor");
    const QString number = device.section(QLatin1Char(':'), 1);
    return number.isEmpty() ? DeviceWords::tr("NVIDIA GPU")
                            : DeviceWords::tr("NVIDIA GPU %1").arg(number);
}

QString precisionLabel(const QString& precision)
{
    return precision == QLatin1String("auto") ? DeviceWords::tr("automatic precision") : precision;
}

QString cardLabel(const GraphicsCard& card)
{
    const auto size = [](uint64_t bytes) {
        return QLocale().formattedDataSize(qint64(bytes), 1, QLocale::DataSizeSIFormat);
    };
    return DeviceWords::tr("%1, %2, of which %3 are free")
        .arg(QString::fromStdString(card.name), size(card.memory), size(card.free));
}

QString presentDevice(const QString& device)
{
    return device == QLatin1String("cpu") ? device : presentDevice(device, graphicsHere());
}

QString presentDevice(const QString& device, const Graphics& graphics)
{
    const QString processor = QStringLiteral("cpu");
    if (device == processor || (graphics.problem().empty() && graphics.card(device.toStdString())))
        return device;
    MissingDevices::instance().tell(device, graphics);
    return processor;
}

MissingDevices& MissingDevices::instance()
{
    static MissingDevices report;
    return report;
}

void MissingDevices::tell(const QString& device, const Graphics& graphics)
{
    if (m_devices.contains(device))
        return;
    m_devices.append(device);
    const QString instead =
        DeviceWords::tr("The device that was chosen is not there (%1): the networks are computed "
                        "on the processor from now on.")
            .arg(device);
    const QString why = translated(graphics.problem());
    m_told.append(why.isEmpty() ? instead : instead + QLatin1Char(' ') + why);
    Q_EMIT missing(m_told.back());
}

void chooseUsualDevice(Settings& settings, const Graphics& graphics)
{
    const auto usual = QString::fromStdString(graphics.usualDevice());
    if (!QSettings().contains(QStringLiteral("device")) && usual != settings.device())
        settings.setDevice(usual);
}
