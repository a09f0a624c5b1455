// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/lockedfile.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

bool isLeft(const std::filesystem::path& file)
{
    const int opened = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (opened < 0)
        return false;
    const bool left = ::flock(opened, LOCK_EX | LOCK_NB) == 0;
    ::close(opened);
    return left;
}
