// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// A file that somebody published, by where it lies. The file is empty where a repository alone is
/// meant.
struct PublishedFile
{
    std::string repository = {}, revision = {}, file = {};
    bool operator==(const PublishedFile&) const = default;
};

/// Reads what people paste: "owner/name", "owner/name/a/file.safetensors", or a link of the site
/// (https://HOST/owner/name, .../tree/REVISION, .../blob/REVISION/FILE, .../resolve/REVISION/FILE).
/// What stands behind a ? or a # is dropped: it may be a token. Throws ValueError, a sentence, for
/// links of other hosts, links with a name and password, and what is none of these; the sentence
/// repeats nothing that could be secret.
PublishedFile publishedAt(const std::string& pasted, const std::string& host);
/// Whether a text is meant as such a link, and not as an id.
bool looksPublished(const std::string& text);

/// The address of a file: https://HOST/owner/name/resolve/REVISION/FILE, percent-encoded.
std::string resolveAddress(const PublishedFile& file, const std::string& site);
/// The address of the list of a repository's files.
std::string listAddress(const PublishedFile& file, const std::string& site);

/// What a site says of a repository.
struct RepositoryList
{
    struct File
    {
        std::string file = {};
        uint64_t bytes = 0;      ///< 0: not said
        std::string sha256 = {}; ///< as the publisher says; empty: not said
    };
    std::string commit = {}, licence = {}; ///< empty: not said
    bool gated = false;
    std::vector<File> files = {}; ///< those that can hold weights, the smallest path first
};
/// Reads the site's JSON, which may come from anybody. Throws Error, a sentence.
RepositoryList parseRepositoryList(const std::string& text);
/// Whether a file can hold weights that the program reads, by its name.
bool hasWeightsName(const std::string& file);
