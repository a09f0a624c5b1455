// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/saver.h"

#include "app/background.h"
#include "app/engine.h"
#include "app/runrecord.h"
#include "app/session.h"
#include "ui/convert.h"
#include "ui/noticebar.h"
#include "ui/resultpane.h"
#include "ui/runsdock.h"
#include "ui/savedialog.h"
#include "ui/savepicture.h"

#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>

Saver::Saver(Session& session, Settings& settings, ResultPane& pane)
    : QObject(&pane)
    , m_session(session)
    , m_settings(settings)
    , m_pane(pane)
{
    connect(&session.runs(), &Runs::stepDecoded, this, [this](int run, int step) {
        if (run != m_waitingRun || step != m_waitingStep)
            return;
        m_waitingStep = -1;
        if (m_pane.step() == step)
            ask();
    });
}

void Saver::save()
{
    const auto run = m_session.runs().current();
    if (!run || (run->steps.empty() && run->candidates.empty())) {
        m_pane.notices().say(tr("There is no result to save yet."), false);
    } else if (m_pane.showsPreview()) {
        m_waitingRun = run->number;
        m_waitingStep = m_pane.step();
        m_session.runs().decodeStep(m_waitingStep);
        m_pane.notices().say(
            m_session.runs().running()
                ? tr("The step is decoded in full after the one in progress, then it can be saved.")
                : tr("The step is being decoded in full, then it can be saved."),
            false);
    } else {
        ask();
    }
}

void Saver::ask()
{
    const auto run = m_session.runs().current();
    m_pane.notices().hide();
    const QString name = QStringLiteral("%1-%2.png")
                             .arg(QString::fromStdString(run->request().method))
                             .arg(run->request().seed + quint64(m_pane.candidate()));
    auto* dialog = new SaveDialog(m_settings, name, m_pane.window());
    connect(dialog, &SaveDialog::chosen, this, &Saver::write);
    dialog->open();
}

void Saver::write(const QString& path, Embed embed)
{
    try {
        const auto encode = encoder(m_session.runs(), m_pane.candidate(), m_pane.step(), embed);
        whenDone(writeInBackground(path, encode), this, [this, path](const QString& problem) {
            if (problem.isEmpty())
                Q_EMIT saved(path);
            else
                m_pane.notices().say(
                    problem, true,
                    {{tr("Choose another file"), [this] { ask(); }}, {tr("Close"), {}}});
        });
    } catch (...) {
        m_pane.notices().say(currentFailure().sentence, true);
    }
}

void Saver::copyImage()
{
    if (const QImage image = m_pane.picture(); !image.isNull())
        QGuiApplication::clipboard()->setImage(image);
}

void Saver::copyMarked()
{
    if (!m_session.maps().canAsk())
        return;
    m_session.maps().makeQuestion(
        this,
        [this](const SharedImage& grid) {
            QGuiApplication::clipboard()->setImage(toQImage(grid));
            m_pane.notices().say(
                tr("The marked grid is in the clipboard. Give it to a vision-language model of "
                   "your choice with its question, and take one of its answers as the prompt."),
                false, {{tr("Copy the question"), [this] { copyQuestion(); }}, {tr("Close"), {}}});
        },
        [this](const QString& sentence) { m_pane.notices().say(sentence, true); });
}

void Saver::copyQuestion()
{
    if (const Method* tool = m_session.maps().questionTool())
        QGuiApplication::clipboard()->setText(QString::fromStdString(tool->question));
}

void Saver::copyParameters()
{
    if (const auto run = m_session.runs().current())
        QGuiApplication::clipboard()->setText(parametersOf(*run));
}
