// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/batchrunner.h"

#include "app/background.h"
#include "app/followed.h"
#include "app/session.h"
#include "app/settings.h"
#include "app/translated.h"
#include "core/errors.h"

#include <QtConcurrentRun>

#include <utility>

namespace fs = std::filesystem;

namespace {

/// The first picture that the document has in a slot makes room for the item's.
void makeRoom(const BatchJob& job, const std::string& id, Request& base)
{
    forgetFollowed(job.method, job.card, id, base);
    const auto found = base.images.find(id);
    if (found == base.images.end())
        return;
    if (found->second.size() > 1)
        found->second.erase(found->second.begin());
    else
        base.images.erase(found);
}

} // namespace

BatchRunner::BatchRunner(Session& session, Settings& settings, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_settings(settings)
    , m_job(std::make_shared<const BatchJob>())
{
    constexpr int readingAndWriting = 2;
    m_pool.setMaxThreadCount(readingAndWriting);
    connect(&session.runs(), &Runs::ended, this, &BatchRunner::takeEnd);
    connect(&session.queue(), &Queue::changed, this, &BatchRunner::checkQueue);
    connect(&session.runs(), &Runs::removed, this, &BatchRunner::checkQueue);
}

BatchRunner::~BatchRunner()
{
    m_stop.request_stop();
    m_pool.waitForDone();
}

BatchJob BatchRunner::jobNow() const
{
    BatchJob job {
        .method = m_session.editor().method(),
        .base = m_session.request(),
        .card = m_session.model().card(),
        .chosen = m_session.model().chosenCard(),
        .limits = m_settings.imageLimits(),
        // A result has to say how it was made, to be known at the next start.
        .embed = m_settings.embed() == QLatin1String("full") ? Embed::Full : Embed::Settings};
    job.base.branch.reset();
    job.base.seed = m_plan.seed;
    return job;
}

void BatchRunner::list(const BatchPlan& plan)
{
    if (m_running)
        return;
    m_stop.request_stop();
    m_stop = {};
    ++m_turn;
    m_plan = plan;
    m_looking = true;
    m_problem.clear();
    m_reason.clear();
    m_held.clear();  // they stay in the session
    m_items.clear(); // what an earlier list's runs and page tell comes too late from now on
    ++m_list;
    m_slots.clear();
    m_job = std::make_shared<const BatchJob>(jobNow());
    Q_EMIT listed();
    whenDone(
        QtConcurrent::run(
            &m_pool,
            [plan, job = m_job]() -> std::pair<Batch, QString> {
                try {
                    if (plan.folder.isEmpty())
                        throw Error("The results need a folder.");
                    checkBatchName(plan.name);
                    const fs::path from = plan.from.toStdString();
                    std::error_code ignored;
                    if (fs::equivalent(from, plan.folder.toStdString(), ignored))
                        throw Error("The results need another folder than that of the pictures.");
                    return {readBatch(job->method, from), QString()};
                } catch (...) {
                    return {Batch(), currentFailure().sentence};
                }
            }),
        this, [this, turn = m_turn](const std::pair<Batch, QString>& read) {
            if (turn != m_turn)
                return;
            m_problem = read.second;
            takeList(read.first);
        });
}

void BatchRunner::takeList(const Batch& batch)
{
    BatchJob job = *m_job;
    const Slot* main = mainSlot(job.method);
    const auto shown = main ? job.base.images.find(main->id) : job.base.images.end();
    const std::string picture =
        shown == job.base.images.end() || shown->second.empty() ? "" : shown->second.front().name;
    for (const std::string& slot : batch.slots)
        makeRoom(job, slot, job.base);
    m_items = batch.items;
    m_slots = batch.slots;
    nameItems(
        m_items, job.method, batchFields(job.method, job.base, job.chosen.name, picture),
        m_plan.name, m_plan.folder.toStdString());
    m_job = std::make_shared<const BatchJob>(std::move(job));
    Q_EMIT listed();
    look();
}

void BatchRunner::look()
{
    m_looking = missing().isEmpty() && !m_items.empty();
    Q_EMIT changed();
    if (!m_looking)
        return;
    const auto told = [this, turn = m_turn](auto what) {
        QMetaObject::invokeMethod(
            this,
            [this, turn, what] {
                if (turn == m_turn)
                    what();
            },
            Qt::QueuedConnection);
    };
    m_pool.start([this, told, job = m_job, items = m_items, stop = m_stop.get_token()] {
        for (int at = 0; at < int(items.size()) && !stop.stop_requested(); ++at) {
            if (items[std::size_t(at)].refused)
                continue;
            BatchLook look = lookAt(*job, items[std::size_t(at)], stop);
            look.prepared.reset(); // the pictures of all would be too much
            if (!stop.stop_requested())
                told([this, at, look] { take(at, look); });
        }
        told([this] {
            m_looking = false;
            Q_EMIT changed();
        });
    });
}

void BatchRunner::take(int at, const BatchLook& look)
{
    BatchItem& item = m_items[std::size_t(at)];
    item.state = look.state;
    item.failure = look.failure;
    if (look.thumbnail)
        item.thumbnail = look.thumbnail;
    Q_EMIT itemChanged(at);
    Q_EMIT changed();
}

QStringList BatchRunner::missing() const
{
    const Request now = m_session.request();
    QStringList needed = m_session.missing();
    for (const QString& here :
         translated(::missing(m_job->method, now)) + m_session.branch().missing(now))
        needed.removeAll(here);
    return translated(::missing(m_job->method, typical())) + needed;
}

Request BatchRunner::typical() const
{
    Request request = m_job->base;
    for (const std::string& slot : m_slots)
        if (request.images[slot].empty())
            request.images[slot] = {{.image = filled(1, 1, {})}};
    return request;
}

BatchCounts BatchRunner::counts() const
{
    return {
        .all = int(m_items.size()),
        .made = countOf(m_items, BatchItem::Made),
        .there = countOf(m_items, BatchItem::There),
        .failed = countOf(m_items, BatchItem::Failed),
        .waiting = countOf(m_items, BatchItem::Waiting)};
}

double BatchRunner::secondsLeft() const
{
    if (!m_running || m_madeNow == 0)
        return 0;
    constexpr double milli = 1e-3;
    return double(m_clock.elapsed()) * milli / m_madeNow * counts().waiting;
}
