// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// The terms of a network.
struct Licence
{
    std::string id = {};
    std::string name = {};         ///< as its authors call it: data, never translated
    std::string restrictions = {}; ///< a sentence, to be translated
    std::string link = {};         ///< https; for the user to open, never opened by the program
    bool nonCommercial = false;
};

/// What somebody wants to do: "Repaint a photograph".
struct Purpose
{
    std::string id = {};
    std::string title = {}; ///< to be translated
};

/// How a LoRA is used that was distilled so that few steps do.
struct FewSteps
{
    std::string name = {};    ///< as its authors call it
    std::string sampler = {}; ///< with the spacing of its steps (core/diffusion/sampler.h)
    int steps = 0;
    double guidance = 0;
};

/// A network that is published. Without a repository nobody told where: then it has a name alone,
/// by which it is expected.
struct CatalogueEntry
{
    std::string id = {};    ///< what `simile get` takes
    std::string title = {}; ///< to be translated, as is purpose
    std::string purpose = {};
    std::vector<std::string> purposes = {}; ///< ids of Purpose
    std::vector<std::string> modes = {};    ///< ids of methods; the first is the one that it is for
    std::string repository = {};            ///< "owner/name"; empty: not known
    std::string revision = {};              ///< a branch or a commit
    std::string file = {};                  ///< its path there
    std::string name = {};                  ///< of the file here
    std::string folder = {};                ///< below the folder of the models
    bool fixed = false; ///< below userFolder(), wherever models are: a method looks there by itself
    uint64_t bytes = 0; ///< 0: not known
    bool about = false; ///< the bytes are rounded
    std::string sha256 = {};  ///< 64 hexadecimal digits; empty: not independently known
    std::string licence = {}; ///< id of Licence; empty: not known
    bool gated = false;       ///< the publisher gives it to those with an account alone
    std::optional<FewSteps> fewSteps = {}; ///< of a LoRA for few steps

    bool canBeFetched() const { return !repository.empty(); }
    /// The bytes that it must have; 0: not known.
    uint64_t exactBytes() const { return about ? 0 : bytes; }
};

/// A file that somebody may have, by its hash.
struct KnownFile
{
    std::string name = {}, sha256 = {};
};

/// The networks that the program knows of (resources/catalogue/catalogue.json).
struct Catalogue
{
    std::vector<Licence> licences = {};
    std::vector<Purpose> purposes = {};
    std::vector<CatalogueEntry> entries = {};
    std::vector<KnownFile> known = {}; ///< further ones

    /// Null where there is none of that id.
    const CatalogueEntry* entry(const std::string& id) const;
    const Licence* licence(const std::string& id) const;
    /// The one with that hash; null where there is none.
    const CatalogueEntry* withHash(const std::string& sha256) const;
    /// Whether the hash of a file of that size can be one of ours: the size of some is not known,
    /// so that is the one thing that rules a file out.
    bool mayKnow(uint64_t bytes) const;
};

/// Reads a catalogue. Throws Error, a sentence that names the entry, for what is not as it should
/// be: a file, a hash, a link, an id that is there twice or that means nothing.
Catalogue readCatalogue(const std::filesystem::path& file);
/// The one that comes along.
Catalogue readCatalogue();

/// Whether a text is a SHA-256 in lower-case hexadecimal.
bool isSha256(const std::string& text);
/// Whether a text can be "owner/name", a path inside a repository, a branch or a commit: letters,
/// digits and `._-+`, no part that is empty, "." or "..", or begins with a dash.
bool isRepository(const std::string& text);
bool isPathInRepository(const std::string& text);
