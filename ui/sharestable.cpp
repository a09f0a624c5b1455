// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sharestable.h"

#include "app/translated.h"
#include "ui/colormap.h"
#include "ui/docktitle.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace {

constexpr int cellWidth = 62, wordWidth = 56, cellHeight = 30, headerWidth = 34;

std::string withoutBlanks(std::string text)
{
    std::erase(text, ' ');
    return text;
}

/// The marks of start and end get most of the attention; beside them no word could be told from
/// another.
ValueRange rangeOfWords(const SeenMap& table)
{
    std::vector<float> values;
    for (int x = 0; x < table.width; ++x) {
        const std::string& name = table.columns[std::size_t(x)];
        if (name == "start" || name == "end" || name == "padding")
            continue;
        for (int y = 0; y < table.height; ++y)
            values.push_back(table.values[std::size_t(y * table.width + x)]);
    }
    if (values.empty())
        return {.from = 0, .to = 1};
    const auto [least, most] = std::ranges::minmax(values);
    return {.from = least, .to = most};
}

bool isOfCells(const SeenMap& table)
{
    return table.width == table.height;
}

} // namespace

SeenMap byWords(const SeenMap& table, const std::vector<ContextToken>& tokens, bool perToken)
{
    SeenMap joined = table;
    joined.columns.clear();
    std::vector<int> into;
    const bool known = tokens.size() == table.columns.size();
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const std::string& name = table.columns[i];
        const bool sameWord = !perToken && known && i > 0 && tokens[i].word >= 0
            && tokens[i].word == tokens[i - 1].word;
        const bool sameMark =
            i > 0 && (!known || tokens[i].word < 0) && table.columns[i - 1] == name;
        if (sameWord)
            joined.columns.back() += withoutBlanks(name);
        else if (!sameMark)
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

void HeatTable::setShares(const SeenMap& table, const ValueRange& range)
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
            const QColor color = scaleColor(partOf(value, range), ColourMap::Viridis);
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
    , m_perToken(new QCheckBox(tr("Tokens apart"), m_inside))
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
    m_perToken->setToolTip(tr("The tokens that a word is made of, each in a column of its own"));
    m_perToken->hide();
    connect(m_perToken, &QCheckBox::toggled, this, &SharesTable::refresh);
}

QList<HeatTable*> SharesTable::tables() const
{
    return m_inside->findChildren<HeatTable*>();
}

void SharesTable::setTables(
    const std::vector<SeenMap>& tables, const std::vector<ContextToken>& tokens)
{
    m_tables = tables;
    m_tokens = tokens;
    refresh();
}

QImage SharesTable::drawn()
{
    m_perToken->hide();
    m_inside->adjustSize();
    return m_inside->grab().toImage();
}

/// The tables come layer by layer with their mean at the end, once for each kind; of each kind the
/// last is the one to show.
void SharesTable::refresh()
{
    std::vector<SeenMap> shown;
    for (std::size_t i = 0; i < m_tables.size(); ++i) {
        const auto kind = [&](std::size_t at) { return m_tables[at].label.arguments.front(); };
        const SeenMap& table = m_tables[i];
        if (i + 1 == m_tables.size() || kind(i) != kind(i + 1))
            shown.push_back(
                isOfCells(table) ? table : byWords(table, m_tokens, m_perToken->isChecked()));
    }
    while (QLayoutItem* item = m_grid->takeAt(0)) {
        if (item->widget() != m_perToken)
            delete item->widget();
        delete item;
    }
    std::vector<SeenMap> ofCells;
    std::ranges::copy_if(shown, std::back_inserter(ofCells), isOfCells);
    const ValueRange range = rangeOf(ofCells);
    int row = 0, column = 0;
    for (const SeenMap& table : shown) {
        const bool words = !isOfCells(table);
        if (words && column > 0) {
            row += 2;
            column = 0;
        }
        auto* title = new QLabel(translated(table.label), m_inside);
        title->setProperty("role", QStringLiteral("section"));
        title->setContentsMargins(0, row > 0 ? 12 : 0, 0, 0);
        auto* heat = new HeatTable(m_inside);
        heat->setShares(table, words ? rangeOfWords(table) : range);
        title->setBuddy(heat);
        if (!words) {
            connect(heat, &QTableWidget::cellClicked, this, &SharesTable::cellChosen);
            connect(heat, &QTableWidget::cellActivated, this, &SharesTable::cellChosen);
        }
        m_grid->addWidget(title, row, column, 1, words ? 2 : 1);
        m_grid->addWidget(heat, row + 1, column, 1, words ? 2 : 1, Qt::AlignLeft);
        column = words ? 2 : column + 1;
        if (column > 1) {
            row += 2;
            column = 0;
        }
    }
    const bool hasWords = ofCells.size() < shown.size();
    m_perToken->setVisible(hasWords);
    if (hasWords)
        m_grid->addWidget(m_perToken, row + 2, 0, 1, 2);
    m_grid->setColumnStretch(2, 1);
    m_grid->setRowStretch(row + 3, 1);
}
