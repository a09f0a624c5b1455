// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

#include <QJsonObject>
#include <QObject>
#include <QString>
#include <QThreadPool>

#include <cstdint>
#include <optional>

class Runs;
struct Run;

/// What a run will probably take.
struct Forecast
{
    double seconds = 0;
    uint64_t memory = 0; ///< of the whole program at its peak, in bytes; 0: not known
};

/// Learns from the runs on this computer what the next ones take: the median of the last ones of
/// their kind, that is of the same method, model, device and precision and of values that cost the
/// same. What was learnt is in the cache folder, for a deleted one is learnt again.
class Forecasts : public QObject
{
    Q_OBJECT

public:
    explicit Forecasts(Runs& runs, QObject* parent = nullptr);
    ~Forecasts() override; ///< when all is written

    /// Nothing: no run of its kind was made here. @p values are all of the method's.
    std::optional<Forecast> of(
        const Method& method, const Request& request, const Values& values,
        const ModelCard& card) const;

Q_SIGNALS:
    void learnt();

private:
    void learn(const Run& run);
    void write();

    Runs& m_runs;
    QJsonObject m_kinds; ///< by kind what its last runs took
    int m_watched = 0;   ///< the run whose memory is watched from its start
    QThreadPool m_writer;
};
