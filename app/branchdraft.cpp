// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/branchdraft.h"

#include "app/document.h"
#include "app/runs.h"
#include "app/translated.h"
#include "core/branch.h"
#include "core/errors.h"

BranchDraft::BranchDraft(Editor& editor, Runs& runs, QObject* parent)
    : QObject(parent)
    , m_editor(editor)
    , m_runs(runs)
{
    connect(&editor, &Editor::branchChanged, this, [this] {
        follow();
        Q_EMIT changed();
    });
    // A session that is opened brings its runs after its document; one that was deleted may return.
    const auto listed = [this] {
        if (!on() || (run() != 0) == (m_request != nullptr))
            return;
        follow();
        Q_EMIT changed();
    };
    connect(&runs, &Runs::added, this, listed);
    connect(&runs, &Runs::removed, this, listed);
}

bool BranchDraft::on() const
{
    return m_editor.document().branch.has_value();
}

int BranchDraft::step() const
{
    return on() ? m_editor.document().branch->step : 0;
}

int BranchDraft::run() const
{
    const auto run = on() ? m_runs.byId(m_editor.document().branch->run) : nullptr;
    return run ? run->number : 0;
}

/// Reads what the run was asked for: it may be away, and go away again.
void BranchDraft::follow()
{
    const auto run = on() ? m_runs.byId(m_editor.document().branch->run) : nullptr;
    if (run && m_request && m_of == run->id)
        return;
    m_request.reset();
    if (!run)
        return;
    m_runs.fetch(run->number);
    m_of = run->id;
    m_request = std::make_shared<const Request>(run->request());
}

QString BranchDraft::whyFixed() const
{
    if (!on())
        return {};
    return run() == 0 ? tr("Fixed in a branch: it has its first steps from another run.")
                      : tr("Fixed in a branch: it has its first steps from run %1, so this stays "
                           "as it was there.")
                            .arg(run());
}

void BranchDraft::addTo(Request& request) const
{
    if (!on() || !m_request)
        return;
    request.noise = m_request->noise;
    request.branch = Branch {.parent = m_request, .step = step()};
}

QStringList BranchDraft::missing(const Request& request) const
{
    if (!on())
        return {};
    if (!request.branch)
        return {tr("the run that this branch goes on from, which was deleted")};
    QStringList needed;
    try {
        for (const Sentence& what : changedInBranch(m_editor.method(), request, m_editor.card()))
            needed << tr("for a branch of run %1, as it was there: %2")
                          .arg(run())
                          .arg(translated(what));
    } catch (const Error&) {
        // A value that is not possible is named elsewhere.
    }
    return needed;
}

void BranchDraft::leave()
{
    const Editor::Step step(m_editor, tr("Leave the branch"));
    m_editor.change([](Document& d) { d.branch.reset(); });
}
