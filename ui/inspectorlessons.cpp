// SPDX-License-Identifier: GPL-3.0-or-later

// The lessons beside the view into the network: their run, and what each page shows.

#include "app/session.h"
#include "ui/inspector.h"
#include "ui/inspectview.h"
#include "ui/lessonpanel.h"
#include "ui/resultpane.h"
#include "ui/stepaxis.h"
#include "ui/wordchips.h"

#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <utility>

void Inspector::connectLessons()
{
    LessonPanel& panel = m_view.lesson();
    connect(&m_view.pages().lessons(), &QToolButton::toggled, this, [this, &panel](bool on) {
        soon();
        if (!on && m_opacity)
            setOpacity(*std::exchange(m_opacity, std::nullopt)); // the lesson's was for it alone
        if (!on || panel.lesson())
            return;
        try {
            panel.setLessons(readLessons(m_session.editor().methods()));
        } catch (...) {
            Q_EMIT m_view.readout(currentFailure().sentence);
        }
    });
    connect(&panel, &LessonPanel::runRequested, this, &Inspector::startLesson);
    connect(&panel, &LessonPanel::pageChanged, this, &Inspector::showLesson);
    connect(&m_session.restorer(), &Restorer::restored, this, [this, &panel] {
        if (!std::exchange(m_lessonWaits, false) || !panel.lesson())
            return;
        const Editor::Step step(m_session.editor(), tr("Lesson"), m_lessonStep);
        for (const auto& [id, value] : panel.lesson()->values)
            m_session.editor().setValue(id, value);
        m_session.editor().setSeed(panel.lesson()->seed);
        m_session.start();
        const auto run = m_session.runs().inProgress();
        m_lessonRun = run ? run->number : 0;
        panel.setReady(run != nullptr);
        panel.setPage(0);
    });
    // While it went on, its page was shown live.
    connect(&m_session.runs(), &Runs::ended, this, [this](int number) {
        if (number == m_lessonRun)
            showLesson();
    });
    connect(&m_session.runs(), &Runs::currentChanged, this, [this, &panel] {
        const auto run = m_session.runs().current();
        panel.setReady(run && run->number == m_lessonRun);
    });
}

void Inspector::setOpacity(double opacity)
{
    InspectState state = m_view.state();
    state.look.opacity = opacity;
    m_view.setState(state);
}

void Inspector::startLesson()
{
    const Lesson* lesson = m_view.lesson().lesson();
    if (!lesson)
        return;
    if (m_session.runs().running()) {
        Q_EMIT m_view.readout(tr("A run is in progress: stop it first, or wait for it."));
        return;
    }
    const Editor::Step step(m_session.editor(), tr("Lesson"));
    m_session.setMethod(lesson->method);
    m_session.editor().change([](Document& document) { // nothing of what was tried acts in it
        document.choices[document.method] = {};
        document.branch.reset();
    });
    m_lessonWaits = true;
    m_lessonStep = m_session.editor().step();
    m_session.restorer().loadSample(lesson->sample);
}

/// What the page is about, at its step once the run is there.
void Inspector::showLesson()
{
    const LessonPanel& panel = m_view.lesson();
    const auto run = m_session.runs().current();
    if (!panel.lesson() || !panel.ready() || !run)
        return;
    const Lesson::Page& page = panel.lesson()->pages[std::size_t(panel.page())];
    View view = page.view;
    view.step = m_view.view().step;
    if (view.spots.empty())
        view.spots = m_view.canvas().spots();
    m_view.pages().setPage(InspectPages::Map);
    if (!m_opacity)
        m_opacity = m_view.state().look.opacity;
    setOpacity(page.opacity.value_or(*m_opacity));
    m_view.setView(view);
    if (!page.words.isEmpty())
        m_view.choices().words().choose(page.words);
    if (run == m_session.runs().inProgress())
        return; // live
    m_pane.axis().setFollowing(false);
    m_pane.axis().setValue(int(std::lround(page.part * double(m_pane.axis().maximum()))));
}
