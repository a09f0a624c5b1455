// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/batchlist.h"

#include "app/batchrunner.h"
#include "app/translated.h"
#include "core/errors.h"
#include "core/picture/imagefile.h"
#include "ui/convert.h"
#include "ui/theme.h"

#include <QHeaderView>
#include <QSortFilterProxyModel>

#include <span>
#include <utility>

namespace {

constexpr int thumbnailSide = 32, thumbnailsKept = 600;

QString pictureText(const BatchItem& item)
{
    const QString picture = QString::fromStdString(item.picture);
    return item.row == 0    ? picture
        : picture.isEmpty() ? BatchModel::tr("Row %1").arg(item.row)
                            : BatchModel::tr("Row %1: %2").arg(item.row).arg(picture);
}

} // namespace

BatchModel::BatchModel(BatchRunner& runner, QObject* parent)
    : QAbstractTableModel(parent)
    , m_runner(&runner)
    , m_thumbnails(thumbnailsKept)
{
    connect(&runner, &BatchRunner::listed, this, [this] {
        beginResetModel();
        m_thumbnails.clear();
        endResetModel();
    });
    connect(&runner, &BatchRunner::itemChanged, this, &BatchModel::itemChanged);
    connect(&runner, &BatchRunner::changed, this, &BatchModel::madeOther);
}

void BatchModel::itemChanged(int at)
{
    m_thumbnails.remove(at);
    Q_EMIT dataChanged(index(at, 0), index(at, State));
}

/// Another one is being made.
void BatchModel::madeOther()
{
    const int before = std::exchange(m_making, m_runner->making());
    for (const int at : {before, m_making})
        if (before != m_making && at >= 0 && at < rowCount())
            Q_EMIT dataChanged(index(at, State), index(at, State));
}

int BatchModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_runner ? 0 : int(m_runner->items().size());
}

int BatchModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : State + 1;
}

QVariant BatchModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Picture ? tr("Picture") : section == Becomes ? tr("Becomes") : tr("State");
}

const BatchItem* BatchModel::item(int at) const
{
    return at >= 0 && at < rowCount() ? &m_runner->items()[std::size_t(at)] : nullptr;
}

QVariant BatchModel::data(const QModelIndex& index, int role) const
{
    const BatchItem* at = item(index.row());
    return at ? dataOf(*at, index, role) : QVariant();
}

QVariant BatchModel::dataOf(const BatchItem& item, const QModelIndex& index, int role) const
{
    const bool failed = item.state == BatchItem::Failed;
    const bool good = item.state == BatchItem::Made || item.state == BatchItem::There;
    const bool state = index.column() == State;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return state                    ? this->state(item, index.row())
            : index.column() == Picture ? pictureText(item)
            : item.refused              ? QString()
                                        : QString::fromStdString(item.out.filename().string());
    case Qt::DecorationRole:
        if (index.column() == Picture)
            return thumbnail(item, index.row());
        if (state && (failed || good))
            return drawn(
                failed ? QStringLiteral("blocked") : QStringLiteral("check-mark"),
                failed ? theme().error : theme().good, QSize(16, 16), 2);
        return {};
    case Qt::ForegroundRole:
        return state && failed ? QVariant(theme().error) : QVariant();
    case failedRole:
        return failed;
    default:
        return {};
    }
}

QString BatchModel::state(const BatchItem& item, int at) const
{
    switch (item.state) {
    case BatchItem::Made:
        return tr("made");
    case BatchItem::There:
        return tr("there already");
    case BatchItem::Failed:
        return translated(item.failure);
    case BatchItem::Waiting:
        break;
    }
    return m_runner->making() == at ? tr("is being made")
        : m_runner->running()       ? tr("waits")
                                    : tr("will be made");
}

/// One that is not there yet leaves its room.
QPixmap BatchModel::thumbnail(const BatchItem& item, int at) const
{
    if (const QPixmap* known = m_thumbnails[at])
        return *known;
    constexpr double ratio = 2; // enough for the finest screens
    const QSize size = QSize(thumbnailSide, thumbnailSide) * ratio;
    QPixmap pixmap(size);
    pixmap.fill(Qt::transparent);
    try {
        if (const auto& jpeg = item.thumbnail)
            pixmap = QPixmap::fromImage(
                toQImage(decodeImage(std::as_bytes(std::span(*jpeg)), {}).image)
                    .scaled(size, Qt::KeepAspectRatio, Qt::SmoothTransformation));
    } catch (const Error&) {
        // It is our own; without it the name is enough.
    }
    pixmap.setDevicePixelRatio(ratio);
    m_thumbnails.insert(at, new QPixmap(pixmap));
    return pixmap;
}

BatchList::BatchList(BatchRunner& runner, QWidget* parent)
    : QTreeView(parent)
{
    auto* filter = new QSortFilterProxyModel(this);
    filter->setSourceModel(new BatchModel(runner, this));
    filter->setFilterRole(BatchModel::failedRole);
    setModel(filter);
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setIconSize(QSize(thumbnailSide, thumbnailSide));
    setTextElideMode(Qt::ElideMiddle);
    setAccessibleName(tr("What is made of what"));
    header()->setStretchLastSection(true);
    header()->setSectionsMovable(false);
    connect(filter, &QAbstractItemModel::modelReset, this, &BatchList::fitColumns);
    fitColumns();
}

void BatchList::setFailedOnly(bool on)
{
    auto* filter = qobject_cast<QSortFilterProxyModel*>(model());
    filter->setFilterFixedString(on ? QStringLiteral("true") : QString());
}

void BatchList::fitColumns()
{
    const int letter = fontMetrics().averageCharWidth();
    constexpr int pictureLetters = 28, nameLetters = 26;
    header()->resizeSection(BatchModel::Picture, thumbnailSide + pictureLetters * letter);
    header()->resizeSection(BatchModel::Becomes, nameLetters * letter);
}
