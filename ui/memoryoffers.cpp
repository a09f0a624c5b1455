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

/// What a whole number of that role could be instead; nothing: it is as small as it can be.
std::optional<int> smaller(const Parameter& p, const Values& values, Role role)
{
    const auto value = values.find(p.id);
    const auto* now = value == values.end() ? nullptr : std::get_if<int>(&value->second);
    if (p.role != role || !now)
        return {};
    const int step = std::max(1, int(p.step));
    const int next = role == Role::Candidates ? 1 : *now * 3 / 4 / step * step;
    const int possible = std::max(next, int(p.minimum));
    return possible < *now ? std::optional(possible) : std::nullopt;
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
    for (const Parameter& p : method.parameters) {
        const auto set = [&session, id = p.id](int to) {
            return [&session, id, to] { session.editor().setValue(id, to); };
        };
        if (const auto size = smaller(p, run.values(), Role::Size))
            offer(MemoryWords::tr("Size %1").arg(*size), set(*size));
        if (const auto one = smaller(p, run.values(), Role::Candidates))
            offer(MemoryWords::tr("One candidate"), set(*one));
    }
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
