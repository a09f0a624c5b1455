// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/found/places.h"

#include "core/environment.h"
#include "core/errors.h"
#include "core/file/files.h"
#include "core/file/json.h"
#include "core/file/resources.h"
#include "core/found/extrapaths.h"
#include "core/found/mounts.h"

#include <algorithm>
#include <cctype>
#include <set>

namespace fs = std::filesystem;

namespace {

// Of what is looked at to find programs.
constexpr std::size_t mostFolders = 4000, mostInAFolder = 5000;

class Finder
{
public:
    Finder(const Surroundings& around, std::vector<Sentence>& notes)
        : m_around(around)
        , m_notes(notes)
    {
        if (m_around.isRemote)
            m_isRemote = m_around.isRemote;
        else
            m_isRemote = [mounts = RemoteMounts::here()](const fs::path& path) {
                return mounts.hold(path);
            };
    }

    std::vector<FoundPlace> places()
    {
        for (const fs::path& folder : m_around.named)
            add({}, folder);
        add("Simile", m_around.own);
        addHuggingFace();
        addKrita();
        addInvoke(variable("INVOKEAI_ROOT"));
        for (const fs::path& base : bases())
            look(base, base == m_around.home ? 2 : 1);
        return std::move(m_places);
    }

private:
    std::string variable(const std::string& name) const
    {
        const auto found = m_around.variables.find(name);
        return found == m_around.variables.end() ? std::string() : found->second;
    }

    /// With ~ and $NAME or ${NAME} filled in, as Python's expanduser and expandvars do.
    std::string expanded(const std::string& text) const
    {
        std::string result;
        size_t at = 0;
        if (text == "~" || text.starts_with("~/")) {
            result = m_around.home.string();
            at = 1;
        }
        while (at < text.size()) {
            if (text[at] != '$') {
                result += text[at++];
                continue;
            }
            const bool braces = at + 1 < text.size() && text[at + 1] == '{';
            const size_t begin = at + (braces ? 2 : 1);
            size_t end = begin;
            while (end < text.size()
                   && (std::isalnum(static_cast<unsigned char>(text[end])) || text[end] == '_'))
                ++end;
            const auto found = m_around.variables.find(text.substr(begin, end - begin));
            const bool known = end > begin && found != m_around.variables.end()
                && (!braces || (end < text.size() && text[end] == '}'));
            result += known ? found->second : text.substr(at, end - at);
            at = end + (known && braces ? 1 : 0);
        }
        return result;
    }

    static bool isFolder(const fs::path& path)
    {
        std::error_code failed;
        return fs::is_directory(path, failed);
    }
    static bool isFile(const fs::path& path)
    {
        std::error_code failed;
        return fs::is_regular_file(path, failed);
    }

    void add(const std::string& program, const fs::path& folder)
    {
        if (folder.empty() || !folder.is_absolute())
            return;
        const fs::path path = folder.lexically_normal();
        if (m_added.insert(path).second && (m_isRemote(path) || isFolder(path)))
            m_places.push_back({program, path});
    }

    /// As huggingface_hub finds it.
    void addHuggingFace()
    {
        const auto folder = [this](const char* name, const fs::path& otherwise) {
            const std::string text = expanded(variable(name));
            return text.empty() ? otherwise : fs::path(text);
        };
        const fs::path cache = folder("XDG_CACHE_HOME", m_around.home / ".cache");
        const fs::path home = folder("HF_HOME", cache / "huggingface");
        const fs::path hub = folder("HUGGINGFACE_HUB_CACHE", home / "hub");
        add("Hugging Face", folder("HF_HUB_CACHE", hub));
        add("Hugging Face", home / "diffusers");
    }

    void addKrita()
    {
        const std::string said = variable("XDG_DATA_HOME");
        const fs::path data = said.empty() ? m_around.home / ".local" / "share" : fs::path(said);
        for (const fs::path& own : {data / "krita" / "ai_diffusion", data / "krita-ai-diffusion"}) {
            fs::path server = own / "server";
            try {
                if (const fs::path file = own / "settings.json"; isFile(file)) {
                    const auto settings = readJson(file, 1 << 20);
                    if (settings.is_object() && settings.contains("server_path")
                        && settings["server_path"].is_string())
                        server = expanded(settings["server_path"].get<std::string>());
                }
            } catch (const Error& error) {
                m_notes.push_back(error.sentence());
            }
            for (const fs::path& comfy : {server, server / "ComfyUI"})
                if (isFolder(comfy / "models"))
                    addComfy("Krita AI Diffusion", comfy);
        }
    }

    void addComfy(const std::string& program, const fs::path& root)
    {
        add(program, root / "models");
        add(program, root / "custom_nodes" / "comfyui_controlnet_aux" / "ckpts");
        for (const fs::path& file :
             {root / "extra_model_paths.yaml",
              m_around.home / ".config" / "ComfyUI" / "extra_models_config.yaml"}) {
            if (!isFile(file))
                continue;
            try {
                for (const fs::path& folder : extraModelPaths(
                         file, [this](const std::string& text) { return expanded(text); }))
                    add(program, folder);
            } catch (const Error& error) {
                m_notes.push_back(error.sentence());
            }
        }
    }

    void addWebUi(const fs::path& root)
    {
        const std::string program = isFolder(root / "modules_forge") ? "Forge"
            : isFile(root / "installer.py")                          ? "SD.Next"
                                                                     : "AUTOMATIC1111";
        const fs::path control = root / "extensions" / "sd-webui-controlnet";
        add(program, root / "models");
        add(program, root / "embeddings");
        add(program, control / "models");
        add(program, control / "annotator" / "downloads");
    }

    void addFooocus(const fs::path& root)
    {
        add("Fooocus", root / "models");
        const fs::path file = root / "config.txt";
        if (!isFile(file))
            return;
        try {
            const auto config = readJson(file, 1 << 20);
            if (!config.is_object())
                return;
            const auto take = [&](const nlohmann::json& value) {
                if (value.is_string())
                    add("Fooocus", root / expanded(value.get<std::string>()));
            };
            for (const char* key :
                 {"path_checkpoints", "path_loras", "path_controlnet", "path_vae",
                  "path_vae_approx", "path_embeddings"}) {
                const auto found = config.find(key);
                if (found == config.end())
                    continue;
                take(*found);
                if (found->is_array())
                    for (const auto& one : *found)
                        take(one);
            }
        } catch (const Error& error) {
            m_notes.push_back(error.sentence());
        }
    }

    void addInvoke(const fs::path& root)
    {
        if (root.empty() || !root.is_absolute())
            return;
        fs::path models = root / "models", database = root / "databases" / "invokeai.db";
        const fs::path file = root / "invokeai.yaml";
        try {
            if (isFile(file)) {
                if (const std::string text = yamlText(file, "models_dir"); !text.empty())
                    models = root / expanded(text);
                if (const std::string text = yamlText(file, "db_dir"); !text.empty())
                    database = root / expanded(text) / "invokeai.db";
            }
        } catch (const Error& error) {
            m_notes.push_back(error.sentence());
        }
        const std::size_t before = m_places.size();
        add("InvokeAI", models);
        if (m_places.size() > before && isFile(database))
            m_places.back().database = database;
    }

    /// Whether a program lies there.
    bool take(const fs::path& folder)
    {
        const std::string name = folder.filename().string();
        if (isFolder(folder / "models" / "Stable-diffusion")) {
            addWebUi(folder);
        } else if (isFile(folder / "databases" / "invokeai.db")) {
            addInvoke(folder);
        } else if (isFolder(folder / "models" / "checkpoints")) {
            if (isFile(folder / "fooocus_version.py") || isFile(folder / "entry_with_update.py"))
                addFooocus(folder);
            else
                addComfy("ComfyUI", folder);
        } else {
            return false;
        }
        return true;
    }

    std::vector<fs::path> bases() const
    {
        std::vector<fs::path> all {m_around.home};
        all.insert(all.end(), m_around.further.begin(), m_around.further.end());
        return all;
    }

    /// Looks for programs in a folder and @p depth levels below it.
    void look(const fs::path& folder, int depth)
    {
        if (folder.empty() || m_isRemote(folder))
            return;
        std::vector<fs::path> below;
        std::size_t entries = 0;
        std::error_code failed;
        for (fs::directory_iterator at(folder, failed), end;
             !failed && at != end && ++entries < mostInAFolder; at.increment(failed))
            if (!at->path().filename().string().starts_with('.') && isNearFolder(*at))
                below.push_back(at->path());
        std::ranges::sort(below);
        for (const fs::path& one : below)
            if (++m_folders < mostFolders && !take(one) && depth > 1
                && !fs::is_symlink(one, failed))
                look(one, depth - 1);
    }

    /// A folder of this computer, without touching one of another to find out.
    bool isNearFolder(const fs::directory_entry& entry) const
    {
        std::error_code failed;
        if (entry.is_symlink(failed)) {
            const fs::path target = fs::read_symlink(entry.path(), failed);
            if (failed || m_isRemote((entry.path().parent_path() / target).lexically_normal()))
                return false;
        }
        return !m_isRemote(entry.path()) && entry.is_directory(failed);
    }

    const Surroundings& m_around;
    std::vector<Sentence>& m_notes;
    std::function<bool(const fs::path&)> m_isRemote;
    std::vector<FoundPlace> m_places;
    std::set<fs::path> m_added;
    std::size_t m_folders = 0;
};

} // namespace

Surroundings surroundings()
{
    Surroundings around {.own = userFolder(), .further = {"/opt"}};
    for (const char* name :
         {"HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME",
          "INVOKEAI_ROOT", "HOME", "USER"})
        if (const std::string value = environment(name); !value.empty())
            around.variables[name] = value;
    around.home = around.variables["HOME"];
    return around;
}

std::vector<FoundPlace> placesOf(const Surroundings& around, std::vector<Sentence>& notes)
{
    return Finder(around, notes).places();
}
