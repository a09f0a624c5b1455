// SPDX-License-Identifier: GPL-3.0-or-later

// Fails allocations of memory, one after the other, while a model is loaded and a small analogy is
// made with it:
//   badalloc MODEL tensors [EACH [FIRST]]  each EACHth tensor, from the FIRST on, in one process
//   badalloc MODEL core [FIRST [EACH]]     what core asks the C++ library for, in processes of
//                                          their own: the first FIRST, then each EACHth
//   badalloc MODEL leaks [RUNS]            none fails; what is held after each run is compared
//   badalloc MODEL soak [SECONDS [SEED]]   runs, stopped ones, failing ones and loads in a random
//                                          order; what is held at the half and the end is compared
// Each time the failure is told as one of memory, nothing of the attempt is held afterwards, and
// the next attempt gives the same latents, bit for bit. Ends with 1 where that is not so.

#include "app/engine.h"
#include "core/image.h"
#include "core/method.h"
#include "core/models.h"
#include "core/nn/tensor.h"
#include "plugins/analogist/analogist.h"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <random>
#include <string>

#include <link.h>
#include <malloc.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

/// Which allocation fails, from 1; 0: none does.
std::atomic<long> failing = 0, counted = 0;
std::atomic<bool> ofCore = false; ///< whether core's allocations count; else the tensors
/// Where core's code lies in memory.
uintptr_t coreBegin = 0, coreEnd = 0;

/// Asked in place of libtorch's own for each tensor.
class FailingAllocator final : public c10::Allocator
{
public:
    c10::DataPtr allocate(size_t bytes) override
    {
        TORCH_CHECK(
            ofCore || ++counted != failing,
            "DefaultCPUAllocator: can't allocate memory: you tried to allocate ", bytes, " bytes.");
        c10::DataPtr real = m_real->allocate(bytes);
        void* const memory = real.get();
        held += memory != nullptr; // a tensor may have no numbers
        m_delete = m_real->raw_deleter();
        real.release_context();
        return {memory, memory, &FailingAllocator::free, c10::Device(c10::DeviceType::CPU)};
    }
    c10::DeleterFnPtr raw_deleter() const override { return &FailingAllocator::free; }
    void copy_data(void* to, const void* from, std::size_t bytes) const override
    {
        default_copy_data(to, from, bytes);
    }

    static inline std::atomic<long> held = 0;

private:
    static void free(void* memory)
    {
        held -= memory != nullptr;
        m_delete(memory);
    }
    c10::Allocator* const m_real = c10::GetAllocator(c10::DeviceType::CPU);
    static inline c10::DeleterFnPtr m_delete = nullptr;
};

Request request()
{
    const auto picture = [](uint8_t red) {
        return Input {.image = SharedImage(filled(64, 64, {red, 40, 90}))};
    };
    Request request {.seed = 5};
    request.method = "analogy";
    request.images = {{"a", {picture(200)}}, {"a_prime", {picture(20)}}, {"b", {picture(120)}}};
    request.values = {{"prompt", std::string("red")}, {"steps", 2}};
    request.precision = "fp32";
    return request;
}

/// The last latent of a run, with a load where @p models hold no network yet; empty where it was
/// stopped, which is at the moment with that number, from 0.
std::vector<float> attempt(const std::string& model, Models& models, int stopAt = -1)
{
    Request wanted = request();
    wanted.model = model;
    const Method method = analogist();
    const Prepared prepared = prepare(method, wanted, describeModel(model));
    std::vector<float> last;
    int moment = 0;
    const Result result = method.run(prepared.whole(), models, [&](const Event& event) {
        if (const auto* step = std::get_if<StepEvent>(&event); step && step->latent)
            last = step->latent->values;
        return Answer {.goOn = moment++ != stopAt};
    });
    return result.stopped ? std::vector<float>() : last;
}

/// The last latent of a load and a run.
std::vector<float> attempt(const std::string& model)
{
    Models models;
    return attempt(model, models);
}

enum Outcome { Same, Told, Wrong };

/// One attempt: what came of it, and what was said of anything wrong.
Outcome outcomeOf(
    const std::function<std::vector<float>()>& made, const std::vector<float>& right,
    std::string& said)
{
    try {
        if (made() == right)
            return Same;
        said = "other latents";
        return Wrong;
    } catch (...) {
        failing = 0;
        const Failure failure = currentFailure();
        said = failure.sentence.toStdString();
        return failure.cause == Failure::Memory ? Told : Wrong;
    }
}

Outcome outcomeOf(const std::string& model, const std::vector<float>& right, std::string& said)
{
    return outcomeOf([&] { return attempt(model); }, right, said);
}

int failTensors(const std::string& model, long each, long first)
{
    static FailingAllocator allocator;
    c10::SetAllocator(c10::DeviceType::CPU, &allocator, 1);
    attempt(model); // what is kept for good is there then
    counted = 0;
    const std::vector<float> right = attempt(model);
    const long all = counted, heldBefore = FailingAllocator::held;
    int told = 0, wrong = 0;
    for (long k = first; k <= all; k += each) {
        counted = 0;
        failing = k;
        std::string said;
        const Outcome outcome = outcomeOf(model, right, said);
        failing = 0;
        told += outcome == Told;
        const long held = FailingAllocator::held;
        if (outcome == Wrong || held != heldBefore) {
            ++wrong;
            std::printf(
                "tensor %ld: %s; %ld tensors are held, not %ld\n", k, said.c_str(), held,
                heldBefore);
        }
    }
    std::string said;
    if (outcomeOf(model, right, said) != Same) {
        ++wrong;
        std::printf("afterwards: %s\n", said.c_str());
    }
    std::printf("%ld tensors, %d failed and told, %d wrong\n", all, told, wrong);
    return wrong == 0 && told > 0 ? 0 : 1;
}

int failNew(const std::string& model, long first, long each)
{
    attempt(model);
    const std::vector<float> right = attempt(model);
    ofCore = true;
    counted = 0;
    attempt(model);
    const long all = counted;
    int told = 0, borne = 0, wrong = 0;
    for (long k = 1; k <= all; k += k < first ? 1 : each) {
        std::fflush(stdout);
        const pid_t child = fork();
        if (child == 0) {
            counted = 0;
            failing = k;
            std::string said;
            Outcome outcome = outcomeOf(model, right, said);
            failing = 0;
            if (outcome == Told && attempt(model) != right) {
                said = "the next attempt gives other latents";
                outcome = Wrong;
            }
            if (outcome == Wrong)
                std::printf("allocation %ld: %s\n", k, said.c_str());
            std::fflush(stdout);
            _exit(outcome);
        }
        int status = 0;
        waitpid(child, &status, 0);
        told += WIFEXITED(status) && WEXITSTATUS(status) == Told;
        borne += WIFEXITED(status) && WEXITSTATUS(status) == Same;
        if (!WIFEXITED(status) || WEXITSTATUS(status) == Wrong) {
            ++wrong;
            std::printf("allocation %ld: status %d\n", k, status);
        }
    }
    std::printf(
        "%ld allocations of core, %d failed and told, %d failed and borne, %d wrong\n", all, told,
        borne, wrong);
    return wrong == 0 && told > 0 ? 0 : 1;
}

/// Bytes of this process in memory.
long residentBytes()
{
    malloc_trim(0);
    long pages = 0, resident = 0;
    std::ifstream("/proc/self/statm") >> pages >> resident;
    return resident * sysconf(_SC_PAGESIZE);
}

long openDescriptors()
{
    long count = 0;
    for ([[maybe_unused]] const auto& each : std::filesystem::directory_iterator("/proc/self/fd"))
        ++count;
    return count;
}

/// Loads, runs and lets go again and again; the slope over the second half.
int findLeaks(const std::string& model, int runs)
{
    static FailingAllocator allocator;
    c10::SetAllocator(c10::DeviceType::CPU, &allocator, 1);
    long half = 0, held = 0, files = 0;
    for (int i = 0; i < runs; ++i) {
        attempt(model);
        if (i == runs / 2) {
            half = residentBytes();
            held = FailingAllocator::held;
            files = openDescriptors();
        }
    }
    const long rest = runs - 1 - runs / 2;
    const double slope = double(residentBytes() - half) / double(std::max(rest, 1L)) / 1024;
    const long more = FailingAllocator::held - held, moreFiles = openDescriptors() - files;
    std::printf(
        "%d runs: %.2f KiB a run over the last %ld, %ld tensors and %ld descriptors more\n", runs,
        slope, rest, more, moreFiles);
    return more == 0 && moreFiles == 0 && slope < 10 ? 0 : 1;
}

/// What is held once the networks are gone, after a whole run.
struct Held
{
    long bytes = 0, tensors = 0, descriptors = 0;
};

Held heldAfter(const std::string& model)
{
    attempt(model);
    return {residentBytes(), FailingAllocator::held, openDescriptors()};
}

/// What people do to a program for hours. The networks stay between the runs until they are let go.
int soak(const std::string& model, long seconds, unsigned seed)
{
    static FailingAllocator allocator;
    c10::SetAllocator(c10::DeviceType::CPU, &allocator, 1);
    std::mt19937 random(seed);
    const auto upTo = [&random](long most) { return long(random() % (unsigned long)most); };
    const std::vector<float> right = attempt(model);
    counted = 0;
    attempt(model);
    const long all = counted;
    const auto begin = std::chrono::steady_clock::now();
    const auto spent = [&begin] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    };
    auto models = std::make_unique<Models>();
    long runs = 0, stopped = 0, told = 0, loads = 0, wrong = 0, rounds = 0, half = 0;
    std::optional<Held> before;
    for (; spent() < double(seconds) || !before; ++rounds) {
        const long kind = upTo(4);
        if (kind == 3) {
            models = std::make_unique<Models>();
            ++loads;
        }
        counted = 0;
        failing = kind == 2 ? 1 + upTo(all) : 0;
        std::string said;
        Outcome outcome = outcomeOf(
            [&] {
                const auto made = attempt(model, *models, kind == 1 ? int(upTo(12)) : -1);
                stopped += made.empty();
                return made.empty() ? right : made;
            },
            right, said);
        failing = 0;
        runs += outcome == Same;
        told += outcome == Told;
        if (outcome == Wrong || (outcome == Told && kind != 2)) {
            ++wrong;
            std::printf("round %ld of kind %ld: %s\n", rounds, kind, said.c_str());
        }
        if (outcome == Told) // as the program does where memory did not suffice
            models = std::make_unique<Models>();
        if (!before && spent() > double(seconds) / 2) {
            models = std::make_unique<Models>();
            before = heldAfter(model);
            half = rounds;
        }
    }
    models.reset();
    const Held after = heldAfter(model);
    const double slope =
        double(after.bytes - before->bytes) / 1024 / double(std::max(rounds - half, 1L));
    const long tensors = after.tensors - before->tensors;
    const long descriptors = after.descriptors - before->descriptors;
    std::printf(
        "%.0f s, %ld rounds (seed %u): %ld ended as they should, %ld of them stopped, %ld told a "
        "lack of memory, %ld wrong; %ld loads; over the last %ld %.2f KiB a round, %ld tensors and "
        "%ld descriptors more\n",
        spent(), rounds, seed, runs, stopped, told, wrong, loads, rounds - half, slope, tensors,
        descriptors);
    return wrong == 0 && tensors == 0 && descriptors == 0 && slope < 10 ? 0 : 1;
}

} // namespace

__attribute__((noinline)) void* operator new(std::size_t size)
{
    const auto caller = reinterpret_cast<uintptr_t>(__builtin_return_address(0));
    if (ofCore && caller >= coreBegin && caller < coreEnd && ++counted == failing)
        throw std::bad_alloc();
    if (void* const memory = std::malloc(size))
        return memory;
    throw std::bad_alloc();
}

void operator delete(void* memory) noexcept
{
    std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept
{
    std::free(memory);
}

int main(int argc, char** argv)
{
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    const auto number = [&](size_t at, long otherwise) {
        return arguments.size() > at ? std::stol(arguments[at]) : otherwise;
    };
    if (arguments.size() < 2)
        return 2;
    dl_iterate_phdr(
        [](dl_phdr_info* info, size_t, void*) {
            const bool isCore =
                std::string_view(info->dlpi_name).find("simile-core") != std::string_view::npos;
            for (int i = 0; isCore && i < info->dlpi_phnum; ++i) {
                const auto& part = info->dlpi_phdr[i];
                if (part.p_type != PT_LOAD || (part.p_flags & PF_X) == 0)
                    continue;
                coreBegin = info->dlpi_addr + part.p_vaddr;
                coreEnd = coreBegin + part.p_memsz;
            }
            return 0;
        },
        nullptr);
    at::set_num_threads(1);
    const std::string& model = arguments[0];
    if (arguments[1] == "tensors")
        return failTensors(model, number(2, 1), number(3, 1));
    if (arguments[1] == "core")
        return failNew(model, number(2, 2000), number(3, 97));
    if (arguments[1] == "leaks")
        return findLeaks(model, int(number(2, 200)));
    if (arguments[1] == "soak")
        return soak(model, number(2, 1800), unsigned(number(3, long(std::random_device()()))));
    return 2;
}
