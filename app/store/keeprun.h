// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/runrecord.h"
#include "app/runs.h"
#include "app/sourcefile.h"
#include "app/store/runtext.h"
#include "core/errors.h"

// How a run goes into a session, by whoever runs it.

/// A run as it stands now, to be put into a session on any thread: what is large in it is shared.
struct RunToKeep
{
    int64_t id = 0;
    RunFacts facts = {};
    Method method = {};
    Run::State state = Run::Waiting;
    std::vector<Candidate> candidates = {}; ///< empty: those that are there stay
    std::string notes = {}, error = {}, details = {};
    int64_t started = 0; ///< milliseconds since 1970
    double seconds = 0;
    bool star = false;
    std::string name = {};
    int64_t parent = 0; ///< of a branch: the run that it goes on from; 0: not known, or as it was
};

/// Puts the run, its pictures and, of its result, a thumbnail.
void keep(SessionFile& file, const RunToKeep& run);
/// Puts those that are not there yet, and gives the hashes.
std::vector<std::string> putPictures(
    SessionFile& file, const std::vector<std::pair<std::string, SharedImage>>& pictures);
/// Puts a picture with the file that it came from, if that is there and of a size to be kept.
void keepSource(SessionFile& file, const SharedImage& image, const SourceFile& source);
KeptStep keptStep(const StepEvent& event);

/// The runs that are not deleted, in the order by which they are counted.
std::vector<KeptRun> listedRuns(const SessionFile& file);
/// A run of a session without what is large in it (Run::away). One that was in progress has stopped
/// at the last step that was kept. One that is damaged has failed, is of no method, and says why it
/// cannot be read: it stays in the session as it is, and the others are not concerned.
std::shared_ptr<Run> runOf(const KeptRun& kept);
/// What is said of a run, counted as in listedRuns(), whose record cannot be read.
Error damagedRun(const SessionFile& file, int number, const Sentence& why);
/// Throws Error where the request of a kept run names no model, but it was made with another than
/// the default one, whose card this is: where that lies is not passed on.
void checkModel(const Request& request, const std::string& model, const ModelCard& card);
/// By what the model of a kept run is known again.
ModelMark markOf(const KeptRun& kept, const Record& record);
/// Reads what is large in it.
void fetch(Run& run, const SessionFile& file, const MethodList& methods, const PictureOf& pictures);
