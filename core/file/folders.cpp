// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/file/folders.h"

#include "core/errors.h"
#include "core/file/systemerror.h"

#include <algorithm>

namespace fs = std::filesystem;

std::vector<fs::path> filesBelow(const fs::path& folder)
{
    constexpr int most = 10'000;
    std::vector<fs::path> files;
    std::error_code failed, unknown;
    int entries = 0;
    for (fs::recursive_directory_iterator at(folder, failed), end; !failed && at != end;
         at.increment(failed)) {
        if (++entries > most)
            throw Error(
                "The folder %1 has more than %2 files and folders in it, so it is no model: choose "
                "the model's own folder.",
                folder.string(), most);
        if (at->is_regular_file(unknown))
            files.push_back(at->path());
    }
    if (failed)
        throw Error(
            "The folder %1 could not be read: %2.", folder.string(), systemReason(failed.value()));
    std::ranges::sort(files);
    return files;
}
