// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/runsdock.h"

#include "app/methodlist.h"
#include "app/runrecord.h"
#include "app/session.h"
#include "app/settings.h"
#include "app/translated.h"
#include "ui/choicebox.h"
#include "ui/convert.h"
#include "ui/docktitle.h"
#include "ui/queuelist.h"
#include "ui/runcard.h"
#include "ui/runcompare.h"
#include "ui/runsmodel.h"
#include "ui/savedialog.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QScrollBar>
#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>

namespace {

constexpr int searchWidth = 150;

int numberOf(const QModelIndex& index)
{
    return index.data(RunsModel::NumberRole).toInt();
}

} // namespace

QString parametersOf(const Run& run, const Method* method)
{
    const auto label = [method](const std::string& id) {
        if (method)
            for (const Parameter& p : method->parameters)
                if (p.id == id)
                    return translated(p.label);
        return QString::fromStdString(id);
    };
    QStringList lines {
        RunsDock::tr("Run %1, seed %2").arg(run.number).arg(run.request().seed),
        RunsDock::tr("Model: %1").arg(run.model)};
    for (const auto& [id, value] : run.values())
        lines << QStringLiteral("%1: %2").arg(label(id), QString::fromStdString(toText(value)));
    return lines.join(QLatin1Char('\n'));
}

RunsDock::RunsDock(Session& session, Actions& actions, QWidget* parent)
    : QDockWidget(parent)
    , m_session(session)
    , m_model(new RunsModel(session, this))
    , m_filter(new RunsFilter(this))
    , m_pages(new QStackedWidget(this))
    , m_empty(new QLabel(this))
    , m_list(new QListView(this))
    , m_card(new RunCard(m_list))
    , m_queue(new QueueList(session, actions, this))
    , m_search(new QLineEdit(this))
    , m_methods(new ChoiceBox(this))
    , m_starred(new QToolButton(this))
{
    m_filter->setSourceModel(m_model);
    setDockTitle(*this, QStringLiteral("dock.runs"), tr("Runs"), buildFilters());
    buildList();
    m_empty->setProperty("role", QStringLiteral("dim"));
    m_empty->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    m_empty->setContentsMargins(6, 2, 12, 8);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_list);
    auto* body = new QWidget(this);
    body->setProperty("role", QStringLiteral("panel"));
    auto* row = new QHBoxLayout(body);
    row->setContentsMargins(6, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_pages, 1);
    row->addWidget(m_queue);
    setWidget(body);
    connect(&session.queue(), &Queue::changed, this, &RunsDock::showPage);
    connect(m_filter, &QAbstractItemModel::rowsInserted, this, &RunsDock::showPage);
    connect(m_filter, &QAbstractItemModel::rowsRemoved, this, &RunsDock::showPage);
    // The filter tells of it before the run is out of the list.
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &RunsDock::showPage);
    connect(&session.runs(), &Runs::currentChanged, this, &RunsDock::showCurrent);
    showPage();
    showCurrent();
}

QWidget* RunsDock::buildFilters()
{
    m_filters = new QWidget(this);
    m_filters->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    auto* row = new QHBoxLayout(m_filters);
    row->setContentsMargins({});
    row->setSpacing(6);
    m_search->setPlaceholderText(tr("Search"));
    m_search->setClearButtonEnabled(true);
    m_search->setFixedWidth(searchWidth);
    m_search->setAccessibleName(tr("Search the runs by words"));
    for (QToolButton* button : m_search->findChildren<QToolButton*>())
        button->setAccessibleName(tr("Clear the search"));
    m_search->setToolTip(tr("Runs whose mode, name, values or model have these words"));
    connect(m_search, &QLineEdit::textChanged, m_filter, &RunsFilter::setWords);
    m_methods->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_methods->setAccessibleName(tr("Runs of which mode"));
    m_methods->addItem(tr("All modes"), QString());
    for (const Method& method : m_session.editor().methods().methods())
        if (!method.isTool())
            m_methods->addItem(translated(method.name), QString::fromStdString(method.id));
    connect(m_methods, &QComboBox::currentIndexChanged, this, [this] {
        m_filter->setMethod(m_methods->currentData().toString().toStdString());
    });
    m_starred->setText(QStringLiteral("\u2605"));
    m_starred->setProperty("role", QStringLiteral("tab"));
    m_starred->setCheckable(true);
    m_starred->setAccessibleName(tr("Starred runs only"));
    m_starred->setToolTip(tr("Starred runs only (S stars a run)"));
    connect(m_starred, &QToolButton::toggled, m_filter, &RunsFilter::setStarred);
    for (QWidget* field :
         {static_cast<QWidget*>(m_search), static_cast<QWidget*>(m_methods),
          static_cast<QWidget*>(m_starred)})
        row->addWidget(field);
    return m_filters;
}

void RunsDock::buildList()
{
    m_list->setModel(m_filter);
    m_list->setItemDelegate(m_card);
    m_list->setFlow(QListView::LeftToRight);
    m_list->setWrapping(false);
    m_list->setUniformItemSizes(true);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setEditTriggers(QAbstractItemView::EditKeyPressed);
    m_list->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setProperty("role", QStringLiteral("panel"));
    m_list->setAccessibleName(tr("Runs"));
    m_list->installEventFilter(this);
    connect(m_list->horizontalScrollBar(), &QScrollBar::rangeChanged, this, &RunsDock::fit);
    new DragSource(*m_list, [this](const QModelIndex& index) { return draggable(index); });
    connect(
        m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
        [this](const QModelIndex& now) {
            if (now.isValid() && m_list->hasFocus())
                m_session.runs().show(numberOf(now));
        });
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex& index) {
        m_session.runs().show(numberOf(index));
    });
    connect(m_list, &QListView::activated, this, [this](const QModelIndex& index) {
        m_session.restorer().restoreRun(numberOf(index));
    });
    connect(m_list, &QListView::customContextMenuRequested, this, &RunsDock::contextMenu);
}

std::vector<int> RunsDock::chosen() const
{
    std::vector<int> numbers;
    for (const QModelIndex& index : m_list->selectionModel()->selectedIndexes())
        numbers.push_back(numberOf(index));
    std::ranges::sort(numbers);
    return numbers;
}

/// The list, or why it is empty.
void RunsDock::showPage()
{
    const bool any = m_model->rowCount() > 0;
    m_filters->setVisible(any);
    m_empty->setText(
        any ? tr("No run is like that.")
            : tr("Every run stays here as a thumbnail. Ctrl+Return starts one."));
    m_pages->setCurrentIndex(m_filter->rowCount() > 0 ? 1 : 0);
    bool branches = false;
    for (int row = 0; row < m_filter->rowCount() && !branches; ++row)
        branches = m_filter->index(row, 0).data(RunsModel::DepthRole).toInt() > 0;
    m_card->setBranches(branches);
    fit();
    showCurrent();
}

/// As high as the cards, and folded to one line while there is nothing to show.
void RunsDock::fit()
{
    const bool queued = !m_session.queue().waiting().empty() || m_session.queue().paused();
    const bool any = m_model->rowCount() > 0;
    const QScrollBar* bar = m_list->horizontalScrollBar();
    QStyleOptionViewItem card;
    card.font = m_list->font();
    const int cards = m_card->sizeHint(card, {}).height() + 8
        + (bar->maximum() > 0 ? bar->sizeHint().height() : 0);
    widget()->setFixedHeight(any || queued ? cards : m_empty->sizeHint().height() + 2);
}

/// The run that is shown has the frame.
void RunsDock::showCurrent()
{
    const auto run = m_session.runs().current();
    const QModelIndex index =
        run ? m_filter->mapFromSource(m_model->indexOf(run->number)) : QModelIndex();
    if (!index.isValid())
        return m_list->selectionModel()->clear();
    if (m_list->currentIndex() == index)
        return;
    m_list->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
    m_list->scrollTo(index);
}

void RunsDock::star()
{
    const std::vector<int> runs = chosen();
    const bool all = std::ranges::all_of(
        runs, [this](int number) { return m_session.runs().marks(number).starred; });
    m_session.setStarred(runs, !all);
}

void RunsDock::compare()
{
    if (const std::vector<int> runs = chosen(); runs.size() == 2)
        showDifferences(m_session.runs(), runs[0], runs[1], window());
}

void RunsDock::addRestores(QMenu& menu, int number)
{
    QMenu* restore = menu.addMenu(tr("Restore"));
    const auto add = [&](const QString& text, Restorer::Part part) {
        restore->addAction(
            text, this, [this, number, part] { m_session.restorer().restoreRun(number, part); });
    };
    add(tr("All"), Restorer::Part::All);
    add(tr("Pictures"), Restorer::Part::Pictures);
    add(tr("Prompt"), Restorer::Part::Prompt);
    add(tr("Seed"), Restorer::Part::Seed);
}

/// Pressed, it is the run that is shown.
Draggable RunsDock::draggable(const QModelIndex& index) const
{
    const Runs& runs = m_session.runs();
    const auto run = runs.run(numberOf(index));
    if (!run || run->candidates.empty())
        return {};
    Draggable picture {
        .image = toQImage(run->candidates.front().image), .name = tr("run %1").arg(run->number)};
    if (runs.current() == run)
        picture.encode = encoder(runs, 0, -1, lastEmbed(Settings()));
    return picture;
}

void RunsDock::contextMenu(const QPoint& position)
{
    const QModelIndex index = m_list->indexAt(position);
    if (!index.isValid())
        return;
    const int number = numberOf(index);
    const std::vector<int> runs = chosen();
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Show"), this, [this, number] { m_session.runs().show(number); });
    if (const auto run = m_session.runs().run(number); run && run->from)
        if (const auto parent = m_session.runs().byId(run->from->run))
            menu->addAction(
                tr("Show run %1, of which it is a branch").arg(parent->number), this,
                [this, of = parent->number] { m_session.runs().show(of); });
    addRestores(*menu, number);
    menu->addAction(tr("Copy parameters"), this, [this, number] {
        if (const auto run = m_session.runs().run(number))
            QApplication::clipboard()->setText(parametersOf(*run));
    });
    QAction* verify = menu->addAction(
        tr("Verify"), this, [this, number] { m_session.verifier().verify(number); });
    const auto listed = m_session.runs().run(number);
    verify->setEnabled(listed && m_session.verifier().run() == 0 && Verifier::canVerify(*listed));
    menu->addSeparator();
    menu->addAction(tr("Star, or take it away\tS"), this, &RunsDock::star);
    menu->addAction(
        tr("Name...\tF2"), this, [this, row = QPersistentModelIndex(index)] { m_list->edit(row); });
    QAction* changed =
        menu->addAction(tr("What changed between the two"), this, &RunsDock::compare);
    changed->setEnabled(runs.size() == 2);
    menu->addSeparator();
    menu->addAction(tr("Delete\tDel"), this, [this, runs] { m_session.bin(runs); });
    menu->popup(m_list->viewport()->mapToGlobal(position));
}

bool RunsDock::event(QEvent* event)
{
    // Only now its fonts are those of the style sheet.
    if (event->type() == QEvent::Show || event->type() == QEvent::StyleChange)
        fit();
    return QDockWidget::event(event);
}

bool RunsDock::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_list || event->type() != QEvent::KeyPress)
        return QDockWidget::eventFilter(watched, event);
    const auto& key = static_cast<QKeyEvent&>(*event);
    if (key.modifiers() != Qt::NoModifier)
        return false;
    if (key.key() == Qt::Key_Delete)
        m_session.bin(chosen());
    else if (key.key() == Qt::Key_S)
        star();
    else if (key.key() == Qt::Key_D)
        compare();
    else
        return false;
    return true;
}
