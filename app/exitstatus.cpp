// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/exitstatus.h"

ExitStatus exitStatus(const Failure& failure)
{
    switch (failure.cause) {
    case Failure::Memory:
        return ExitOutOfMemory;
    case Failure::Value:
        return ExitBadArguments;
    case Failure::Input:
        return ExitInputRefused;
    case Failure::Disk:
    case Failure::Device:
    case Failure::Other:
        break;
    }
    return ExitFailed;
}
