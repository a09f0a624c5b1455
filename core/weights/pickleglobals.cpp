// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/pickleglobals.h"

#include "core/file/inputfile.h"

#include <algorithm>
#include <array>
#include <string>

namespace {

template<size_t count>
bool isIn(const std::array<std::string_view, count>& names, std::string_view name)
{
    return std::ranges::find(names, name) != names.end();
}

struct Type
{
    std::string_view name, dtype;
};

bool runsCode(std::string_view global)
{
    const std::string_view module = global.substr(0, global.find('.'));
    static constexpr std::array<std::string_view, 31> modules = {
        "__builtin__", "_io",        "_posixsubprocess",
        "_thread",     "asyncio",    "bdb",
        "builtins",    "code",       "commands",
        "ctypes",      "functools",  "httplib",
        "importlib",   "io",         "marshal",
        "nt",          "operator",   "os",
        "pdb",         "pickle",     "pip",
        "posix",       "pty",        "requests",
        "runpy",       "shutil",     "socket",
        "ssl",         "subprocess", "sys",
        "webbrowser"};
    return isIn(modules, module);
}

} // namespace

bool isUnderstood(std::string_view global)
{
    static constexpr std::array<std::string_view, 10> names = {
        parameterDict,
        "collections.OrderedDict",
        "collections.defaultdict",
        "torch._utils._rebuild_tensor_v2",
        "torch._utils._rebuild_tensor_v3",
        "torch._utils._rebuild_tensor",
        "torch._utils._rebuild_parameter",
        "torch.Size",
        "torch.device",
        "torch.storage.UntypedStorage"};
    return isIn(names, global) || !elementDtype(global).empty();
}

bool rebuildsTensor(std::string_view global, size_t arguments)
{
    return (global == "torch._utils._rebuild_tensor" && arguments == 4)
        || (global == "torch._utils._rebuild_tensor_v2" && (arguments == 6 || arguments == 7))
        || (global == "torch._utils._rebuild_tensor_v3" && arguments >= 7);
}

bool isDecoration(std::string_view global)
{
    static constexpr std::array<std::string_view, 21> names = {
        "numpy.core.multiarray.scalar",
        "numpy.core.multiarray._reconstruct",
        "numpy._core.multiarray.scalar", // since NumPy 2
        "numpy._core.multiarray._reconstruct",
        "numpy.dtype",
        "numpy.ndarray",
        "_codecs.encode",
        "__builtin__.set",
        "__builtin__.frozenset",
        "__builtin__.bytearray",
        "__builtin__.complex",
        "__builtin__.list",
        "__builtin__.dict",
        "__builtin__.int",
        "collections.Counter",
        "argparse.Namespace",
        "pathlib.Path",
        "pathlib.PosixPath",
        "pathlib.WindowsPath",
        "datetime.datetime",
        "pytorch_lightning.callbacks.model_checkpoint.ModelCheckpoint"};
    if (isIn(names, global))
        return true;
    constexpr std::string_view now = "builtins.", then = "__builtin__.";
    return global.starts_with(now)
        && isIn(names, std::string(then) + std::string(global.substr(now.size())));
}

Sentence problemOfGlobal(std::string_view global)
{
    if (!storageDtype(global).empty() || isUnderstood(global) || isDecoration(global))
        return {};
    if (runsCode(global))
        return {
            "would run %1, which no weights need, and is refused: it may be malicious",
            inQuotes(global)};
    return {
        "holds an object of the kind %1, which no weights need, and is refused: please save the "
        "weights alone, as safetensors",
        inQuotes(global)};
}

std::string_view storageDtype(std::string_view global)
{
    static constexpr std::array<Type, 11> storages = {{
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
        {"torch.storage.UntypedStorage", "U8"}, // the tensor says of what type it is
    }};
    const auto found = std::ranges::find(storages, global, &Type::name);
    return found == storages.end() ? std::string_view() : found->dtype;
}

std::string_view elementDtype(std::string_view global)
{
    static constexpr std::array<Type, 20> types = {{
        {"torch.float32", "F32"},
        {"torch.float", "F32"},
        {"torch.float16", "F16"},
        {"torch.half", "F16"},
        {"torch.bfloat16", "BF16"},
        {"torch.float64", "F64"},
        {"torch.double", "F64"},
        {"torch.int32", "I32"},
        {"torch.int", "I32"},
        {"torch.int64", "I64"},
        {"torch.long", "I64"},
        {"torch.int16", "I16"},
        {"torch.short", "I16"},
        {"torch.int8", "I8"},
        {"torch.uint8", "U8"},
        {"torch.bool", "BOOL"},
        {"torch.float8_e4m3fn", "F8_E4M3"},
        {"torch.float8_e5m2", "F8_E5M2"},
        {"torch.float8_e4m3fnuz", "F8_E4M3FNUZ"},
        {"torch.float8_e5m2fnuz", "F8_E5M2FNUZ"},
    }};
    const auto found = std::ranges::find(types, global, &Type::name);
    return found == types.end() ? std::string_view() : found->dtype;
}
