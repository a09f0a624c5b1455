// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/found/walk.h"

#include "core/errors.h"
#include "core/file/files.h"
#include "core/file/hash.h"
#include "core/file/systemerror.h"
#include "core/found/mounts.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include <sys/stat.h>

namespace fs = std::filesystem;

namespace {

constexpr std::size_t mostNotes = 20;
constexpr int insidePipeline = 2; ///< levels whose files belong to a pipeline

std::string lower(std::string text)
{
    std::ranges::transform(
        text, text.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    return text;
}

/// Folders without networks, that may be large.
bool isPassedOver(const std::string& name)
{
    static constexpr std::array<std::string_view, 8> names = {
        "__pycache__",    "lib64",         "node_modules", "outputs",
        "python_embeded", "site-packages", "tokenizer",    "venv"};
    return name.starts_with('.') || std::ranges::find(names, name) != names.end();
}

bool contains(const std::vector<std::string>& names, std::string_view name)
{
    return std::ranges::find(names, name) != names.end();
}

/// Whether the weights of one network lie there, as diffusers writes them.
bool isComponent(const std::vector<std::string>& names)
{
    return contains(names, "config.json") && std::ranges::any_of(names, [](const auto& name) {
               return name.starts_with("diffusion_pytorch_model")
                   && (name.ends_with(".safetensors") || name.ends_with(".index.json"));
           });
}

} // namespace

std::string repositoryName(const fs::path& folder)
{
    constexpr std::string_view prefix = "models--", between = "--";
    std::string name = folder.filename().string();
    if (!name.starts_with(prefix))
        return {};
    name = name.substr(prefix.size());
    if (const size_t at = name.find(between); at != name.npos)
        name.replace(at, between.size(), "/");
    return name;
}

bool mayBeWeights(const fs::path& file)
{
    static constexpr std::array<std::string_view, 7> ends = {".bin", ".ckpt",        ".gguf", ".pt",
                                                             ".pth", ".safetensors", ".sft"};
    return std::ranges::find(ends, lower(file.extension().string())) != ends.end();
}

Walk::Walk(const FoundLimits& limits, std::function<bool()> goesOn)
    : m_limits(limits)
    , m_goesOn(std::move(goesOn))
    , m_end(std::chrono::steady_clock::now() + limits.time)
{
    if (!m_limits.isRemote)
        m_limits.isRemote = [mounts = RemoteMounts::here()](const fs::path& path) {
            return mounts.hold(path);
        };
}

void Walk::note(Sentence sentence)
{
    if (m_notes.size() < mostNotes)
        m_notes.push_back(std::move(sentence));
    else
        ++m_unsaid;
}

std::vector<Sentence> Walk::notes() const
{
    std::vector<Sentence> all = m_notes;
    if (m_unsaid > 0)
        all.emplace_back("%1 further notes of this kind are left out.", m_unsaid);
    return all;
}

bool Walk::goesOn()
{
    if (m_stopped || m_full)
        return false;
    m_stopped = m_goesOn && !m_goesOn();
    const bool late = std::chrono::steady_clock::now() > m_end;
    m_full = late || m_entries >= m_limits.entries || m_sightings.size() >= m_limits.networks;
    if (m_full && !m_stopped)
        note(
            late ? Sentence("The search took too long and was ended, so that not all folders were "
                            "looked through. Name the folder with the networks for it to come "
                            "first.")
                 : Sentence("There are so many files that not all folders were looked through. "
                            "Name the folder with the networks for it to come first."));
    return !m_stopped && !m_full;
}

bool Walk::isRemote(const fs::path& path) const
{
    return m_limits.isRemote(path);
}

std::vector<Walk::Entry> Walk::entriesOf(const fs::path& folder)
{
    std::vector<Entry> entries;
    std::error_code failed;
    for (fs::directory_iterator at(folder, failed), end; !failed && at != end;
         at.increment(failed)) {
        std::error_code unknown;
        entries.push_back({at->path(), at->is_symlink(unknown)});
        if (++m_entries % 256 == 0 && !goesOn())
            break;
        if (m_entries >= m_limits.entries)
            break;
    }
    if (failed)
        note(
            {"The folder %1 could not be read: %2.", folder.string(),
             systemReason(failed.value())});
    std::ranges::sort(entries, {}, &Entry::path);
    return entries;
}

/// Makes it canonical. False where it is none, was entered before, or lies elsewhere.
bool Walk::enter(fs::path& folder)
{
    std::error_code failed;
    if (isRemote(folder)) {
        note(
            {"The folder %1 lies on another computer and was not looked through: choose a file in "
             "it by its path.",
             folder.string()});
        return false;
    }
    const fs::path real = fs::canonical(folder, failed);
    struct stat status = {};
    if (failed || ::stat(real.c_str(), &status) != 0 || !S_ISDIR(status.st_mode))
        return false;
    if (real != folder && isRemote(real)) {
        folder = real;
        return enter(folder); // says so
    }
    folder = real;
    return m_folders.insert({status.st_dev, status.st_ino}).second;
}

bool Walk::fileAt(const Folder& folder, const Entry& entry, File& file)
{
    std::error_code failed;
    fs::path target = entry.path;
    if (entry.link) {
        const fs::path said = fs::read_symlink(entry.path, failed);
        target = (entry.path.parent_path() / said).lexically_normal();
        if (failed || isRemote(target.parent_path()))
            return false;
    }
    struct stat status = {};
    const bool there = ::stat(entry.path.c_str(), &status) == 0;
    if (entry.link && !folder.blobs.empty()) {
        // A link to what is not there is not followed by the library.
        const fs::path real = fs::weakly_canonical(there ? entry.path : target, failed);
        if (failed || real.parent_path() != folder.blobs) {
            note(
                {"%1 is a link that leads out of its repository, so it was not followed.",
                 entry.path.string()});
            if (folder.strayed)
                *folder.strayed = true;
            return false;
        }
        if (!there && folder.incomplete)
            *folder.incomplete = true;
    }
    if (!there || !S_ISREG(status.st_mode) || status.st_size == 0)
        return false;
    file.node = {status.st_dev, status.st_ino};
    file.bytes = uint64_t(status.st_size);
    file.identity = std::to_string(status.st_dev) + ":" + std::to_string(status.st_ino) + ":"
        + std::to_string(status.st_size) + ":" + std::to_string(status.st_mtim.tv_sec) + "."
        + std::to_string(status.st_mtim.tv_nsec);
    return true;
}

/// The files of a pipeline or of one network, a few levels deep.
void Walk::gather(
    const Folder& folder, const std::vector<Entry>& entries, int depth, std::vector<File>& files)
{
    for (const Entry& entry : entries) {
        if (!goesOn())
            return;
        std::error_code failed;
        const std::string name = entry.path.filename().string();
        if (File file; mayBeWeights(entry.path) || entry.path.extension() == ".json") {
            if (fileAt(folder, entry, file))
                files.push_back(file);
        } else if (depth > 0 && !isPassedOver(name) && fs::is_directory(entry.path, failed)) {
            if (!entry.link || folder.blobs.empty())
                gather(folder, entriesOf(entry.path), depth - 1, files);
        }
    }
}

/// Whether the folder is a pipeline, which is not looked into further, or one network.
bool Walk::takeFolder(const Folder& folder, const std::vector<Entry>& entries)
{
    std::vector<std::string> names;
    for (const Entry& entry : entries)
        names.push_back(entry.path.filename().string());
    const bool pipeline = contains(names, "model_index.json");
    if (!pipeline && !isComponent(names))
        return false;
    // What lies beside a pipeline's folders is a file of its own.
    std::vector<File> files;
    std::vector<Entry> parts = entries;
    if (pipeline)
        std::erase_if(parts, [](const Entry& entry) { return mayBeWeights(entry.path); });
    bool strayed = false;
    Folder inside = folder;
    inside.strayed = &strayed;
    gather(inside, parts, pipeline ? insidePipeline : 0, files);
    Sighting found {
        .path = folder.chosen.empty() || !pipeline ? folder.path : folder.chosen,
        .name = folder.repository.empty() ? folder.path.filename().string() : folder.repository,
        .program = m_program,
        .folder = true,
        .strayed = strayed,
        .incomplete = folder.incomplete && *folder.incomplete};
    bool fresh = files.empty();
    for (const File& file : files) {
        fresh = m_files.insert(file.node).second || fresh;
        found.identity += file.identity + "\n";
        found.bytes += file.bytes;
    }
    found.identity = sha256(std::as_bytes(std::span(found.identity)));
    if (fresh)
        m_sightings.push_back(std::move(found));
    return true;
}

void Walk::takeFile(const Folder& folder, const Entry& entry)
{
    File file;
    if (!fileAt(folder, entry, file) || !m_files.insert(file.node).second)
        return;
    const std::string name = entry.path.filename().string();
    m_sightings.push_back(
        {.path = entry.path,
         .name = folder.repository.empty() ? name : folder.repository + ": " + name,
         .program = m_program,
         .identity = file.identity,
         .bytes = file.bytes});
}

void Walk::walk(Folder folder)
{
    if (!goesOn() || !enter(folder.path))
        return;
    const std::vector<Entry> entries = entriesOf(folder.path);
    const bool whole = takeFolder(folder, entries);
    bool pipeline = false;
    for (const Entry& entry : entries)
        pipeline = pipeline || entry.path.filename() == "model_index.json";
    if (whole && !pipeline)
        return;
    for (const Entry& entry : entries) {
        if (!goesOn())
            return;
        std::error_code failed;
        const std::string name = entry.path.filename().string();
        if (mayBeWeights(entry.path) && !fs::is_directory(entry.path, failed)) {
            takeFile(folder, entry);
        } else if (whole || isPassedOver(name)) {
            continue; // of a pipeline its own parts, or nothing
        } else if (entry.link && !folder.blobs.empty()) {
            continue; // a snapshot's folders are folders
        } else if (fs::is_directory(fs::symlink_status(entry.path, failed)) || entry.link) {
            Folder below = folder;
            below.path = entry.path;
            below.chosen.clear();
            if (entry.link) { // before anything beyond it is touched
                const fs::path target = fs::read_symlink(entry.path, failed);
                if (failed)
                    continue;
                below.path = (entry.path.parent_path() / target).lexically_normal();
            }
            if (++below.depth > m_limits.depth) {
                note(
                    {"The folder %1 lies too deep and was not looked through.",
                     below.path.string()});
            } else if (
                name.starts_with("models--") && fs::is_directory(below.path / "snapshots", failed))
                takeRepository(below.path);
            else
                walk(below);
        }
    }
}

/// A repository in Hugging Face's cache: snapshots whose files are links into blobs. The one that
/// refs/main names comes first, and of the others what is not in it.
void Walk::takeRepository(const fs::path& repository)
{
    std::error_code failed;
    fs::path root = repository;
    if (!enter(root))
        return;
    const fs::path blobs = fs::weakly_canonical(root / "blobs", failed);
    if (blobs != root / "blobs") {
        note(
            {"%1 is a link that leads out of its repository, so it was not followed.",
             (root / "blobs").string()});
        return;
    }
    std::string main;
    try {
        main = readText(root / "refs" / "main", 1024);
    } catch (const Error&) { // a repository of which a commit was asked for
    }
    while (!main.empty() && std::isspace(static_cast<unsigned char>(main.back())))
        main.pop_back();
    bool incomplete = false;
    for (const Entry& entry : entriesOf(blobs))
        incomplete = incomplete || entry.path.extension() == ".incomplete";
    std::vector<Entry> snapshots = entriesOf(root / "snapshots");
    std::ranges::stable_partition(
        snapshots, [&](const Entry& entry) { return entry.path.filename() == main; });
    for (const Entry& snapshot : snapshots) {
        if (snapshot.link)
            continue;
        bool open = incomplete;
        walk(
            {.path = snapshot.path,
             .depth = std::max(0, m_limits.depth - 4),
             .blobs = blobs,
             .repository = repositoryName(root),
             .chosen = snapshot.path.filename() == main ? root : fs::path(),
             .incomplete = &open});
    }
}

void Walk::takeListed(const ListedModel& listed)
{
    std::error_code failed;
    if (!goesOn() || !listed.path.is_absolute() || isRemote(listed.path.parent_path()))
        return;
    const std::size_t before = m_sightings.size();
    if (fs::is_directory(listed.path, failed))
        walk({.path = listed.path, .depth = m_limits.depth - 1});
    else if (mayBeWeights(listed.path))
        takeFile({}, {listed.path, fs::is_symlink(listed.path, failed)});
    if (m_sightings.size() == before + 1 && !listed.name.empty())
        m_sightings.back().name = listed.name;
}

void Walk::look(const FoundPlace& place)
{
    m_program = place.program;
    for (const ListedModel& listed : place.listed)
        takeListed(listed);
    std::error_code failed;
    if (place.folder.empty() || !goesOn())
        return;
    if (!repositoryName(place.folder).empty()
        && fs::is_directory(place.folder / "snapshots", failed))
        takeRepository(place.folder);
    else
        walk({.path = place.folder});
}
