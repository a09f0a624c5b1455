// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/touched.h"

#include "app/runs.h"

#include <algorithm>
#include <cmath>

namespace {

bool sameButTimes(const Touch& a, Touch b)
{
    b.times = a.times;
    return a == b;
}

/// What acts: a touch by 1 is none.
std::vector<Touch> acting(std::vector<Touch> touches)
{
    std::erase_if(touches, [](const Touch& touch) { return touch.times == 1; });
    return touches;
}

bool sameButTouches(Request a, const Request& b)
{
    a.touches = b.touches;
    a.branch = b.branch;
    return a == b;
}

/// The first step in which two lists act otherwise; @p steps: none.
int firstChange(const std::vector<Touch>& a, const std::vector<Touch>& b, int steps)
{
    int first = steps;
    const auto take = [&](const std::vector<Touch>& these, const std::vector<Touch>& those) {
        for (const Touch& touch : these)
            if (!std::ranges::count(those, touch))
                first = std::min(first, int(std::lround(touch.begin * steps)));
    };
    take(acting(a), acting(b));
    take(acting(b), acting(a));
    return first;
}

} // namespace

std::vector<Touch> withoutTouch(std::vector<Touch> touches, const Touch& touch)
{
    std::erase_if(touches, [&](const Touch& each) { return sameButTimes(each, touch); });
    return touches;
}

std::vector<Touch> withTouch(std::vector<Touch> touches, const Touch& touch)
{
    touches = withoutTouch(std::move(touches), touch);
    touches.push_back(touch);
    return touches;
}

double partFrom(int step, int steps)
{
    if (steps <= 0)
        return 0;
    const double part = double(step) / steps;
    const double read = std::round(part * 1000) / 1000; // as it is written, where that says it
    return std::lround(read * steps) == step ? read : part;
}

Request touched(const Request& run, std::vector<Touch> touches, int steps)
{
    const int step = firstChange(run.touches, touches, steps);
    Request made = run;
    made.touches = std::move(touches);
    // The first steps are those of an ancestor, where only touches came later.
    const Request* from = &run;
    while (from->branch && from->branch->step >= step
           && sameButTouches(*from, *from->branch->parent))
        from = from->branch->parent.get();
    if (step == 0 || (from->branch && from->branch->step >= step))
        made.branch = from->branch;
    else
        made.branch = Branch {.parent = std::make_shared<const Request>(*from), .step = step};
    return made;
}

std::shared_ptr<Run> untouchedOf(const Runs& runs, const Run& run)
{
    const Request& request = run.request();
    Request plain = request.branch ? *request.branch->parent : request;
    if (!request.branch)
        plain.touches.clear();
    const auto is = [&](const Run& other) {
        return other.number != run.number && other.isOf(plain);
    };
    std::shared_ptr<Run> found;
    if (request.branch || !request.touches.empty())
        for (const auto& other : runs.all())
            if (is(*other))
                found = other;
    return found;
}
