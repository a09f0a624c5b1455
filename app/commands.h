// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commandline.h"
#include "app/exitstatus.h"

class MethodList;

/// Makes the pictures and writes them. Progress goes to standard error, the result to standard
/// output; trims what the methods keep. Needs a QCoreApplication; throws nothing.
int make(const Method& method, const MakeCommand& command, const MethodList& methods);
/// The same for every picture of a folder; what is there already is left as it is, so that it goes
/// on where it was stopped. Writes a page that shows all.
int makeEach(const Method& method, const MakeCommand& command, const MethodList& methods);
/// Runs the request of a saved picture again as far as needed and writes maps of what the network
/// held. Otherwise as make().
int inspect(const InspectCommand& command, const MethodList& methods);
/// Says what the models are; with --check, loads them.
int describeModels(const MethodList& methods, const ModelsCommand& command);
/// Says which networks are on this computer already.
int describeFound(const MethodList& methods, const ModelsCommand& command);
/// Lists the runs of a session.
int listRuns(const RunsCommand& command, const MethodList& methods);
/// Goes on with a run of a session that stopped, or that a crash ended.
int goOn(const GoOnCommand& command, const MethodList& methods);
/// Makes a picture of ours again and says whether all its latents are the same.
int verify(const VerifyCommand& command, const MethodList& methods);
/// Lists the plug-ins of the user's own, or says which of them may be loaded.
int listPlugins(const PluginsCommand& command);
/// Says how two pictures differ, in numbers and, of pictures of ours, in how they were made.
int compare(const CompareCommand& command, const MethodList& methods);
/// Fetches networks, one after the other, or lists those that are known.
int getModels(const GetCommand& command);

/// The files that a run writes: out.png, or out-1.png, out-2.png ... Throws CommandError where one
/// of them could not be written or is one of the inputs.
std::vector<std::string> outputFiles(const MakeCommand& command, int candidates);
