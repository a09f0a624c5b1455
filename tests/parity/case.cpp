// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/parity/case.h"

#include "core/errors.h"
#include "core/file/files.h"
#include "core/picture/imagefile.h"
#include "core/weights/safetensors.h"

#include <cctype>
#include <functional>
#include <limits>

namespace {

std::string shapeOf(const Tensor& x)
{
    std::string text = "[";
    for (const int64_t n : x.sizes())
        text += (text.size() > 1 ? ", " : "") + std::to_string(n);
    return text + "]";
}

Tensor toBytes(const Image& image)
{
    return at::tensor(at::ArrayRef<uint8_t>(image.rgb)).reshape({image.height, image.width, 3});
}

Weights::Dict tensorsOf(const std::filesystem::path& file, const at::Device& device)
{
    Weights::Dict tensors =
        std::filesystem::exists(file) ? loadSafetensors(file) : Weights::Dict {};
    for (auto& [name, tensor] : tensors)
        tensor = tensor.to(device);
    return tensors;
}

} // namespace

const Tensor& Case::input(const std::string& tensor) const
{
    const auto found = inputs.find(tensor);
    if (found == inputs.end())
        throw Error("The case " + name + " has no input " + tensor + ".");
    return found->second;
}

std::filesystem::path Case::used(const std::string& role) const
{
    const nlohmann::json& uses = description.at("uses");
    if (!uses.contains(role))
        throw Error("The case " + name + " names no weights for " + role + ".");
    return folder / uses.at(role).get<std::string>();
}

Weights Case::weights(const std::string& role) const
{
    const std::filesystem::path file = used(role);
    return Weights(tensorsOf(file, device), file.string());
}

std::vector<int> Case::numbersAfter(const std::string& prefix) const
{
    std::set<int, std::greater<>> numbers;
    for (const auto& [name, tensor] : outputs)
        if (name.size() > prefix.size() && name.starts_with(prefix) && isdigit(name[prefix.size()]))
            numbers.insert(std::stoi(name.substr(prefix.size())));
    return {numbers.begin(), numbers.end()};
}

std::string Case::config(const std::string& role) const
{
    return readText(used(role).parent_path() / "config.json");
}

StableDiffusion modelOf(const Case& c)
{
    StableDiffusion m;
    m.device = c.device;
    m.unetConfig = unetConfigFromJson(c.config("unet"), c.used("unet").string());
    m.unet = c.weights("unet");
    m.vaeConfig =
        autoencoderConfigFromJson(c.config("autoencoder"), c.used("autoencoder").string());
    m.vae = c.weights("autoencoder");
    if (c.description.at("uses").contains("text_encoder")) {
        const std::string file = c.used("text_encoder").string();
        m.textConfig = textEncoderConfigFromJson(c.config("text_encoder"), file);
        m.textEncoder = c.weights("text_encoder");
    }
    return m;
}

Case loadCase(const std::filesystem::path& folder, const at::Device& device)
{
    const std::string text = readText(folder / "case.json");
    try {
        Case c {.device = device, .folder = folder, .name = folder.filename()};
        c.description = nlohmann::json::parse(text);
        c.kind = c.description.at("kind").get<std::string>();
        if (c.kind.starts_with("annotators"))
            c.device = at::kCPU; // where they run in the program, too
        c.inputs = tensorsOf(folder / "inputs.safetensors", c.device);
        c.outputs = tensorsOf(folder / "outputs.safetensors", at::kCPU);
        c.outputs.merge(tensorsOf(folder / "pca.safetensors", at::kCPU));
        return c;
    } catch (const nlohmann::json::exception& error) {
        throw Error((folder / "case.json").string() + " is damaged: " + error.what());
    }
}

Comparison::Comparison(const Case& c)
    : m_case(c)
{
}

void Comparison::tensor(const std::string& name, const Tensor& computed)
{
    tensor(name, computed, name);
}

void Comparison::tensor(const std::string& name, const Tensor& computed, const std::string& stored)
{
    const auto found = m_case.outputs.find(stored);
    if (found == m_case.outputs.end())
        return;
    m_tensors.insert(stored);
    expected(name, computed, found->second, m_case.description.at("tolerance").value(stored, 0.));
}

void Comparison::leading(const std::string& name, const Tensor& computed)
{
    const auto found = m_case.outputs.find(name);
    if (found == m_case.outputs.end())
        return;
    m_tensors.insert(name);
    expected(
        name, computed, found->second.narrow(0, 0, computed.size(0)),
        m_case.description.at("tolerance").value(name, 0.));
}

void Comparison::expected(
    const std::string& what, const Tensor& computed, const Tensor& wanted, double tolerance)
{
    Row row {.what = what, .tolerance = tolerance, .computed = computed};
    if (computed.sizes() != wanted.sizes()) {
        row.error = std::numeric_limits<double>::infinity();
        row.note = "has shape " + shapeOf(computed) + " instead of " + shapeOf(wanted);
    } else if (wanted.numel() > 0) {
        const Tensor a = computed.to(at::kCPU, at::kDouble), b = wanted.to(at::kCPU, at::kDouble);
        row.error = (a - b).abs().max().item<double>();
    }
    m_rows.push_back(row);
}

void Comparison::picture(const std::string& file, const Image& computed, double tolerance)
{
    const std::filesystem::path path = m_case.folder / file;
    if (!std::filesystem::exists(path))
        return;
    m_files.insert(file);
    expected(file, toBytes(computed), toBytes(loadImage(path).image), tolerance);
}

std::vector<Row> Comparison::rows() const
{
    std::vector<Row> rows = m_rows;
    const auto missing = [&](const std::string& what, const std::string& note) {
        rows.push_back({what, std::numeric_limits<double>::infinity(), 0, note, {}});
    };
    for (const auto& [name, tensor] : m_case.outputs)
        if (!m_tensors.contains(name))
            missing(name, "not compared");
    for (const auto& [name, shape] : m_case.description.at("outputs").items())
        if (!m_case.outputs.contains(name))
            missing(name, "not in outputs.safetensors");
    for (const auto& entry : std::filesystem::directory_iterator(m_case.folder))
        if (entry.path().extension() == ".png" && !m_files.contains(entry.path().filename()))
            missing(entry.path().filename(), "not compared");
    if (rows.empty())
        missing("", "nothing to compare with");
    return rows;
}
