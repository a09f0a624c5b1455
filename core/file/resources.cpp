// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/file/resources.h"

#include "core/errors.h"

#include <cstdlib>
#include <dlfcn.h>

namespace fs = std::filesystem;

fs::path resourceFolder()
{
    std::error_code ignored;
    if (const char* named = std::getenv("SIMILE_RESOURCES"); named && *named) {
        if (fs::is_directory(named, ignored))
            return named;
        throw Error(
            "SIMILE_RESOURCES names the folder %1, which does not exist. Correct it or unset it.",
            std::string(named));
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
    const char* const data = std::getenv("XDG_DATA_HOME");
    if (data && fs::path(data).is_absolute())
        return fs::path(data) / "simile";
    const char* const home = std::getenv("HOME");
    return fs::path(home ? home : "/") / ".local" / "share" / "simile";
}
