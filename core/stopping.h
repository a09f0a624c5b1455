// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

// How a stop reaches the inside of a network. Between its stages a run is answered by its caller
// (core/stagereport.h); within a pass, which may take minutes, stopAsked() is asked before every
// layer. A pass that is ended so gives an undefined tensor: a stop is not an error.

/// Whether the work on this thread is to end.
bool stopAsked();

/// While it lives, stopAsked() asks @p stopped on this thread, in place of whoever was asked
/// before. What was answered once with yes stays so: a pass cannot be ended in part.
class Stopping
{
public:
    using Ask = std::function<bool()>; ///< cheap: it is asked a thousand times a pass

    /// @p dropped says whether not even the pictures of what is done are wanted (see Keeping).
    /// Without a function nothing ends the work.
    explicit Stopping(Ask stopped = {}, Ask dropped = {});
    ~Stopping();
    Stopping(const Stopping&) = delete;
    Stopping& operator=(const Stopping&) = delete;

private:
    friend class Keeping;
    friend bool stopAsked();

    struct Answered
    {
        Ask ask = {};
        bool yes = false;
        bool operator()();
    };
    Answered m_stopped, m_dropped;
    int m_keeping = 0;
    Stopping* m_before = nullptr;
};

/// While it lives, what was stopped goes on, for the pictures of what is done; unless these are
/// dropped, too.
class Keeping
{
public:
    Keeping();
    ~Keeping();
    Keeping(const Keeping&) = delete;
    Keeping& operator=(const Keeping&) = delete;

private:
    Stopping* m_of = nullptr;
};
