// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>

#include <stop_token>

class Engine;
class Models;
class Runs;
class Settings;
struct Run;

/// Makes a run again and says whether it comes out the same bit for bit. It has its turn on the
/// worker like all else that is asked there: behind the run in progress.
class Verifier : public QObject
{
    Q_OBJECT

public:
    Verifier(Engine& engine, Runs& runs, Settings& settings, QObject* parent = nullptr);
    ~Verifier() override;

    /// Whether a run can be verified: it is over, and has a picture or steps.
    static bool canVerify(const Run& run);
    /// Does that; said(), failed() or, after a stop, changed() alone follows. Nothing while another
    /// one is verified.
    void verify(int number);
    void stop();
    int run() const { return m_run; }         ///< the number of the one that is verified; 0: none
    QString stage() const { return m_stage; } ///< how far that is; empty: it has not begun

Q_SIGNALS:
    void changed(); ///< what is verified, how far
    /// What came of it, in whole sentences.
    void said(int run, bool equal, const QStringList& sentences);
    void failed(int run, const QString& sentence);

private:
    struct Asked;
    struct Answer;
    static Answer make(const Asked& asked, Models& models);
    void end();

    Engine& m_engine;
    Runs& m_runs;
    Settings& m_settings;
    std::stop_source m_stop;
    int m_run = 0;
    QString m_stage;
};
