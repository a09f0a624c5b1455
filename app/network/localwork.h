// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/network/fetching.h"

#include <span>

// What is done in the same list to files that are on this computer: nobody is asked for anything.

/// Does it at once, on the thread that it lives on.
class LocalWork : public Fetching
{
    Q_OBJECT

public:
    using Fetching::Fetching;
    void start() override;

private:
    void leave() override { }
    void takeIn();
    void verify();
    void move();
    bool copy(const std::filesystem::path& from, const std::filesystem::path& to);

    uint64_t m_done = 0, m_bytes = 0; ///< of Move, over all files
};
