// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/foundtable.h"

#include "app/document.h"
#include "app/foundfolders.h"
#include "app/settings.h"
#include "app/translated.h"
#include "ui/baretext.h"
#include "ui/commandsearch.h"
#include "ui/theme.h"

#include <QLocale>

#include <algorithm>

namespace {

QString pathOf(const FoundNetwork& found)
{
    return qString(found.card.path.string());
}

} // namespace

FoundTable::FoundTable(
    const FoundModels& found, const Editor& editor, const NetworkSlot* slot, QObject* parent)
    : QAbstractTableModel(parent)
    , m_found(found)
    , m_editor(editor)
    , m_slot(slot)
{
    refresh();
}

void FoundTable::refresh()
{
    beginResetModel();
    m_list = m_found.list();
    m_favourites = favouriteNetworks();
    const Settings settings;
    m_recent = settings.recentModels() + settings.recentLoras();
    for (const NetworkSlot& slot : m_found.methods().networks())
        m_recent += settings.recentPaths(slot.parameter);
    endResetModel();
}

const FoundNetwork* FoundTable::at(int row) const
{
    return row >= 0 && row < rowCount() ? &m_list[std::size_t(row)] : nullptr;
}

int FoundTable::row(const QString& path) const
{
    const auto found = std::ranges::find(m_list, path, pathOf);
    return found == m_list.end() ? -1 : int(found - m_list.begin());
}

Sentence FoundTable::problem(const FoundNetwork& found) const
{
    return m_slot ? misfit(*m_slot, found, m_editor.card())
                  : misfit(found, m_editor.method(), m_editor.card(), m_found.methods());
}

bool FoundTable::isFavourite(const FoundNetwork& found) const
{
    return m_favourites.contains(pathOf(found));
}

bool FoundTable::isRecent(const FoundNetwork& found) const
{
    return m_recent.contains(pathOf(found));
}

int FoundTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_list.size());
}

int FoundTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : From + 1;
}

QVariant FoundTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Name");
    case What:
        return tr("What it is");
    case Modes:
        return tr("For");
    case Size:
        return tr("Size");
    default:
        return tr("From");
    }
}

QString FoundTable::text(const FoundNetwork& found, int column) const
{
    switch (column) {
    case Name: {
        const QString name = qString(found.card.name);
        return isFavourite(found) ? QStringLiteral("\u2605 ") + name : name;
    }
    case What:
        return found.known.empty()
            ? qString(found.card.kind)
            : tr("%1: %2").arg(qString(found.card.kind), translated(found.known));
    case Modes: {
        QStringList names;
        for (const Method* method : modesFor(found, m_found.methods()))
            names << translated(method->name);
        return names.isEmpty() ? QStringLiteral("\u2013") : names.join(QStringLiteral(", "));
    }
    case Size:
        return QLocale().formattedDataSize(qint64(found.card.bytes), 1, QLocale::DataSizeSIFormat);
    default:
        return found.program.empty() ? tr("your folder") : qString(found.program);
    }
}

QVariant FoundTable::data(const QModelIndex& index, int role) const
{
    const FoundNetwork* found = at(index.row());
    if (!found)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return text(*found, index.column());
    case Qt::ToolTipRole:
        return index.column() == Name ? pathOf(*found) : text(*found, index.column());
    case Qt::TextAlignmentRole:
        return index.column() == Size ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter))
                                      : QVariant();
    case Qt::ForegroundRole:
        return problem(*found).empty() ? QVariant() : QVariant(theme().dim);
    default:
        return {};
    }
}

FoundFilter::FoundFilter(FoundTable& table, QObject* parent)
    : QSortFilterProxyModel(parent)
    , m_table(table)
{
    setSourceModel(&table);
    sort(FoundTable::Name);
}

void FoundFilter::setWords(const QString& words)
{
    m_words = words;
    invalidateFilter();
}

void FoundFilter::setUse(std::optional<NetworkUse> use)
{
    m_use = use;
    invalidateFilter();
}

void FoundFilter::setFittingOnly(bool on)
{
    m_fittingOnly = on;
    invalidateFilter();
}

bool FoundFilter::filterAcceptsRow(int row, const QModelIndex&) const
{
    const FoundNetwork& found = *m_table.at(row);
    if ((m_use && found.use != *m_use) || (m_fittingOnly && !m_table.problem(found).empty()))
        return false;
    const QString all = qString(found.card.name) + QLatin1Char(' ') + qString(found.card.kind)
        + QLatin1Char(' ') + qString(found.program) + QLatin1Char(' ') + qString(found.known)
        + QLatin1Char(' ') + pathOf(found);
    return hasWords(all, m_words);
}

int FoundFilter::rank(const FoundNetwork& found) const
{
    return m_table.isFavourite(found)    ? 0
        : m_table.isRecent(found)        ? 1
        : m_table.problem(found).empty() ? 2
        : found.use != NetworkUse::Other ? 3
                                         : 4;
}

bool FoundFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    const FoundNetwork &a = *m_table.at(left.row()), &b = *m_table.at(right.row());
    if (left.column() == FoundTable::Size)
        return a.card.bytes < b.card.bytes;
    if (left.column() == FoundTable::Name && rank(a) != rank(b))
        return rank(a) < rank(b);
    return QString::localeAwareCompare(
               left.data(Qt::DisplayRole).toString(), right.data(Qt::DisplayRole).toString())
        < 0;
}
