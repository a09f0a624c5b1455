// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/forecasts.h"

#include <QLabel>
#include <QTimer>

class Session;

/// What the next run will take, as far as runs of its kind were made here: "about 12 s, 1.3 GB". In
/// amber where there is not that much memory, with what needs less.
class ForecastLabel : public QLabel
{
    Q_OBJECT

public:
    ForecastLabel(Session& session, QWidget* parent = nullptr);

    const Forecasts& forecasts() const { return m_forecasts; }

private:
    std::optional<Forecast> forecast() const;
    QString advice() const;
    void refresh();

    Session& m_session;
    Forecasts m_forecasts;
    QTimer m_soon; ///< one answer to what changes together
};

/// How much memory is lacking for it: @p used is what the program has already, @p free what it can
/// still have.
uint64_t lacking(const Forecast& forecast, uint64_t used, uint64_t free);
/// "about 12 s, 1.3 GB".
QString forecastText(const Forecast& forecast);
