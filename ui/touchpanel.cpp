// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/touchpanel.h"

#include "ui/choicebox.h"
#include "ui/formrows.h"
#include "ui/styled.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace {

constexpr double mostTimes = 4;
constexpr int perOne = 20; // places of the slider

} // namespace

TouchPanel::TouchPanel(QWidget* parent)
    : QWidget(parent)
    , m_fold(new QToolButton(this))
    , m_body(new QWidget(this))
    , m_form(new FormRows(labelWidth))
    , m_what(choiceBox(
          m_body, {}, tr("What is changed"),
          tr("What of what is seen is changed inside the network: a word, a head (choose one below "
             "the map), a place, a share of two cells, an injected layer")))
    , m_when(choiceBox(
          m_body, {}, tr("In which steps"),
          tr("From this step on: the steps before are taken from the run that is seen, and only "
             "the rest is computed")))
    , m_amount(new QWidget(m_body))
    , m_slider(new QSlider(Qt::Horizontal, m_amount))
    , m_times(new QDoubleSpinBox(m_amount))
    , m_try(new QPushButton(tr("Try it"), m_body))
    , m_place(new QLabel(m_body))
    , m_message(new QLabel(m_body))
{
    build();
    connect(m_fold, &QToolButton::toggled, m_body, [this](bool open) {
        m_fold->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
        m_body->setVisible(open);
    });
    connect(m_what, &QComboBox::activated, this, [this] {
        say({}, false);
        refresh();
    });
    connect(m_when, &QComboBox::activated, this, [this](int at) { m_again = at == 2; });
    connect(m_slider, &QSlider::valueChanged, this, [this](int place) {
        const QSignalBlocker quiet(m_times);
        m_times->setValue(double(place) / perOne);
    });
    connect(m_times, &QDoubleSpinBox::valueChanged, this, [this](double times) {
        const QSignalBlocker quiet(m_slider);
        m_slider->setValue(int(std::lround(times * perOne)));
    });
    connect(m_try, &QPushButton::clicked, this, &TouchPanel::tell);
    m_body->hide();
    setStep(0, 0);
    refresh();
}

void TouchPanel::build()
{
    m_fold->setProperty("role", QStringLiteral("fold"));
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_fold->setArrowType(Qt::RightArrow);
    m_fold->setCheckable(true);
    m_fold->setText(tr("Try it"));
    m_fold->setToolTip(tr("Change what is seen inside the network, and lay what comes of it beside "
                          "the run that is seen"));
    m_slider->setRange(0, int(mostTimes * perOne));
    m_slider->setPageStep(perOne / 2);
    m_slider->setAccessibleName(tr("How much"));
    m_times->setRange(0, mostTimes);
    m_times->setSingleStep(1.0 / perOne);
    m_times->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_times->setSpecialValueText(tr("off"));
    m_times->setPrefix(QStringLiteral("\u00d7 "));
    m_times->setFixedWidth(56);
    m_times->setAccessibleName(tr("How much, as a number"));
    for (QWidget* each : {static_cast<QWidget*>(m_slider), static_cast<QWidget*>(m_times)})
        each->setToolTip(tr("What it is multiplied by: off, 1 leaves it as it is, 4 is the most"));
    m_place->setProperty("role", QStringLiteral("dim"));
    m_message->setProperty("role", QStringLiteral("dim"));
    for (QLabel* label : {m_place, m_message}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
    }
    m_message->hide();
    auto* row = new QHBoxLayout(m_amount);
    row->setContentsMargins({});
    row->setSpacing(6);
    row->addWidget(m_slider, 1);
    row->addWidget(m_times);
    m_form->addRow(tr("What"), m_what);
    m_form->addRow(tr("Times"), m_amount);
    m_form->addRow(tr("Steps"), m_when);
    auto* body = new QVBoxLayout(m_body);
    body->setContentsMargins({});
    body->setSpacing(6);
    body->addWidget(m_place);
    body->addLayout(m_form);
    body->addWidget(m_try);
    body->addWidget(m_message);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_fold);
    layout->addWidget(m_body);
}

void TouchPanel::setOffers(std::vector<TouchOffer> offers, const QString& where)
{
    if (m_offers == offers && m_where == where)
        return;
    const QString before = m_what->currentText();
    m_offers = std::move(offers);
    m_where = where;
    {
        const QSignalBlocker quiet(m_what);
        m_what->clear();
        for (const TouchOffer& offer : m_offers)
            m_what->addItem(offer.label);
        m_what->setCurrentIndex(std::max(0, m_what->findText(before)));
    }
    refresh();
}

/// The step from which on something was tried stays a choice, so that it is tried again with
/// another number while the end is shown.
void TouchPanel::setStep(int step, int steps)
{
    m_step = step;
    QStringList texts = {tr("From step %1 of %2 on").arg(step + 1).arg(steps), tr("All steps")};
    if (m_last > 0 && m_last != step && m_last < steps)
        texts << tr("From step %1 on, as before").arg(m_last + 1);
    const QSignalBlocker quiet(m_when);
    int chosen = m_when->currentIndex();
    while (m_when->count() > texts.size())
        m_when->removeItem(m_when->count() - 1);
    for (int i = 0; i < int(texts.size()); ++i)
        if (m_when->count() > i)
            m_when->setItemText(i, texts[i]);
        else
            m_when->addItem(texts[i]);
    if (m_again && texts.size() > 2)
        chosen = 2;
    m_when->setCurrentIndex(chosen >= 0 && chosen < texts.size() ? chosen : 0);
}

int TouchPanel::chosenStep() const
{
    const int at = m_when->currentIndex();
    return at == 1 ? 0 : at == 2 ? m_last : m_step;
}

void TouchPanel::tell()
{
    const int at = m_what->currentIndex();
    if (at < 0 || at >= int(m_offers.size()))
        return;
    Touch touch = m_offers[std::size_t(at)].touch;
    touch.times = touch.what == Touch::Injection ? 0 : m_times->value();
    const int step = chosenStep();
    m_again = m_when->currentIndex() != 1;
    if (m_again)
        m_last = step;
    Q_EMIT tried(touch, step);
}

void TouchPanel::chooseShare(int queries, int keys)
{
    for (int i = 0; i < int(m_offers.size()); ++i) {
        const Touch& touch = m_offers[std::size_t(i)].touch;
        if (touch.what == Touch::Share && touch.queries == queries && touch.keys == keys)
            m_what->setCurrentIndex(i);
    }
    m_fold->setChecked(true);
    refresh();
}

void TouchPanel::refresh()
{
    const int at = m_what->currentIndex();
    const bool there = at >= 0 && at < int(m_offers.size());
    const bool amount = there && m_offers[std::size_t(at)].touch.what != Touch::Injection;
    m_form->setRowVisible(m_what, there);
    m_form->setRowVisible(m_amount, amount);
    m_form->setRowVisible(m_when, there);
    m_try->setVisible(there);
    m_place->setText(
        there ? tr("At: %1").arg(m_where)
              : tr("Words, heads, places, shares of cells and what is injected can be tried: "
                   "choose one of them."));
}

void TouchPanel::say(const QString& sentence, bool isError)
{
    m_message->setText(sentence);
    m_message->setVisible(!sentence.isEmpty());
    setStyled(*m_message, "role", QLatin1String(isError ? "error" : "dim"));
}

QString TouchPanel::message() const
{
    return m_message->text();
}
