// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/graphics.h"

#include "core/environment.h"
#include "core/memory.h"
#include "core/nn/devicememory.h"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <cstddef>
#include <memory>
#include <sstream>

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

/// Which GPU an entry of CUDA_VISIBLE_DEVICES means: by its number, behind which CUDA passes over
/// whatever is no digit, or by the beginning of its id. Nothing where it means none, or several.
std::optional<std::size_t> meant(const std::string& entry, const std::vector<std::string>& ids)
{
    if (entry.starts_with("GPU-")) {
        const auto begins = [&](const std::string& id) { return id.starts_with(entry); };
        const auto found = std::ranges::find_if(ids, begins);
        if (std::ranges::count_if(ids, begins) != 1)
            return {};
        return std::size_t(found - ids.begin());
    }
    std::size_t number = 0;
    const auto end = std::from_chars(entry.data(), entry.data() + entry.size(), number).ptr;
    if (end == entry.data() || number >= ids.size())
        return {};
    return number;
}

/// The GPUs that CUDA shows to a process whose CUDA_VISIBLE_DEVICES says that, in its order: up to
/// the first entry that means none, and none at all where one is named twice.
std::vector<std::size_t> visible(const std::string& said, const std::vector<std::string>& ids)
{
    std::vector<std::size_t> shown;
    std::istringstream entries(said);
    for (std::string entry; std::getline(entries, entry, ',');) {
        entry.erase(0, entry.find_first_not_of(" \t"));
        const auto one = meant(entry, ids);
        if (!one)
            break;
        if (std::ranges::find(shown, *one) != shown.end())
            return {};
        shown.push_back(*one);
    }
    return shown;
}

/// The GPUs that this process may use, as the driver knows them.
std::vector<Device> devicesHere(const Library& library)
{
    const auto countOf = function<int (*)(unsigned*)>(library, "nvmlDeviceGetCount_v2");
    const auto find =
        function<int (*)(unsigned, Device*)>(library, "nvmlDeviceGetHandleByIndex_v2");
    const auto findId =
        function<int (*)(const char*, Device*)>(library, "nvmlDeviceGetHandleByUUID");
    const auto idOf = function<int (*)(Device, char*, unsigned)>(library, "nvmlDeviceGetUUID");
    const auto said = environmentIfSet("CUDA_VISIBLE_DEVICES");
    if (Device part = nullptr; said && said->starts_with("MIG-")) { // CUDA shows one part of a GPU
        const bool there = findId && findId(said->substr(0, said->find(',')).c_str(), &part) == 0;
        return there ? std::vector {part} : std::vector<Device>();
    }
    unsigned count = 0;
    if (!countOf || !find || countOf(&count) != 0)
        return {};
    constexpr unsigned most = 64;
    std::vector<Device> devices;
    std::vector<std::string> ids;
    for (unsigned i = 0; i < std::min(count, most); ++i) {
        Device device = nullptr;
        char id[textSize] = {};
        if (find(i, &device) != 0)
            device = nullptr; // it keeps its number
        else if (idOf && idOf(device, id, textSize - 1) != 0)
            id[0] = '\0';
        devices.push_back(device);
        ids.emplace_back(id);
    }
    if (!said)
        return devices;
    std::vector<Device> shown;
    for (const std::size_t i : visible(*said, ids))
        shown.push_back(devices[i]);
    return shown;
}

void readCards(const Library& library, Graphics& graphics)
{
    const auto nameOf = function<int (*)(Device, char*, unsigned)>(library, "nvmlDeviceGetName");
    const auto memoryOf = function<int (*)(Device, Memory*)>(library, "nvmlDeviceGetMemoryInfo");
    if (!nameOf || !memoryOf)
        return;
    const std::vector<Device> devices = devicesHere(library);
    for (unsigned i = 0; i < devices.size(); ++i) {
        Memory memory;
        char name[textSize] = {};
        if (devices[i] && memoryOf(devices[i], &memory) == 0
            && nameOf(devices[i], name, textSize - 1) == 0)
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
