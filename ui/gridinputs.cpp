// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/gridinputs.h"

#include "app/fileorder.h"
#include "app/translated.h"
#include "ui/docktitle.h"
#include "ui/gridcell.h"
#include "ui/gridview.h"
#include "ui/imageview.h"
#include "ui/opener.h"
#include "ui/shownpictures.h"

#include <QFileInfo>

#include <algorithm>

GridInputs::GridInputs(Session& session, GridView& grid, ShownPictures& shown, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_grid(grid)
    , m_shown(shown)
{
    connect(&session.editor(), &Editor::methodChanged, this, &GridInputs::build);
    connect(&shown, &ShownPictures::changed, this, &GridInputs::refresh);
    connect(&session.branch(), &BranchDraft::changed, this, &GridInputs::refresh);
    connect(
        &session.inputs(), &Inputs::failed, this,
        [this](const auto& place, const QString& text) { note(place, text, true); });
    connect(
        &session.inputs(), &Inputs::notes, this,
        [this](const auto& place, const QStringList& texts) {
            note(place, texts.join(QLatin1Char(' ')), false);
        });
    build();
}

PicturePlace* GridInputs::at(const Place& place) const
{
    const auto found =
        std::ranges::find(m_cells, place.slot, &decltype(m_cells)::value_type::first);
    return found == m_cells.end() || place.at > 0 ? nullptr : found->second;
}

void GridInputs::note(const Place& place, const QString& text, bool error)
{
    if (PicturePlace* there = at(place))
        there->setNote(text, error);
}

void GridInputs::build()
{
    m_grid.setPlaces({});
    for (const auto& [slot, cell] : m_cells) {
        cell->clearFocus(); // hidden with the focus it would give it to whatever comes next
        cell->hide();
        cell->deleteLater(); // it may be what asked for another method
    }
    m_cells.clear();
    const Method& method = m_session.editor().method();
    if (!method.onGrid)
        return;
    std::vector<QWidget*> places;
    QWidget* before = &m_grid.view();
    for (const Slot& slot : method.slots) {
        auto* cell = new GridCell(withPrime(slot.label), translated(slot.help), &m_grid.view());
        cell->setObjectName(QStringLiteral("cell.") + QString::fromStdString(slot.id));
        cell->setOriginal([this, id = slot.id] { // which is not that of another run's picture
            return m_shown.foreign() ? ReadFile() : m_session.inputs().original(id);
        });
        QList<std::pair<QString, QString>> swaps;
        for (const Slot& other : method.slots)
            if (other.id != slot.id)
                swaps << std::pair(QString::fromStdString(other.id), withPrime(other.label));
        cell->setSwaps(swaps);
        connectCell(*cell, slot);
        m_cells.emplace_back(slot.id, cell);
        places.push_back(cell);
        QWidget::setTabOrder(before, cell);
        before = cell;
    }
    m_grid.setPlaces(places);
    refresh();
}

void GridInputs::connectCell(GridCell& cell, const Slot& slot)
{
    const Place place = slot.id;
    Inputs& inputs = m_session.inputs();
    connect(
        &cell, &PicturePlace::openRequested, this, [this, place] { Q_EMIT openRequested(place); });
    connect(&cell, &PicturePlace::filesGiven, this, [this, place](const QStringList& paths) {
        Q_EMIT filesGiven(place, paths);
    });
    connect(&cell, &PicturePlace::fileGiven, this, [this, place](const QByteArray& bytes) {
        Q_EMIT given(place, {.bytes = bytes, .name = tr("pasted")});
    });
    connect(&cell, &PicturePlace::imageGiven, this, [this, place](const QImage& image) {
        Q_EMIT given(place, pastedPicture(image, tr("pasted")));
    });
    connect(&cell, &PicturePlace::clearRequested, this, [&inputs, place] { inputs.clear(place); });
    connect(&cell, &PicturePlace::turnRequested, this, [&inputs, place](bool left) {
        inputs.turn(place, left);
    });
    connect(
        &cell, &PicturePlace::cropRequested, this, [this, place] { Q_EMIT cropRequested(place); });
    connect(&cell, &PicturePlace::swapRequested, this, [&inputs, place](const QString& with) {
        inputs.swap(with.toStdString(), place.slot);
    });
    connect(&cell, &PicturePlace::bringRequested, &m_shown, &ShownPictures::takeOwn);
    connect(&cell, &PicturePlace::hovered, this, &GridInputs::showIncoming);
}

/// Shows what the grid shows, which may be what another run was made of.
void GridInputs::refresh()
{
    const std::vector<GridView::Cell> shown = m_shown.cells();
    const BranchDraft& branch = m_session.branch();
    const Method& method = m_session.editor().method();
    const bool same = m_shown.method().id == method.id && shown.size() == m_cells.size();
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        const auto& [id, cell] = m_cells[i];
        const Input& input = m_session.inputs().at(id);
        const QImage image = same ? shown[i].image : QImage();
        if (image.cacheKey() != cell->image().cacheKey() || image.isNull())
            cell->setImage(
                image, m_shown.foreign() ? QString() : QString::fromStdString(input.name));
        cell->setForeign(m_shown.foreign() ? tr("Put the run's pictures here") : QString());
        if (const Slot* slot = ::slot(method, id))
            cell->setFixed(branch.fixes(*slot) ? branch.whyFixed() : QString());
    }
}

void GridInputs::showIncoming(const QStringList& paths)
{
    const QStringList ordered = paths.size() > 1 ? inOrder(paths) : QStringList();
    for (std::size_t i = 0; i < m_cells.size(); ++i)
        m_cells[i].second->setIncoming(
            qsizetype(i) < ordered.size() ? QFileInfo(ordered[qsizetype(i)]).fileName()
                                          : QString());
}
