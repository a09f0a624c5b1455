// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/loadpart.h"

#include "core/errors.h"
#include "core/file/inputfile.h"
#include "core/weights/naming.h"

namespace {

/// Whether the exponent's bits are all ones in any element: infinite or no number.
template<typename Bits>
bool anyNonFinite(const Tensor& tensor, Bits exponent)
{
    const Bits* bits = static_cast<const Bits*>(tensor.const_data_ptr());
    unsigned found = 0;
    for (int64_t i = 0; i < tensor.numel(); ++i)
        found |= unsigned((bits[i] & exponent) == exponent);
    return found != 0;
}

bool anyNonFinite(const Tensor& tensor)
{
    switch (tensor.scalar_type()) {
    case at::kHalf:
        return anyNonFinite<uint16_t>(tensor, 0x7c00);
    case at::kBFloat16:
        return anyNonFinite<uint16_t>(tensor, 0x7f80);
    case at::kFloat:
        return anyNonFinite<uint32_t>(tensor, 0x7f800000);
    case at::kDouble:
        return anyNonFinite<uint64_t>(tensor, 0x7ff0000000000000);
    default:
        return false;
    }
}

/// A weight times its scale, in fp32.
Tensor scaled(const Tensor& weight, const Tensor& scale)
{
    std::vector<int64_t> shape(size_t(weight.dim()), 1);
    if (scale.numel() > 1) // one for each output
        shape[0] = scale.numel();
    return weight.to(at::kFloat) * scale.to(at::kFloat).reshape(shape);
}

/// @p scale is undefined for a tensor that stands for itself.
Tensor loadTensor(
    const PartFiles::Place& place, const Tensor& scale, const std::string& shown,
    const Loading& loading)
{
    Tensor read = place.file->tensor(place.name);
    const Sentence which("The tensor %1 in the file %2", inQuotes(place.name), shown);
    if (!read.is_floating_point())
        throw Error(
            "%1 is of type %2, where a floating-point one is needed.", which,
            place.file->entries().at(place.name).dtype);
    if (anyNonFinite(read))
        throw Error(
            "%1 holds values that are infinite or no numbers: the file is damaged. Please get it "
            "again.",
            which);
    if (scale.defined() && scale.numel() != 1 && (read.dim() == 0 || scale.numel() != read.size(0)))
        throw Error("%1 has a scale of another shape.", which);
    if (scale.defined())
        read = scaled(read, scale);
    const Tensor converted = read.to(loading.type);
    if (loading.type == at::kHalf && read.scalar_type() != at::kHalf && anyNonFinite(converted))
        throw Error(
            "%1 holds values that are too large for fp16. Please choose the precision bf16 or "
            "fp32.",
            which);
    return converted.to(loading.device);
}

/// What a weight is multiplied by; undefined: nothing.
Tensor scaleOf(const PartFiles& part, const std::string& tensor)
{
    constexpr std::string_view end = ".weight";
    if (!tensor.ends_with(end))
        return {};
    const auto found = part.tensors.find(tensor.substr(0, tensor.size() - end.size()) + scaleEnd);
    return found == part.tensors.end() ? Tensor() : found->second.file->tensor(found->second.name);
}

} // namespace

Weights loadPart(
    const PartFiles& part, const Shapes& expected, const Sentence& name, Loading& loading)
{
    const Shapes found = shapesOf(part);
    checkShapes(expected, found, part.shown);
    Weights::Dict dict;
    size_t done = 0, told = 0;
    for (const auto& [tensor, place] : part.tensors) {
        const size_t percent = 100 * done++ / part.tensors.size();
        if (percent / 5 != told / 5 || done == 1) {
            told = percent;
            if (!loading.tell({"Loading the %1 (%2 %)", name, percent}))
                return {};
        }
        if (tensor.ends_with(scaleEnd))
            continue;
        dict[tensor] = loadTensor(place, scaleOf(part, tensor), part.shown, loading);
    }
    adaptShapes(dict);
    std::erase_if(dict, [&](const auto& entry) { return !expected.contains(entry.first); });
    return Weights(std::move(dict), part.shown);
}
