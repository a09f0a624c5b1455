// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run.h"

#include <QObject>
#include <QThreadPool>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

/// What the steps of runs held, to be looked at: in memory as far as a budget goes; what was
/// longest not looked at is written to the cache folder, where it is found again by the latents
/// before and after the step, also in a later session. All of it can be computed again.
class Traces : public QObject
{
    Q_OBJECT

public:
    /// Bytes in memory and in the folder.
    struct Limits
    {
        uint64_t memory = uint64_t(1) << 30, disk = uint64_t(4) << 30;
    };
    using Trace = std::shared_ptr<const StepTrace>;

    explicit Traces(std::filesystem::path folder, QObject* parent = nullptr);
    ~Traces() override; ///< waits for what is being written

    void setLimits(const Limits& limits);
    /// A step of a run, counted from 0; @p before and @p after are its latents. What is there of it
    /// already is joined.
    void add(int run, int step, const Trace& trace, const Latent& before, const Latent& after);
    /// A step of a run is the same as that step of another, with which it shares its first ones.
    void share(int run, int step, int with);
    void remove(int run);
    /// The step's trace if it is in memory, which counts as looked at; else null.
    Trace inMemory(int run, int step);
    /// The same from memory or the folder, in the background; null where there is none. @p before
    /// and @p after find what an earlier session wrote.
    void fetch(
        int run, int step, const std::shared_ptr<const Latent>& before,
        const std::shared_ptr<const Latent>& after, std::function<void(const Trace&)> take);

    /// Reads a step's trace on whichever thread it is called; null where there is none.
    using Reader = std::function<Trace()>;
    Reader reader(
        int run, int step, const std::shared_ptr<const Latent>& before,
        const std::shared_ptr<const Latent>& after) const;
    /// Its figures, which stay in memory; null where it was never recorded here.
    Trace figures(int run, int step) const;

    uint64_t bytes() const { return m_bytes; } ///< in memory

Q_SIGNALS:
    /// Something could not be kept, for the reason that is told: it would have to be computed
    /// again. Once a session.
    void notKept(const QString& sentence);

private:
    struct Kept
    {
        Trace trace = {}, figures = {}; ///< no trace: it is in its file
        uint64_t bytes = 0;
        uint64_t looked = 0;   ///< the larger, the later
        std::string name = {}; ///< of its file
        bool written = false;
    };
    using Place = std::pair<int, int>; ///< run and step

    Place placeOf(int run, int step) const;
    void put(const Place& place, Kept kept);
    void makeRoom();
    void write(const Place& place, const Kept& kept);
    void tell(const QString& sentence);

    std::filesystem::path m_folder;
    Limits m_limits;
    std::map<Place, Kept> m_kept;
    std::map<Place, int> m_shared; ///< with the run that has it
    std::set<Place> m_writing;
    uint64_t m_bytes = 0, m_clock = 0;
    bool m_told = false;
    QThreadPool m_pool; ///< of one thread: files are written one after the other
};

/// The name of a step's file: it follows from the latents before and after, hence from all that
/// made them.
std::string traceFileName(const Latent& before, const Latent& after);
