// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

/// Something for people to read that can be translated: an English pattern in which %1 to %9 stand
/// for the arguments. Core and methods write it as it is read in English; app makes the sentence of
/// the language that the window speaks (`translated()`, app/translated.h).
///
///     Sentence("The model %1 has no autoencoder.", card.name)
///
/// What is a literal is translated, what is a std::string or a number is data (a name, a value) and
/// stands as it is.
struct Sentence
{
    std::string pattern = {};
    std::vector<Sentence> arguments = {};
    bool data = false; ///< the pattern is taken as it stands: neither translated nor filled

    Sentence() = default;
    Sentence(std::string data)
        : pattern(std::move(data))
        , data(true)
    {
    }
    template<typename Number>
    requires(std::is_arithmetic_v<Number>) Sentence(Number number)
        : Sentence(std::to_string(number))
    {
    }
    template<typename... Arguments>
    Sentence(const char* pattern, Arguments&&... arguments)
        : pattern(pattern)
        , arguments {Sentence(std::forward<Arguments>(arguments))...}
    {
    }

    bool empty() const { return pattern.empty(); }
    bool operator==(const Sentence&) const = default;
};

/// A label that is kept as a std::string (of a parameter, a slot, a choice), to be translated.
Sentence inWords(const std::string& label);
/// The pattern with its gaps filled: %1 is the first argument, of which at most 8192 bytes are
/// shown. A gap without an argument stays.
std::string filled(const std::string& pattern, const std::vector<std::string>& arguments);
/// The sentence in English.
std::string english(const Sentence& sentence);
/// The sentences in English, in their order.
std::vector<std::string> english(const std::vector<Sentence>& sentences);
