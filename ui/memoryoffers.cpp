// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/memoryoffers.h"

#include "app/runs.h"
#include "app/session.h"
#include "core/halves.h"

#include <QCoreApplication>

namespace {

struct MemoryWords
{
    Q_DECLARE_TR_FUNCTIONS(MemoryOffers)
};

/// Its value where that is a whole number.
std::optional<int> wholeNumber(const Parameter& p, const Values& values)
{
    const auto value = values.find(p.id);
    const auto* now = value == values.end() ? nullptr : std::get_if<int>(&value->second);
    return now ? std::optional(*now) : std::nullopt;
}

/// The sides of a result, each at three quarters; empty: none of them can be smaller. They count
/// pixels, in every method.
std::vector<std::pair<std::string, int>> smallerSides(const Method& method, const Values& values)
{
    std::vector<std::pair<std::string, int>> sides;
    bool anySmaller = false;
    for (const Parameter& p : method.parameters) {
        const std::optional<int> now = wholeNumber(p, values);
        if (p.unit != "px" || !now)
            continue;
        const int step = std::max(1, int(p.step));
        sides.emplace_back(p.id, std::max(*now * 3 / 4 / step * step, int(p.minimum)));
        anySmaller |= sides.back().second < *now;
    }
    return anySmaller ? sides : std::vector<std::pair<std::string, int>>();
}

} // namespace

std::vector<MemoryOffer> memoryOffers(Session& session, const Run& run)
{
    std::vector<MemoryOffer> offers;
    const auto offer = [&](const QString& text, const std::function<void()>& change) {
        offers.push_back({text, [&session, text, change] {
                              {
                                  const Editor::Step step(session.editor(), text);
                                  change();
                              }
                              session.start();
                          }});
    };
    const Method& method = session.editor().method();
    if (method.id != run.request().method)
        return offers; // another mode is open: its fields are not that run's
    if (const auto sides = smallerSides(method, run.values()); !sides.empty()) {
        QStringList numbers;
        for (const auto& [id, to] : sides)
            numbers << QString::number(to);
        offer(
            MemoryWords::tr("Size %1").arg(numbers.join(QStringLiteral(" x "))), [&session, sides] {
                for (const auto& [id, to] : sides)
                    session.editor().setValue(id, to);
            });
    }
    for (const Parameter& p : method.parameters)
        if (p.role == Role::Candidates && wholeNumber(p, run.values()) > int(p.minimum))
            offer(MemoryWords::tr("One candidate"), [&session, id = p.id] {
                session.editor().setValue(id, 1);
            });
    if (const auto apart = takenApart(method, run.values()))
        offer(MemoryWords::tr("Guidance in two halves"), [&session, apart] {
            session.editor().setValue(apart->first, apart->second);
        });
    const bool onCard = run.request().device != "cpu";
    const QString half = onCard ? QStringLiteral("fp16") : QStringLiteral("bf16");
    const auto& precision = run.request().precision;
    if (precision == "fp32" || (precision == "auto" && !onCard))
        offer(MemoryWords::tr("Half precision (%1)").arg(half), [&session, half] {
            session.setPrecision(half);
        });
    if (onCard)
        offer(MemoryWords::tr("On the processor"), [&session] {
            session.setDevice(QStringLiteral("cpu"));
        });
    return offers;
}
