// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/network/listing.h"

#include "app/network/downloadrules.h"
#include "app/network/fetching.h"

namespace {

constexpr qsizetype largest = 8 << 20;

} // namespace

Listing::Listing(PublishedFile at, std::shared_ptr<const DownloadRules> rules)
    : m_at(std::move(at))
    , m_rules(std::move(rules))
    , m_exchange(*m_rules, this)
{
    connect(&m_exchange, &Exchange::answered, this, &Listing::take);
    connect(&m_exchange, &Exchange::arrived, this, &Listing::receive);
    connect(&m_exchange, &Exchange::ended, this, &Listing::complete);
    connect(&m_exchange, &Exchange::failed, this, &Listing::fail);
}

void Listing::start()
{
    m_exchange.get(
        QUrl(QString::fromStdString(listAddress(m_at, m_rules->site.toStdString()))), {});
}

void Listing::take(const ReplyHead& head)
{
    const Verdict verdict =
        judge(head, {.host = m_exchange.host().toStdString(), .name = m_at.repository});
    if (verdict.what == Verdict::Follow && ++m_redirects <= m_rules->redirects)
        return m_exchange.get(m_exchange.next(head.location), {});
    if (verdict.what == Verdict::Follow)
        return fail({"%1 leads in a circle.", m_exchange.host().toStdString()});
    if (verdict.what != Verdict::Take)
        return fail(verdict.why);
    m_taking = true;
}

void Listing::receive()
{
    if (!m_taking)
        return;
    m_text += m_exchange.read();
    if (m_text.size() > largest)
        fail({"The list of %1 is too long to be read.", m_at.repository});
}

void Listing::complete()
{
    if (!m_taking)
        return;
    m_taking = false;
    m_exchange.abort();
    try {
        Q_EMIT listed(parseRepositoryList(m_text.toStdString()));
    } catch (...) {
        fail(sentenceInFlight());
    }
}

void Listing::fail(const Sentence& why)
{
    m_taking = false;
    m_exchange.abort();
    Q_EMIT failed(why);
}
