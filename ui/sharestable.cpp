// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sharestable.h"

#include "app/translated.h"
#include "ui/colormap.h"
#include "ui/docktitle.h"

#include <QAbstractButton>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>

#include <algorithm>
#include <cmath>

namespace {

constexpr int cellWidth = 62, wordWidth = 56, cellHeight = 30, headerWidth = 34;

/// The marks of start and end get most of the attention; beside them no word could be told from
/// another.
double largestOfWords(const SeenMap& table)
{
    float largest = 0;
    for (int x = 0; x < table.width; ++x) {
        const std::string& name = table.columns[std::size_t(x)];
        if (name == "start" || name == "end" || name == "padding")
            continue;
        for (int y = 0; y < table.height; ++y)
            largest = std::max(largest, table.values[std::size_t(y * table.width + x)]);
    }
    return largest;
}

} // namespace

SeenMap withoutRepeats(const SeenMap& table)
{
    SeenMap joined = table;
    joined.columns.clear();
    std::vector<int> into;
    for (const std::string& name : table.columns) {
        if (joined.columns.empty() || joined.columns.back() != name)
            joined.columns.push_back(name);
        into.push_back(int(joined.columns.size()) - 1);
    }
    joined.width = int(joined.columns.size());
    joined.values.assign(std::size_t(joined.height) * joined.columns.size(), 0);
    for (int y = 0; y < table.height; ++y)
        for (int x = 0; x < table.width; ++x)
            joined.values[std::size_t(y * joined.width + into[std::size_t(x)])] +=
                table.values[std::size_t(y * table.width + x)];
    return joined;
}

HeatTable::HeatTable(QWidget* parent)
    : QTableWidget(parent)
{
    setShowGrid(false);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(NoSelection);
    setFrameShape(NoFrame);
    setCornerButtonEnabled(false);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    horizontalHeader()->setHighlightSections(false);
    verticalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(cellHeight);
    horizontalHeader()->setFixedHeight(24);
    verticalHeader()->setFixedWidth(headerWidth);
    horizontalHeader()->setSectionsClickable(false);
    verticalHeader()->setSectionsClickable(false);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    if (auto* corner = findChild<QAbstractButton*>())
        corner->setAccessibleName(tr("All numbers"));
}

void HeatTable::setShares(const SeenMap& table, double most)
{
    setAccessibleName(translated(table.label));
    setRowCount(table.height);
    setColumnCount(table.width);
    QStringList rows, columns;
    for (const std::string& name : table.rows)
        rows << QString::fromStdString(name);
    for (const std::string& name : table.columns)
        columns << QString::fromStdString(name);
    setVerticalHeaderLabels(rows);
    setHorizontalHeaderLabels(columns);
    for (int y = 0; y < table.height; ++y)
        for (int x = 0; x < table.width; ++x) {
            const float value = table.values[std::size_t(y * table.width + x)];
            const QColor color = scaleColor(most > 0 ? value / most : 0, ColourMap::Viridis);
            auto* item = new QTableWidgetItem(tr("%1 %").arg(std::lround(value * 100)));
            item->setBackground(color);
            item->setForeground(color.lightnessF() > 0.45F ? QColor(Qt::black) : QColor(Qt::white));
            item->setTextAlignment(Qt::AlignCenter);
            item->setToolTip(tr("%1 gives %2 % to %3")
                                 .arg(rows.value(y))
                                 .arg(value * 100, 0, 'f', 1)
                                 .arg(columns.value(x)));
            setItem(y, x, item);
        }
    resizeCells();
}

void HeatTable::resizeCells()
{
    int wide = headerWidth;
    const QFontMetrics metrics(horizontalHeader()->font());
    for (int x = 0; x < columnCount(); ++x) {
        const QString name = horizontalHeaderItem(x)->text();
        const int width = columnCount() == 4 && rowCount() == 4
            ? cellWidth
            : std::max(wordWidth, metrics.horizontalAdvance(name) + 14);
        setColumnWidth(x, width);
        wide += width;
    }
    setFixedSize(wide + 2, horizontalHeader()->height() + rowCount() * cellHeight + 2);
}

SharesTable::SharesTable(QWidget* parent)
    : QWidget(parent)
    , m_inside(new QWidget(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    m_inside->setProperty("role", QStringLiteral("panel"));
    m_grid = new QGridLayout(m_inside);
    m_grid->setContentsMargins(20, 16, 20, 16);
    m_grid->setHorizontalSpacing(28);
    m_grid->setVerticalSpacing(6);
    scroll->setWidget(m_inside);
    layout->addWidget(scroll);
    setAccessibleName(tr("Shares of the cells"));
}

QList<HeatTable*> SharesTable::tables() const
{
    return m_inside->findChildren<HeatTable*>();
}

/// The tables come layer by layer with their mean at the end, once for each kind; of each kind the
/// last is the one to show.
void SharesTable::setTables(const std::vector<SeenMap>& tables)
{
    std::vector<SeenMap> shown;
    for (std::size_t i = 0; i < tables.size(); ++i) {
        const auto kind = [&](std::size_t at) { return tables[at].label.arguments.front(); };
        if (i + 1 == tables.size() || kind(i) != kind(i + 1))
            shown.push_back(withoutRepeats(tables[i]));
    }
    while (QLayoutItem* item = m_grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    double most = 0;
    for (const SeenMap& table : shown)
        if (table.width == table.height)
            most = std::max(most, double(table.most()));
    int row = 0, column = 0;
    for (const SeenMap& table : shown) {
        const bool words = table.width != table.height;
        if (words && column > 0) {
            row += 2;
            column = 0;
        }
        auto* title = new QLabel(translated(table.label), m_inside);
        title->setProperty("role", QStringLiteral("section"));
        title->setContentsMargins(0, row > 0 ? 12 : 0, 0, 0);
        auto* heat = new HeatTable(m_inside);
        heat->setShares(table, words ? largestOfWords(table) : most);
        title->setBuddy(heat);
        m_grid->addWidget(title, row, column, 1, words ? 2 : 1);
        m_grid->addWidget(heat, row + 1, column, 1, words ? 2 : 1, Qt::AlignLeft);
        column = words ? 2 : column + 1;
        if (column > 1) {
            row += 2;
            column = 0;
        }
    }
    m_grid->setColumnStretch(2, 1);
    m_grid->setRowStretch(row + 2, 1);
}
