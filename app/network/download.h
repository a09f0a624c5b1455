// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/network/exchange.h"
#include "app/network/fetching.h"
#include "core/file/partialfile.h"

#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

struct DownloadRules;

/// Fetches one file, on the thread that it lives on, and goes on with what is there of it. It asks
/// the site's address each time, keeps what that says of the file, and follows it to the content
/// host. What it writes is hashed as it comes; the file takes its place when its hash is right, and
/// where it is wrong nothing stays.
class Download : public Fetching
{
    Q_OBJECT

public:
    Download(FetchSource source, std::shared_ptr<const DownloadRules> rules);

    void start() override;

private:
    void leave() override;
    void begin();
    void ask();
    void request(const QUrl& address);
    Exchange::Headers headersFor(bool site) const;
    void guarded(const std::function<void()>& act);
    void take(const ReplyHead& head);
    bool takeSite(const ReplyHead& head);
    Sentence changedSentence() const;
    Sentence beginningSentence() const;
    void takeBody(const ReplyHead& head, const Verdict& verdict);
    void receive();
    void complete();
    void retry(const Sentence& why, std::optional<int64_t> seconds);
    void anew(const Sentence& why);
    void restart(const std::string& etag);
    void watch();
    void fail(const Sentence& why);
    void say(const Sentence& note);
    uint64_t expectedBytes() const;

    std::shared_ptr<const DownloadRules> m_rules;
    Exchange m_exchange;
    QTimer m_watch, m_wait;
    std::unique_ptr<PartialFile> m_part;
    ReplyHead m_siteHead;    ///< the last one that said something of the file
    uint64_t m_bytes = 0;    ///< of the whole file, as the reply says
    uint64_t m_furthest = 0; ///< that was ever reached
    qint64 m_watched = 0;    ///< bytes since the watch began
    int m_redirects = 0, m_failures = 0, m_anews = 0;
    bool m_taking = false, m_again = false, m_asked = false;
};
