// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <climits>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// Half open, as in Python.
struct Range
{
    int begin = 0, end = INT_MAX;
    bool contains(int i) const { return begin <= i && i < end; }
    bool operator==(const Range&) const = default;
};
/// A set of running numbers, sorted and apart; "3:11,13". Empty: off.
using Layers = std::vector<Range>;
using Value = std::variant<bool, int, double, std::string, Range, Layers>;
using Values = std::map<std::string, Value>; ///< by the id of a parameter

/// One of the strings that a parameter or a kind of picture may be.
struct Choice
{
    std::string value = {}, label = {};
};

/// What a parameter is to the program, whatever the method calls it. A method has at most one
/// parameter of each role.
enum class Role {
    None,
    Prompt,
    NegativePrompt,
    Steps,
    Sampler,
    Guidance,
    Strength,
    Size,        ///< side of the picture that the network works on
    Candidates,  ///< how many pictures are made
    Autoencoder, ///< file of one in place of the model's own; empty: the model must have one
};

/// A value that a method takes, as data: the form, the command line and the record in a file are
/// made from it.
struct Parameter
{
    std::string id = {}, label = {};
    std::string help = {}; ///< what it does; what low and high do; what it costs: a line each
    std::string unit = {};
    std::string group = {}; ///< "" is shown always; others fold, by this title
    Value initial = {};     ///< the paper's value; its type is the parameter's type
    /// What a record means that has no such value, since it is from before there was the parameter;
    /// nothing: initial.
    std::optional<Value> unrecorded = {};
    double minimum = 0, maximum = 0, step = 0; ///< of numbers; of layers the last that there is
    std::vector<Choice> choices = {};          ///< of strings; empty: free text
    bool multiline = false;                    ///< of free text
    bool file = false; ///< a text that is a path, or several with ; between: records keep no folder
    /// A branch may have another value than its parent (core/branch.h): it acts in each step anew,
    /// and neither in the start nor in how many steps there are.
    bool mayChange = false;
    Role role = Role::None;
    /// What a whole number may be beside the other resolved values, the least first; nothing:
    /// whatever its range allows.
    std::function<std::vector<int>(const Values&)> offers = {};
};

/// Reads @p text as a value of the parameter ("3:11,13" or "off" for layers, "0:25" or "all" for a
/// range). Throws ValueError saying what is accepted.
Value parseValue(const Parameter& parameter, std::string_view text);
/// The text that parseValue() reads back.
std::string toText(const Value& value);
/// Throws ValueError where a value is out of the parameter's range or choices or of another type.
void checkValue(const Parameter& parameter, const Value& value);
