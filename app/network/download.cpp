// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/network/download.h"

#include "app/network/downloadrules.h"
#include "core/catalogue.h"
#include "core/errors.h"

#include <QUrl>

#include <utility>

namespace {

constexpr uint64_t largestUnknown = uint64_t(64) << 30; ///< of a file whose size nobody said

std::string sourceText(const PublishedFile& at)
{
    return at.repository + ' ' + at.revision + ' ' + at.file;
}

int64_t backoff(int failures)
{
    return int64_t(1) << std::min(failures, 5);
}

} // namespace

Download::Download(FetchSource source, std::shared_ptr<const DownloadRules> rules)
    : Fetching(std::move(source))
    , m_rules(std::move(rules))
    , m_exchange(*m_rules, this)
{
    for (QTimer* timer : {&m_watch, &m_wait})
        timer->setParent(this); // they go to another thread with this
    m_wait.setSingleShot(true);
    connect(&m_wait, &QTimer::timeout, this, [this] { guarded([this] { ask(); }); });
    connect(&m_watch, &QTimer::timeout, this, [this] { guarded([this] { watch(); }); });
    connect(&m_exchange, &Exchange::answered, this, [this](const ReplyHead& head) {
        guarded([&] { take(head); });
    });
    connect(&m_exchange, &Exchange::arrived, this, [this] { guarded([this] { receive(); }); });
    connect(&m_exchange, &Exchange::ended, this, [this] {
        guarded([this] {
            if (m_taking)
                complete();
        });
    });
    connect(&m_exchange, &Exchange::failed, this, [this](const Sentence& why, bool passing) {
        guarded([&] { passing ? retry(why, {}) : fail(why); });
    });
}

void Download::start()
{
    guarded([this] { begin(); });
}

void Download::guarded(const std::function<void()>& act)
{
    if (over() || stopped())
        return;
    try {
        act();
    } catch (...) {
        fail(sentenceInFlight());
    }
}

void Download::leave()
{
    m_exchange.abort();
    m_watch.stop();
    m_wait.stop();
    if (m_part && m_part->size() == 0)
        m_part->discard();
    m_part.reset();
}

void Download::fail(const Sentence& why)
{
    leave();
    end({.what = FetchOutcome::Failed, .why = why});
}

void Download::say(const Sentence& note)
{
    if (std::ranges::find(m_notes, note) == m_notes.end())
        m_notes.push_back(note);
}

/// Of the whole file, as far as it is known: by us, by what the site says now, by what it said.
uint64_t Download::expectedBytes() const
{
    if (m_source.bytes > 0)
        return m_source.bytes;
    if (m_siteHead.linkedSize)
        return *m_siteHead.linkedSize;
    return m_part->size() > 0 ? m_part->state()->bytes : 0;
}

/// What is there may be the whole file already: then nobody is asked.
void Download::begin()
{
    m_part = std::make_unique<PartialFile>(m_source.target);
    if (!m_part->state() || m_part->state()->source != sourceText(m_source.at))
        restart({});
    tell(m_part->size(), expectedBytes(), true);
    if (!m_part->rehash([this] { return !stopped(); }))
        return;
    if (m_source.bytes > 0 && m_part->size() > m_source.bytes)
        restart({});
    m_bytes = expectedBytes();
    if (!m_source.sha256.empty() && m_bytes > 0 && m_part->size() == m_bytes)
        return complete();
    ask();
}

void Download::restart(const std::string& etag)
{
    m_part->restart(
        {.source = sourceText(m_source.at),
         .linkedEtag = m_siteHead.linkedEtag,
         .etag = etag,
         .bytes = m_siteHead.linkedSize.value_or(m_source.bytes)});
}

/// Always begins at the site: where it leads to expires.
void Download::ask()
{
    m_redirects = 0;
    m_taking = false;
    m_siteHead = {};
    request(QUrl(QString::fromStdString(resolveAddress(m_source.at, m_rules->site.toStdString()))));
}

void Download::request(const QUrl& address)
{
    const bool site = address.host() == m_rules->siteHost();
    const auto headers = headersFor(site);
    m_asked = !headers.isEmpty();
    m_exchange.get(address, headers);
}

/// Which part is asked for. With a hash that is known from elsewhere the rest is, and the hash
/// decides. Else it has to be the same file still: by a strong tag of the host that gives the
/// bytes, or by what the site says of it. What is neither is fetched anew.
Exchange::Headers Download::headersFor(bool site) const
{
    const uint64_t have = m_part->size();
    if (have == 0)
        return {};
    const Exchange::Headers range {{"Range", "bytes=" + QByteArray::number(quint64(have)) + '-'}};
    if (!m_source.sha256.empty())
        return range;
    const PartialState& state = *m_part->state();
    if (!state.etag.empty())
        return range + Exchange::Headers {{"If-Range", QByteArray::fromStdString(state.etag)}};
    if (!site && isUnchanged(state.linkedEtag, state.bytes, m_siteHead))
        return range;
    return {};
}

void Download::take(const ReplyHead& head)
{
    const bool site = m_exchange.isSite();
    if (site && !takeSite(head))
        return;
    const Verdict verdict = judge(
        head,
        {.host = m_exchange.host().toStdString(),
         .name = m_source.name(),
         .site = site,
         .have = m_asked ? m_part->size() : 0,
         .bytes = expectedBytes(),
         .independent = !m_source.sha256.empty()});
    switch (verdict.what) {
    case Verdict::Take:
        return takeBody(head, verdict);
    case Verdict::Follow:
        if (++m_redirects > m_rules->redirects)
            return fail({"%1 leads in a circle.", m_exchange.host().toStdString()});
        return request(m_exchange.next(head.location));
    case Verdict::Complete:
        m_bytes = m_part->size();
        return complete();
    case Verdict::Anew:
        return anew(verdict.why);
    case Verdict::Again:
        if (std::exchange(m_again, true))
            return fail(verdict.why);
        return ask();
    case Verdict::Wait:
        return retry(verdict.why, verdict.seconds);
    case Verdict::Refuse:
        return fail(verdict.why);
    }
}

/// What the site says of a large file counts before a byte of it is fetched. False: something else
/// is asked for, or nothing.
bool Download::takeSite(const ReplyHead& head)
{
    if (!head.linkedEtag.empty() || head.linkedSize)
        m_siteHead = head;
    const std::string& told = head.linkedEtag;
    const bool other = isSha256(told) && !m_source.sha256.empty() && told != m_source.sha256;
    const bool longer = head.linkedSize && m_source.bytes > 0 && *head.linkedSize != m_source.bytes;
    if (other || longer) {
        fail(
            {"The publisher's file %1 has changed: it is no longer the one that is known, and is "
             "not fetched.",
             m_source.name()});
        return false;
    }
    const std::string& then = m_part->state()->linkedEtag;
    const bool changed = m_part->size() > 0 && m_source.sha256.empty() && !then.empty()
        && !told.empty() && told != then;
    if (changed)
        anew(changedSentence());
    return !changed;
}

Sentence Download::changedSentence() const
{
    return {"The publisher's %1 has changed: it is fetched anew.", m_source.name()};
}

/// Why what was there is not gone on with.
Sentence Download::beginningSentence() const
{
    if (!m_asked)
        return {
            "It cannot be told whether the publisher's %1 is what it was: it is fetched anew.",
            m_source.name()};
    if (!m_part->state()->etag.empty() && m_source.sha256.empty())
        return changedSentence();
    return {
        "%1 gives no parts of files: %2 is fetched anew.", m_exchange.host().toStdString(),
        m_source.name()};
}

void Download::takeBody(const ReplyHead& head, const Verdict& verdict)
{
    if (verdict.from == 0 && m_part->size() > 0)
        say(beginningSentence());
    m_bytes = verdict.bytes;
    if (m_bytes == 0 && m_source.sha256.empty() && !isSha256(m_siteHead.linkedEtag))
        return fail( // damaged chunks look like the end
            {"%1 does not say how large %2 is, so nobody can tell whether all of it came. Fetch it "
             "with a browser and put it into the folder of the models.",
             m_exchange.host().toStdString(), m_source.name()});
    if (verdict.from == 0)
        restart(head.etag);
    else
        m_part->setState(
            {.source = sourceText(m_source.at),
             .linkedEtag = m_siteHead.linkedEtag,
             .etag = head.etag,
             .bytes = m_bytes});
    checkSpace(
        spaceFor(m_source.target, m_bytes, m_part->size(), m_rules->cacheFolder), m_source.name(),
        m_rules->space);
    m_taking = true;
    m_watched = 0;
    m_watch.start(m_rules->watching);
}

void Download::receive()
{
    if (!m_taking) // the page behind a redirect or a failure
        return;
    const QByteArray bytes = m_exchange.read();
    if (bytes.isEmpty())
        return;
    const uint64_t most = m_bytes > 0 ? m_bytes : largestUnknown;
    if (m_part->size() + uint64_t(bytes.size()) > most) {
        m_part->discard();
        return fail(
            {"%1 gives more than the %2 bytes that %3 has. Nothing of it is kept.",
             m_exchange.host().toStdString(), most, m_source.name()});
    }
    m_part->write(std::as_bytes(std::span(bytes.data(), std::size_t(bytes.size()))));
    if (m_part->size() > m_furthest) { // else it begins again and again, and gets no further
        m_furthest = m_part->size();
        m_failures = 0;
    }
    m_again = false;
    m_watched += bytes.size();
    tell(m_part->size(), m_bytes);
}

void Download::watch()
{
    if (std::exchange(m_watched, 0) < m_rules->least)
        retry({"%1 gives next to nothing.", m_exchange.host().toStdString()}, {});
}

void Download::complete()
{
    m_watch.stop();
    m_exchange.abort();
    if (m_bytes > 0 && m_part->size() < m_bytes)
        return retry({"The connection to %1 broke.", m_exchange.host().toStdString()}, {});
    if (m_part->size() == 0)
        return fail({"%1 gives nothing of %2.", m_exchange.host().toStdString(), m_source.name()});
    m_part->finish();
    const bool known = !m_source.sha256.empty();
    const std::string& told = known ? m_source.sha256 : m_siteHead.linkedEtag;
    if (isSha256(told) && m_part->hash() != told) {
        m_part->discard();
        return fail(
            {"What came is not %1: its SHA-256 is another one. Nothing of it is kept; try again.",
             m_source.name()});
    }
    if (!known)
        say(isSha256(told) ? Sentence(
                "What %1 should hold is not independently known: it is what its publisher says.",
                m_source.name())
                           : Sentence(
                               "What %1 should hold is not independently known.", m_source.name()));
    const std::string hash = m_part->hash();
    m_part->commit();
    tell(m_bytes, m_bytes, true);
    m_part.reset();
    end({.what = FetchOutcome::Done, .sha256 = hash});
}

/// What is there is of no use: the whole file is asked for, twice at most.
void Download::anew(const Sentence& why)
{
    if (++m_anews > 2)
        return fail(why);
    say(why);
    restart({});
    ask();
}

void Download::retry(const Sentence& why, std::optional<int64_t> seconds)
{
    m_watch.stop();
    m_exchange.abort();
    m_taking = false;
    const int64_t wait = seconds.value_or(backoff(m_failures));
    if (wait > m_rules->longestWait)
        return fail(
            {"%1 It asks to come back in %2 minutes; what is there stays until then.", why,
             (wait + 59) / 60});
    if (++m_failures > m_rules->retries)
        return fail({"%1 What is there stays; go on later.", why});
    tellWaiting(
        m_part->size(), m_bytes,
        {"%1 The next attempt is in %2 s.", why, std::max<int64_t>(wait, 1)});
    m_wait.start(m_rules->pause(wait));
}
