// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commandrun.h"
#include "app/store/keeprun.h"
#include "app/store/storewriter.h"

#include <chrono>
#include <future>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

/// Adds the run of a command to a session, as its steps finish, also while a window has it open.
class CommandSession
{
public:
    /// The session is made where there is none. Throws Error.
    explicit CommandSession(const std::string& path);

    ~CommandSession(); ///< where finish() was not called, nobody is told of what fails

    /// @p mark is that of the model by which the run was or is begun; @p goesOn is a run of the
    /// session that goes on; without an id: a new one.
    void begin(
        const Method& method, const Prepared& prepared, const CommandModel& model,
        const ModelMark& mark, const KeptRun& goesOn = {});
    /// The file that a picture of the run was read from.
    void source(const SharedImage& image, const SourceFile& source);
    void step(const StepEvent& event);
    void end(const Outcome& outcome);
    /// Writes what is left, and gives what is to be said: why it could not be written.
    std::vector<Sentence> finish();

private:
    void keepRun();
    bool takeHash(std::chrono::milliseconds longest);

    std::mutex m_mutex;
    std::vector<Sentence> m_failures; ///< behind the mutex
    RunToKeep m_run;
    std::stop_source m_ending;
    std::future<std::string> m_hash;       ///< of the model, read beside the run
    std::unique_ptr<StoreWriter> m_writer; ///< the last: it tells of failures
};
