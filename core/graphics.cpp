// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/graphics.h"

#include "core/memory.h"
#include "core/nn/devicememory.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <memory>

#include <dlfcn.h>

namespace {

// Of NVML's interface, which is the same since its first versions.
using Device = void*;
struct Memory
{
    unsigned long long total = 0, free = 0, used = 0;
};
constexpr unsigned textSize = 96;

using Library = std::unique_ptr<void, int (*)(void*)>;

template<typename Function>
Function function(const Library& library, const char* name)
{
    return reinterpret_cast<Function>(dlsym(library.get(), name));
}

/// The version of the CUDA that the process has loaded; 0: none.
int loadedCuda()
{
    using Version = int (*)(int*);
    const auto version = reinterpret_cast<Version>(dlsym(RTLD_DEFAULT, "cudaRuntimeGetVersion"));
    int number = 0;
    return version && version(&number) == 0 ? number : 0;
}

std::string deviceName(unsigned index)
{
    return index == 0 ? "cuda" : "cuda:" + std::to_string(index);
}

void readCards(const Library& library, Graphics& graphics)
{
    const auto countOf = function<int (*)(unsigned*)>(library, "nvmlDeviceGetCount_v2");
    const auto find =
        function<int (*)(unsigned, Device*)>(library, "nvmlDeviceGetHandleByIndex_v2");
    const auto nameOf = function<int (*)(Device, char*, unsigned)>(library, "nvmlDeviceGetName");
    const auto memoryOf = function<int (*)(Device, Memory*)>(library, "nvmlDeviceGetMemoryInfo");
    unsigned count = 0;
    if (!countOf || !find || !nameOf || !memoryOf || countOf(&count) != 0)
        return;
    constexpr unsigned most = 64;
    for (unsigned i = 0; i < std::min(count, most); ++i) {
        Device device = nullptr;
        Memory memory;
        char name[textSize] = {};
        if (find(i, &device) != 0 || memoryOf(device, &memory) != 0
            || nameOf(device, name, textSize - 1) != 0)
            continue;
        graphics.cards.push_back({deviceName(i), name, memory.total, memory.free});
    }
}

std::string versionText(int number)
{
    return std::to_string(number / 1000) + "." + std::to_string(number % 1000 / 10);
}

std::atomic<bool> lost = false;

} // namespace

void loseGraphics()
{
    lost = true;
}

void checkGraphics()
{
    if (lost)
        throw DeviceError("The GPU stopped answering earlier. Start Simile again to use it, or "
                          "choose the device cpu.");
}

Sentence Graphics::problem() const
{
    if (driver.empty())
        return "No NVIDIA GPU with a driver was found here.";
    if (cards.empty())
        return {"The NVIDIA driver %1 tells of no GPU.", driver};
    if (needed == 0)
        return {
            "There is a GPU (%1), but the program was built without CUDA: build it again on this "
            "computer.",
            cards.front().name};
    if (serves / 1000 < needed / 1000)
        return {
            "The NVIDIA driver %1 is too old: it serves CUDA %2, and the program needs %3. Please "
            "update the driver.",
            driver, versionText(serves), versionText(needed)};
    return {};
}

std::string Graphics::usualDevice() const
{
    constexpr uint64_t full = uint64_t(6) << 30; // a model of full size at 512 pixels, in fp16
    const auto fits =
        std::ranges::find_if(cards, [](const GraphicsCard& card) { return card.memory >= full; });
    return problem().empty() && fits != cards.end() ? fits->device : "cpu";
}

const GraphicsCard* Graphics::card(const std::string& device) const
{
    const auto found = std::ranges::find(
        cards, device == "cuda:0" ? std::string("cuda") : device, &GraphicsCard::device);
    return found == cards.end() ? nullptr : &*found;
}

Graphics graphicsHere(const char* name, int needed)
{
    Graphics graphics {.needed = needed < 0 ? loadedCuda() : needed};
    const Library library(dlopen(name, RTLD_NOW | RTLD_LOCAL), dlclose);
    if (!library)
        return graphics;
    const auto begin = function<int (*)()>(library, "nvmlInit_v2");
    const auto end = function<int (*)()>(library, "nvmlShutdown");
    const auto driver = function<int (*)(char*, unsigned)>(library, "nvmlSystemGetDriverVersion");
    const auto serves = function<int (*)(int*)>(library, "nvmlSystemGetCudaDriverVersion_v2");
    if (!begin || !end || !driver || begin() != 0)
        return graphics;
    char text[textSize] = {};
    if (driver(text, textSize - 1) == 0)
        graphics.driver = text;
    if (!serves || serves(&graphics.serves) != 0)
        graphics.serves = 0;
    readCards(library, graphics);
    end();
    return graphics;
}

std::string deviceInUse()
{
    for (int i = 0;; ++i) {
        const auto held = deviceMemory(i);
        if (!held)
            return "cpu";
        if (held->used > 0)
            return deviceName(unsigned(i));
    }
}

std::optional<uint64_t> freeMemoryOn(const std::string& device)
{
    if (device == "cpu")
        return freeMemory();
    const Graphics graphics = graphicsHere();
    const GraphicsCard* card = graphics.card(device);
    if (!card)
        return {};
    const int number = card->device == "cuda" ? 0 : std::stoi(card->device.substr(5));
    return card->free + deviceMemory(number).value_or(DeviceMemory()).idle;
}
