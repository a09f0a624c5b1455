// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/file/resources.h"

#include "core/environment.h"
#include "core/errors.h"

#include <dlfcn.h>

namespace fs = std::filesystem;

fs::path resourceFolder()
{
    std::error_code ignored;
    if (const std::string named = environment("SIMILE_RESOURCES"); !named.empty()) {
        if (fs::is_directory(named, ignored))
            return named;
        throw Error(
            "SIMILE_RESOURCES names the folder %1, which does not exist. Correct it or unset it.",
            named);
    }
    Dl_info library {};
    dladdr(reinterpret_cast<const void*>(&resourceFolder), &library);
    const fs::path folder =
        fs::canonical(library.dli_fname ? library.dli_fname : ".").parent_path();
    // lib/simile/ or lib/<machine>/simile/.
    for (const char* up : {"../..", "../../.."}) {
        const fs::path candidate = (folder / up / "share" / "simile").lexically_normal();
        if (fs::is_directory(candidate, ignored))
            return candidate;
    }
    throw Error(
        "The program's own files (share/simile) are not beside %1. Install it again, or set "
        "SIMILE_RESOURCES to the folder that holds them.",
        folder.string());
}

fs::path defaultModel()
{
    return resourceFolder() / "models" / "mini";
}

fs::path userFolder()
{
    const fs::path data = environment("XDG_DATA_HOME"), home = environment("HOME");
    if (data.is_absolute())
        return data / "simile";
    return (home.empty() ? "/" : home) / ".local" / "share" / "simile";
}
