// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/tensor.h"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

/// A state dict together with a prefix: `w["attn1"]["to_q"]("weight")`. Cheap to copy; all views
/// share one dictionary.
class Weights
{
public:
    using Dict = std::unordered_map<std::string, Tensor>;

    Weights() = default;
    /// @p file stands for the dictionary in messages.
    explicit Weights(Dict dict, std::string file = {});

    Weights operator[](std::string_view child) const;
    Weights operator[](int index) const;

    /// The tensor called @p name below this prefix; throws Error with the full name if there is
    /// none.
    Tensor operator()(std::string_view name) const;
    /// Likewise, but an undefined tensor if there is none.
    Tensor find(std::string_view name) const;
    /// Whether any tensor's name begins with this prefix and @p child.
    bool contains(std::string_view child) const;

    const std::string& prefix() const { return m_prefix; } ///< without the last dot
    const Dict& dict() const;
    bool empty() const { return !m_dict; }

private:
    struct Shared;
    std::shared_ptr<const Shared> m_dict;
    std::string m_prefix;
};
