// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/firststeps.h"

#include "app/methodlist.h"
#include "app/session.h"
#include "app/translated.h"
#include "ui/samplefigure.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace {

constexpr int narrowest = 196; // a tile

} // namespace

FirstSteps::FirstSteps(Session& session, QWidget* parent)
    : QScrollArea(parent)
    , m_session(session)
    , m_grid(new QGridLayout)
    , m_said(new QLabel(this))
    , m_get(new QPushButton(tr("Get a model..."), this))
    , m_model(new QPushButton(tr("Choose a model..."), this))
    , m_help(new QPushButton(tr("Help"), this))
    , m_skip(new QPushButton(tr("Close"), this))
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("First steps"));
    auto* body = new QWidget(this);
    body->setProperty("role", QStringLiteral("panel"));
    auto* rows = new QVBoxLayout(body);
    rows->setContentsMargins(24, 20, 24, 20);
    rows->setSpacing(14);
    auto* title = new QLabel(tr("What would you like to make?"), body);
    title->setProperty("role", QStringLiteral("title"));
    title->setAlignment(Qt::AlignCenter);
    title->setWordWrap(true);
    rows->addStretch(1);
    rows->addWidget(title);
    m_grid->setSpacing(14);
    auto* middle = new QHBoxLayout;
    middle->addStretch(1);
    middle->addLayout(m_grid, 100);
    middle->addStretch(1);
    rows->addLayout(middle);
    for (const Method& method : session.editor().methods().methods())
        if (!method.isTool())
            addTile(method, *body);
    m_said->setTextFormat(Qt::PlainText);
    m_said->setWordWrap(true);
    m_said->setAlignment(Qt::AlignCenter);
    rows->addWidget(m_said);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    for (QPushButton* button : {m_get, m_model, m_help, m_skip})
        buttons->addWidget(button);
    buttons->addStretch();
    rows->addLayout(buttons);
    rows->addStretch(2);
    setWidget(body);
    connect(m_get, &QPushButton::clicked, this, &FirstSteps::getRequested);
    connect(m_model, &QPushButton::clicked, this, &FirstSteps::modelRequested);
    connect(m_help, &QPushButton::clicked, this, &FirstSteps::helpRequested);
    connect(m_skip, &QPushButton::clicked, this, &FirstSteps::closed);
    m_skip->setToolTip(tr("Go on without; Help > First steps shows them again"));
    connect(&session.model(), &ModelChoice::changed, this, &FirstSteps::sayModel);
    sayModel();
    arrange();
}

QString FirstSteps::said() const
{
    return m_said->text();
}

void FirstSteps::sayModel()
{
    const ModelChoice& model = m_session.model();
    m_said->setText(
        model.isDefault() ? tr("Simile comes with a small model that draws figures. For "
                               "photographs it needs another one.")
                          : tr("The model is %1 now. Choose above what to make with it.")
                                .arg(QString::fromStdString(model.chosenCard().name)));
}

void FirstSteps::addTile(const Method& method, QWidget& body)
{
    auto* frame = new QFrame(&body);
    frame->setProperty("role", QStringLiteral("tile"));
    frame->setMaximumWidth(330);
    auto* rows = new QVBoxLayout(frame);
    rows->setContentsMargins(14, 14, 14, 14);
    rows->setSpacing(8);
    const QString name = translated(method.name);
    auto* head = new QLabel(name, frame);
    QFont bold = head->font();
    bold.setBold(true);
    head->setFont(bold);
    auto* text = new QLabel(translated(method.description), frame);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    text->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    Tile tile {
        .method = method.id,
        .frame = frame,
        .figure = new SampleFigure(frame),
        .sample = new QPushButton(tr("Try the sample"), frame),
        .own = new QPushButton(tr("Use my pictures..."), frame)};
    tile.sample->setAccessibleName(tr("Try the sample of %1").arg(name));
    tile.own->setAccessibleName(tr("Use my pictures in %1").arg(name));
    tile.sample->setToolTip(tr("Fill in pictures and values; Ctrl+Return then makes the picture"));
    rows->addWidget(tile.figure);
    rows->addWidget(head);
    rows->addWidget(text, 1);
    rows->addWidget(tile.sample);
    rows->addWidget(tile.own);
    connect(tile.sample, &QPushButton::clicked, this, [this, id = method.id] {
        Q_EMIT sampleRequested(id);
    });
    connect(
        tile.own, &QPushButton::clicked, this, [this, id = method.id] { Q_EMIT ownRequested(id); });
    m_tiles.push_back(tile);
}

/// Side by side where there is room for all of them, else one below the other.
void FirstSteps::arrange()
{
    const int count = int(m_tiles.size());
    const int room = viewport()->width() - 48 - m_grid->spacing() * (count - 1);
    const int columns = room >= narrowest * count ? count : 1;
    for (int i = 0; i < count; ++i) {
        m_grid->removeWidget(m_tiles[i].frame);
        m_grid->addWidget(m_tiles[i].frame, i / columns, i % columns);
        m_grid->setColumnStretch(i, i < columns ? 1 : 0); // all are as wide
    }
}

/// The pictures are read when they are needed.
void FirstSteps::showEvent(QShowEvent* event)
{
    const auto& methods = m_session.editor().methods();
    for (Tile& tile : m_tiles)
        if (const Method* method = methods.find(tile.method); method && tile.figure->rows().empty())
            tile.figure->setRows(figureOf(*method));
    QScrollArea::showEvent(event);
}

void FirstSteps::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    arrange();
}
