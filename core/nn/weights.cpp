// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/weights.h"

#include "core/errors.h"

#include <algorithm>

struct Weights::Shared
{
    Dict dict;
    std::string file;
};

Weights::Weights(Dict dict, std::string file)
    : m_dict(std::make_shared<const Shared>(Shared {std::move(dict), std::move(file)}))
{
}

Weights Weights::operator[](std::string_view child) const
{
    Weights w = *this;
    w.m_prefix += (m_prefix.empty() ? "" : ".") + std::string(child);
    return w;
}

Weights Weights::operator[](int index) const
{
    return (*this)[std::to_string(index)];
}

Tensor Weights::find(std::string_view name) const
{
    if (!m_dict)
        return {};
    std::string full; // without a copy of this: a pass asks a thousand times
    full.reserve(m_prefix.size() + 1 + name.size());
    full.append(m_prefix).append(m_prefix.empty() ? "" : ".").append(name);
    const auto found = m_dict->dict.find(full);
    return found == m_dict->dict.end() ? Tensor() : found->second;
}

Tensor Weights::operator()(std::string_view name) const
{
    const Tensor tensor = find(name);
    if (!tensor.defined())
        throw Error(
            "The file %1 has no tensor %2.", m_dict ? m_dict->file : std::string(),
            (*this)[name].m_prefix);
    return tensor;
}

bool Weights::contains(std::string_view child) const
{
    const std::string full = (*this)[child].m_prefix;
    return m_dict && std::ranges::any_of(m_dict->dict, [&](const auto& entry) {
               return entry.first == full || entry.first.starts_with(full + ".");
           });
}

const Weights::Dict& Weights::dict() const
{
    static const Dict none;
    return m_dict ? m_dict->dict : none;
}
