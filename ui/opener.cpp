// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/opener.h"

#include "app/session.h"
#include "core/record.h"
#include "ui/noticebar.h"

#include <QCollator>
#include <QFile>
#include <QFileInfo>
#include <QtConcurrent>

#include <algorithm>

namespace {

constexpr qint64 largestRead = qint64(1) << 30;

/// What was given, and whether it is a picture that this program saved.
struct Looked
{
    Given given = {};
    bool ours = false;
};

/// Reads a PNG, once, to look for a record in it; of anything else only the beginning.
Looked looked(Given given)
{
    if (QFile file(given.path); given.bytes.isEmpty() && !given.path.isEmpty()) {
        given.name = QFileInfo(given.path).fileName();
        if (file.open(QFile::ReadOnly) && file.peek(8).startsWith("\x89PNG"))
            given.bytes = file.read(largestRead);
    }
    const bool ours = carriesRecord(std::as_bytes(std::span(given.bytes)));
    return {given, ours};
}

} // namespace

Opener::Opener(Session& session, NoticeBar& notices, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_notices(notices)
{
    connect(&session.restorer(), &Restorer::notes, &notices, [&notices](const QStringList& said) {
        notices.say(said.join(QLatin1Char(' ')), false);
    });
    connect(&session.restorer(), &Restorer::failed, &notices, [&notices](const QString& sentence) {
        notices.say(sentence, true);
    });
    const auto tell = [&](const QString& sentence, int step, const auto& undo) {
        const auto back = [&session, step, undo] {
            if (step == 0 || !session.history().undoStep(step))
                undo();
        };
        notices.say(sentence, false, {{tr("Undo"), back}, {tr("Close"), {}}});
    };
    connect(&session.inputs(), &Inputs::announced, &notices, tell);
    connect(&session.maps(), &Maps::announced, &notices, tell);
}

void Opener::open(const QStringList& paths, const Place& place, Manner manner)
{
    if (paths.size() > 1)
        fillSlots(paths, place);
    else if (!paths.isEmpty())
        openOne({.path = paths.first()}, place, manner);
}

void Opener::fillSlots(QStringList paths, const Place& place)
{
    // The C locale knows no order of numbers: 10.png would stand before 2.png.
    const QLocale own;
    QCollator collator(own.language() == QLocale::C ? QLocale(QLocale::English) : own);
    collator.setNumericMode(true);
    std::ranges::sort(paths, [&](const QString& a, const QString& b) {
        return collator.compare(QFileInfo(a).fileName(), QFileInfo(b).fileName()) < 0;
    });
    const auto& slots = m_session.editor().method().slots;
    const auto slot = std::ranges::find(slots, place.slot, &Slot::id);
    if (slot != slots.end() && slot->several) {
        std::vector<Given> all;
        for (const QString& path : paths)
            all.push_back({.path = path});
        m_session.inputs().load(place, std::move(all));
        return;
    }
    const auto count = std::min(std::size_t(paths.size()), slots.size());
    for (std::size_t i = 0; i < count; ++i)
        m_session.inputs().load(slots[i].id, {{.path = paths[qsizetype(i)]}});
    if (std::size_t(paths.size()) > slots.size())
        m_notices.say(
            tr("%1 files were given; the first %2 by name fill the slots.")
                .arg(paths.size())
                .arg(slots.size()),
            false);
}

void Opener::openOne(const Given& given, const Place& place, Manner manner)
{
    QtConcurrent::run([given] {
        return looked(given);
    }).then(this, [this, place, manner](const Looked& found) {
        if (found.ours)
            take(found.given, place, manner);
        else
            m_session.inputs().load(place, {found.given});
    });
}

/// Takes a picture of ours.
void Opener::take(const Given& given, const Place& place, Manner manner)
{
    const auto restore = [this, given] { m_session.restorer().restore(given.name, given.bytes); };
    if (manner == RestoreAtOnce)
        return restore();
    m_notices.say(
        tr("%1 was saved by Simile and carries its run.").arg(given.name), false,
        {{tr("Use as image"), [this, place, given] { m_session.inputs().load(place, {given}); }},
         {tr("Restore run"), restore}});
}
