// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/getcommand.h"

#include "app/commands.h"
#include "app/commandwords.h"
#include "app/interrupt.h"
#include "app/licences.h"
#include "app/modelstore.h"
#include "app/network/downloads.h"
#include "app/progress.h"
#include "app/settings.h"
#include "app/translated.h"
#include "core/models.h"
#include "core/published.h"

#include <QEventLoop>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include <unistd.h>

namespace fs = std::filesystem;

namespace {

std::string amount(uint64_t bytes)
{
    return QLocale().formattedDataSize(qint64(bytes), 1, QLocale::DataSizeSIFormat).toStdString();
}

bool isAlike(const std::string& one, const std::string& other)
{
    return QString::fromStdString(one).compare(QString::fromStdString(other), Qt::CaseInsensitive)
        == 0;
}

/// One call of the command.
class Getting
{
public:
    Getting(
        const GetCommand& command, const Catalogue& catalogue,
        std::shared_ptr<const DownloadRules> rules)
        : m_command(command)
        , m_catalogue(catalogue)
        , m_rules(std::move(rules))
        , m_site(siteName(*m_rules).toStdString())
        , m_progress(false)
    {
    }

    ExitStatus run();

private:
    FetchSource source(const std::string& wanted);
    FetchSource published(const std::string& link);
    RepositoryList list(const PublishedFile& at);
    void checkLicence(const std::string& name, const Licence* licence);
    bool isThere(const FetchSource& source);
    ExitStatus fetch(const FetchSource& source);
    void tell(const FetchItem& item);

    const GetCommand& m_command;
    const Catalogue& m_catalogue;
    std::shared_ptr<const DownloadRules> m_rules;
    std::string m_site;
    Progress m_progress;
    Interrupt m_interrupt;
};

/// All is checked before anything is fetched.
ExitStatus Getting::run()
{
    std::vector<FetchSource> sources;
    for (const std::string& wanted : m_command.wanted)
        sources.push_back(source(wanted));
    for (const FetchSource& each : sources)
        if (!isThere(each))
            if (const ExitStatus status = fetch(each); status != ExitDone)
                return status;
    return ExitDone;
}

FetchSource Getting::source(const std::string& wanted)
{
    const CatalogueEntry* const entry = m_catalogue.entry(wanted);
    if (!entry && !looksPublished(wanted))
        throw CommandError(
            ExitBadArguments, "There is no %1 in the list: simile get shows it.", wanted);
    if (entry && !entry->canBeFetched())
        throw CommandError(
            ExitBadArguments,
            "Where %1 is published is not known here. Get it from its authors; it is expected as "
            "%2.",
            wanted, placeOf(*entry).string());
    if (entry) {
        const Licence* const licence = m_catalogue.licence(entry->licence);
        checkLicence(licence->name, licence);
    }
    FetchSource source = entry ? sourceOf(*entry) : published(wanted);
    if (!m_command.folder.empty())
        source.target = fs::absolute(m_command.folder) / source.target.filename();
    return source;
}

/// What is not in the list: the site is asked which files there are, and for the licence.
FetchSource Getting::published(const std::string& link)
{
    PublishedFile at = publishedAt(link, m_site);
    const RepositoryList list = this->list(at);
    if (list.gated)
        throw CommandError(
            ExitFailed,
            "%1 gives %2 only to those who have an account there and accepted its terms. Fetch it "
            "with a browser.",
            m_site, at.repository);
    if (at.file.empty() && list.files.size() == 1)
        at.file = list.files.front().file;
    const auto found = std::ranges::find(list.files, at.file, &RepositoryList::File::file);
    if (found == list.files.end()) {
        for (const auto& file : list.files)
            std::printf(
                "%s/%s  %s\n", at.repository.c_str(), file.file.c_str(),
                amount(file.bytes).c_str());
        if (at.file.empty())
            throw CommandError(
                ExitBadArguments, "Say which file of %1 is wanted, as owner/name/file.",
                at.repository);
        throw CommandError(ExitBadArguments, "%1 has no file %2.", at.repository, at.file);
    }
    if (!list.licence.empty()) {
        const auto known = std::ranges::find(m_catalogue.licences, list.licence, &Licence::id);
        checkLicence(list.licence, known == m_catalogue.licences.end() ? nullptr : &*known);
    } else {
        m_progress.note({"The publisher of %1 names no licence.", at.repository});
    }
    return sourceOf(at);
}

RepositoryList Getting::list(const PublishedFile& at)
{
    RepositoryLookup lookup(m_rules);
    QEventLoop loop;
    RepositoryList found;
    Sentence why;
    QObject::connect(
        &lookup, &RepositoryLookup::listed, &loop,
        [&](const PublishedFile&, const RepositoryList& list) {
            found = list;
            loop.quit();
        });
    QObject::connect(&lookup, &RepositoryLookup::failed, &loop, [&](const Sentence& said) {
        why = said;
        loop.quit();
    });
    QObject::connect(&m_interrupt, &Interrupt::interrupted, &loop, [&] {
        why = "Stopped.";
        loop.quit();
    });
    lookup.look(at);
    loop.exec();
    if (m_interrupt.happened())
        throw CommandError(ExitStopped, why);
    if (!why.empty())
        throw CommandError(ExitFailed, why);
    return found;
}

/// @p licence is what is known of it here; null: nothing.
void Getting::checkLicence(const std::string& name, const Licence* licence)
{
    const std::string& id = licence ? licence->id : name;
    const bool accepted = std::ranges::any_of(m_command.licences, [&](const std::string& typed) {
        return isAlike(typed, id) || isAlike(typed, name)
            || (licence && isAlike(typed, licence->name));
    });
    if (accepted)
        acceptLicence(id);
    if (acceptedOn(id).isValid())
        return;
    if (licence)
        throw CommandError(
            ExitBadArguments,
            "The licence %1 (%2) has to be accepted first. %3 Read it, and add --accept-licence "
            "\"%1\".",
            licence->name, licence->link, inWords(licence->restrictions));
    throw CommandError(
        ExitBadArguments,
        "The licence %1 has to be accepted first. Read it at %2, and add --accept-licence \"%1\".",
        name, m_site);
}

bool Getting::isThere(const FetchSource& source)
{
    std::error_code none;
    if (!fs::exists(source.target, none))
        return false;
    const bool other = (source.bytes > 0 && fs::file_size(source.target) != source.bytes)
        || (!source.sha256.empty()
            && fileHash(source.target, Settings::cacheFolder().toStdString()) != source.sha256);
    if (other)
        throw CommandError(
            ExitFailed, "There is another file already: %1. Take it away first.",
            source.target.string());
    print({"%1 is there already.", source.target.string()});
    return true;
}

ExitStatus Getting::fetch(const FetchSource& source)
{
    Downloads downloads(m_rules, {});
    QEventLoop loop;
    int number = 0;
    QObject::connect(&downloads, &Downloads::progressed, &loop, [&](int which) {
        tell(*downloads.item(which));
    });
    QObject::connect(&downloads, &Downloads::changed, &loop, [&] {
        if (number != 0 && !downloads.busy())
            loop.quit();
    });
    QObject::connect(&m_interrupt, &Interrupt::interrupted, &loop, &QEventLoop::quit);
    m_progress.note({"Getting %1 from %2 and its content host.", source.name(), m_site});
    number = downloads.add(source);
    loop.exec();
    m_progress.end();
    const FetchItem& item = *downloads.item(number);
    for (const Sentence& note : item.notes)
        m_progress.note(note);
    if (item.state == FetchItem::Done) {
        keepChecked(source.target, item.sha256);
        print({"%1 is there.", source.target.string()});
        return ExitDone;
    }
    if (m_interrupt.happened()) {
        m_progress.note("Stopped. The same command goes on with what is there.");
        return ExitStopped;
    }
    m_progress.error(translated(item.why), {});
    return ExitFailed;
}

/// A line that changes where that is a terminal, else one for each tenth.
void Getting::tell(const FetchItem& item)
{
    const FetchProgress& now = item.progress;
    if (!now.waiting.empty())
        return m_progress.note(now.waiting);
    const int percent = now.bytes > 0 ? int(100 * now.done / now.bytes) : 0;
    if (isatty(STDERR_FILENO) != 1 && now.bytes > 0) {
        m_progress.stage({.stage = {"%1 % of %2", percent / 10 * 10, amount(now.bytes)}});
        return;
    }
    const double left = now.speed > 0 ? double(now.bytes - now.done) / now.speed : 0;
    m_progress.stage(
        {.stage = now.bytes > 0 && left > 0
             ? Sentence(
                 "%1 of %2, %3 a second, %4 s left", amount(now.done), amount(now.bytes),
                 amount(uint64_t(now.speed)), int64_t(std::ceil(left)))
             : Sentence("%1, %2 a second", amount(now.done), amount(uint64_t(now.speed)))});
}

/// The list: what it is called, how large it is, what it is for, and what is there.
void show(const Catalogue& catalogue)
{
    for (const CatalogueEntry& entry : catalogue.entries) {
        const std::string size = entry.bytes > 0 ? amount(entry.bytes) : "?";
        const Licence* const licence = catalogue.licence(entry.licence);
        std::printf(
            "%-16s %8s  %s\n", entry.id.c_str(), size.c_str(), words(inWords(entry.title)).c_str());
        print({"    %1", words(inWords(entry.purpose))});
        if (licence)
            print({"    Licence: %1", licence->name});
        if (const fs::path there = fetchedFile(entry); !there.empty())
            print({"    It is there: %1", there.string()});
        else if (!entry.canBeFetched())
            print(
                {"    Not to be fetched from here; it is expected as %1", placeOf(entry).string()});
    }
}

} // namespace

ExitStatus getModels(
    const GetCommand& command, const Catalogue& catalogue,
    const std::shared_ptr<const DownloadRules>& rules)
{
    if (command.wanted.empty()) {
        show(catalogue);
        return ExitDone;
    }
    return Getting(command, catalogue, rules).run();
}

int getModels(const GetCommand& command)
{
    try {
        return getModels(
            command, readCatalogue(),
            usualRules(
                Settings::cacheFolder().toStdString(), Settings().certificates().toStdString()));
    } catch (const CommandError& error) {
        Progress(false).error(translated(error.sentence()), {});
        return error.status;
    } catch (...) {
        const Failure failure = currentFailure();
        Progress(false).error(failure.sentence, failure.details);
        return exitStatus(failure);
    }
}
