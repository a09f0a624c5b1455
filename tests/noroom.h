// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/resource.h>

#include <csignal>

/// While one lives no file gets longer than that, as where a disk is full.
class NoRoom
{
public:
    explicit NoRoom(rlim_t bytes)
    {
        getrlimit(RLIMIT_FSIZE, &m_before);
        struct rlimit small = m_before;
        small.rlim_cur = bytes;
        setrlimit(RLIMIT_FSIZE, &small);
    }
    ~NoRoom()
    {
        setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_signal);
    }
    NoRoom(const NoRoom&) = delete;
    NoRoom& operator=(const NoRoom&) = delete;

private:
    void (*m_signal)(int) = std::signal(SIGXFSZ, SIG_IGN);
    struct rlimit m_before = {};
};
