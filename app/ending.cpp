// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/ending.h"

static std::stop_source& source()
{
    static std::stop_source one;
    return one;
}

std::stop_token programEnds()
{
    return source().get_token();
}

void endProgram()
{
    source().request_stop();
}

static bool& again()
{
    static bool wanted = false;
    return wanted;
}

void startAgain(bool wanted)
{
    again() = wanted;
}

bool startsAgain()
{
    return again();
}
