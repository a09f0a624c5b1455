// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/statusline.h"

#include "app/devices.h"
#include "app/session.h"
#include "ui/elidedlabel.h"
#include "ui/styled.h"
#include "ui/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include <cmath>

QString duration(double seconds)
{
    const auto s = qint64(std::llround(seconds));
    if (seconds < 10 && double(s) != seconds)
        return StatusLine::tr("%1 s").arg(seconds, 0, 'f', 1);
    if (s < 60)
        return StatusLine::tr("%1 s").arg(s);
    if (s < 3600)
        return StatusLine::tr("%1 min %2 s").arg(s / 60).arg(s % 60);
    return StatusLine::tr("%1 h %2 min").arg(s / 3600).arg(s % 3600 / 60);
}

/// The run that the line tells of: the one in progress, else the one that is shown.
static std::shared_ptr<Run> runOf(const Runs& runs)
{
    return runs.running() ? runs.inProgress() : runs.current();
}

StatusLine::StatusLine(Session& session, QWidget* parent)
    : QStatusBar(parent)
    , m_session(session)
    , m_severity(new QLabel(this))
    , m_stage(new ElidedLabel(this))
    , m_speed(new QLabel(this))
    , m_left(new QLabel(this))
    , m_device(new QToolButton(this))
    , m_readout(new QLabel(this))
{
    setSizeGripEnabled(false);
    // In a box of their own: the bar hides it behind a status tip, whatever label is shown in it.
    auto* box = new QWidget(this);
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    for (QLabel* label : {m_severity, m_stage, m_speed, m_left})
        row->addWidget(label);
    row->addWidget(m_device);
    row->addStretch();
    m_device->setProperty("role", QStringLiteral("flat"));
    m_device->setToolTip(tr("What the networks are computed on and in: opens the settings"));
    m_device->setFocusPolicy(Qt::TabFocus);
    connect(m_device, &QToolButton::clicked, this, &StatusLine::deviceRequested);
    addWidget(box, 1); // what is cut off where the window ends
    addPermanentWidget(m_readout);
    m_readout->setAccessibleName(tr("Pixel under the pointer"));
    connect(&session.runs(), &Runs::added, this, &StatusLine::refresh);
    connect(&session.runs(), &Runs::changed, this, &StatusLine::refresh);
    connect(&session.runs(), &Runs::stepAdded, this, &StatusLine::refresh);
    connect(&session.runs(), &Runs::removed, this, &StatusLine::refresh);
    connect(&session.runs(), &Runs::currentChanged, this, &StatusLine::refresh);
    connect(&session.editor(), &Editor::deviceChanged, this, &StatusLine::refresh);
    connect(&session.editor(), &Editor::methodChanged, this, &StatusLine::refresh);
    connect(&session.editor(), &Editor::inputChanged, this, &StatusLine::refresh);
    connect(&session.editor(), &Editor::valueChanged, this, &StatusLine::refresh);
    connect(&session.model(), &ModelChoice::changed, this, &StatusLine::refresh);
    refresh();
}

/// Its height is put right at once: when the bar finds out by itself it shows what a status tip
/// hid.
void StatusLine::changeEvent(QEvent* event)
{
    QStatusBar::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        reformat();
}

void StatusLine::setReadout(const QString& text)
{
    m_readout->setText(text);
}

QString StatusLine::stage() const
{
    const auto run = runOf(m_session.runs());
    if (!run || run->state == Run::Discarded)
        return waits();
    const int done = std::max(0, int(run->steps.size()) - 1);
    switch (run->state) {
    case Run::Waiting:
        return run->stage.isEmpty() ? tr("Starting") : run->stage;
    case Run::Running:
        return run->stage.isEmpty() || done < run->stepCount
            ? tr("Sampling, step %1 / %2").arg(done).arg(run->stepCount)
            : run->stage;
    case Run::Stopping:
        return run->pausing ? tr("Pausing...") : tr("Stopping after this step...");
    case Run::Paused:
        return tr("Paused at step %1 / %2").arg(done).arg(run->stepCount);
    case Run::Stopped:
        return tr("Stopped at step %1 / %2").arg(done).arg(run->stepCount);
    case Run::Failed:
        return tr("Failed");
    case Run::Discarded:
    case Run::Done:
        break;
    }
    return tr("Done in %1").arg(duration(run->seconds));
}

/// What the next run waits for.
QString StatusLine::waits() const
{
    if (const QStringList missing = m_session.missing(); !missing.isEmpty())
        return tr("Still needed: %1").arg(missing.join(QStringLiteral(", ")));
    return m_blocked.isEmpty() ? tr("Ready") : m_blocked;
}

/// Green for what is done, amber for what was stopped, red for what failed, each with its icon.
void StatusLine::showSeverity(const Run* run)
{
    const bool idle = !run || run->state == Run::Discarded;
    QString role, drawing;
    if (idle ? !m_blocked.isEmpty() && m_session.missing().isEmpty() : run->state == Run::Failed) {
        role = QStringLiteral("error");
        drawing = QStringLiteral("blocked");
    } else if (!idle && (run->state == Run::Stopped || run->state == Run::Paused)) {
        role = QStringLiteral("warning");
        drawing = QStringLiteral("caution");
    } else if (!idle && run->state == Run::Done) {
        role = QStringLiteral("good");
        drawing = QStringLiteral("check-mark");
    }
    const QColor color = role == QLatin1String("error") ? theme().error
        : role == QLatin1String("warning")              ? theme().warning
                                                        : theme().good;
    m_severity->setVisible(!drawing.isEmpty());
    if (!drawing.isEmpty())
        m_severity->setPixmap(drawn(drawing, color, {14, 14}, devicePixelRatioF()));
    setStyled(*m_stage, "role", role);
}

void StatusLine::setBlocked(const QString& why)
{
    m_blocked = why;
    refresh();
}

void StatusLine::refresh()
{
    const auto run = runOf(m_session.runs());
    m_stage->setText(stage());
    showSeverity(run.get());
    const bool steps = run && run->secondsPerStep > 0;
    m_speed->setText(steps ? tr("%1 s a step").arg(run->secondsPerStep, 0, 'g', 2) : QString());
    m_left->setText(
        steps && m_session.runs().running()
            ? tr("%1 left").arg(duration(std::ceil(run->secondsLeft)))
            : QString());
    m_speed->setVisible(steps);
    m_left->setVisible(!m_left->text().isEmpty());
    const Document& document = m_session.editor().document();
    m_device->setText(tr("%1, %2", "device, precision")
                          .arg(deviceLabel(document.device), precisionLabel(document.precision)));
}
