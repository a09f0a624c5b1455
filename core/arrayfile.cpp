// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/arrayfile.h"

#include "core/weights/safetensors.h"

std::map<std::string, std::vector<float>> readNoise(const std::filesystem::path& path)
{
    std::map<std::string, std::vector<float>> noise;
    const SafetensorsFile file(path);
    for (const auto& [name, entry] : file.entries()) {
        const Tensor values = file.tensor(name).to(at::kFloat).contiguous();
        const float* first = values.const_data_ptr<float>();
        noise[name] = {first, first + values.numel()};
    }
    return noise;
}

void saveArrays(
    const std::filesystem::path& path, const std::map<std::string, Array>& arrays, IfThere there)
{
    std::map<std::string, Tensor> tensors;
    for (const auto& [name, array] : arrays)
        tensors[name] = at::tensor(at::ArrayRef<float>(array.values)).reshape(array.shape);
    saveSafetensors(path, tensors, {{"format", "pt"}}, there);
}
