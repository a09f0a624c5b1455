// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/modelcard.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

// Networks that are on this computer already, found by looking: headers and directories are read,
// nothing is run, converted or written.

/// What a network is good for here.
enum class NetworkUse {
    Model,
    ControlNet,
    SeeCoder,
    Autoencoder,
    SmallDecoder, ///< TAESD
    Lora,
    Embedding, ///< a textual inversion
    MapNetwork,
    Other
};

/// The use as files say it ("model", "controlnet" ...).
std::string toText(NetworkUse use);
NetworkUse networkUse(const std::string& text); ///< Other, where it is none of them

/// A network that lies on this computer.
struct FoundNetwork
{
    /// The path to choose, a name, the kind, why it cannot be used at all, what is to be known, and
    /// of a model its channels; the width of the context also of a ControlNet, a SeeCoder and a
    /// LoRA (0: not known).
    ModelCard card = {};
    NetworkUse use = NetworkUse::Other;
    std::string program = {}; ///< whose folder it lies in, as it is called; empty: nobody's
    bool pickled = false;     ///< it is converted when it is chosen
    std::string known = {};   ///< what the catalogue calls a file with this hash; empty: not known
    std::string sha256 = {};  ///< of a file whose size is a known one

    bool operator==(const FoundNetwork& other) const
    {
        return card.path == other.card.path && use == other.use && known == other.known
            && sha256 == other.sha256;
    }
};

/// A file that the catalogue knows.
struct KnownNetwork
{
    std::string sha256 = {}, name = {};
};
/// By their size in bytes: a file is hashed only where its size is one of these.
using KnownNetworks = std::multimap<uint64_t, KnownNetwork>;

/// A file or folder that somebody's own list of models names.
struct ListedModel
{
    std::filesystem::path path = {};
    std::string name = {}; ///< to show; empty: the file's
};

/// Where to look.
struct FoundPlace
{
    std::string program = {}; ///< as it is called; empty: a folder that the user named
    std::filesystem::path folder = {};
    std::filesystem::path database = {}; ///< InvokeAI's, which fills listed
    std::vector<ListedModel> listed = {};
};

/// What a search stops at, so that it ends whatever the folders hold.
struct FoundLimits
{
    int depth = 8;                            ///< of folders below a place
    std::size_t entries = 300'000;            ///< that are looked at in all
    std::size_t networks = 5'000;             ///< that are listed
    std::chrono::milliseconds time {120'000}; ///< in all, but for hashes
    /// Whether a folder lies on another computer; nothing: asked of the system.
    std::function<bool(const std::filesystem::path&)> isRemote = {};
};

/// What is found, and what was not looked at.
struct FoundList
{
    std::vector<FoundNetwork> networks = {};
    std::vector<Sentence> notes = {};
    bool stopped = false; ///< by the caller
};

class FoundCache; // core/found/foundcache.h

/// How a search goes.
struct FoundSearch
{
    KnownNetworks known = {};
    /// The names of published files of networks that make maps: nothing in them tells what they
    /// are.
    std::set<std::string> mapNetworks = {};
    FoundLimits limits = {};
    FoundCache* cache = nullptr; ///< what was recognised before
    /// Asked again and again; false ends the search with what was found.
    std::function<bool()> goesOn = {};
    /// Told each network when it is recognised, and again where its hash says what it is.
    std::function<void(const FoundNetwork&)> found = {};
};

/// Looks for networks in these places, in their order; of files with several names the first
/// counts. What cannot be read is passed over or noted: throws nothing but std::bad_alloc.
FoundList findNetworks(const std::vector<FoundPlace>& places, const FoundSearch& search);
