// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/file/systemerror.h"

#include <cerrno>
#include <sys/stat.h>
#include <system_error>

Sentence systemReason(int error)
{
    switch (error) {
    case EACCES:
    case EPERM:
        return "you have no permission";
    case EROFS:
        return "its disk can only be read";
    case ENOENT:
        return "there is no such file or folder";
    case ENOTDIR:
        return "a part of its path is not a folder";
    case EDQUOT:
        return "your disk quota is used up";
    case EFBIG:
        return "it would become larger than the system allows";
    case ELOOP:
        return "its links lead in a circle";
    case ENAMETOOLONG:
        return "its name is too long";
    case EIO:
        return "the disk reports an error";
    default:
        return {"the system says: %1", std::generic_category().message(error)};
    }
}

Sentence sentenceOf(const std::filesystem::filesystem_error& failure)
{
    return {
        "%1 could not be read: %2.", failure.path1().string(),
        systemReason(failure.code().value())};
}

Sentence kindOfNode(mode_t mode)
{
    if (S_ISDIR(mode))
        return "a folder";
    if (S_ISFIFO(mode))
        return "a pipe";
    if (S_ISSOCK(mode))
        return "a socket";
    return "a device";
}

Sentence amountOf(uint64_t bytes)
{
    constexpr uint64_t mebibyte = 1 << 20;
    if (bytes < mebibyte)
        return {"%1 bytes", bytes};
    return {"%1 MiB", (bytes + mebibyte / 2) / mebibyte};
}
