// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/samplemenu.h"

#include "app/sample.h"
#include "app/session.h"
#include "core/errors.h"

SampleMenu::SampleMenu(Session& session, QWidget* parent)
    : QMenu(tr("Sa&mples"), parent)
    , m_session(session)
{
    setToolTipsVisible(true);
    connect(&session.editor(), &Editor::methodChanged, this, &SampleMenu::fill);
    fill();
}

void SampleMenu::fill()
{
    clear();
    std::vector<SampleLabel> samples;
    try {
        samples = offeredSamples(m_session.editor().method());
    } catch (const Error&) {
        // It is said when a sample is asked for.
    }
    for (const SampleLabel& sample : samples) {
        QAction* action = addAction(sample.title);
        action->setToolTip(sample.shows);
        action->setStatusTip(sample.shows);
        connect(action, &QAction::triggered, this, [this, id = sample.id] {
            m_session.restorer().loadSample(id);
        });
    }
    menuAction()->setVisible(!samples.empty());
}
