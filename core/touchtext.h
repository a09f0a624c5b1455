// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sentence.h"
#include "core/touch.h"

#include <string>
#include <string_view>

/// Reads a touch: `cross:8:head=3:0`, `self:8-11:head=0:2`, `word=circle:2:0-0.5`,
/// `cross:all:word=circle:0.5`, `self:8:rows=X,Y,W,H:0.2`, `self:8:columns=X,Y,W,H:0`,
/// `self:8-11:share=B'>A:2`, `features:14:off`, `self:8:inject=off`. Layers are half open and may
/// be several (`3-11,13`); behind the rest may stand the part of the run in which it acts, of 1.
/// Throws ValueError saying what is accepted.
Touch parseTouch(std::string_view text);
/// The text that parseTouch() reads back.
std::string toText(const Touch& touch);
/// What it does, to show.
Sentence described(const Touch& touch);
