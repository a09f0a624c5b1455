// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/methodview.h"

#include "ui/docktitle.h"
#include "ui/gridview.h"
#include "ui/theme.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

QImage resultPart(const Method* method, const QImage& canvas)
{
    return method && method->onGrid ? cellOf(canvas, 3, 4) : canvas;
}

std::vector<StepAxis::Span> spansOf(
    const Method& method, const Values& values, const Pictures& images, int steps)
{
    std::vector<StepAxis::Span> spans;
    if (!method.spans)
        return spans;
    const QColor colors[] = {theme().cloning, theme().masking};
    for (const ActiveSpan& active : method.spans(values, images)) {
        const auto at = spans.size();
        StepAxis::Span span {.label = withPrime(active.label), .color = colors[at % 2]};
        span.hatched = at % 2 == 1;
        span.begin = std::min(active.steps.begin, steps);
        span.end = std::min(active.steps.end, steps);
        if (active.steps.end <= active.steps.begin)
            span.label = QCoreApplication::translate("StepAxis", "%1 off").arg(span.label);
        spans.push_back(span);
    }
    return spans;
}

std::vector<StepAxis::Span> spansOf(const std::vector<Touch>& touches, int steps)
{
    std::map<std::pair<double, double>, int> parts;
    for (const Touch& touch : touches)
        ++parts[{touch.begin, touch.end}];
    std::vector<StepAxis::Span> spans;
    for (const auto& [part, count] : parts)
        spans.push_back(
            {.label = count == 1
                 ? QCoreApplication::translate("StepAxis", "Touch")
                 : QCoreApplication::translate("StepAxis", "Touches (%1)").arg(count),
             .begin = int(std::lround(part.first * steps)),
             .end = int(std::lround(part.second * steps)),
             .color = theme().curve});
    return spans;
}
