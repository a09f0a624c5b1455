// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pictureplaces.h"

#include "app/editlabel.h"
#include "ui/convert.h"
#include "ui/cropdialog.h"
#include "ui/gridinputs.h"
#include "ui/inputsdock.h"

PicturePlaces::PicturePlaces(Session& session, InputsDock& dock, GridInputs& grid, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_dock(dock)
    , m_grid(grid)
{
    connect(&dock, &InputsDock::openRequested, this, &PicturePlaces::openRequested);
    connect(&dock, &InputsDock::filesGiven, this, &PicturePlaces::filesGiven);
    connect(&dock, &InputsDock::given, this, &PicturePlaces::given);
    connect(&dock, &InputsDock::cropRequested, this, &PicturePlaces::crop);
    connect(&grid, &GridInputs::openRequested, this, &PicturePlaces::openRequested);
    connect(&grid, &GridInputs::filesGiven, this, &PicturePlaces::filesGiven);
    connect(&grid, &GridInputs::given, this, &PicturePlaces::given);
    connect(&grid, &GridInputs::cropRequested, this, &PicturePlaces::crop);
}

PicturePlace* PicturePlaces::at(const Place& place) const
{
    PicturePlace* cell = m_grid.at(place);
    return cell ? cell : m_dock.slot(place);
}

Place PicturePlaces::target() const
{
    const Method& method = m_session.editor().method();
    const Slot* empty = nullptr;
    for (const Slot& slot : method.slots) {
        if (m_session.branch().fixes(slot))
            continue;
        for (Place place = slot.id; const PicturePlace* there = at(place); ++place.at)
            if (there->hasFocus())
                return place;
        if (!empty && slot.needed && m_session.inputs().in(slot.id).empty())
            empty = &slot;
    }
    if (empty)
        return empty->id;
    if (m_session.branch().on())
        for (const Slot& slot : method.slots)
            if (slot.mayChange)
                return slot.id;
    if (const Slot* main = mainSlot(method))
        return main->id;
    return method.slots.empty() ? Place() : Place(method.slots.back().id);
}

void PicturePlaces::focus(const std::string& slot)
{
    if (PicturePlace* cell = m_grid.at(slot))
        cell->setFocus(Qt::OtherFocusReason);
    else
        m_dock.focusSlot(slot);
}

void PicturePlaces::hover(const QStringList& paths)
{
    m_grid.showIncoming(paths);
}

void PicturePlaces::crop(const Place& place)
{
    const Input& input = m_session.inputs().at(place);
    const Slot* slot = ::slot(m_session.editor().method(), place.slot);
    if (input.image.empty() || !slot)
        return;
    auto* dialog =
        new CropDialog(toQImage(input.image), placeLabel(*slot, place.at), m_dock.window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(
        dialog, &CropDialog::chosen, this,
        [this, place, version = m_session.inputs().version(place)](const QRect& part) {
            if (m_session.inputs().version(place) == version) // another picture is there by now
                m_session.inputs().crop(place, part.x(), part.y(), part.width(), part.height());
        });
    dialog->open();
}
