// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/runsmodel.h"

#include "app/methodlist.h"
#include "app/rundifference.h"
#include "app/session.h"
#include "app/translated.h"
#include "ui/convert.h"
#include "ui/methodview.h"
#include "ui/runsdock.h"

#include <QFile>
#include <QGuiApplication>

#include <algorithm>
#include <utility>

namespace {

QString stateOf(const Run& run)
{
    switch (run.state) {
    case Run::Waiting:
        return RunsModel::tr("waiting");
    case Run::Running:
        return RunsModel::tr("live");
    case Run::Stopping:
        return run.pausing ? RunsModel::tr("pausing") : RunsModel::tr("stopping");
    case Run::Paused:
        return RunsModel::tr("paused");
    case Run::Stopped:
        return RunsModel::tr("stopped");
    case Run::Failed:
        return RunsModel::tr("failed");
    case Run::Discarded:
    case Run::Done:
        break;
    }
    return run.opened ? RunsModel::tr("opened") : QString();
}

/// What a branch is of, as far as that is known.
QString originOf(const Runs& runs, const Run& run)
{
    if (!run.from)
        return {};
    const auto parent = runs.byId(run.from->run);
    return parent
        ? RunsModel::tr("Branch of run %1 from step %2").arg(parent->number).arg(run.from->step)
        : RunsModel::tr("Branch from step %1").arg(run.from->step);
}

} // namespace

RunsModel::RunsModel(Session& session, QObject* parent)
    : QAbstractListModel(parent)
    , m_session(session)
{
    for (const auto& run : session.runs().all())
        add(run->number);
    connect(&session.runs(), &Runs::added, this, &RunsModel::add);
    connect(&session.runs(), &Runs::removed, this, &RunsModel::remove);
    connect(&session.runs(), &Runs::changed, this, &RunsModel::refresh);
    connect(&session.runs(), &Runs::marked, this, &RunsModel::refresh);
    connect(&session.runs(), &Runs::stepAdded, this, &RunsModel::refresh);
}

int RunsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QModelIndex RunsModel::indexOf(int number) const
{
    const auto found = std::ranges::find(m_rows, number, &Row::number);
    return found == m_rows.end() ? QModelIndex() : index(int(found - m_rows.begin()));
}

/// Where a run belongs: in front of all, or behind its parent and what stands below that already.
int RunsModel::placeOf(Row& row) const
{
    row.depth = 0;
    row.root = row.number;
    const auto parent =
        row.parent == 0 ? m_rows.end() : std::ranges::find(m_rows, row.parent, &Row::id);
    if (parent == m_rows.end())
        return 0;
    row.depth = parent->depth + 1;
    row.root = parent->root;
    const auto next = std::find_if(parent + 1, m_rows.end(), [parent](const Row& each) {
        return each.depth <= parent->depth;
    });
    return int(next - m_rows.begin());
}

void RunsModel::add(int number)
{
    const auto run = m_session.runs().run(number);
    if (!run || indexOf(number).isValid())
        return;
    Row row {.number = number, .id = run->id, .parent = run->from ? run->from->run : 0};
    const int place = placeOf(row);
    beginInsertRows({}, place, place);
    m_rows.insert(m_rows.begin() + place, row);
    endInsertRows();
    // One that comes back takes its branches behind it again.
    if (std::ranges::find(m_rows, row.id, &Row::parent) != m_rows.end())
        arrange();
}

void RunsModel::arrange()
{
    beginResetModel();
    std::vector<Row> all = std::exchange(m_rows, {});
    std::ranges::sort(all, {}, &Row::number); // a branch is younger than what it goes on from
    for (Row& row : all) {
        const int place = placeOf(row);
        m_rows.insert(m_rows.begin() + place, row);
    }
    endResetModel();
}

void RunsModel::remove(int number)
{
    const QModelIndex index = indexOf(number);
    if (!index.isValid())
        return;
    const int64_t id = m_rows[std::size_t(index.row())].id;
    beginRemoveRows({}, index.row(), index.row());
    m_rows.erase(m_rows.begin() + index.row());
    m_thumbnails.erase(number);
    endRemoveRows();
    if (std::ranges::find(m_rows, id, &Row::parent) != m_rows.end())
        arrange(); // its branches stand alone
}

void RunsModel::refresh(int number)
{
    m_thumbnails.erase(number);
    if (const QModelIndex index = indexOf(number); index.isValid())
        Q_EMIT dataChanged(index, index);
}

const Run* RunsModel::at(const QModelIndex& index) const
{
    const bool there = index.isValid() && index.row() < int(m_rows.size());
    return there ? m_session.runs().run(m_rows[std::size_t(index.row())].number).get() : nullptr;
}

/// The middle of the first candidate, or of the last preview, in its own colours.
QPixmap RunsModel::thumbnail(const Run& run) const
{
    if (const auto known = m_thumbnails.find(run.number); known != m_thumbnails.end())
        return known->second;
    QImage image;
    if (!run.candidates.empty())
        image = toQImage(run.candidates.front().image);
    else if (run.away)
        image = toQImage(run.thumbnail);
    else if (!run.steps.empty() && !run.steps.back().previews.empty())
        image =
            resultPart(m_session.runs().methodOf(run), toQImage(run.steps.back().previews.front()));
    const double ratio = qApp->devicePixelRatio();
    const int pixels = int(side * ratio);
    if (!image.isNull()) {
        image =
            image.scaled(pixels, pixels, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
        image =
            image.copy((image.width() - pixels) / 2, (image.height() - pixels) / 2, pixels, pixels);
    }
    QPixmap pixmap = QPixmap::fromImage(image);
    pixmap.setDevicePixelRatio(ratio);
    return m_thumbnails[run.number] = pixmap;
}

QVariant RunsModel::data(const QModelIndex& index, int role) const
{
    const Run* run = at(index);
    if (!run)
        return {};
    const Method* method = m_session.runs().methodOf(*run);
    const QString mode =
        method ? translated(method->name) : QString::fromStdString(run->request().method);
    switch (role) {
    case NumberRole:
        return run->number;
    case ModeRole:
        return mode;
    case StateRole:
        return stateOf(*run);
    case StarRole:
        return run->marks.starred;
    case MethodRole:
        return QString::fromStdString(run->request().method);
    case IconRole: {
        const QString icon = method ? QString::fromStdString(method->icon) : QString();
        return QFile::exists(QStringLiteral(":/icons/%1.svg").arg(icon)) ? icon : QString();
    }
    case PlaceRole:
        return run->from ? tr("%1 from step %2").arg(run->number).arg(run->from->step)
                         : tr("Run %1").arg(run->number);
    case DepthRole:
        return m_rows[std::size_t(index.row())].depth;
    case RootRole:
        return m_rows[std::size_t(index.row())].root;
    case Qt::DisplayRole:
        return runTitle(m_session.runs(), *run);
    case Qt::EditRole:
        return run->marks.name;
    case Qt::DecorationRole:
        return thumbnail(*run);
    case Qt::ToolTipRole:
        return QStringList {mode, originOf(m_session.runs(), *run), parametersOf(*run, method)}
            .join(QLatin1Char('\n'))
            .replace(QStringLiteral("\n\n"), QStringLiteral("\n"));
    case WordsRole:
        return QStringLiteral("%1\n%2\n%3").arg(mode, run->marks.name, parametersOf(*run, method));
    case Qt::AccessibleTextRole:
        return tr("Run %1, %2, %3%4%5%6")
            .arg(run->number)
            .arg(
                mode, runTitle(m_session.runs(), *run),
                stateOf(*run).isEmpty() ? QString() : QStringLiteral(", ") + stateOf(*run),
                run->marks.starred ? tr(", starred") : QString(),
                run->from ? QStringLiteral(", ") + originOf(m_session.runs(), *run) : QString());
    default:
        return {};
    }
}

bool RunsModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    const Run* run = at(index);
    if (!run || role != Qt::EditRole)
        return false;
    m_session.setName(run->number, value.toString());
    return true;
}

Qt::ItemFlags RunsModel::flags(const QModelIndex& index) const
{
    return QAbstractListModel::flags(index) | Qt::ItemIsEditable;
}

void RunsFilter::setWords(const QString& words)
{
    m_words = words.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateFilter();
}

void RunsFilter::setMethod(const std::string& method)
{
    m_method = method;
    invalidateFilter();
}

void RunsFilter::setStarred(bool starred)
{
    m_starred = starred;
    invalidateFilter();
}

bool RunsFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    if (m_starred && !index.data(RunsModel::StarRole).toBool())
        return false;
    if (!m_method.empty() && index.data(RunsModel::MethodRole).toString().toStdString() != m_method)
        return false;
    if (m_words.isEmpty())
        return true;
    const QString text = index.data(RunsModel::WordsRole).toString();
    return std::ranges::all_of(
        m_words, [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}
