// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/network/fetching.h"
#include "core/catalogue.h"

#include <QDateTime>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

// Where the networks live that were fetched, and what is known of those that are there.

/// The folder that was chosen, else userFolder().
std::filesystem::path modelsFolder();
void setModelsFolder(const std::filesystem::path& folder);
/// The folders in it that hold networks. Those that the program looks into by itself (SeeCoders,
/// map networks) are always in userFolder(), and so in none of these.
std::vector<std::string> movableFolders(const Catalogue& catalogue);

/// Where the file of an entry goes.
std::filesystem::path placeOf(const CatalogueEntry& entry);
/// The same where it is there, whole by its size; empty: it is not.
std::filesystem::path fetchedFile(const CatalogueEntry& entry);
/// The same by an id of the catalogue that comes along.
std::filesystem::path fetchedFile(const std::string& id);
/// What is to be fetched.
FetchSource sourceOf(const CatalogueEntry& entry);
/// The same of a file that is in no catalogue, by what the site says it is used for: nothing, so by
/// its name.
FetchSource sourceOf(const PublishedFile& file);
/// What is to be taken in of a file here: by its size and name it may be one of the catalogue.
/// Reads headers alone.
FetchSource intakeOf(const std::filesystem::path& file, const Catalogue& catalogue);

/// When a file was hashed last, and what came of it.
struct CheckedFile
{
    std::string sha256 = {};
    QDateTime when = {};
};
/// Nothing where it was never hashed, or has changed since.
std::optional<CheckedFile> checkedFile(const std::filesystem::path& file);
/// Remembers it in the state folder; where that cannot be written it is not remembered.
void keepChecked(const std::filesystem::path& file, const std::string& sha256);
/// The file that keeps the list of what is fetched.
std::filesystem::path downloadList();
