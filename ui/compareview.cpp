// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/compareview.h"

#include "app/background.h"
#include "ui/choicebox.h"
#include "ui/convert.h"
#include "ui/differencebar.h"
#include "ui/dragsource.h"
#include "ui/fold.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>
#include <QtConcurrentRun>

#include <algorithm>
#include <cmath>
#include <utility>

namespace {

/// "mean 3.2, largest 61 of 255; 12 % of the pixels changed; PSNR 24.1 dB, SSIM 0.832"
QString differenceText(const PictureDifference& d, double ssim)
{
    if (d.largest == 0)
        return CompareView::tr("The two pictures are the same, pixel for pixel.");
    QString said = CompareView::tr("Difference: mean %1, largest %2 of 255; %3 % of the pixels "
                                   "changed; PSNR %4 dB")
                       .arg(d.meanAbsolute, 0, 'f', 1)
                       .arg(d.largest)
                       .arg(d.changed * 100, 0, 'f', d.changed < .1 ? 1 : 0)
                       .arg(d.psnr, 0, 'f', 1);
    if (std::isfinite(ssim))
        said += CompareView::tr(", SSIM %1").arg(ssim, 0, 'f', 3);
    return said;
}

} // namespace

CompareView::CompareView(QWidget* parent)
    : QWidget(parent)
    , m_canvas(new CompareCanvas(this))
    , m_text(new QLabel(this))
    , m_nothing(wrappedLabel({}, "dim", m_canvas))
{
    m_nothing->setAlignment(Qt::AlignCenter);
    (new QVBoxLayout(m_canvas))->addWidget(m_nothing);
    m_text->setProperty("role", QStringLiteral("said"));
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(buildChoice());
    layout->addWidget(m_canvas, 1);
    layout->addWidget(m_text);
    layout->addWidget(buildBar());
    connect(m_canvas, &ImageView::readout, this, &CompareView::readout);
    refresh();
}

QWidget* CompareView::buildChoice()
{
    auto* bar = new QWidget(this);
    m_first = choiceBox(bar, {}, tr("First picture"), {}, 12);
    m_second = choiceBox(bar, {}, tr("Second picture"), {}, 12);
    m_exchange = new QToolButton(bar);
    m_exchange->setText(QStringLiteral("\u21c4"));
    m_exchange->setToolTip(tr("Exchange the two pictures"));
    m_exchange->setAccessibleName(m_exchange->toolTip());
    m_keep = new QToolButton(bar);
    m_keep->setText(tr("Keep what is shown"));
    m_keep->setToolTip(tr("Puts the picture that is shown at this step into the lists, so that it "
                          "can be compared with others"));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 6, 12, 6);
    row->setSpacing(8);
    row->addWidget(m_first, 1);
    row->addWidget(m_exchange);
    row->addWidget(m_second, 1);
    row->addWidget(m_keep);
    row->addWidget(dragHandle(
        bar, [this] { return Draggable {.image = m_canvas->shown(), .name = tr("comparison")}; }));
    for (auto& [box, key] : {std::pair(m_first, &m_firstKey), std::pair(m_second, &m_secondKey)})
        connect(box, &QComboBox::activated, this, [this, box = box, key = key] {
            *key = box->currentData().toString();
            refresh();
        });
    connect(m_exchange, &QToolButton::clicked, this, &CompareView::swap);
    connect(m_keep, &QToolButton::clicked, this, &CompareView::keepRequested);
    return bar;
}

QWidget* CompareView::buildBar()
{
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 6, 12, 6);
    row->setSpacing(4);
    auto* group = new QButtonGroup(this);
    const struct
    {
        QString label, tip;
    } modes[] = {
        {tr("Wipe"), tr("The first picture left of a line, the second right of it: drag the line")},
        {tr("Side by side"), tr("Beside each other, with one zoom for both")},
        {tr("Blink"), tr("The second picture; hold the mouse button or B to see the first")},
        {tr("Difference"), tr("What the second picture has more, channel by channel")}};
    for (int i = 0; i < 4; ++i) {
        auto* button = new QToolButton(bar);
        button->setText(modes[i].label);
        button->setToolTip(modes[i].tip);
        button->setCheckable(true);
        button->setProperty("role", QStringLiteral("tab"));
        group->addButton(button, i);
        m_modes.push_back(button);
        row->addWidget(button);
    }
    m_difference = new DifferenceBar(bar);
    row->addWidget(m_difference, 1);
    row->addStretch();
    m_changed = new QPushButton(tr("What changed..."), bar);
    m_changed->setToolTip(tr("What the two runs were asked for, where it is different"));
    row->addWidget(m_changed);
    m_modes.front()->setChecked(true);
    connect(group, &QButtonGroup::idToggled, this, [this](int mode, bool on) {
        if (on)
            m_canvas->setMode(CompareCanvas::Mode(mode));
        m_difference->setVisible(m_canvas->mode() == CompareCanvas::Difference);
    });
    connect(m_difference, &DifferenceBar::changed, this, [this] {
        m_canvas->setLook(m_difference->look());
    });
    connect(m_changed, &QPushButton::clicked, this, [this] {
        if (first() && second())
            Q_EMIT differencesRequested(first()->run, second()->run);
    });
    m_difference->hide();
    return bar;
}

void CompareView::setMode(CompareCanvas::Mode mode)
{
    m_modes.at(std::size_t(mode))->setChecked(true);
}

void CompareView::fill(QComboBox& box, const QString& key)
{
    const QSignalBlocker quiet(&box);
    box.clear();
    int at = -1;
    for (const Comparable& picture : m_pictures) {
        box.addItem(picture.label, picture.key);
        if (picture.key == key)
            at = box.count() - 1;
    }
    box.setCurrentIndex(at);
}

void CompareView::setPictures(std::vector<Comparable> pictures)
{
    if (pictures == m_pictures)
        return;
    m_pictures = std::move(pictures);
    choose(m_firstKey, m_secondKey);
}

void CompareView::choose(const QString& first, const QString& second)
{
    m_firstKey = first;
    m_secondKey = second;
    fill(*m_first, first);
    fill(*m_second, second);
    refresh();
}

const Comparable* CompareView::find(const QString& key) const
{
    const auto found = std::ranges::find(m_pictures, key, &Comparable::key);
    return found == m_pictures.end() ? nullptr : &*found;
}

const Comparable* CompareView::first() const
{
    return find(m_firstKey);
}

const Comparable* CompareView::second() const
{
    return find(m_secondKey);
}

void CompareView::swap()
{
    choose(QString(m_secondKey), QString(m_firstKey));
}

QString CompareView::text() const
{
    return m_text->text();
}

void CompareView::refresh()
{
    ++m_measured;
    const Comparable *a = first(), *b = second();
    m_changed->setVisible(a && b && a->run > 0 && b->run > 0 && a->run != b->run);
    for (QWidget* choice :
         {static_cast<QWidget*>(m_first), static_cast<QWidget*>(m_second),
          static_cast<QWidget*>(m_exchange), static_cast<QWidget*>(m_keep)})
        choice->setEnabled(!m_pictures.empty());
    const bool nothing = !a || !b || a->image.isNull() || b->image.isNull();
    m_nothing->setVisible(nothing);
    m_text->setVisible(!nothing);
    if (nothing) {
        m_canvas->setPictures({}, {});
        m_text->setText(
            m_pictures.empty()
                ? tr("There is nothing to compare yet: load pictures, or make a run.")
                : tr("Choose two pictures above: results, inputs, or what is shown."));
        m_nothing->setText(m_text->text());
        return;
    }
    QString before;
    QImage second = b->image;
    if (second.size() != a->image.size()) {
        second = second.scaled(a->image.size(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        before = tr("The second picture (%1 \u00d7 %2) was brought to the size of the first. ")
                     .arg(b->image.width())
                     .arg(b->image.height());
    }
    m_canvas->setNames(a->chip, b->chip);
    m_canvas->setPictures(a->image, second);
    measure(a->image, second, before);
}

/// In the background: the similarity of photographs takes seconds.
void CompareView::measure(const QImage& a, const QImage& b, const QString& before)
{
    m_text->setText(before + tr("Measuring..."));
    whenDone(
        QtConcurrent::run([a, b] {
            const Image first = toImage(a), second = toImage(b);
            return differenceText(differenceOf(first, second), similarityOf(first, second));
        }),
        this, [this, a, b, before, number = m_measured](const QString& said) {
            if (number == m_measured)
                m_text->setText(before + said);
            if (number == m_measured && m_more && a != b)
                m_more(a, b, [this, number](const QString& more) {
                    if (number == m_measured)
                        m_text->setText(m_text->text() + QStringLiteral("; ") + more);
                });
        });
}

void CompareView::setMeasure(Measure measure)
{
    m_more = std::move(measure);
    refresh();
}
