// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/pickleglobals.h"

#include <algorithm>
#include <array>

bool isUnderstood(std::string_view global)
{
    static constexpr std::array<std::string_view, 6> names = {
        "collections.OrderedDict",
        "torch._utils._rebuild_tensor_v2",
        "torch._utils._rebuild_tensor",
        "torch._utils._rebuild_parameter",
        "torch.Size",
        "torch.device"};
    return std::ranges::find(names, global) != names.end();
}

bool isDecoration(std::string_view global)
{
    static constexpr std::array<std::string_view, 6> names = {
        "numpy.core.multiarray.scalar",
        "numpy.core.multiarray._reconstruct",
        "numpy.dtype",
        "numpy.ndarray",
        "_codecs.encode",
        "pytorch_lightning.callbacks.model_checkpoint.ModelCheckpoint"};
    return std::ranges::find(names, global) != names.end();
}

std::string_view storageDtype(std::string_view global)
{
    struct Storage
    {
        std::string_view name, dtype;
    };
    static constexpr std::array<Storage, 10> storages = {{
        {"torch.FloatStorage", "F32"},
        {"torch.HalfStorage", "F16"},
        {"torch.DoubleStorage", "F64"},
        {"torch.BFloat16Storage", "BF16"},
        {"torch.IntStorage", "I32"},
        {"torch.LongStorage", "I64"},
        {"torch.ShortStorage", "I16"},
        {"torch.CharStorage", "I8"},
        {"torch.ByteStorage", "U8"},
        {"torch.BoolStorage", "BOOL"},
    }};
    const auto found = std::ranges::find(storages, global, &Storage::name);
    return found == storages.end() ? std::string_view() : found->dtype;
}
