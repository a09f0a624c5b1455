// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/loadpart.h"

#include "core/environment.h"
#include "core/errors.h"
#include "core/file/inputfile.h"
#include "core/graphics.h"
#include "core/model/room.h"
#include "core/nn/fastpaths.h"
#include "core/nn/packing.h"
#include "core/weights/naming.h"

#include <algorithm>
#include <atomic>
#include <string_view>
#include <thread>

namespace {

/// What one pass over a tensor's values sees.
struct Seen
{
    bool nonFinite = false; ///< infinite or no number: the exponent's bits are all ones
    bool nonZero = false;   ///< other than 0 and -0
};

template<typename Bits>
Seen seenIn(const Tensor& tensor, Bits exponent)
{
    const Bits* bits = static_cast<const Bits*>(tensor.const_data_ptr());
    unsigned found = 0;
    Bits all = 0;
    for (int64_t i = 0; i < tensor.numel(); ++i) {
        found |= unsigned((bits[i] & exponent) == exponent);
        all |= bits[i];
    }
    return {.nonFinite = found != 0, .nonZero = Bits(all << 1) != 0};
}

Seen seenIn(const Tensor& tensor)
{
    switch (tensor.scalar_type()) {
    case at::kHalf:
        return seenIn<uint16_t>(tensor, 0x7c00);
    case at::kBFloat16:
        return seenIn<uint16_t>(tensor, 0x7f80);
    case at::kFloat:
        return seenIn<uint32_t>(tensor, 0x7f800000);
    case at::kDouble:
        return seenIn<uint64_t>(tensor, 0x7ff0000000000000);
    default:
        return {.nonZero = true};
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

/// What was seen of a part's values by all threads.
struct SeenOfPart
{
    std::atomic<bool> nonZero = false;
    std::atomic<int64_t> replaced = 0; ///< were infinite or no numbers, and became zero
};

/// Whether values that are infinite or no numbers become zero, as SIMILE_DAMAGED_VALUES=zero says.
bool damagedBecomesZero()
{
    const std::string said = environment("SIMILE_DAMAGED_VALUES");
    if (!said.empty() && said != "zero")
        throw ValueError(
            "The environment variable SIMILE_DAMAGED_VALUES is \"%1\". It can be zero, or not be "
            "set.",
            said);
    return !said.empty();
}

/// The tensor with zero in place of what is infinite or no number, which is counted. Throws Error
/// where that is not wanted.
Tensor withoutDamage(const Tensor& read, const Sentence& which, SeenOfPart& part)
{
    if (!damagedBecomesZero())
        throw Error(
            "%1 holds values that are infinite or no numbers: the file is damaged. Please get it "
            "again; with SIMILE_DAMAGED_VALUES=zero in the environment it is loaded with zero in "
            "their place.",
            which);
    part.replaced += read.numel() - read.isfinite().sum().item<int64_t>();
    return read.nan_to_num(0, 0, 0);
}

/// A tensor of the file, times its scale; @p scale is undefined where it stands for itself.
Tensor readTensor(
    const PartFiles::Place& place, const Tensor& scale, const Sentence& which, SeenOfPart& part)
{
    Tensor read = place.file->tensor(place.name);
    if (!read.is_floating_point())
        throw Error(
            "%1 is of type %2, where a floating-point one is needed.", which,
            place.file->entries().at(place.name).dtype);
    const Seen seen = seenIn(read);
    if (seen.nonFinite)
        read = withoutDamage(read, which, part);
    if (scale.defined() && scale.numel() != 1
        && (read.dim() == 0 || scale.numel() == 0 || scale.numel() != read.size(0)))
        throw Error("%1 has a scale of another shape.", which);
    if (seen.nonZero)
        part.nonZero = true;
    return scale.defined() ? scaled(read, scale) : read;
}

/// In the type that is computed in, which it is rounded to once, in the order that the layers take.
Tensor converted(
    const Tensor& read, const std::string& name, const Sentence& which, const Loading& loading)
{
    const Tensor result = read.to(loading.type);
    if (loading.type == at::kHalf && read.scalar_type() != at::kHalf && seenIn(result).nonFinite)
        throw Error(
            "%1 holds values that are too large for fp16. Please choose the precision bf16 or "
            "fp32.",
            which);
    return packed(inOrder(result.to(loading.device)), name);
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

/// A tensor of a file, as the networks have it: mostly one, of a fused projection three.
Weights::Dict loadTensor(
    const PartFiles& part, const std::string& tensor, const PartFiles::Place& place,
    const Shapes& expected, const Loading& loading, const LoraTerms& terms, SeenOfPart& seen)
{
    const Sentence which("The tensor %1 in the file %2", inQuotes(place.name), part.shown);
    Weights::Dict dict = {{tensor, readTensor(place, scaleOf(part, tensor), which, seen)}};
    adaptShapes(dict);
    for (auto& [name, each] : dict) {
        const auto found = terms.find(name);
        if (found != terms.end()) {
            each = each.to(at::kFloat);
            add(found->second, each);
        }
        each = converted(inShape(each, expected, name), name, which, loading);
    }
    return dict;
}

/// Whether what the networks have of a tensor of the file is among @p names.
bool isAmong(
    const std::set<std::string>& names, const std::string& tensor, const PartFiles::Place& place)
{
    Weights::Dict dict = {
        {tensor,
         at::empty(place.file->entries().at(place.name).shape, at::TensorOptions(at::kMeta))}};
    adaptShapes(dict);
    return std::ranges::any_of(
        dict, [&](const auto& entry) { return names.contains(entry.first); });
}

/// Tells how far the load of a part is, at its beginning and when another twentieth is done.
class Told
{
public:
    Told(const Sentence& name, size_t of, Loading& loading)
        : m_name(name)
        , m_of(of)
        , m_loading(loading)
    {
    }

    /// Of so many tensors; false: stop.
    bool operator()(size_t done)
    {
        const size_t percent = 100 * done / std::max(m_of, size_t(1));
        if (percent < m_next)
            return !m_loading.stopped;
        m_next = percent / 5 * 5 + 5;
        return m_loading.tell({"Loading the %1 (%2 %)", m_name, percent});
    }

private:
    const Sentence& m_name;
    size_t m_of, m_next = 0;
    Loading& m_loading;
};

} // namespace

Weights loadPart(
    const PartFiles& part, const Shapes& expected, const Sentence& name, Loading& loading,
    const LoraTerms& terms)
{
    if (loading.device.is_cuda())
        checkGraphics();
    const Shapes found = shapesOf(part);
    checkShapes(expected, found, part.shown);
    if (loading.needsLess)
        checkRoom(
            found, loading.type, loading.device, {"the %1 in the file %2", name, part.shown},
            *loading.needsLess);
    std::vector<decltype(part.tensors)::const_pointer> wanted;
    for (const auto& entry : part.tensors)
        if (!entry.first.ends_with(scaleEnd))
            wanted.push_back(&entry);
    // On all threads: half of the time the system clears the memory that they fill.
    std::vector<Weights::Dict> each(wanted.size());
    const bool inference = c10::InferenceMode::is_enabled();
    std::atomic<size_t> done = 0;
    std::atomic<bool> ends = false;
    SeenOfPart seen;
    Told told(name, wanted.size(), loading);
    const auto load = [&, caller = std::this_thread::get_id()](int64_t i, float*) {
        if (std::this_thread::get_id() == caller && !told(done))
            ends = true;
        if (ends)
            return;
        try {
            const c10::InferenceMode same(inference); // a thread that helps has modes of its own
            each[size_t(i)] = loadTensor(
                part, wanted[size_t(i)]->first, wanted[size_t(i)]->second, expected, loading, terms,
                seen);
            ++done;
        } catch (...) {
            ends = true;
            throw;
        }
    };
    // The first stage is told before others begin, who may be done before this thread gets there.
    if (!told(0) || !runTasks(int64_t(wanted.size()), 0, load) || ends) {
        loading.stopped = true;
        return {};
    }
    if (!seen.nonZero && !wanted.empty())
        loading.notes.push_back(onlyZeros(name, part.shown));
    if (seen.replaced > 0)
        loading.notes.emplace_back(
            "%1 values of the %2 in the file %3 were infinite or no numbers; zero was taken in "
            "their place, so results may be wrong.",
            seen.replaced.load(), name, part.shown);
    Weights::Dict dict;
    for (Weights::Dict& made : each)
        dict.merge(made);
    std::erase_if(dict, [&](const auto& entry) { return !expected.contains(entry.first); });
    return Weights(std::move(dict), part.shown);
}

Sentence onlyZeros(const Sentence& name, const std::string& shown)
{
    return {
        "All values of the %1 in the file %2 are zero, so it does nothing: the file may be "
        "damaged.",
        name, shown};
}

Weights reloadTensors(
    Weights weights, const PartFiles& part, const std::set<std::string>& names,
    const Sentence& name, Loading& loading, const LoraTerms& terms)
{
    Weights::Dict dict = weights.dict();
    Shapes shapes;
    for (const auto& [each, tensor] : dict)
        shapes[each] = tensor.sizes().vec();
    weights = {}; // so that each of the tensors goes as soon as another takes its place
    size_t done = 0;
    SeenOfPart seen; // which was told when all was loaded
    Told told(name, part.tensors.size(), loading);
    for (const auto& [tensor, place] : part.tensors) {
        if (!told(done++))
            return {};
        if (tensor.ends_with(scaleEnd) || !isAmong(names, tensor, place))
            continue;
        for (auto& [each, read] : loadTensor(part, tensor, place, shapes, loading, terms, seen))
            if (dict.contains(each))
                dict[each] = read;
    }
    return Weights(std::move(dict), part.shown);
}
