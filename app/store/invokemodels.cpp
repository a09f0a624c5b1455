// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/store/invokemodels.h"

#include "app/store/database.h"
#include "core/errors.h"
#include "core/file/json.h"

#include <optional>

namespace {

constexpr std::size_t mostModels = 5000;
constexpr std::size_t longestConfig = 1 << 20;

/// What a row's configuration says of the place.
std::optional<ListedModel> listedIn(const std::string& config, const std::filesystem::path& models)
{
    if (config.size() > longestConfig)
        return {};
    try {
        const auto json = parseJson(config, "its text");
        const auto text = [&](const char* key) {
            const auto found = json.is_object() ? json.find(key) : json.end();
            return found != json.end() && found->is_string() ? found->get<std::string>()
                                                             : std::string();
        };
        const std::string path = text("path");
        if (path.empty())
            return {};
        return ListedModel {(models / path).lexically_normal(), text("name")};
    } catch (const Error&) { // one row that is damaged
        return {};
    }
}

} // namespace

std::vector<ListedModel> invokeModels(
    const std::filesystem::path& database, const std::filesystem::path& models)
{
    try {
        const Database opened(database, Database::Immutable);
        // The table's name until version 4.2, and since.
        const bool old =
            opened.number("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = "
                          "'models'")
            == 0;
        Statement rows =
            opened.prepare(old ? "SELECT config FROM model_config" : "SELECT config FROM models");
        std::vector<ListedModel> found;
        while (found.size() < mostModels && rows.step())
            if (auto listed = listedIn(rows.text(0), models))
                found.push_back(std::move(*listed));
        return found;
    } catch (const Error&) { // whose sentence is about sessions
        throw Error(
            "InvokeAI's database %1 could not be read, so its models have the names of their "
            "files.",
            database.string());
    }
}
