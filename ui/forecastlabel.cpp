// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/forecastlabel.h"

#include "app/session.h"
#include "core/graphics.h"
#include "core/memory.h"
#include "ui/statusline.h"
#include "ui/styled.h"

#include <QLocale>

#include <cmath>

uint64_t lacking(const Forecast& forecast, uint64_t used, uint64_t free)
{
    const uint64_t more = forecast.memory - std::min(used, forecast.memory);
    return more - std::min(free, more);
}

QString forecastText(const Forecast& forecast)
{
    const double seconds =
        forecast.seconds < 10 ? std::max(.1, forecast.seconds) : std::round(forecast.seconds);
    if (forecast.memory == 0)
        return ForecastLabel::tr("about %1").arg(duration(seconds));
    return ForecastLabel::tr("about %1, %2")
        .arg(
            duration(seconds),
            QLocale().formattedDataSize(qint64(forecast.memory), 1, QLocale::DataSizeSIFormat));
}

ForecastLabel::ForecastLabel(Session& session, QWidget* parent)
    : QLabel(parent)
    , m_session(session)
    , m_forecasts(session.runs())
{
    setObjectName(QStringLiteral("forecast"));
    setAccessibleName(tr("What the next run will take"));
    m_soon.setSingleShot(true);
    m_soon.setInterval(100);
    connect(&m_soon, &QTimer::timeout, this, &ForecastLabel::refresh);
    const auto soon = [this] { m_soon.start(); };
    connect(&session.editor(), &Editor::methodChanged, this, soon);
    connect(&session.editor(), &Editor::inputChanged, this, soon);
    connect(&session.editor(), &Editor::valueChanged, this, soon);
    connect(&session.editor(), &Editor::deviceChanged, this, soon);
    connect(&session.branch(), &BranchDraft::changed, this, soon);
    connect(&session.model(), &ModelChoice::changed, this, soon);
    connect(&m_forecasts, &Forecasts::learnt, this, soon);
    refresh();
}

/// Nothing while a run is not possible.
std::optional<Forecast> ForecastLabel::forecast() const
{
    if (!m_session.missing().isEmpty())
        return {};
    const Method& method = m_session.editor().method();
    const ModelCard& card = m_session.model().card();
    try {
        const Request asked = m_session.request();
        return m_forecasts.of(method, asked, resolve(method, asked, card), card);
    } catch (const std::exception&) { // the form says it
        return {};
    }
}

/// What needs less memory.
QString ForecastLabel::advice() const
{
    const Values values = m_session.editor().values();
    for (const bool sides : {false, true}) // which count pixels
        for (const Parameter& p : m_session.editor().method().parameters) {
            const auto value = values.find(p.id);
            if ((sides ? p.unit != "px" : p.role != Role::Candidates) || value == values.end())
                continue;
            const auto* number = std::get_if<int>(&value->second);
            if (number && *number > p.minimum)
                return sides ? tr("a smaller size needs less") : tr("fewer candidates need less");
        }
    return tr("close other programs");
}

void ForecastLabel::refresh()
{
    auto forecast = this->forecast();
    const std::string device = m_session.editor().document().device.toStdString();
    if (forecast && device != "cpu")
        forecast->memory = 0; // that of the program was learnt, not the card's
    const std::optional<uint64_t> free = freeMemoryOn(device);
    const bool amber = forecast && free && lacking(*forecast, usedMemory(), *free) > 0;
    const QString text = !forecast ? QString()
        : !free                    ? forecastText(*forecast)
                                   : tr("%1 (%2 free)")
                      .arg(
                          forecastText(*forecast),
                          QLocale().formattedDataSize(qint64(*free), 1, QLocale::DataSizeSIFormat));
    setText(amber ? tr("%1: more than is free, %2").arg(text, advice()) : text);
    setToolTip(tr("What the next run will take, as the last ones of its kind on this computer did, "
                  "and the memory that is free where it is computed."));
    setStyled(*this, "role", amber ? QStringLiteral("warning") : QStringLiteral("dim"));
    setVisible(forecast.has_value());
}
