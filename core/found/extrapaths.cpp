// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/found/extrapaths.h"

#include "core/errors.h"
#include "core/file/files.h"

#include <array>
#include <sstream>
#include <string_view>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

namespace fs = std::filesystem;

namespace {

constexpr uint64_t longest = 256 << 10;
constexpr int deepest = 8, most = 4096;

/// Counts what a text holds while it is parsed, before anything is made of it.
class Guard : public YAML::EventHandler
{
public:
    explicit Guard(std::string file)
        : m_file(std::move(file))
    {
    }

    void OnDocumentStart(const YAML::Mark&) override { }
    void OnDocumentEnd() override { }
    void OnNull(const YAML::Mark&, YAML::anchor_t) override { count(); }
    void OnAlias(const YAML::Mark&, YAML::anchor_t) override
    {
        throw Error("The file %1 has aliases in it, which are not followed.", m_file);
    }
    void OnScalar(
        const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override
    {
        count();
    }
    void OnSequenceStart(
        const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override
    {
        enter();
    }
    void OnSequenceEnd() override { --m_depth; }
    void OnMapStart(
        const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override
    {
        enter();
    }
    void OnMapEnd() override { --m_depth; }

private:
    void count()
    {
        if (++m_values > most)
            throw Error("The file %1 holds more than %2 values.", m_file, most);
    }
    void enter()
    {
        count();
        if (++m_depth > deepest)
            throw Error("The file %1 has more than %2 levels.", m_file, deepest);
    }

    std::string m_file;
    int m_depth = 0, m_values = 0;
};

/// The values of a small YAML file.
YAML::Node load(const fs::path& file)
{
    const std::string text = readText(file, longest);
    try {
        std::istringstream stream(text);
        Guard guard(file.string());
        YAML::Parser(stream).HandleNextDocument(guard);
        return YAML::Load(text);
    } catch (const YAML::Exception& failure) {
        throw Error(
            "The file %1 is no YAML: its line %2 cannot be read.", file.string(),
            std::max(failure.mark.line, 0) + 1);
    }
}

bool isFolderOfNetworks(const std::string& key)
{
    static constexpr std::array<std::string_view, 9> keys = {
        "checkpoints", "controlnet", "diffusers", "diffusion_models", "embeddings",
        "loras",       "unet",       "vae",       "vae_approx"};
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

/// The lines of a text, or the texts of a list.
std::vector<std::string> linesOf(const YAML::Node& value)
{
    std::vector<std::string> lines;
    if (value.IsSequence()) {
        for (const YAML::Node& one : value)
            if (one.IsScalar())
                lines.push_back(one.Scalar());
    } else if (value.IsScalar()) {
        std::istringstream text(value.Scalar());
        for (std::string line; std::getline(text, line);)
            lines.push_back(line);
    }
    for (std::string& line : lines) {
        const size_t begin = line.find_first_not_of(" \t\r"), end = line.find_last_not_of(" \t\r");
        line = begin == line.npos ? "" : line.substr(begin, end - begin + 1);
    }
    std::erase(lines, "");
    return lines;
}

void addSection(
    const YAML::Node& section, const fs::path& beside, const ExpandPath& expand,
    std::vector<fs::path>& folders)
{
    fs::path base = beside;
    for (const auto& entry : section)
        if (entry.first.IsScalar() && entry.first.Scalar() == "base_path"
            && entry.second.IsScalar())
            base = beside / expand(entry.second.Scalar());
    for (const auto& entry : section)
        if (entry.first.IsScalar() && isFolderOfNetworks(entry.first.Scalar()))
            for (const std::string& line : linesOf(entry.second))
                folders.push_back((base / expand(line)).lexically_normal());
}

} // namespace

std::vector<fs::path> extraModelPaths(const fs::path& file, const ExpandPath& expand)
{
    std::vector<fs::path> folders;
    const YAML::Node all = load(file);
    if (all.IsMap())
        for (const auto& section : all)
            if (section.second.IsMap())
                addSection(section.second, file.parent_path(), expand, folders);
    return folders;
}

std::string yamlText(const fs::path& file, const std::string& key)
{
    const auto in = [&](const YAML::Node& map) {
        for (const auto& entry : map)
            if (entry.first.IsScalar() && entry.first.Scalar() == key && entry.second.IsScalar())
                return entry.second.Scalar();
        return std::string();
    };
    const YAML::Node all = load(file);
    if (!all.IsMap())
        return {};
    std::string text = in(all);
    for (const auto& entry : all)
        if (text.empty() && entry.second.IsMap())
            text = in(entry.second);
    return text;
}
