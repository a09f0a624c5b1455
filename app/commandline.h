// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/inspectline.h"
#include "app/picturefile.h"
#include "core/method.h"
#include "core/record.h"

#include <QStringList>

#include <map>
#include <string>
#include <variant>
#include <vector>

class MethodList;

/// `simile METHOD PICTURE... -o FILE`: make pictures without a window.
struct MakeCommand
{
    Request request = {};                                          ///< without pictures and noise
    std::map<std::string, std::vector<PictureFile>> pictures = {}; ///< by slot
    std::string noise = {};                                        ///< file; empty: from the seed
    std::string out = {};     ///< file of the picture, if there is one
    std::string data = {};    ///< file for the arrays; empty: none
    std::string session = {}; ///< file of the session that keeps the run; empty: none
    std::string each = {};    ///< folder whose pictures take the main slot in turn, or a table
                              ///< (app/batch.h); empty: none. Then @p out is a folder
    std::string name = {};    ///< of these results, a template (app/exportname.h); empty: usual
    bool dry = false;         ///< of these: what would be made is listed alone
    bool keepsOld = false;    ///< of one of these: whatever is there is not replaced
    std::vector<std::string> files = {}; ///< of one of these: those to be written; empty: all
    Embed embed = Embed::Full;
    bool deep = false; ///< 16 bits a channel
    bool json = false;
};

/// `simile models [--check] [FOLDER_OR_FILE...]`, `simile models --found [FOLDER...]`.
struct ModelsCommand
{
    std::vector<std::string> paths = {};
    bool check = false, json = false;
    bool found = false; ///< what is on this computer; the paths are further folders to look in
};

/// `simile runs [SESSION]`.
struct RunsCommand
{
    std::string session = {}; ///< empty: the one that the window had open last
    std::string save = {};    ///< file to write a copy to; empty: the runs are listed
    bool json = false;
};

/// `simile go-on SESSION [RUN] [-o FILE]`.
struct GoOnCommand
{
    std::string session = {};
    int run = 0;          ///< counted from 1; 0: the last one that is not done
    std::string out = {}; ///< file of the picture; empty: none is written
    bool json = false;
};

/// `simile verify FILE`: is a picture still made bit for bit?
struct VerifyCommand
{
    std::string file = {};
    std::vector<std::string> inputs = {}; ///< pictures that are not in it
    std::vector<std::string> files = {};  ///< "SETTING=FILE", of files that are not in it
    std::vector<std::string> loras = {};  ///< files, of LoRAs that are not known
    std::string model = {}, noise = {}, device = {}; ///< empty: as in the picture
    bool json = false;
};

/// `simile compare FIRST SECOND`: how two pictures differ.
struct CompareCommand
{
    std::string first = {}, second = {};
    std::string out = {};  ///< file for a picture of the difference; empty: none
    std::string clip = {}; ///< file of an image encoder of CLIP; empty: none
    double gain = 4;
    bool absolute = false, json = false;
};

/// `simile plugins`: those of the user's own.
struct PluginsCommand
{
    std::vector<std::string> allow = {}, forget = {}; ///< names of files
    bool json = false;
};

/// `simile get [ID...]`: fetch networks. Without one the catalogue is listed.
struct GetCommand
{
    std::vector<std::string> wanted = {};   ///< ids of the catalogue, "owner/name/file", links
    std::string folder = {};                ///< where they go; empty: where the models are
    std::vector<std::string> licences = {}; ///< that are accepted, by id or name
};

/// What the program runs itself with for a pickled checkpoint.
struct ConvertCommand
{
    std::vector<std::string> files = {}; ///< as convertCheckpointsHere() takes them
};

/// No command: the window, with files to open.
struct WindowCommand
{
    QStringList files = {};
    bool newInstance = false; ///< although another window is open
};

/// Help, the version, or what is wrong with the arguments.
struct TextCommand
{
    std::string text = {};
    int status = 0;
};

using Command = std::variant<
    WindowCommand, MakeCommand, InspectCommand, ModelsCommand, RunsCommand, GoOnCommand,
    VerifyCommand, CompareCommand, PluginsCommand, GetCommand, ConvertCommand, TextCommand>;

/// The option that sets a parameter or gives a slot its pictures: "--source-prompt".
std::string flagOf(const std::string& id);
/// Reads the arguments, the program's name apart. Each method is a command; its flags are made from
/// its parameters (`_` becomes `-`). The slots that are needed are the command's arguments in their
/// order; the others have a flag of their name.
Command parseCommandLine(const std::vector<std::string>& arguments, const MethodList& methods);
