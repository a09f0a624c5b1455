// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/graphics.h"

#include <QObject>
#include <QString>
#include <QStringList>

class Settings;

/// What people call a device and a precision: the one word for each.
QString deviceLabel(const QString& device);       ///< cpu, cuda, cuda:1 ...
QString precisionLabel(const QString& precision); ///< auto, fp32, bf16, fp16

/// A GPU by its name, with its memory and what of it is free.
QString cardLabel(const GraphicsCard& card);

/// A device that was stored where it is there and can be used, else cpu, which is told.
QString presentDevice(const QString& device);
QString presentDevice(const QString& device, const Graphics& graphics);

/// The stored devices that are not there: told of once each, however often they are met.
class MissingDevices : public QObject
{
    Q_OBJECT

public:
    static MissingDevices& instance();
    void tell(const QString& device, const Graphics& graphics);
    const QStringList& told() const { return m_told; } ///< in sentences

Q_SIGNALS:
    void missing(const QString& sentence);

private:
    QStringList m_devices, m_told;
};

/// Where nobody has chosen a device yet: the first GPU that a full model fits on is the one from
/// now on, if there is one.
void chooseUsualDevice(Settings& settings, const Graphics& graphics);
