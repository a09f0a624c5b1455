// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

/// The pictures and values to begin with, from resources/samples/<method>/sample.json.
struct Sample
{
    Pictures pictures = {};
    Values values = {};
};

/// Reads the sample of a method. Throws Error where it lacks a picture that the method needs.
Sample readSample(const Method& method);
