// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspectordock.h"

#include "app/methodlist.h"
#include "app/session.h"
#include "app/translated.h"
#include "ui/convert.h"
#include "ui/docktitle.h"
#include "ui/mapview.h"
#include "ui/savepicture.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace {

constexpr int lookDelay = 200; // milliseconds, so that scrubbing does not ask at every step
constexpr int narrowest = 216;

}

InspectorDock::InspectorDock(Session& session, QWidget* parent)
    : QDockWidget(parent)
    , m_session(session)
    , m_form(new QFormLayout)
    , m_kind(new QComboBox(this))
    , m_layer(new QSpinBox(this))
    , m_message(new QLabel(this))
    , m_shown(new QLabel(this))
    , m_numbers(new QPushButton(tr("Save the numbers..."), this))
    , m_scroll(new QScrollArea(this))
{
    setDockTitle(*this, QStringLiteral("dock.inspector"), tr("Inspect"), nullptr);
    auto* body = new QWidget(this);
    body->setProperty("role", QStringLiteral("panel"));
    auto* layout = new QVBoxLayout(body);
    layout->setContentsMargins(12, 4, 12, 8);
    body->setMinimumWidth(narrowest);
    m_kind->setAccessibleName(tr("What is shown of the network"));
    m_layer->setAccessibleName(tr("Layer"));
    m_layer->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->addRow(tr("Kind"), m_kind);
    m_form->addRow(tr("Layer"), m_layer);
    layout->addLayout(m_form);
    for (QLabel* label : {m_shown, m_message}) {
        label->setProperty("role", QStringLiteral("dim"));
        label->setWordWrap(true);
        layout->addWidget(label);
    }
    auto* inside = new QWidget(m_scroll);
    inside->setProperty("role", QStringLiteral("panel"));
    m_pictures = new QVBoxLayout(inside);
    m_pictures->setContentsMargins({});
    m_pictures->setSpacing(10);
    m_scroll->setWidget(inside);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    layout->addWidget(m_scroll, 1);
    m_numbers->setToolTip(tr("What the maps are made of, as tensors: components, mean, singular "
                             "values and the score of every cell"));
    m_numbers->hide();
    layout->addWidget(m_numbers);
    connect(m_numbers, &QPushButton::clicked, this, &InspectorDock::save);
    setWidget(body);
    m_timer.setSingleShot(true);
    m_timer.setInterval(lookDelay);
    connect(&m_timer, &QTimer::timeout, this, &InspectorDock::look);
    connect(m_kind, &QComboBox::activated, this, [this] {
        takeLayers();
        lookSoon();
    });
    connect(m_layer, &QSpinBox::valueChanged, this, &InspectorDock::lookSoon);
    connect(&session.editor(), &Editor::methodChanged, this, &InspectorDock::takeKinds);
    connect(&session.runs(), &Runs::currentChanged, this, &InspectorDock::lookSoon);
    connect(&session.runs(), &Runs::changed, this, &InspectorDock::lookSoon);
    connect(&session.runs(), &Runs::stepAdded, this, &InspectorDock::lookSoon);
    connect(
        &session.oldLooks(), &OldLooks::looked, this, [this](int number, const auto& look, const auto& i) {
            if (const auto run = m_session.runs().current(); run && run->number == number)
                showPictures(look, i);
        });
    connect(&session.oldLooks(), &OldLooks::failed, this, &InspectorDock::say);
    hide();
    takeKinds();
}

void InspectorDock::takeKinds()
{
    const QSignalBlocker quiet(m_kind);
    m_kind->clear();
    for (const LookKind& kind : m_session.editor().method().looks)
        m_kind->addItem(
            translated(kind.label.empty() ? kind.value : kind.label),
            QString::fromStdString(kind.value));
    takeLayers();
    setVisible(m_wanted && m_kind->count() > 0);
    lookSoon();
}

void InspectorDock::takeLayers()
{
    const auto& looks = m_session.editor().method().looks;
    if (m_kind->currentIndex() < 0)
        return;
    const LookKind& kind = looks.at(m_kind->currentIndex());
    m_layered = !kind.ofRun;
    m_layer->setVisible(m_layered);
    m_form->labelForField(m_layer)->setVisible(m_layered);
    const QSignalBlocker quiet(m_layer);
    m_layer->setRange(0, std::max(0, kind.layers - 1));
    m_layer->setValue(kind.usual);
    m_layer->setToolTip(
        tr("In the order in which the network computes them, 0 to %1").arg(m_layer->maximum()));
}

void InspectorDock::setStep(int step)
{
    if (std::exchange(m_step, step) != step && m_layered)
        lookSoon();
}

void InspectorDock::setWanted(bool wanted)
{
    const bool change = std::exchange(m_wanted, wanted) != wanted;
    setVisible(m_wanted && m_kind->count() > 0);
    if (change)
        Q_EMIT wantedChanged(wanted);
}

void InspectorDock::lookSoon()
{
    if (isVisible() && !m_timer.isActive()) // a run tells of every step
        m_timer.start();
}

void InspectorDock::look()
{
    const auto run = m_session.runs().current();
    if (!isVisible() || m_kind->currentIndex() < 0)
        return;
    const bool ours = run && run->request().method == m_session.editor().method().id;
    if (ours && run->steps.empty() && run == m_session.runs().inProgress())
        return say(tr("The first step is not done yet."));
    if (!ours || run->steps.empty())
        return say(
            tr("Make a run first (Ctrl+Return). Then what the network holds is shown here, for the "
               "step that is chosen on the time line."));
    if (m_session.runs().running() && m_session.runs().turnFor(*run) == Engine::InOrder)
        return say(tr("The network is busy with a run of another model: look into it when that has "
                      "ended."));
    m_message->setText(tr("Looking..."));
    m_message->show();
    m_session.oldLooks().look(
        m_kind->currentData().toString().toStdString(), m_layer->value(), m_step);
}

void InspectorDock::say(const QString& text)
{
    showPictures({}, {});
    m_message->setText(text);
    m_message->show();
    m_shown->hide();
}

void InspectorDock::showPictures(const Look& look, const Inspection& inspection)
{
    while (QLayoutItem* item = m_pictures->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const Inspection::Picture& picture : inspection.pictures) {
        auto* view = new MapView(
            translated(picture.label), toQImage(picture.image),
            m_layered ? MapView::Cells : MapView::Pixels);
        connect(view, &MapView::saveFailed, this, &InspectorDock::tell);
        m_pictures->addWidget(view);
    }
    m_pictures->addStretch();
    m_message->hide();
    m_shown->setText(tr("In step %1, layer %2").arg(look.step + 1).arg(look.layer));
    m_shown->setVisible(m_layered);
    m_seen = look;
    m_arrays = inspection.arrays;
    m_numbers->setVisible(!m_arrays.empty());
}

void InspectorDock::tell(const QString& sentence)
{
    m_message->setText(sentence);
    m_message->show();
}

void InspectorDock::save()
{
    const QString name = tr("%1, layer %2, step %3")
                             .arg(m_kind->currentText())
                             .arg(m_seen.layer)
                             .arg(m_seen.step + 1);
    saveNumbers(this, m_arrays, name, [this](const QString& sentence) { tell(sentence); });
}

QList<MapView*> InspectorDock::maps() const
{
    return m_scroll->findChildren<MapView*>();
}

QString InspectorDock::message() const
{
    return m_message->isHidden() ? QString() : m_message->text();
}

void InspectorDock::showEvent(QShowEvent* event)
{
    QDockWidget::showEvent(event);
    lookSoon();
}

void InspectorDock::closeEvent(QCloseEvent* event)
{
    QDockWidget::closeEvent(event);
    setWanted(false);
}
