// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/inspectchoices.h"

#include <QByteArray>

/// What is chosen in the view into the network, as it outlives the program. Words and places belong
/// to a picture and do not.
struct InspectState
{
    View view = {};
    MapLook look = {};
    RangeChoice range = {};

    bool operator==(const InspectState&) const = default;
};
QByteArray toJson(const InspectState& state);
/// What is missing or damaged has its usual value.
InspectState inspectStateFrom(const QByteArray& json);
