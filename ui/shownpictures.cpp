// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shownpictures.h"

#include "app/session.h"
#include "ui/convert.h"
#include "ui/docktitle.h"

#include <algorithm>

namespace {

/// Whether a run was made from other pictures than those.
bool differs(const Run& run, const Method& method, const Document& from)
{
    return std::ranges::any_of(method.slots, [&](const Slot& slot) {
        const auto found = run.request().images.find(slot.id);
        const auto& slots = from.pictures(slot.id);
        const auto same = [](const Input& a, const Input& b) { return a.image == b.image; };
        return found == run.request().images.end()
            ? !slots.empty()
            : !std::ranges::equal(found->second, slots, same);
    });
}

QString link(const char* to, const QString& text)
{
    return QStringLiteral(" <a href=\"%1\">%2</a>").arg(QLatin1String(to), text);
}

} // namespace

ShownPictures::ShownPictures(Session& session, QWidget* parent)
    : QLabel(parent)
    , m_session(session)
{
    setProperty("role", QStringLiteral("said"));
    setWordWrap(true);
    setTextFormat(Qt::RichText);
    setTextInteractionFlags(Qt::LinksAccessibleByKeyboard | Qt::LinksAccessibleByMouse);
    connect(this, &QLabel::linkActivated, this, &ShownPictures::follow);
    connect(&session.editor(), &Editor::inputChanged, this, [this] { choose(false); });
    connect(&session.editor(), &Editor::methodChanged, this, [this] { choose(m_own); });
    connect(&session.runs(), &Runs::currentChanged, this, [this] { choose(true); });
    refresh();
}

const Run* ShownPictures::run() const
{
    const auto run = m_session.runs().current(); // the list keeps it
    const bool other = run && run->request().method != m_session.editor().method().id;
    return run && !(other && !m_own) ? run.get() : nullptr;
}

const Method& ShownPictures::method() const
{
    const Run* shown = m_own ? run() : nullptr;
    const Method* its = shown ? m_session.runs().methodOf(*shown) : nullptr;
    return its ? *its : m_session.editor().method();
}

std::vector<GridView::Cell> ShownPictures::cells()
{
    const Run* shown = m_own ? run() : nullptr;
    const Method& from = method();
    const Slot* main = mainSlot(from);
    std::vector<GridView::Cell> cells;
    for (const Slot& slot : from.slots) {
        if (!from.onGrid && &slot != main)
            continue;
        SharedImage picture = m_session.inputs().at(slot.id).image;
        if (shown) {
            const auto found = shown->request().images.find(slot.id);
            const bool there = found != shown->request().images.end() && !found->second.empty();
            picture = there ? found->second.front().image : SharedImage();
        }
        Converted& known = m_converted[slot.id];
        if (!known.from.same(picture))
            known = {picture, toQImage(picture)};
        cells.push_back({.label = withPrime(slot.label), .image = known.image});
    }
    return cells;
}

void ShownPictures::choose(bool own)
{
    m_own = own;
    refresh();
    Q_EMIT changed();
}

void ShownPictures::takeOwn()
{
    if (const auto run = m_session.runs().current())
        m_session.restorer().restoreRun(run->number, Restorer::Part::Pictures);
}

void ShownPictures::follow(const QString& link)
{
    if (link == QLatin1String("take"))
        takeOwn();
    else
        choose(link == QLatin1String("own"));
}

void ShownPictures::refresh()
{
    const auto run = m_session.runs().current();
    const Method* method = run ? m_session.runs().methodOf(*run) : nullptr;
    const bool differ = method && differs(*run, *method, m_session.editor().document());
    m_foreign = differ && m_own;
    QString said;
    if (differ && run->request().images.empty() && m_own)
        said = tr("The pictures that this result was made from are not in its file.")
            + link("slots", tr("Show those in the slots"));
    else if (differ && m_own)
        said = tr("Run %1, beside its own pictures; others are in the slots.").arg(run->number)
            + link("slots", tr("Show those in the slots")) + QStringLiteral(" \u00B7")
            + link("take", tr("Put its own there"));
    else if (differ && this->run())
        said = tr("%1 was made from other pictures (run %2).")
                   .arg(withPrime(method->resultLabel))
                   .arg(run->number)
            + link("own", tr("Show those"));
    setText(said);
    setVisible(!said.isEmpty());
}
