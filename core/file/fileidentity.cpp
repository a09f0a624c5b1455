// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/file/fileidentity.h"

#include <sys/stat.h>

FileIdentity identityOf(const std::filesystem::path& path)
{
    struct stat status
    {
    };
    if (stat(path.c_str(), &status) != 0)
        return {};
    return {status.st_dev, status.st_ino};
}
