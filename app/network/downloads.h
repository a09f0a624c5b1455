// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/network/fetching.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QThread>

#include <filesystem>
#include <memory>
#include <vector>

struct DownloadRules;

/// The rules of the program: the site huggingface.co and its content host, public addresses alone,
/// the certificates that the system trusts, and those in a file where one is named. Contacts
/// nobody.
std::shared_ptr<const DownloadRules> usualRules(
    const std::filesystem::path& cacheFolder, const std::filesystem::path& certificates = {});
/// The name of the site, for a button.
QString siteName(const DownloadRules& rules);

/// A file in the list of what is fetched.
struct FetchItem
{
    enum State { Waiting, Running, Paused, Done, Failed };
    int number = 0;
    FetchSource source = {};
    State state = Waiting;
    FetchProgress progress = {};
    Sentence why = {}; ///< of Failed
    std::vector<Sentence> notes = {};
    std::string sha256 = {}; ///< of a file that is done

    /// What can be gone on with at another start.
    bool isKept() const
    {
        return source.kind == FetchSource::Fetch || source.kind == FetchSource::TakeIn;
    }
};

/// What is fetched, taken in, verified and moved, one after the other, on a thread of its own. The
/// list survives the program: at the next start everything in it is paused, and nobody is contacted
/// until it is gone on with. No address is in it, and no token.
class Downloads : public QObject
{
    Q_OBJECT

public:
    /// @p list is the file that keeps the list; empty: none.
    Downloads(
        std::shared_ptr<const DownloadRules> rules, std::filesystem::path list,
        QObject* parent = nullptr);
    ~Downloads() override; ///< what is in progress stops; what is there of it stays

    const DownloadRules& rules() const { return *m_rules; }
    const std::shared_ptr<const DownloadRules>& sharedRules() const { return m_rules; }
    const std::vector<FetchItem>& items() const { return m_items; }
    /// Null where there is none of that number.
    const FetchItem* item(int number) const;
    /// That goes to the same place and is not done; null where there is none.
    const FetchItem* itemFor(const std::filesystem::path& target) const;
    /// Whether something is in progress or waits for its turn.
    bool busy() const;

    /// Begins, or waits for its turn; gives its number. What goes to the same place already is gone
    /// on with.
    int add(const FetchSource& source);
    void pause(int number);
    void resume(int number);
    void remove(int number); ///< what is there of it goes, but for a file that is complete

Q_SIGNALS:
    void changed(); ///< which are there, and their states
    void progressed(int number);
    void done(int number);

private:
    FetchItem* find(int number);
    FetchItem* running();
    void startNext();
    void take(int number, const FetchOutcome& outcome);
    void stopWorker();
    void keep() const;
    void readKept();
    void tellChanged();

    std::shared_ptr<const DownloadRules> m_rules;
    std::filesystem::path m_list;
    std::vector<FetchItem> m_items;
    QThread m_thread;
    Fetching* m_worker = nullptr; ///< lives on that thread
    int m_next = 1;
};

/// Asks the site which files a repository has, on a thread of its own.
class RepositoryLookup : public QObject
{
    Q_OBJECT

public:
    RepositoryLookup(std::shared_ptr<const DownloadRules> rules, QObject* parent = nullptr);
    ~RepositoryLookup() override;

    /// listed() or failed() follows.
    void look(const PublishedFile& at);
    void stop(); ///< no signal follows

Q_SIGNALS:
    void listed(const PublishedFile& at, const RepositoryList& list);
    void failed(const Sentence& why);

private:
    std::shared_ptr<const DownloadRules> m_rules;
    QThread m_thread;
    QObject* m_worker = nullptr;
    int m_round = 0;
};
