// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/opener.h"

#include "app/background.h"
#include "app/fileorder.h"
#include "app/ownpresets.h"
#include "app/settings.h"
#include "core/errors.h"
#include "core/file/inputfile.h"
#include "core/record.h"
#include "ui/convert.h"
#include "ui/docktitle.h"
#include "ui/noticebar.h"

#include <QFileInfo>
#include <QLocale>
#include <QtConcurrentRun>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace {

constexpr uint64_t largestRead = uint64_t(1) << 30;

std::span<std::byte> asBytes(QByteArray& bytes)
{
    return std::as_writable_bytes(std::span(bytes.data(), std::size_t(bytes.size())));
}

/// What was given, and whether it is a picture that this program saved.
struct Looked
{
    Given given = {};
    bool ours = false;
};

/// Reads a PNG, once, to look for a record in it; of anything else only the beginning.
Looked looked(Given given)
{
    if (given.bytes.isEmpty() && !given.path.isEmpty()) {
        given.name = QFileInfo(given.path).fileName();
        try {
            const InputFile file(given.path.toStdString());
            QByteArray begin(4, '\0');
            if (file.readSome(0, asBytes(begin)) == 4 && begin == "\x89PNG") {
                given.bytes.resize(qsizetype(std::min(file.size(), largestRead)));
                given.bytes.resize(qsizetype(file.readSome(0, asBytes(given.bytes))));
            }
        } catch (const Error&) {
            given.bytes.clear(); // who loads it says why it cannot be read
        }
    }
    const bool ours = carriesRecord(std::as_bytes(std::span(given.bytes)));
    return {given, ours};
}

QString leftOut()
{
    return Opener::tr(
        "Addresses were left out: nothing is fetched from them. Save such a picture as "
        "a file, and drop that.");
}

} // namespace

Given pastedPicture(const QImage& image, const QString& name)
{
    return {
        .pixels = [image] { return toImage(image); },
        .pixelCount = int64_t(image.width()) * image.height(),
        .name = name};
}

Opener::Opener(Session& session, NoticeBar& notices, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_notices(notices)
{
    connect(&session.editor(), &Editor::methodChanged, this, &Opener::forget);
    connect(&session.restorer(), &Restorer::notes, &notices, [&notices](const QStringList& said) {
        notices.say(said.join(QLatin1Char(' ')), false);
    });
    connect(&session.restorer(), &Restorer::failed, &notices, [&notices](const QString& sentence) {
        notices.say(sentence, true);
    });
    const auto tell = [this](const QString& sentence, int step, const auto& undo) {
        const auto back = [this, step, undo] {
            if (step == 0 || !m_session.history().undoStep(step))
                undo();
        };
        m_told = sentence;
        m_notices.say(sentence, false, {{tr("Undo"), back}, {tr("Close"), {}}});
    };
    connect(&session.inputs(), &Inputs::announced, this, tell);
    connect(&session.maps(), &Maps::announced, this, tell);
}

void Opener::open(const QStringList& given, const Place& place, Manner manner, Order order)
{
    QStringList paths;
    m_leftOut = false;
    for (const QString& path : given) {
        if (path.contains(QLatin1String("://")) && !path.startsWith(QLatin1Char('/')))
            m_leftOut = true;
        else if (isPresetFile(path))
            Q_EMIT presetGiven(path);
        else
            paths << path;
    }
    if (m_leftOut)
        m_notices.say(leftOut(), true);
    if (paths.size() > 1)
        fillSlots(paths, place, order);
    else if (!paths.isEmpty())
        openOne({.path = paths.first()}, place, manner);
}

void Opener::fillSlots(const QStringList& paths, const Place& place, Order order)
{
    const QStringList ordered = inOrder(paths);
    const Method& method = m_session.editor().method();
    const Slot* slot = ::slot(method, place.slot);
    if (slot && slot->several) {
        std::vector<Given> all;
        for (const QString& path : ordered)
            all.push_back({.path = path});
        m_session.inputs().load(place, std::move(all));
    } else {
        askFill(ordered, order == Shown);
    }
}

/// Says which file comes where, and fills the slots: at once where that was seen already, else when
/// the answer is yes. Either way the first two can be exchanged.
void Opener::askFill(const QStringList& ordered, bool seen)
{
    const auto& slots = m_session.editor().method().slots;
    const auto count = std::min(std::size_t(ordered.size()), slots.size());
    std::vector<std::pair<Place, Given>> given;
    QStringList said;
    for (std::size_t i = 0; i < count; ++i) {
        const QString& path = ordered[qsizetype(i)];
        given.emplace_back(slots[i].id, Given {.path = path});
        said << tr("%1 as %2").arg(QFileInfo(path).fileName(), withPrime(slots[i].label));
    }
    QString sentence = QLocale().createSeparatedList(said);
    sentence += QLatin1Char('.');
    if (std::size_t(ordered.size()) > count)
        sentence += QLatin1Char(' ')
            + tr("%1 files were given; there are places for %2.").arg(ordered.size()).arg(count);
    if (m_leftOut)
        sentence += QLatin1Char(' ') + leftOut();
    const QString exchange = count < 2
        ? QString()
        : tr("Exchange %1 and %2").arg(withPrime(slots[0].label), withPrime(slots[1].label));
    QStringList exchanged = ordered;
    if (count > 1)
        exchanged.swapItemsAt(0, 1);
    if (!seen) {
        NoticeBar::Answers answers {
            {tr("Put them there"), [this, given] { m_session.inputs().loadEach(given); }}};
        if (count > 1)
            answers.emplace_back(exchange, [this, exchanged] { askFill(exchanged, false); });
        answers.emplace_back(tr("Cancel"), [] {});
        m_told = sentence;
        return m_notices.say(sentence, false, answers);
    }
    m_session.inputs().loadEach(given);
    NoticeBar::Answers answers;
    if (count > 1)
        answers.emplace_back(
            exchange, [this, a = slots[0].id, b = slots[1].id] { m_session.inputs().swap(a, b); });
    answers.emplace_back(tr("Close"), [] {});
    m_notices.say(sentence, false, answers);
    m_told = sentence;
}

/// What was said of the places of one mode is nothing that another one could answer.
void Opener::forget()
{
    if (!m_told.isEmpty() && m_notices.text() == m_told)
        m_notices.hide();
    m_told.clear();
}

void Opener::openOne(const Given& given, const Place& place, Manner manner)
{
    whenDone(
        QtConcurrent::run([given] { return looked(given); }), this,
        [this, place, manner](const Looked& found) {
            if (found.ours)
                take(found.given, place, manner);
            else
                m_session.inputs().load(place, {found.given});
        });
}

/// Takes a picture of ours.
void Opener::take(const Given& given, const Place& place, Manner manner)
{
    const auto restore = [this, given] {
        if (!given.path.isEmpty())
            Settings().addRecentFile(given.path);
        m_session.restorer().restore(given.name, given.bytes);
    };
    if (manner == RestoreAtOnce)
        return restore();
    m_notices.say(
        tr("%1 was saved by Simile and carries its run.").arg(given.name), false,
        {{tr("Use as image"), [this, place, given] { m_session.inputs().load(place, {given}); }},
         {tr("Restore run"), restore}});
}
