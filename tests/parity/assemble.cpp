// SPDX-License-Identifier: GPL-3.0-or-later

// assemble CASES OUT: links the committed cases into OUT and completes single-file-sd1 there.

#include "tests/singlefile.h"

#include <cstdio>

namespace fs = std::filesystem;

int main(int argc, char** argv)
{
    if (argc != 3)
        return 2;
    try {
        const fs::path cases = argv[1], out = argv[2];
        fs::remove_all(out);
        fs::create_directories(out);
        for (const auto& entry : fs::directory_iterator(cases)) {
            const fs::path here = out / entry.path().filename();
            if (entry.path().filename() == "single-file-sd1") {
                fs::copy(entry.path(), here);
                saveSingleFiles(cases, here);
            } else if (fs::exists(entry.path() / "case.json")) {
                fs::create_directory_symlink(entry.path(), here);
            }
        }
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
