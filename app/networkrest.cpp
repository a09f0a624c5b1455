// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/networkrest.h"

#include "app/engine.h"
#include "app/runs.h"
#include "app/settings.h"
#include "core/graphics.h"

#include <QLocale>
#include <QSettings>

#include <algorithm>

#include <malloc.h>

namespace {

constexpr int usual = 30, most = 24 * 60;
constexpr const char* restKey = "networks/releaseAfter";

} // namespace

int restAfter()
{
    return numberAt(restKey, 0, most, usual);
}

void setRestAfter(int minutes)
{
    QSettings().setValue(QLatin1String(restKey), std::clamp(minutes, 0, most));
}

NetworkRest::NetworkRest(Engine& engine, Runs& runs, QObject* parent)
    : QObject(parent)
    , m_engine(engine)
    , m_runs(runs)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (!m_runs.running())
            releaseNow(false);
    });
    for (const auto signal : {&Runs::added, &Runs::changed, &Runs::ended})
        connect(&runs, signal, this, &NetworkRest::begin);
    connect(&runs, &Runs::stepDecoded, this, &NetworkRest::begin);
}

QString NetworkRest::sentence(const Freed& freed)
{
    if (!freed.free)
        return tr("The networks were released. The next run loads them again.");
    const QString free =
        QLocale().formattedDataSize(qint64(*freed.free), 1, QLocale::DataSizeSIFormat);
    return freed.onCard ? tr("The networks were released, and %1 of the GPU's memory are free now. "
                             "The next run loads them again.")
                              .arg(free)
                        : tr("The networks were released, and %1 of memory are free now. The next "
                             "run loads them again.")
                              .arg(free);
}

/// Counts from now on.
void NetworkRest::begin()
{
    if (const int minutes = restAfter(); minutes > 0)
        m_timer.start(minutes * m_minute);
    else
        m_timer.stop();
}

void NetworkRest::setMinute(int milliseconds)
{
    m_minute = milliseconds;
}

void NetworkRest::release()
{
    releaseNow(true);
}

void NetworkRest::releaseNow(bool say)
{
    m_timer.stop();
    m_engine.ask<Freed>(
        this,
        [](Models& models) {
            const std::string device = deviceInUse();
            models.release();
            malloc_trim(0); // what is left of small pieces
            return Freed {.onCard = device != "cpu", .free = freeMemoryOn(device)};
        },
        [this, say](const Freed& freed) { Q_EMIT released(say ? sentence(freed) : QString()); },
        [](const Failure&) {});
}
