// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/annotators/posepeople.h"

#include <algorithm>
#include <cmath>

namespace {

/// The first of the two channels that hold each limb's direction.
constexpr int limbChannels[] = {12, 20, 14, 16, 22, 24, 0,  2,  4, 6,
                                8,  10, 28, 30, 34, 32, 36, 18, 26};
constexpr int firstUnowned = 17; // limbs from here on (ear to shoulder) begin nobody
constexpr int samples = 10;
constexpr int fewestParts = 4;
constexpr double leastAlong = 0.05, leastScore = 0.4;

/// Two peaks, by their numbers within their parts, that a limb joins.
struct Connection
{
    double score = 0;
    int from = 0, to = 0;
};

struct Joint
{
    std::array<int, bodyPartCount> peaks = {}; ///< their numbers; -1: none
    double score = 0;
    int parts = 0;
};

/// How well the field agrees with a limb between the two; empty: it does not.
std::optional<double> agreement(PosePoint from, PosePoint to, const Tensor& field)
{
    const double dx = to.x - from.x, dy = to.y - from.y;
    const double length = std::max(0.001, std::sqrt(dx * dx + dy * dy));
    const int64_t height = field.size(1), width = field.size(2);
    const auto* const values = field.data_ptr<float>();
    double sum = 0;
    int good = 0;
    for (int i = 0; i < samples; ++i) {
        const auto x = int64_t(std::nearbyint(from.x + i * (dx / (samples - 1))));
        const auto y = int64_t(std::nearbyint(from.y + i * (dy / (samples - 1))));
        const float* const here = values + y * width + x;
        const double along = here[0] * (dx / length) + here[height * width] * (dy / length);
        sum += along;
        good += along > leastAlong;
    }
    const double score = sum / samples + std::min(0.5 * double(height) / length - 1, 0.);
    return 10 * good > 8 * samples && score > 0 ? std::optional(score) : std::nullopt;
}

/// The best connections in which each peak has part once.
std::vector<Connection> connections(
    const std::vector<PosePeak>& from, const std::vector<PosePeak>& to, const Tensor& field)
{
    std::vector<Connection> all;
    for (int i = 0; i < int(from.size()); ++i)
        for (int j = 0; j < int(to.size()); ++j)
            if (const auto score = agreement(from[i].at, to[j].at, field))
                all.push_back({*score, i, j});
    std::ranges::stable_sort(all, std::greater(), &Connection::score);
    std::vector<Connection> chosen;
    for (const Connection& c : all)
        if (std::ranges::none_of(
                chosen, [&](const Connection& o) { return o.from == c.from || o.to == c.to; }))
            chosen.push_back(c);
    return chosen;
}

bool share(const Joint& a, const Joint& b)
{
    for (int i = 0; i < bodyPartCount; ++i)
        if (a.peaks[i] >= 0 && b.peaks[i] >= 0)
            return true;
    return false;
}

/// Adds a found limb to whom it belongs: it may join two, and may begin somebody.
void addLimb(
    std::vector<Joint>& people, int limb, const Connection& c, double fromScore, double toScore)
{
    const auto [a, b] = bodyLimbs[limb];
    std::vector<size_t> owners;
    for (size_t i = 0; i < people.size() && owners.size() < 2; ++i)
        if (people[i].peaks[a] == c.from || people[i].peaks[b] == c.to)
            owners.push_back(i);
    if (owners.empty()) {
        if (limb >= firstUnowned)
            return;
        Joint person {.score = fromScore + toScore + c.score, .parts = 2};
        person.peaks.fill(-1);
        person.peaks[a] = c.from;
        person.peaks[b] = c.to;
        people.push_back(person);
        return;
    }
    Joint& owner = people[owners[0]];
    if (owners.size() == 2 && !share(owner, people[owners[1]])) {
        const Joint other = people[owners[1]];
        for (int i = 0; i < bodyPartCount; ++i)
            owner.peaks[i] = std::max(owner.peaks[i], other.peaks[i]);
        owner.score += other.score + c.score;
        owner.parts += other.parts;
        people.erase(people.begin() + std::ptrdiff_t(owners[1]));
    } else if (owners.size() == 2 || owner.peaks[b] != c.to) {
        owner.peaks[b] = c.to;
        owner.score += toScore + c.score;
        ++owner.parts;
    }
}

} // namespace

std::vector<Person> posePeople(
    const std::vector<std::vector<PosePeak>>& peaks, const Tensor& fields)
{
    std::vector<Joint> candidates;
    for (int limb = 0; limb < int(bodyLimbs.size()); ++limb) {
        const auto [a, b] = bodyLimbs[limb];
        const Tensor field = fields.narrow(0, limbChannels[limb], 2).contiguous();
        for (const Connection& c : connections(peaks[a], peaks[b], field))
            addLimb(candidates, limb, c, peaks[a][c.from].score, peaks[b][c.to].score);
    }
    std::vector<Person> people;
    for (const Joint& candidate : candidates) {
        if (candidate.parts < fewestParts || candidate.score / candidate.parts < leastScore)
            continue;
        Person person;
        for (int part = 0; part < bodyPartCount; ++part)
            if (candidate.peaks[part] >= 0)
                person[part] = peaks[part][candidate.peaks[part]].at;
        people.push_back(person);
    }
    return people;
}
