// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/look.h"

#include <QObject>
#include <QString>

#include <optional>
#include <string>

class Engine;
class Runs;

/// Looks into the network at a step of the run that is shown, one after the other.
class OldLooks : public QObject
{
    Q_OBJECT

public:
    OldLooks(Engine& engine, Runs& runs, QObject* parent = nullptr);

    /// Looks after a step, 1 the first one done; looked() or failed() follows, only for the last
    /// look asked for. During a run it is served between two steps.
    void look(const std::string& kind, int layer, int step);
    bool looking() const { return m_looking.has_value(); }

Q_SIGNALS:
    void looked(int number, const Look& look, const Inspection& inspection);
    void failed(const QString& sentence);

private:
    void lookNow();
    void next();

    Engine& m_engine;
    Runs& m_runs;
    std::optional<Look> m_looking, m_next;
};
