// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/file/files.h"
#include "core/weights/safetensors.h"

#include <nlohmann/json.hpp>

#include <set>
#include <string>

/// A recorded run of the reference software: a folder of tests/data.
struct Golden
{
    explicit Golden(const std::string& name)
        : folder(std::filesystem::path(TEST_DATA) / name)
        , description(nlohmann::json::parse(readText(folder / "case.json")))
        , inputs(
              std::filesystem::exists(folder / "inputs.safetensors") // else from a portable fill
                  ? loadSafetensors(folder / "inputs.safetensors")
                  : std::unordered_map<std::string, Tensor>())
        , outputs(loadSafetensors(folder / "outputs.safetensors"))
    {
    }

    std::string text(const std::string& file) const { return readText(folder / file); }
    /// A file of tensors, for Weights.
    std::unordered_map<std::string, Tensor> tensors(const std::string& file) const
    {
        return loadSafetensors(folder / file);
    }

    /// What is wrong with a result, naming the output and the error; empty: nothing. Empty too for
    /// an output that was not recorded; unchecked() finds those that never came.
    std::string problem(const std::string& name, const Tensor& result)
    {
        const auto found = outputs.find(name);
        if (found == outputs.end())
            return {};
        checked.insert(name);
        const Tensor& expected = found->second;
        if (result.sizes() != expected.sizes())
            return name + " has another shape";
        const Tensor difference = (result.to(at::kDouble) - expected.to(at::kDouble)).abs();
        const double error = difference.numel() ? difference.max().item<double>() : 0;
        const auto tolerance = description.at("tolerance").at(name).get<double>();
        // Written so that a NaN is a problem.
        return error <= tolerance ? std::string()
                                  : name + " differs by " + std::to_string(error * 1e6)
                + "e-6, allowed are " + std::to_string(tolerance * 1e6) + "e-6";
    }

    /// The outputs that no problem() was asked about.
    std::string unchecked() const
    {
        std::string names;
        for (const auto& [name, tensor] : outputs)
            if (!checked.contains(name))
                names += name + " ";
        return names;
    }

    std::filesystem::path folder;
    nlohmann::json description;
    std::unordered_map<std::string, Tensor> inputs, outputs;
    std::set<std::string> checked = {};
};

/// Fails the test where a result differs from the recorded one.
#define COMPARE_GOLDEN(golden, name, result)                                                       \
    do {                                                                                           \
        const std::string problem = (golden).problem(name, result);                                \
        QVERIFY2(problem.empty(), problem.c_str());                                                \
    } while (false)
