// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/found/found.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

/// Something that may be a network.
struct Sighting
{
    std::filesystem::path path = {};
    std::string name = {}, program = {};
    std::string identity = {}; ///< device, inode, size and time of change of what it consists of
    uint64_t bytes = 0;
    bool folder = false;     ///< of a pipeline or of one network
    bool strayed = false;    ///< a link in it leads out of its repository: it is not opened
    bool incomplete = false; ///< a download that did not come to its end
};

/// Goes through folders and gathers what may be a network, by names alone: bounded in depth and
/// number, past loops, and nowhere but on this computer.
class Walk
{
public:
    Walk(const FoundLimits& limits, std::function<bool()> goesOn);

    void look(const FoundPlace& place);
    /// False where the caller stopped, or a limit is reached.
    bool goesOn();

    const std::vector<Sighting>& sightings() const { return m_sightings; }
    std::vector<Sentence> notes() const;
    bool stopped() const { return m_stopped; }

private:
    /// A folder that is looked through, and by which rules.
    struct Folder
    {
        std::filesystem::path path = {}; ///< canonical
        int depth = 0;
        std::filesystem::path blobs = {};  ///< of a snapshot: links may end there and nowhere else
        std::string repository = {};       ///< of a snapshot: owner/name
        std::filesystem::path chosen = {}; ///< what is chosen for a pipeline here; empty: path
        bool* strayed = nullptr;           ///< of one network: a link leads out
        bool* incomplete = nullptr;        ///< of a snapshot: a link leads to what is not there
    };
    struct Entry
    {
        std::filesystem::path path = {};
        bool link = false;
    };
    using Node = std::pair<uint64_t, uint64_t>; ///< device and inode
    struct File
    {
        Node node = {};
        std::string identity = {};
        uint64_t bytes = 0;
    };

    std::vector<Entry> entriesOf(const std::filesystem::path& folder);
    bool enter(std::filesystem::path& folder);
    void walk(Folder folder);
    bool takeFolder(const Folder& folder, const std::vector<Entry>& entries);
    void takeFile(const Folder& folder, const Entry& entry);
    void takeRepository(const std::filesystem::path& repository);
    void takeListed(const ListedModel& listed);
    /// The regular file behind an entry; false where there is none, or it may not be followed.
    bool fileAt(const Folder& folder, const Entry& entry, File& file);
    void gather(
        const Folder& folder, const std::vector<Entry>& entries, int depth,
        std::vector<File>& files);
    bool isRemote(const std::filesystem::path& path) const;
    void note(Sentence sentence);

    FoundLimits m_limits;
    std::function<bool()> m_goesOn;
    std::chrono::steady_clock::time_point m_end;
    std::string m_program;
    std::set<Node> m_folders, m_files;
    std::vector<Sighting> m_sightings;
    std::vector<Sentence> m_notes;
    std::size_t m_entries = 0, m_unsaid = 0;
    bool m_stopped = false, m_full = false;
};

/// What a cache calls the repository of a folder "models--owner--name": "owner/name".
std::string repositoryName(const std::filesystem::path& folder);
/// Whether a name is one that files of weights have.
bool mayBeWeights(const std::filesystem::path& file);
