// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspectchoices.h"

#include "app/translated.h"
#include "ui/choicebox.h"
#include "ui/formrows.h"
#include "ui/touchpanel.h"
#include "ui/wheelguard.h"
#include "ui/wordchips.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QToolButton>

#include <algorithm>

namespace {

constexpr int mostDiffused = 16, latentChannels = 4;

QSlider* slider(QWidget* parent, int most, const QString& name, const QString& tip)
{
    auto* made = new QSlider(Qt::Horizontal, parent);
    made->setRange(0, most);
    made->setAccessibleName(name);
    made->setToolTip(tip);
    return made;
}

QDoubleSpinBox* limit(QWidget* parent, const QString& name)
{
    auto* made = new QDoubleSpinBox(parent);
    made->setDecimals(4);
    made->setRange(-1e6, 1e6);
    made->setSingleStep(0.01);
    made->setButtonSymbols(QAbstractSpinBox::NoButtons);
    made->setAccessibleName(name);
    return made;
}

} // namespace

InspectChoices::InspectChoices(QWidget* parent)
    : QWidget(parent)
    , m_touches(new TouchPanel(this))
    , m_form(new FormRows(TouchPanel::labelWidth))
{
    setProperty("role", QStringLiteral("panel"));
    setLayout(m_form);
    m_form->setContentsMargins(12, 8, 12, 12);
    buildWhat(*m_form);
    m_form->addRow(m_touches);
    buildHow(*m_form);
    m_form->addStretch();
    guardFromWheel(*this);
    setLook({}, {});
    setOffer({});
}

void InspectChoices::buildWhat(FormRows& form)
{
    m_kind = choiceBox(
        this, {}, tr("What is looked at"),
        tr("What of the network is looked at; what this run does not have is grey"));
    m_help = new QLabel(this);
    m_help->setProperty("role", QStringLiteral("dim"));
    m_help->setWordWrap(true);
    m_subject = choiceBox(
        this, {}, tr("Of which picture"),
        tr("Each candidate has attention of its own; a translation's source, too"));
    m_negative = new QCheckBox(tr("Negative half"), this);
    m_negative->setToolTip(
        tr("What the network held for the prompt that guidance leads away from"));
    m_words = new WordChips(this);
    m_token = new QSpinBox(this);
    m_token->setAccessibleName(tr("Token of the reference"));
    m_direction = choiceBox(
        this, {tr("Where it looks"), tr("Who looks at it")}, tr("Direction"),
        tr("A row of the attention: from where the place takes. A column: who takes from it."));
    m_diffuseRow = new QWidget(this);
    auto* row = new QHBoxLayout(m_diffuseRow);
    row->setContentsMargins({});
    m_diffuse = slider(
        m_diffuseRow, mostDiffused, tr("Diffused"),
        tr("How often the map is multiplied by the attention of the chosen layers, 0 to 16: it "
           "grows into the object"));
    m_diffuse->setPageStep(4);
    m_diffused = new QLabel(QStringLiteral("0"), m_diffuseRow);
    m_diffused->setFixedWidth(24);
    m_diffused->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row->addWidget(m_diffuse, 1);
    row->addWidget(m_diffused);
    m_channel = new QSpinBox(this);
    m_channel->setAccessibleName(tr("Channel"));
    m_channel->setToolTip(tr("Which of the channels, counted from 0"));
    m_components = choiceBox(
        this, {tr("Steady colours"), tr("Fitted to each step")}, tr("Components"),
        tr("Steady: the same axes at every step, so that colours can be followed. Fitted to each "
           "step: as the paper has it."));
    m_places = placeButtons();

    form.addRow(m_kind); // its entries need the whole width
    form.addRow(m_help);
    form.addRow(tr("Of"), m_subject);
    form.addRow(QString(), m_negative);
    form.addRow(m_words);
    form.addRow(tr("Token"), m_token);
    form.addRow(m_places);
    form.addRow(tr("Direction"), m_direction);
    form.addRow(tr("Diffused"), m_diffuseRow);
    form.addRow(tr("Channel"), m_channel);
    form.addRow(tr("Axes"), m_components);

    connect(m_kind, &QComboBox::activated, this, [this](int index) {
        m_chosen = ViewKind(m_kind->itemData(index).toInt());
        showRows();
        Q_EMIT changed();
    });
    for (QComboBox* box : {m_subject, m_direction, m_components})
        connect(box, &QComboBox::activated, this, &InspectChoices::changed);
    connect(m_negative, &QCheckBox::toggled, this, &InspectChoices::changed);
    connect(m_words, &WordChips::changed, this, &InspectChoices::changed);
    connect(m_diffuse, &QSlider::valueChanged, this, [this](int times) {
        m_diffused->setText(QString::number(times));
        Q_EMIT changed();
    });
    connect(m_channel, &QSpinBox::valueChanged, this, [this](int channel) {
        m_chosenChannel = channel;
        Q_EMIT changed();
    });
    connect(m_token, &QSpinBox::valueChanged, this, &InspectChoices::changed);
}

QWidget* InspectChoices::placeButtons()
{
    auto* places = new QWidget(this);
    auto* column = new QVBoxLayout(places);
    column->setContentsMargins({});
    m_placeText = new QLabel(places);
    m_placeText->setWordWrap(true);
    places->setToolTip(tr(
        "In the picture a click asks about a place, a drag about a box, with Shift an outline; "
        "with Ctrl it is the second place.\nArrows move the place by a cell, with Shift by four; "
        "Ctrl+arrows make it a box.\nS: the other place. Delete: no place. Wheel: zoom. Space or "
        "the middle button: move the view. F: fit."));
    column->addWidget(m_placeText);
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    const auto button = [&](const QString& text, const QString& tip, bool checkable) {
        auto* made = new QToolButton(places);
        made->setText(text);
        made->setToolTip(tip);
        made->setCheckable(checkable);
        row->addWidget(made);
        return made;
    };
    m_outline = button(tr("Outline"), tr("A drag draws an outline (Shift)"), true);
    m_second = button(tr("Second"), tr("The next click says a second place (Ctrl, or S)"), true);
    m_clear = button(tr("Clear"), tr("Ask about no place (Delete)"), false);
    row->addStretch();
    column->addLayout(row);
    connect(m_outline, &QToolButton::toggled, this, &InspectChoices::outlineToggled);
    connect(m_second, &QToolButton::clicked, this, &InspectChoices::secondToggled);
    connect(m_clear, &QToolButton::clicked, this, &InspectChoices::clearRequested);
    return places;
}

void InspectChoices::buildHow(FormRows& form)
{
    m_drawing = new QLabel(tr("DRAWING"), this);
    m_drawing->setProperty("role", QStringLiteral("section"));
    m_drawing->setContentsMargins(0, 8, 0, 0);
    form.addRow(m_drawing);
    m_arrange = choiceBox(
        this, {tr("Over the picture"), tr("Beside the picture")}, tr("Place of the map"),
        tr("Over the picture several maps are mixed in colours; beside it each stands alone"));
    m_opacity = slider(
        this, 100, tr("Opacity"),
        tr("How much of the picture is seen through the map, in percent"));
    m_opacity->setPageStep(10);
    QStringList names;
    for (const ColourMapName& name : colourMaps())
        names << translated(name.label);
    m_colors = choiceBox(
        this, names, tr("Colours"),
        tr("All of them can be told apart by people who see red and green alike"));
    m_range = choiceBox(
        this, {tr("Of this map"), tr("Of the run"), tr("Fixed")}, tr("Range"),
        tr("What the darkest and the brightest colour stand for: least and largest of this map, of "
           "all steps of the run, or two numbers"));
    m_limits = new QWidget(this);
    auto* row = new QHBoxLayout(m_limits);
    row->setContentsMargins({});
    m_low = limit(m_limits, tr("From"));
    m_high = limit(m_limits, tr("To"));
    row->addWidget(m_low);
    row->addWidget(new QLabel(QStringLiteral("–"), m_limits));
    row->addWidget(m_high);
    m_smooth = new QCheckBox(tr("Smooth between cells"), this);
    m_smooth->setToolTip(tr("Off: every cell is a square, as the network has it"));
    form.addRow(tr("Map"), m_arrange);
    form.addRow(tr("Opacity"), m_opacity);
    form.addRow(tr("Colours"), m_colors);
    form.addRow(tr("Range"), m_range);
    form.addRow(QString(), m_limits);
    form.addRow(QString(), m_smooth);
    for (QComboBox* box : {m_arrange, m_colors, m_range})
        connect(box, &QComboBox::activated, this, [this] {
            showRows();
            Q_EMIT lookChanged();
        });
    for (QDoubleSpinBox* box : {m_low, m_high})
        connect(box, &QDoubleSpinBox::valueChanged, this, &InspectChoices::lookChanged);
    connect(m_opacity, &QSlider::valueChanged, this, &InspectChoices::lookChanged);
    connect(m_smooth, &QCheckBox::toggled, this, &InspectChoices::lookChanged);
}

void InspectChoices::setOffer(const InspectOffer& offer)
{
    m_offer = offer;
    takeKinds();
    takeSubjects();
    {
        const QSignalBlocker quietWords(m_words), quietToken(m_token), quietChannel(m_channel);
        m_words->setTokens(offer.tokens);
        m_token->setRange(0, std::max(0, offer.referenceTokens - 1));
        m_token->setToolTip(
            tr("0 to %1; the last ones of a reference see all of it").arg(m_token->maximum()));
        int channels = 1;
        for (const LayerName& layer : offer.layers)
            channels = std::max(channels, layer.channels);
        m_channels = channels;
    }
    showRows();
}

/// All kinds there are, so that the list stays the same; what the run does not have cannot be
/// chosen.
void InspectChoices::takeKinds()
{
    const QSignalBlocker quiet(m_kind);
    m_kind->clear();
    auto* model = qobject_cast<QStandardItemModel*>(m_kind->model());
    for (const ViewKindName& each : viewKinds()) {
        const int row = m_kind->count();
        m_kind->addItem(translated(each.label), int(each.kind));
        m_kind->setItemData(row, kindHelp(each.kind), Qt::ToolTipRole);
        const bool there = m_offer.kinds.empty() || std::ranges::count(m_offer.kinds, each.kind);
        if (model)
            model->item(row)->setEnabled(there);
    }
    m_kind->setCurrentIndex(m_kind->findData(int(m_chosen)));
}

void InspectChoices::takeSubjects()
{
    const QSignalBlocker quiet(m_subject);
    const QVariant before = m_subject->currentData();
    m_subject->clear();
    for (int i = 0; i < m_offer.candidates; ++i)
        m_subject->addItem(
            m_offer.candidates > 1 ? tr("Candidate %1").arg(i + 1) : tr("The result"), i);
    if (m_offer.source)
        m_subject->addItem(tr("The source"), -1);
    m_subject->setCurrentIndex(std::max(0, m_subject->findData(before)));
}

void InspectChoices::showRows()
{
    const ViewKind kind = m_chosen;
    const auto show = [this](QWidget* field, bool shown) { m_form->setRowVisible(field, shown); };
    m_help->setText(kindHelp(kind));
    m_subject->setEnabled(m_subject->count() > 1); // a row that comes with a step would jump
    show(m_negative, m_offer.negative);
    if (m_curves)
        return m_form->hideAllBut({m_subject, m_negative});
    show(m_kind, true);
    show(m_help, true);
    show(m_touches, true);
    show(m_words, asksWords(kind) && !m_offer.tokens.empty());
    show(m_token, kind == ViewKind::Tokens);
    show(m_places, asksPlace(kind));
    show(m_direction, kind == ViewKind::SelfAttention);
    show(m_diffuseRow, kind == ViewKind::SelfAttention || kind == ViewKind::CrossAttention);
    show(m_channel, hasChannels(kind));
    const QSignalBlocker quiet(m_channel);
    m_channel->setSpecialValueText(hasLayers(kind) ? QString() : tr("All"));
    m_channel->setRange(
        hasLayers(kind) ? 0 : -1, hasLayers(kind) ? m_channels - 1 : latentChannels - 1);
    m_channel->setValue(m_chosenChannel);
    show(m_components, hasComponents(kind) && !standsAlone(kind));
    const bool drawn = kind != ViewKind::Shares; // which are tables
    const bool over = m_arrange->currentIndex() == 0, numbers = drawn && !hasComponents(kind);
    show(m_drawing, drawn);
    show(m_arrange, drawn);
    show(m_smooth, drawn);
    show(m_opacity, drawn && over);
    show(m_colors, numbers);
    show(m_range, numbers);
    show(m_limits, numbers && m_range->currentIndex() == RangeChoice::Fixed);
}

void InspectChoices::setForCurves(bool curves)
{
    m_curves = curves;
    showRows();
}

void InspectChoices::setView(const View& view)
{
    const QSignalBlocker quiet(this);
    m_chosen = view.kind;
    m_kind->setCurrentIndex(m_kind->findData(int(view.kind)));
    m_subject->setCurrentIndex(
        std::max(0, m_subject->findData(view.subject.source ? -1 : view.subject.candidate)));
    m_negative->setChecked(view.subject.negative);
    m_words->setGroups(view.words);
    m_direction->setCurrentIndex(view.column);
    m_diffuse->setValue(view.diffuse);
    m_chosenChannel = view.channel;
    m_components->setCurrentIndex(view.fitEachStep);
    showRows();
}

View InspectChoices::applied(View view) const
{
    view.kind = m_chosen;
    const int subject = m_subject->count() > 0 ? m_subject->currentData().toInt() : 0;
    view.subject = {
        .source = subject < 0,
        .candidate = std::max(0, subject),
        .negative = m_negative->isChecked() && m_offer.negative};
    view.words = {};
    if (asksWords(m_chosen))
        view.words = m_words->groups();
    else if (m_chosen == ViewKind::Tokens)
        view.words = {{m_offer.firstToken + m_token->value()}};
    view.column = m_direction->currentIndex() == 1;
    view.diffuse = m_diffuse->value();
    view.channel = hasChannels(m_chosen) ? m_channel->value() : m_chosenChannel;
    view.fitEachStep = m_components->currentIndex() == 1;
    return view;
}

void InspectChoices::setLook(const MapLook& look, const RangeChoice& range)
{
    const QSignalBlocker quiet(this);
    m_arrange->setCurrentIndex(look.beside);
    m_opacity->setValue(int(look.opacity * 100 + 0.5));
    m_colors->setCurrentIndex(int(look.colors)); // in their order
    m_smooth->setChecked(look.smooth);
    m_range->setCurrentIndex(range.kind);
    m_low->setValue(range.fixed.from);
    m_high->setValue(range.fixed.to);
    showRows();
}

MapLook InspectChoices::look() const
{
    return {
        .beside = m_arrange->currentIndex() == 1,
        .opacity = m_opacity->value() / 100.0,
        .colors = ColourMap(std::max(0, m_colors->currentIndex())),
        .smooth = m_smooth->isChecked()};
}

RangeChoice InspectChoices::range() const
{
    return {
        .kind = RangeChoice::Kind(std::max(0, m_range->currentIndex())),
        .fixed = {m_low->value(), m_high->value()}};
}

QSize InspectChoices::minimumSizeHint() const
{
    return {width, m_form->totalHeightForWidth(QWidget::width())};
}

void InspectChoices::setPlaces(const QString& text, int count, int active)
{
    m_placeText->setText(text);
    m_second->setEnabled(count > 0);
    m_second->setChecked(active == 1);
    m_clear->setEnabled(count > 0);
}
