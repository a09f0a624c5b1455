// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/stablediffusion.h"
#include "core/image.h"
#include "core/nn/weights.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <set>
#include <string>
#include <vector>

/// A recorded run of reference software: a folder with case.json, inputs.safetensors,
/// outputs.safetensors and pictures. Inputs and weights are on @p device.
struct Case
{
    at::Device device = at::kCPU;
    std::filesystem::path folder = {};
    std::string name = {}, kind = {};
    nlohmann::json description = {};
    Weights::Dict inputs = {}, outputs = {};

    const nlohmann::json& params() const { return description.at("params"); }
    const Tensor& input(const std::string& tensor) const;
    /// The file that serves as @p role ("unet"), relative to the case's folder in case.json.
    std::filesystem::path used(const std::string& role) const;
    Weights weights(const std::string& role) const;
    /// The whole numbers that follow @p prefix in the names of outputs, the largest first.
    std::vector<int> numbersAfter(const std::string& prefix) const;
    /// The text of config.json beside the weights.
    std::string config(const std::string& role) const;
};

/// The networks of a case that uses a UNet, an autoencoder and, where it has one, a text encoder.
StableDiffusion modelOf(const Case& c);

/// Reads case.json and, where they are there, the inputs and outputs. Throws Error.
Case loadCase(const std::filesystem::path& folder, const at::Device& device);

/// How far a computed thing is from the stored one.
struct Row
{
    std::string what = {};
    double error = 0, tolerance = 0;
    std::string note = {}; ///< what is wrong besides the numbers
    Tensor computed = {};  ///< undefined: nothing was

    bool good() const { return note.empty() && error <= tolerance; } // false for NaN, too
};

/// Compares what a runner computes with what its case has stored.
class Comparison
{
public:
    explicit Comparison(const Case& c);

    /// Nothing where the case has not stored a tensor of that name.
    void tensor(const std::string& name, const Tensor& computed);
    /// With the stored tensor called @p stored, as a row of another name.
    void tensor(const std::string& name, const Tensor& computed, const std::string& stored);
    /// With the first entries of the stored tensor, where it has more of them.
    void leading(const std::string& name, const Tensor& computed);
    /// With an expected tensor from elsewhere.
    void expected(
        const std::string& what, const Tensor& computed, const Tensor& wanted, double tolerance);
    /// With a PNG file of the case (its alpha dropped); nothing where there is none.
    void picture(const std::string& file, const Image& computed, double tolerance = 0);
    /// The file is an input: nothing is expected to be compared with it.
    void isInput(const std::string& file) { m_files.insert(file); }

    /// All rows; what is stored and was never compared comes last and is not good.
    std::vector<Row> rows() const;

private:
    const Case& m_case;
    std::vector<Row> m_rows;
    std::set<std::string> m_tensors, m_files; ///< compared
};

// One runner per kind of case, in the file of its name.
void runTokenizer(const Case& c, Comparison& results);
void runTextEncoder(const Case& c, Comparison& results);
void runAutoencoder(const Case& c, Comparison& results);
void runUNet(const Case& c, Comparison& results);
void runPlugAndPlayCompVis(const Case& c, Comparison& results);
void runPlugAndPlayDiffusers(const Case& c, Comparison& results);
void runSchedulers(const Case& c, Comparison& results);
void runSingleFile(const Case& c, Comparison& results);
void runControlNet(const Case& c, Comparison& results);
void runPromptFreeNetworks(const Case& c, Comparison& results);
void runPromptFreePipeline(const Case& c, Comparison& results);
void runSeeCoder(const Case& c, Comparison& results);
void runAnalogistGrid(const Case& c, Comparison& results);
void runAnalogistLayer(const Case& c, Comparison& results);
void runAnalogistLoop(const Case& c, Comparison& results);
void runOpenCvAnnotators(const Case& c, Comparison& results);
void runAnnotatorNetworks(const Case& c, Comparison& results);
void runClip(const Case& c, Comparison& results);
void runDino(const Case& c, Comparison& results);
void runDpt(const Case& c, Comparison& results);
void runOpenPose(const Case& c, Comparison& results);
