// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/network/exchange.h"
#include "core/published.h"

#include <memory>

struct DownloadRules;

/// Asks the site for the list of a repository's files, on the thread that it lives on.
class Listing : public QObject
{
    Q_OBJECT

public:
    Listing(PublishedFile at, std::shared_ptr<const DownloadRules> rules);
    void start();

Q_SIGNALS:
    void listed(const RepositoryList& list);
    void failed(const Sentence& why);

private:
    void take(const ReplyHead& head);
    void receive();
    void complete();
    void fail(const Sentence& why);

    PublishedFile m_at;
    std::shared_ptr<const DownloadRules> m_rules;
    Exchange m_exchange;
    QByteArray m_text;
    int m_redirects = 0;
    bool m_taking = false;
};
