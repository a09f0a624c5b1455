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

Tensor loadTensor(const PartFiles::Place& place, const std::string& shown, const Loading& loading)
{
    const Tensor read = place.file->tensor(place.name);
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
    const Tensor converted = read.to(loading.type);
    if (loading.type == at::kHalf && read.scalar_type() != at::kHalf && anyNonFinite(converted))
        throw Error(
            "%1 holds values that are too large for fp16. Please choose the precision bf16 or "
            "fp32.",
            which);
    return converted.to(loading.device);
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
        dict[tensor] = loadTensor(place, part.shown, loading);
    }
    adaptShapes(dict);
    std::erase_if(dict, [&](const auto& entry) { return !expected.contains(entry.first); });
    return Weights(std::move(dict), part.shown);
}
