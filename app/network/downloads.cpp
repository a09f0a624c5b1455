// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/network/downloads.h"

#include "app/network/address.h"
#include "app/network/download.h"
#include "app/network/downloadrules.h"
#include "app/network/listing.h"
#include "app/network/localwork.h"
#include "core/catalogue.h"
#include "core/errors.h"
#include "core/file/files.h"
#include "core/file/json.h"

#include <QNetworkProxyFactory>
#include <QNetworkProxyQuery>

#include <algorithm>
#include <utility>

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr std::size_t mostKept = 200;

std::string textIn(const json& from, const char* entry)
{
    const auto found = from.find(entry);
    return found != from.end() && found->is_string() ? found->get<std::string>() : std::string();
}

json kept(const FetchSource& source)
{
    return {
        {"id", source.id},
        {"repository", source.at.repository},
        {"revision", source.at.revision},
        {"file", source.at.file},
        {"local", source.local.string()},
        {"target", source.target.string()},
        {"sha256", source.sha256},
        {"bytes", source.bytes}};
}

/// What was kept; without a target where that is damaged.
FetchSource sourceIn(const json& from)
{
    FetchSource source {
        .kind = textIn(from, "what") == "take-in" ? FetchSource::TakeIn : FetchSource::Fetch,
        .id = textIn(from, "id"),
        .at =
            {.repository = textIn(from, "repository"),
             .revision = textIn(from, "revision"),
             .file = textIn(from, "file")},
        .local = textIn(from, "local"),
        .sha256 = textIn(from, "sha256")};
    if (const auto bytes = from.find("bytes"); bytes != from.end() && bytes->is_number_unsigned())
        source.bytes = bytes->get<uint64_t>();
    const bool published = isRepository(source.at.repository)
        && isPathInRepository(source.at.revision) && isPathInRepository(source.at.file);
    const bool hashed = source.sha256.empty() || isSha256(source.sha256);
    const fs::path target = textIn(from, "target");
    const bool whole = source.kind == FetchSource::TakeIn ? source.local.is_absolute() : published;
    if (whole && hashed && target.is_absolute())
        source.target = target;
    return source;
}

} // namespace

std::shared_ptr<const DownloadRules> usualRules(
    const fs::path& cacheFolder, const fs::path& certificates)
{
    auto rules = std::make_shared<DownloadRules>();
    rules->cacheFolder = cacheFolder;
    rules->mayConnect = [](const QString&, const QHostAddress& address) {
        return isPublicAddress(address);
    };
    rules->proxy = [](const QUrl& address) {
        const auto proxies = QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(address));
        return proxies.isEmpty() ? QNetworkProxy(QNetworkProxy::NoProxy) : proxies.front();
    };
    if (!certificates.empty())
        rules->trust(certificates);
    return rules;
}

QString siteName(const DownloadRules& rules)
{
    return rules.siteHost();
}

Downloads::Downloads(std::shared_ptr<const DownloadRules> rules, fs::path list, QObject* parent)
    : QObject(parent)
    , m_rules(std::move(rules))
    , m_list(std::move(list))
{
    readKept();
}

Downloads::~Downloads()
{
    stopWorker();
    m_thread.quit();
    m_thread.wait();
}

const FetchItem* Downloads::item(int number) const
{
    const auto found = std::ranges::find(m_items, number, &FetchItem::number);
    return found == m_items.end() ? nullptr : &*found;
}

FetchItem* Downloads::find(int number)
{
    const auto found = std::ranges::find(m_items, number, &FetchItem::number);
    return found == m_items.end() ? nullptr : &*found;
}

const FetchItem* Downloads::itemFor(const fs::path& target) const
{
    const auto found = std::ranges::find_if(m_items, [&](const FetchItem& item) {
        return item.source.target == target && item.state != FetchItem::Done;
    });
    return found == m_items.end() ? nullptr : &*found;
}

FetchItem* Downloads::running()
{
    const auto found = std::ranges::find(m_items, FetchItem::Running, &FetchItem::state);
    return found == m_items.end() ? nullptr : &*found;
}

bool Downloads::busy() const
{
    return std::ranges::any_of(m_items, [](const FetchItem& item) {
        return item.state == FetchItem::Running || item.state == FetchItem::Waiting;
    });
}

int Downloads::add(const FetchSource& source)
{
    if (const FetchItem* there = itemFor(source.target);
        there && source.kind == there->source.kind) {
        const int number = there->number;
        resume(number);
        return number;
    }
    std::erase_if(m_items, [&](const FetchItem& item) {
        return item.state == FetchItem::Done && item.source.target == source.target;
    });
    m_items.push_back({.number = m_next++, .source = source});
    const int number = m_items.back().number;
    tellChanged();
    startNext();
    return number;
}

void Downloads::startNext()
{
    const auto next = std::ranges::find(m_items, FetchItem::Waiting, &FetchItem::state);
    if (m_worker || next == m_items.end())
        return;
    next->state = FetchItem::Running;
    next->why = {};
    next->notes.clear();
    const int number = next->number;
    if (next->source.kind == FetchSource::Fetch)
        m_worker = new Download(next->source, m_rules);
    else
        m_worker = new LocalWork(next->source);
    if (!m_thread.isRunning())
        m_thread.start(QThread::LowPriority);
    m_worker->moveToThread(&m_thread);
    connect(m_worker, &Fetching::progress, this, [this, number](const FetchProgress& progress) {
        if (FetchItem* item = find(number); item && item->state == FetchItem::Running) {
            item->progress = progress;
            Q_EMIT progressed(number);
        }
    });
    connect(m_worker, &Fetching::finished, this, [this, number](const FetchOutcome& outcome) {
        take(number, outcome);
    });
    QMetaObject::invokeMethod(m_worker, &Fetching::start, Qt::QueuedConnection);
    tellChanged();
}

void Downloads::take(int number, const FetchOutcome& outcome)
{
    std::exchange(m_worker, nullptr)->deleteLater();
    FetchItem* item = find(number);
    if (item && outcome.what == FetchOutcome::Stopped && item->state == FetchItem::Running)
        item->state = FetchItem::Paused;
    if (item && outcome.what != FetchOutcome::Stopped) {
        const bool done = outcome.what == FetchOutcome::Done;
        item->state = done ? FetchItem::Done : FetchItem::Failed;
        item->why = outcome.why;
        item->notes = outcome.notes;
        item->sha256 = outcome.sha256;
    }
    const bool done = item && item->state == FetchItem::Done;
    if (done)
        Q_EMIT this->done(number); // first, so that what is known of the file is there
    tellChanged();
    startNext();
}

void Downloads::pause(int number)
{
    FetchItem* item = find(number);
    if (!item || (item->state != FetchItem::Running && item->state != FetchItem::Waiting))
        return;
    const bool runs = item->state == FetchItem::Running;
    item->state = FetchItem::Paused;
    item->progress.waiting = {};
    item->progress.speed = 0;
    if (runs)
        m_worker->stop();
    tellChanged();
}

void Downloads::resume(int number)
{
    FetchItem* item = find(number);
    if (!item || (item->state != FetchItem::Paused && item->state != FetchItem::Failed))
        return;
    item->state = FetchItem::Waiting;
    tellChanged();
    startNext();
}

void Downloads::remove(int number)
{
    FetchItem* item = find(number);
    if (!item)
        return;
    const fs::path target = item->source.target;
    const bool runs = item->state == FetchItem::Running;
    const bool done = item->state == FetchItem::Done || !item->isKept();
    std::erase_if(m_items, [&](const FetchItem& each) { return each.number == number; });
    if (runs && !done)
        connect(m_worker, &Fetching::finished, this, [target](const FetchOutcome& outcome) {
            if (outcome.what != FetchOutcome::Done)
                discardPartial(target);
        });
    if (runs) {
        m_worker->stop();
    } else if (!done) {
        discardPartial(target);
    }
    tellChanged();
}

void Downloads::stopWorker()
{
    if (!m_worker)
        return;
    m_worker->disconnect(this);
    m_worker->stop();
    std::exchange(m_worker, nullptr)->deleteLater();
}

void Downloads::tellChanged()
{
    keep();
    Q_EMIT changed();
}

/// Where that fails the list is not there at the next start, and what came of its files is.
void Downloads::keep() const
{
    if (m_list.empty())
        return;
    json list = json::array();
    for (const FetchItem& item : m_items)
        if (item.state != FetchItem::Done && item.isKept())
            list.push_back(kept(item.source));
    const std::string text = list.dump(1, ' ', true, json::error_handler_t::replace);
    try {
        std::error_code ignored;
        if (!list.empty())
            fs::create_directories(m_list.parent_path(), ignored);
        if (!list.empty() || fs::exists(m_list, ignored))
            writeFileAtomically(m_list, std::as_bytes(std::span(text)));
    } catch (const Error&) {
    }
}

void Downloads::readKept()
{
    if (m_list.empty())
        return;
    try {
        const json list = readJson(m_list, 1 << 20);
        for (const json& each : list.is_array() ? list : json::array()) {
            const FetchSource source = each.is_object() ? sourceIn(each) : FetchSource();
            if (source.target.empty() || m_items.size() >= mostKept)
                continue;
            m_items.push_back(
                {.number = m_next++,
                 .source = source,
                 .state = FetchItem::Paused,
                 .progress = {.done = partialBytes(source.target), .bytes = source.bytes}});
        }
    } catch (const Error&) { // there is none, or a damaged one
    }
}

RepositoryLookup::RepositoryLookup(std::shared_ptr<const DownloadRules> rules, QObject* parent)
    : QObject(parent)
    , m_rules(std::move(rules))
{
}

RepositoryLookup::~RepositoryLookup()
{
    stop();
    m_thread.quit();
    m_thread.wait();
}

void RepositoryLookup::look(const PublishedFile& at)
{
    stop();
    auto* worker = new Listing(at, m_rules);
    m_worker = worker;
    worker->moveToThread(&m_thread);
    m_thread.start();
    connect(
        worker, &Listing::listed, this, [this, at, round = m_round](const RepositoryList& list) {
            if (round != m_round)
                return;
            stop();
            Q_EMIT listed(at, list);
        });
    connect(worker, &Listing::failed, this, [this, round = m_round](const Sentence& why) {
        if (round != m_round)
            return;
        stop();
        Q_EMIT failed(why);
    });
    QMetaObject::invokeMethod(worker, &Listing::start, Qt::QueuedConnection);
}

void RepositoryLookup::stop()
{
    ++m_round;
    if (m_worker)
        std::exchange(m_worker, nullptr)->deleteLater();
}
