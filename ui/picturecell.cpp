// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/picturecell.h"

#include "app/background.h"
#include "app/translated.h"
#include "ui/baretext.h"
#include "ui/choicebox.h"
#include "ui/convert.h"
#include "ui/docktitle.h"
#include "ui/fold.h"
#include "ui/imageslot.h"
#include "ui/numberbox.h"
#include "ui/opener.h"
#include "ui/paintable.h"
#include "ui/styled.h"
#include "ui/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QScopedValueRollback>
#include <QToolButton>
#include <QVBoxLayout>
#include <QtConcurrentRun>

#include <algorithm>
#include <utility>

namespace {

constexpr double largestWeight = 2;

} // namespace

PictureCell::PictureCell(Session& session, const Slot& slot, int at, bool wide, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_slot(slot)
    , m_place(slot.id, at)
    , m_picture(new ImageSlot(withPrime(slot.label), translated(slot.help), this))
    , m_wide(wide)
    , m_row(new QBoxLayout(wide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom))
    , m_fields(new QVBoxLayout)
    , m_said(wrappedLabel({}, "error", this))
{
    const QString id = QString::fromStdString(slot.id);
    m_picture->setObjectName(
        QStringLiteral("slot.") + (at == 0 ? id : QStringLiteral("%1.%2").arg(id).arg(at + 1)));
    m_picture->setOptional(!slot.needed || at > 0);
    m_picture->setOriginal([this] { return m_session.inputs().original(m_place); });
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(4);
    column->addLayout(m_row, 1);
    column->addWidget(m_said);
    m_row->setSpacing(wide ? 10 : 4);
    m_row->addWidget(m_picture, 0, wide ? Qt::AlignTop : Qt::Alignment());
    m_picture->setInRow(wide);
    m_fields->setSpacing(4);
    m_row->addLayout(m_fields, 1);
    if (!slot.kinds.empty())
        addKind();
    if (!slot.kinds.empty() || !slot.maskOf.empty())
        addPaint();
    if (slot.weight)
        addWeight();
    if (slot.span)
        addSpan();
    m_fields->addStretch();
    connectPicture();
    showNote();
    refresh();
}

void PictureCell::connectPicture()
{
    connect(
        m_picture, &ImageSlot::clearRequested, this, [this] { m_session.inputs().clear(m_place); });
    connect(m_picture, &ImageSlot::fileGiven, this, [this](const QByteArray& bytes) {
        Q_EMIT given({.bytes = bytes, .name = tr("pasted")});
    });
    connect(m_picture, &ImageSlot::imageGiven, this, [this](const QImage& image) {
        Q_EMIT given(pastedPicture(image, tr("pasted")));
    });
    connect(m_picture, &ImageSlot::turnRequested, this, [this](bool left) {
        m_session.inputs().turn(m_place, left);
    });
    connect(m_picture, &ImageSlot::noteChanged, this, &PictureCell::showNote);
}

/// The whole of it: the picture itself is too small for a sentence.
void PictureCell::showNote()
{
    m_said->setText(breakable(m_picture->note()));
    setStyled(
        *m_said, "role",
        m_picture->noteIsError() ? QStringLiteral("error") : QStringLiteral("warning"));
    m_said->setVisible(!m_picture->note().isEmpty());
}

QWidget* PictureCell::addRow(const QString& label, const QList<QWidget*>& fields)
{
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    layout->setSpacing(4);
    if (!label.isEmpty()) {
        auto* text = new QLabel(label, row);
        text->setProperty("role", QStringLiteral("dim"));
        text->setBuddy(fields.first());
        layout->addWidget(text);
        layout->addStretch();
    }
    for (QWidget* field : fields)
        layout->addWidget(field, label.isEmpty() ? 1 : 0);
    m_rows << row;
    m_fields->addWidget(row);
    return row;
}

void PictureCell::addKind()
{
    m_kind = new ChoiceBox(this);
    m_kind->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_kind->setMinimumContentsLength(4);
    m_kind->setAccessibleName(tr("What the picture for %1 is").arg(withPrime(m_slot.label)));
    m_kind->setToolTip(tr("What the picture is, or which map of it is made"));
    for (const Choice& kind : m_slot.kinds)
        m_kind->addItem(
            translated(kind.label.empty() ? kind.value : kind.label),
            QString::fromStdString(kind.value));
    connect(m_kind, &QComboBox::activated, this, [this] {
        m_session.inputs().setKind(m_place, m_kind->currentData().toString().toStdString());
    });
    addRow({}, {m_kind});
    m_lack = new QLabel(this);
    m_lack->setProperty("role", QStringLiteral("warning"));
    m_lack->setWordWrap(true);
    m_lack->hide();
    m_fields->addWidget(m_lack);
    connect(&m_session.editor(), &Editor::valueChanged, this, &PictureCell::refreshKinds);
    connect(&m_session.model(), &ModelChoice::changed, this, &PictureCell::refreshKinds);
    m_map = new QToolButton(this);
    m_map->setText(tr("Make the map"));
    m_map->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_map->setToolTip(
        tr("Puts the map into the place of the picture, so that it is seen before the run and can "
           "be saved, edited and loaded again"));
    connect(m_map, &QToolButton::clicked, this, [this] { m_session.maps().make(m_place); });
    m_fields->addWidget(m_map);
}

void PictureCell::addPaint()
{
    m_paint = new QToolButton(this);
    m_paint->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_paint->setToolTip(
        m_slot.maskOf.empty() ? tr("Paints over the map, to take lines away or to add some")
                              : tr("Paints the mask over the picture that it belongs to"));
    m_fields->addWidget(m_paint);
    connect(m_paint, &QToolButton::clicked, this, &PictureCell::paintRequested);
    connect(m_picture, &ImageSlot::paintRequested, this, &PictureCell::paintRequested);
}

void PictureCell::addWeight()
{
    m_weight = new NumberBox(0, largestWeight, 0.05, false, this);
    m_weight->setRange(0, largestWeight);
    m_weight->setFixedWidth(56);
    m_weight->setAccessibleName(tr("Weight of %1").arg(m_picture->label()));
    m_weight->setToolTip(tr("How much the picture counts: 0 not at all, 1 as it is"));
    connect(m_weight, &NumberBox::valueChanged, this, [this](double weight) {
        if (!m_showing)
            m_session.inputs().setWeight(m_place, weight);
    });
    addRow(tr("Weight"), {m_weight});
}

void PictureCell::addSpan()
{
    const auto boxFor = [this](const QString& name) {
        auto* box = new NumberBox(0, 1, 0.05, false, this);
        box->setRange(0, 1);
        box->setFixedWidth(42);
        box->setAccessibleName(name);
        box->setToolTip(tr("The part of the run in which the picture acts, of 1"));
        connect(box, &NumberBox::valueChanged, this, [this] {
            if (!m_showing)
                m_session.inputs().setSpan(m_place, m_begin->value(), m_end->value());
        });
        return box;
    };
    m_begin = boxFor(tr("From, of the run"));
    m_end = boxFor(tr("Until, of the run"));
    addRow(tr("Acts"), {m_begin, m_end});
}

void PictureCell::refresh()
{
    refreshFields();
    showPicture();
}

void PictureCell::setFixed(const QString& why)
{
    setEnabled(why.isEmpty());
    setToolTip(why);
    m_picture->setToolTip(why.isEmpty() ? translated(m_slot.help) : why);
}

void PictureCell::refreshFields()
{
    const Input& input = m_session.inputs().at(m_place);
    const bool there = !input.image.empty();
    const QScopedValueRollback showing(m_showing, true);
    const QString label = withPrime(m_slot.label);
    if (m_place.at > 0)
        m_picture->setLabel(
            there ? tr("%1 %2").arg(label).arg(m_place.at + 1) : tr("%1 +").arg(label));
    for (QWidget* row : m_rows)
        row->setVisible(there);
    const auto count = int(m_session.inputs().in(m_place.slot).size());
    m_picture->setMoves(there && m_place.at > 0, there && m_place.at + 1 < count);
    if (m_wide) { // an empty place has the whole row
        m_row->setStretch(0, there ? 0 : 1);
        m_row->setStretch(1, there ? 1 : 0);
    }
    if (m_kind) {
        const QString kind = QString::fromStdString(input.kind);
        m_kind->setCurrentIndex(kind.isEmpty() ? 0 : m_kind->findData(kind));
        const bool making = m_session.maps().making(m_place);
        m_map->setVisible(there && (making || m_session.maps().canMake(m_place)));
        m_map->setEnabled(!making);
        m_map->setText(making ? tr("Making it...") : tr("Make the map"));
        refreshKinds();
    }
    if (m_paint) {
        const QString paint = paintLabel(paintableAt(m_session, m_slot, m_place));
        m_paint->setText(paint);
        m_paint->setVisible(!paint.isEmpty());
        m_picture->setPaint(paint);
    }
    if (m_weight && m_weight->value() != input.weight)
        m_weight->setValue(input.weight);
    if (m_begin && m_begin->value() != input.begin)
        m_begin->setValue(input.begin);
    if (m_end && m_end->value() != input.end)
        m_end->setValue(input.end);
}

/// Marks the kinds that cannot act as things stand, and says why of the one that is chosen.
void PictureCell::refreshKinds()
{
    const bool there = !m_session.inputs().at(m_place).image.empty();
    if (!m_slot.maps || !m_slot.maps->lacks || !there)
        return m_lack->hide();
    Request asked = m_session.request();
    asked.values = m_session.editor().values();
    QString chosen;
    for (int i = 0; i < m_kind->count(); ++i) {
        const std::string kind = m_kind->itemData(i).toString().toStdString();
        const QString lack = translated(m_slot.maps->lacks(kind, asked));
        m_kind->setItemIcon(i, lack.isEmpty() ? QIcon() : icon(QStringLiteral("caution")));
        m_kind->setItemData(i, lack, Qt::ToolTipRole);
        m_kind->setItemData(
            i, lack.isEmpty() ? QString() : tr("Cannot act: %1").arg(lack),
            Qt::AccessibleDescriptionRole);
        if (i == m_kind->currentIndex())
            chosen = lack;
    }
    m_lack->setText(breakable(chosen));
    m_lack->setVisible(!chosen.isEmpty());
}

void PictureCell::showPicture()
{
    const Input& input = m_session.inputs().at(m_place);
    const SharedImage before = std::exchange(m_shown, input.image);
    if (before.same(input.image) && !before.empty())
        return; // only what stands beside it has changed
    const int change = ++m_change;
    if (input.image.empty()) {
        m_picture->setImage({}, {});
        Q_EMIT pictureChanged();
        return;
    }
    const QString name = QString::fromStdString(input.name);
    whenDone(
        QtConcurrent::run([image = input.image] { return toQImage(image); }), this,
        [this, name, change, said = m_picture->note()](const QImage& image) {
            if (m_change != change)
                return;
            const QString note = m_picture->note();
            const bool error = m_picture->noteIsError();
            const bool keep = note != said; // said of this picture, and not of one before it
            m_picture->setImage(image, name);
            if (keep)
                m_picture->setNote(note, error);
            Q_EMIT pictureChanged();
        });
}

void PictureCell::resizeEvent(QResizeEvent*)
{
    if (m_wide)
        return;
    const int width = m_picture->maximumWidth();
    for (QWidget* row : m_rows)
        row->setMaximumWidth(width);
    for (QToolButton* button : {m_map, m_paint})
        if (button)
            button->setMaximumWidth(width);
}
