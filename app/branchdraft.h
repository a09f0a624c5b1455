// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

#include <QObject>
#include <QStringList>

#include <cstdint>
#include <memory>

class Editor;
class Runs;

/// The run that the next one goes on from, where the document is a branch (Document::branch): found
/// among the runs that are listed, with what has to stay as it was there.
class BranchDraft : public QObject
{
    Q_OBJECT

public:
    BranchDraft(Editor& editor, Runs& runs, QObject* parent = nullptr);

    bool on() const;
    int step() const; ///< as many steps are taken over
    int run() const;  ///< the number of the run; 0: it is not listed any more
    /// Whether a value or a picture has to stay as it was.
    bool fixes(const Parameter& parameter) const { return on() && !parameter.mayChange; }
    bool fixes(const Slot& slot) const { return on() && !slot.mayChange; }
    QString whyFixed() const; ///< in a sentence; empty: no branch
    /// Makes a request go on from there; nothing where there is no branch, or the run is not
    /// listed.
    void addTo(Request& request) const;
    /// What keeps @p request from running, as in "Still needed: ..."; empty: nothing.
    QStringList missing(const Request& request) const;
    void leave(); ///< the next run begins at its start; the values stay as they are

Q_SIGNALS:
    void changed(); ///< whether it is one, of what, and whether that is listed

private:
    void follow();

    Editor& m_editor;
    Runs& m_runs;
    std::shared_ptr<const Request> m_request; ///< of the run; null: not listed
    int64_t m_of = 0;                         ///< its id
};
