// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sentence.h"

#include <cstddef>
#include <string_view>

// The classes and functions that a pickle of weights may name, as "module.name". None of them is
// ever called or looked up.

/// A dictionary of parameters, as embeddings of old have it.
constexpr std::string_view parameterDict = "torch.nn.modules.container.ParameterDict";

/// Those whose result the interpreter makes itself.
bool isUnderstood(std::string_view global);
/// Whether it makes a tensor of that many arguments: storage, offset, sizes, strides and others.
bool rebuildsTensor(std::string_view global, size_t arguments);
/// Those around the weights, without any in them.
bool isDecoration(std::string_view global);
/// Why a pickle that names it is refused, to follow the name of the file; empty: it is not. What
/// would run programs, open files or call anything is told as what it may be.
Sentence problemOfGlobal(std::string_view global);
/// What a dtype of torch is in safetensors; empty: it is none.
std::string_view elementDtype(std::string_view global);
/// The type of the elements of a storage's class, as safetensors names it; empty: it is none.
std::string_view storageDtype(std::string_view global);
