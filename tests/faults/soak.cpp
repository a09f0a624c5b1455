// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/models.h"
#include "tests/faults/attempts.h"
#include "tests/held.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <random>

namespace {

/// What is held once the networks are gone.
struct HeldOfAll : Held
{
    long tensors = FailingAllocator::held;
};

/// KiB a round.
double slope(long before, long after, long rounds)
{
    return double(after - before) / 1024 / double(std::max(rounds, 1L));
}

/// Says what came to stay; whether it is nothing.
bool staysTheSame(const HeldOfAll& before, const HeldOfAll& after, long rounds)
{
    const double allocated = slope(before.allocated, after.allocated, rounds);
    const double resident = slope(before.resident, after.resident, rounds);
    const long tensors = after.tensors - before.tensors;
    const long descriptors = after.descriptors - before.descriptors;
    std::printf(
        "over the last %ld rounds %.3f KiB a round allocated and %.2f KiB resident (%.2f KiB of "
        "files), %ld tensors and %ld descriptors more\n",
        rounds, allocated, resident, slope(before.files, after.files, rounds), tensors,
        descriptors);
    return tensors == 0 && descriptors == 0 && allocated < 1 && resident < 10;
}

} // namespace

int findLeaks(const std::string& model, int runs)
{
    useFailingAllocator();
    HeldOfAll half;
    for (int i = 0; i < runs; ++i) {
        attempt(model);
        if (i == runs / 2)
            half = {heldNow()};
    }
    return staysTheSame(half, {heldNow()}, runs - 1 - runs / 2) ? 0 : 1;
}

int soak(const std::string& model, long seconds, unsigned seed)
{
    useFailingAllocator();
    std::printf("seed %u\n", seed);
    std::fflush(stdout);
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
    HeldOfAll before, after;
    constexpr int looks = 20; // at what is held, in so many parts of the time
    for (int look = 0; look < looks; ++rounds) {
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
        if (spent() < double(seconds) * (look + 1) / looks)
            continue;
        models = std::make_unique<Models>();
        attempt(model);
        after = {heldNow()};
        if (++look == looks / 2) {
            before = after;
            half = rounds;
        }
        std::printf(
            "%.0f s, %ld rounds: %ld KiB allocated, %ld KiB resident and %ld KiB of files, %ld "
            "tensors, %ld descriptors\n",
            spent(), rounds + 1, after.allocated / 1024, after.resident / 1024, after.files / 1024,
            after.tensors, after.descriptors);
        std::fflush(stdout);
    }
    std::printf(
        "%.0f s, %ld rounds (seed %u): %ld ended as they should, %ld of them stopped, %ld told a "
        "lack of memory, %ld wrong; %ld loads; ",
        spent(), rounds, seed, runs, stopped, told, wrong, loads);
    return staysTheSame(before, after, rounds - 1 - half) && wrong == 0 ? 0 : 1;
}
