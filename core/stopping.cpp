// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/stopping.h"

#include <utility>

namespace {

thread_local Stopping* current = nullptr;

} // namespace

bool Stopping::Answered::operator()()
{
    yes = yes || (ask && ask());
    return yes;
}

Stopping::Stopping(Ask stopped, Ask dropped)
    : m_stopped {std::move(stopped)}
    , m_dropped {std::move(dropped)}
    , m_before(std::exchange(current, this))
{
}

Stopping::~Stopping()
{
    current = m_before;
}

bool stopAsked()
{
    if (!current)
        return false;
    return current->m_keeping > 0 ? current->m_dropped() : current->m_stopped();
}

Keeping::Keeping()
    : m_of(current)
{
    if (m_of)
        ++m_of->m_keeping;
}

Keeping::~Keeping()
{
    if (m_of)
        --m_of->m_keeping;
}
