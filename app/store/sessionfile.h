// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/errors.h"
#include "core/run.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

// What a session keeps, in plain values, and the one file that it is kept in.

/// A run as it is kept, without its steps and pictures.
struct KeptRun
{
    int64_t id = 0;          ///< by chance: two programs may add to a session
    int64_t position = 0;    ///< the order in which they were added; set by it
    std::string record = {}; ///< the request and all values, as in a PNG
    std::map<std::string, std::string> places = {}; ///< paths: "model" (as chosen), "loaded" (the
                                                    ///< file that was loaded), and by parameter
    std::map<std::string, std::vector<float>> noise = {}; ///< stored noise by name
    int state = 0;                                        ///< Run::State
    int stepCount = 0;                                    ///< of the whole run
    int stepsKept = 0;                                    ///< with the start; set by the file
    std::string notes = {};                               ///< a line each
    std::string error = {}, details = {};
    int64_t started = 0; ///< milliseconds since 1970
    double seconds = 0;
    bool star = false;
    std::string name = {};
    bool binned = false;                   ///< deleted, and comes back where that is undone
    std::vector<std::byte> thumbnail = {}; ///< PNG; empty: none yet
};

/// A step of a run as it is kept.
struct KeptStep
{
    int number = 0;
    double time = 0;
    std::shared_ptr<const Latent> latent = {}, prediction = {}, clean = {};
    std::vector<Image> previews = {}, noisy = {};
};

struct KeptEdit; // app/store/sessionedits.h
struct KeptEdits;
struct KeptWaiting;

/// A newer Simile wrote a session: it is only looked at, if it has the tables that are known here.
struct NewerSession : Error
{
    using Error::Error;
};

/// All of a session can be read but what was edited, or its history.
struct DamagedEdits : Error
{
    using Error::Error;
};

/// Where the file that was at a session's place before lies: the one that a copy replaced, or that
/// was brought up to date. There is one.
std::filesystem::path backupOf(const std::filesystem::path& session);

/// A session in one SQLite file. One object serves one thread at a time; several, also of other
/// programs, may have the same file open. What a call wrote is there after a crash of the program;
/// after a loss of power the last calls may be missing, but the file is whole (WAL with
/// synchronous = NORMAL). Every failure is an Error in a sentence that names the file.
class SessionFile
{
public:
    enum Mode {
        Own,     ///< to be written; made where there is none
        Foreign, ///< to be written, but from anywhere: all of it is checked first
        Look     ///< only read, and checked likewise; one of a newer version, too
    };
    /// One of an older version is brought up to date, unless it is only read; as it was it is kept
    /// as backupOf(), and where that cannot be it stays. Throws Error; NewerSession: see Look.
    SessionFile(const std::filesystem::path& path, Mode mode);
    ~SessionFile();
    SessionFile(SessionFile&&) noexcept;

    const std::filesystem::path& path() const;

    bool hasPicture(const std::string& sha256) const;
    bool hasPictureFile(const std::string& sha256) const;
    /// @p file is the picture's own file where it came from one; empty: none, or as it is. Of a
    /// picture that is there @p png counts no more.
    void putPicture(
        const std::string& sha256, std::span<const std::byte> png,
        std::span<const std::byte> file = {});
    std::vector<std::byte> picture(const std::string& sha256) const;     ///< PNG; empty: none
    std::vector<std::byte> pictureFile(const std::string& sha256) const; ///< empty: none

    /// All runs behind a position, in their order.
    std::vector<KeptRun> runs(int64_t behind = 0) const;
    std::optional<KeptRun> run(int64_t id) const;
    /// Adds or changes a run; @p pictures are the hashes of its inputs. It waits no longer.
    void putRun(const KeptRun& run, const std::vector<std::string>& pictures);
    void putMarks(int64_t id, bool star, const std::string& name);
    void putBinned(int64_t id, bool binned);
    void removeRun(int64_t id);
    void putStep(int64_t run, const KeptStep& step);
    std::vector<KeptStep> steps(int64_t run) const;
    /// The predictions of the first steps, without a gap: what a run goes on from.
    DoneSteps doneSteps(int64_t run) const;
    /// The pictures of a step, or of the end: -1.
    void putCandidates(int64_t run, int step, const std::vector<Candidate>& candidates);
    std::map<int, std::vector<Candidate>> candidates(int64_t run) const; ///< by step

    /// What is edited, as a text of whoever wrote it; empty: nothing.
    std::string document() const;
    void putDocument(const std::string& text, const std::vector<std::string>& pictures);
    /// The document with the steps of the history, as a whole.
    void putEdits(const KeptEdits& edits);
    /// Deletes both, for good.
    void removeEdits();
    std::vector<KeptEdit> edits() const;                ///< without before, after and pictures
    std::optional<KeptEdit> edit(int64_t number) const; ///< before and after alone
    /// Adds or changes a run that waits.
    void putWaiting(const KeptWaiting& waiting, const std::vector<std::string>& pictures);
    /// The places of all that are to stay.
    void orderWaiting(const std::map<int64_t, int>& places);
    std::vector<KeptWaiting> waiting() const; ///< in their order
    std::optional<KeptWaiting> waiting(int64_t id) const;
    /// What others keep by kind and place, as they like.
    std::vector<std::vector<std::byte>> blobs(const std::string& kind) const;
    void putBlobs(const std::string& kind, const std::vector<std::vector<std::byte>>& blobs);

    /// Deletes pictures that nothing uses any more, and gives the space back.
    void tidy();
    /// Another number once another program has written.
    int64_t dataVersion() const;
    uint64_t bytes() const; ///< of the file and what is beside it
    /// What the steps and pictures of each run take, by its id.
    std::map<int64_t, uint64_t> runBytes() const;
    /// Writes all of it, as it is now, to another file as a whole: with the history and what that
    /// brings back, without the places of models and files and without what was deleted for good or
    /// until closing. It can be read where nothing may be written. Replaces what is there when it
    /// is complete, which is kept as backupOf(). @p goesOn is told the part that is done, of 1;
    /// false stops it: Stopped.
    void saveAs(
        const std::filesystem::path& path,
        const std::function<bool(double)>& goesOn = [](double) { return true; }) const;

    /// Writes all that is known here to a new file, which is opened like any other: of a session
    /// that a newer Simile wrote, or that stays as it is for another reason. @p goesOn as above.
    void copyTo(
        const std::filesystem::path& path,
        const std::function<bool(double)>& goesOn = [](double) { return true; }) const;

private:
    void keepOlder() const;

    struct Parts;
    std::unique_ptr<Parts> m;
};

/// A number for a new run.
int64_t newRunId();
