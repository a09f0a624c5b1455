// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/opener.h"

#include "app/session.h"
#include "core/pngtext.h"
#include "ui/noticebar.h"

#include <QCollator>
#include <QFile>
#include <QFileInfo>
#include <QtConcurrent>

#include <algorithm>

namespace {

constexpr qint64 largestRead = qint64(1) << 30;

/// Whether a file is a PNG that this program saved; looks at its beginning first.
bool carriesRun(const QString& path)
{
    QFile file(path);
    if (!file.open(QFile::ReadOnly) || !file.peek(8).startsWith("\x89PNG"))
        return false;
    const QByteArray bytes = file.read(largestRead);
    const auto chunks =
        readPngText(std::as_bytes(std::span(bytes.data(), std::size_t(bytes.size()))));
    return std::ranges::find(chunks, "simile", &TextChunk::keyword) != chunks.end();
}

} // namespace

Opener::Opener(Session& session, NoticeBar& notices, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_notices(notices)
{
    connect(&session, &Session::loadFailed, &notices, [&notices](const QString& sentence) {
        notices.say(sentence, true);
    });
    connect(
        &session, &Session::told, &notices, [&notices](const QString& sentence, const auto& undo) {
            notices.say(sentence, false, {{tr("Undo"), undo}, {tr("Close"), {}}});
        });
}

void Opener::open(const QStringList& paths, const Place& place, Manner manner)
{
    if (paths.size() > 1)
        fillSlots(paths, place);
    else if (!paths.isEmpty())
        openOne(paths.first(), place, manner);
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
    const auto& slots = m_session.method().slots;
    const auto slot = std::ranges::find(slots, place.slot, &Slot::id);
    if (slot != slots.end() && slot->several) {
        m_session.loadInputs(place, paths);
        return;
    }
    const auto count = std::min(std::size_t(paths.size()), slots.size());
    for (std::size_t i = 0; i < count; ++i)
        m_session.loadInput(slots[i].id, paths[qsizetype(i)]);
    if (std::size_t(paths.size()) > slots.size())
        m_notices.say(
            tr("%1 files were given; the first %2 by name fill the slots.")
                .arg(paths.size())
                .arg(slots.size()),
            false);
}

void Opener::openOne(const QString& path, const Place& place, Manner manner)
{
    QtConcurrent::run([path] {
        return carriesRun(path);
    }).then(this, [this, path, place, manner](bool ours) {
        if (!ours) {
            m_session.loadInput(place, path);
        } else if (manner == RestoreAtOnce) {
            m_session.restore(path);
        } else {
            m_notices.say(
                tr("%1 was saved by Simile and carries its run.").arg(QFileInfo(path).fileName()),
                false,
                {{tr("Use as image"), [this, place, path] { m_session.loadInput(place, path); }},
                 {tr("Restore run"), [this, path] { m_session.restore(path); }}});
        }
    });
}
