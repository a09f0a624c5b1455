// SPDX-License-Identifier: GPL-3.0-or-later

// Fails allocations of memory, one after the other, while a model is loaded and a small analogy is
// made with it:
//   badalloc MODEL tensors [EACH [FIRST]]  each EACHth tensor, from the FIRST on, in one process
//   badalloc MODEL core [FIRST [EACH [FROM]]]
//                                          what core asks the C++ library for, in processes of
//                                          their own: the first FIRST, then each EACHth; with FROM
//                                          those from there on alone
//   badalloc MODEL places                  of those the first from each place, which is the way
//                                          through all functions that leads to it
//   badalloc MODEL leaks [RUNS]            none fails; what is held after each run is compared
//   badalloc MODEL soak [SECONDS [SEED]]   runs, stopped ones, failing ones and loads in a random
//                                          order; what is held at the half and the end is compared
// Each time the failure is told as one of memory, nothing of the attempt is held afterwards, and
// the next attempt gives the same latents, bit for bit. Ends with 1 where that is not so.

#include "core/nn/pool.h"
#include "tests/faults/attempts.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <new>
#include <random>
#include <set>
#include <span>
#include <string_view>
#include <thread>

#include <execinfo.h>
#include <link.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

/// Where core's code lies in memory.
uintptr_t coreBegin = 0, coreEnd = 0;

/// For each of core's allocations a number that stands for its place, while they are wanted.
std::vector<size_t>* places = nullptr;

/// Notes the place of an allocation; its own memory is there already.
__attribute__((noinline)) void notePlace(long number)
{
    std::array<void*, 48> frames = {};
    const int count = backtrace(frames.data(), int(frames.size()));
    const std::string_view bytes(
        reinterpret_cast<const char*>(frames.data()), size_t(count) * sizeof(void*));
    if (size_t(number) < places->size())
        (*places)[size_t(number)] = std::hash<std::string_view>()(bytes);
}

int failTensors(const std::string& model, long each, long first)
{
    useFailingAllocator();
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

/// How allocations ended that were failed.
struct Tally
{
    long told = 0, borne = 0, wrong = 0;

    void add(const Tally& other)
    {
        told += other.told;
        borne += other.borne;
        wrong += other.wrong;
    }
    long sum() const { return told + borne + wrong; }
};

/// Fails core's allocations in copies of this process, several at once. A copy fails some of them
/// one after the other and makes one attempt behind them, which takes as long as all of these;
/// where something is wrong each of them has a copy of its own, so that it can be named.
class CoreFailures
{
public:
    CoreFailures(const std::string& model, const std::vector<float>& right)
        : m_model(model)
        , m_right(right)
        , m_used(poolSizes().used)
    {
    }

    void fail(std::span<const long> numbers);
    const Tally& tally() const { return m_tally; }
    /// Whether nothing was wrong, with one failure alone or with several in turn.
    bool allRight() const { return m_tally.wrong == 0 && m_together == 0; }

private:
    struct Copy
    {
        std::span<const long> numbers;
        Tally* tally; ///< shared with the copy
    };

    void begin(std::span<const long> numbers);
    void end();
    [[noreturn]] void inCopy(const Copy& copy) const;
    std::string problemOf(long number, Tally& tally) const;
    void tellProgress(long last);

    const std::string& m_model;
    const std::vector<float>& m_right;
    const int64_t m_used; ///< of the pool, between two attempts
    std::map<pid_t, Copy> m_copies;
    Tally m_tally;
    int m_together = 0; ///< copies of several that something was wrong with
    const std::chrono::steady_clock::time_point m_begin = std::chrono::steady_clock::now();
    std::chrono::steady_clock::time_point m_told = m_begin;
};

/// What is wrong where allocation @p number fails; empty where nothing is.
std::string CoreFailures::problemOf(long number, Tally& tally) const
{
    counted = 0;
    failing = number;
    std::string said;
    const Outcome outcome = outcomeOf(m_model, m_right, said);
    failing = 0;
    if (outcome == Wrong)
        return said;
    (outcome == Told ? tally.told : tally.borne)++;
    const int64_t used = poolSizes().used;
    return used == m_used ? "" : std::to_string(used - m_used) + " bytes of tensors are held";
}

void CoreFailures::inCopy(const Copy& copy) const
{
    const bool alone = copy.numbers.size() == 1;
    const auto is = [&](const std::string& problem) {
        if (alone)
            std::printf("allocation %ld: %s\n", copy.numbers.front(), problem.c_str());
        std::fflush(stdout);
        _exit(1);
    };
    for (const long number : copy.numbers)
        if (const std::string problem = problemOf(number, *copy.tally); !problem.empty())
            is(problem);
    std::string said;
    if (outcomeOf(m_model, m_right, said) != Same)
        is("the next attempt: " + said);
    _exit(0);
}

void CoreFailures::begin(std::span<const long> numbers)
{
    void* const shared =
        mmap(nullptr, sizeof(Tally), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) // NOLINT: the system's macro
        throw std::bad_alloc();
    const Copy copy = {.numbers = numbers, .tally = new (shared) Tally};
    std::fflush(stdout);
    const pid_t child = fork();
    if (child == 0)
        inCopy(copy);
    m_copies[child] = copy;
}

void CoreFailures::end()
{
    int status = 0;
    const auto ended = m_copies.find(waitpid(-1, &status, 0));
    if (ended == m_copies.end()) {
        std::printf("a copy is lost\n");
        std::exit(1);
    }
    const auto [numbers, tally] = ended->second;
    m_copies.erase(ended);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
        m_tally.add(*tally);
    } else if (numbers.size() > 1) {
        ++m_together;
        std::printf(
            "allocations %ld to %ld: status %d; each alone:\n", numbers.front(), numbers.back(),
            status);
        for (size_t i = 0; i < numbers.size(); ++i) {
            begin(numbers.subspan(i, 1));
            end();
        }
    } else {
        std::printf("allocation %ld: status %d\n", numbers.front(), status);
        ++m_tally.wrong;
    }
    munmap(tally, sizeof(Tally));
    tellProgress(numbers.back());
}

void CoreFailures::tellProgress(long last)
{
    const auto now = std::chrono::steady_clock::now();
    if (now - m_told < std::chrono::seconds(20))
        return;
    m_told = now;
    std::printf(
        "%.0f s, at allocation %ld: %ld told, %ld borne, %ld wrong\n",
        std::chrono::duration<double>(now - m_begin).count(), last, m_tally.told, m_tally.borne,
        m_tally.wrong);
    std::fflush(stdout);
}

void CoreFailures::fail(std::span<const long> numbers)
{
    constexpr size_t ofACopy = 16;
    const size_t atOnce = std::max(1U, std::thread::hardware_concurrency());
    while (!numbers.empty()) {
        if (m_copies.size() == atOnce)
            end();
        const size_t count = std::min(ofACopy, numbers.size());
        begin(numbers.first(count));
        numbers = numbers.subspan(count);
    }
    while (!m_copies.empty())
        end();
}

/// The first allocation from each place.
std::vector<long> onePerPlace(const std::string& model, long all)
{
    std::vector<size_t> noted(size_t(all) * 2);
    std::array<void*, 4> frames = {};
    backtrace(frames.data(), int(frames.size())); // loads what it needs
    counted = 0;
    places = &noted;
    attempt(model);
    places = nullptr;
    std::set<size_t> seen;
    std::vector<long> numbers;
    for (size_t k = 1; k < noted.size(); ++k)
        if (noted[k] != 0 && seen.insert(noted[k]).second)
            numbers.push_back(long(k));
    return numbers;
}

/// @p choose gives the numbers of those that fail, of so many.
int failNew(const std::string& model, const std::function<std::vector<long>(long all)>& choose)
{
    attempt(model);
    const std::vector<float> right = attempt(model);
    ofCore = true;
    counted = 0;
    attempt(model);
    const long all = counted;
    const std::vector<long> numbers = choose(all);
    CoreFailures failures(model, right);
    failures.fail(numbers);
    const Tally& tally = failures.tally();
    std::printf(
        "%ld allocations of core, %ld failed: %ld told, %ld borne, %ld wrong\n", all, tally.sum(),
        tally.told, tally.borne, tally.wrong);
    return failures.allRight() && tally.told > 0 && tally.sum() == long(numbers.size()) ? 0 : 1;
}

/// The first @p first and then each @p each-th, from number @p from on.
std::vector<long> eachOf(long all, long first, long each, long from)
{
    std::vector<long> numbers;
    for (long k = 1; k <= all; k += k < first ? 1 : each)
        if (k >= from)
            numbers.push_back(k);
    return numbers;
}

} // namespace

__attribute__((noinline)) void* operator new(std::size_t size)
{
    const auto caller = reinterpret_cast<uintptr_t>(__builtin_return_address(0));
    if (ofCore && caller >= coreBegin && caller < coreEnd) {
        const long number = ++counted;
        if (places)
            notePlace(number);
        if (number == failing)
            throw std::bad_alloc();
    }
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
        return failNew(model, [&](long all) {
            return eachOf(all, number(2, 2000), number(3, 97), number(4, 1));
        });
    if (arguments[1] == "places")
        return failNew(model, [&](long all) { return onePerPlace(model, all); });
    if (arguments[1] == "leaks")
        return findLeaks(model, int(number(2, 200)));
    if (arguments[1] == "soak")
        return soak(model, number(2, 1800), unsigned(number(3, long(std::random_device()()))));
    return 2;
}
