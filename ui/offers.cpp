// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/offers.h"

#include "app/ending.h"
#include "app/runs.h"
#include "app/session.h"
#include "core/halves.h"

#include <QApplication>
#include <QWidget>

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Offers)
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

/// Closes the window, which may ask; what comes after that begins in main().
void closeAndStartAgain()
{
    QWidget* const window = QApplication::activeWindow();
    startAgain(window && window->close());
}

} // namespace

std::vector<Offer> offersFor(Session& session, const Run& run)
{
    std::vector<Offer> offers;
    const auto offer = [&](const QString& text, const std::function<void()>& change) {
        offers.push_back({text, [&session, text, change] {
                              {
                                  const Editor::Step step(session.editor(), text);
                                  change();
                              }
                              session.start();
                          }});
    };
    const bool onCard = run.request().device != "cpu";
    const auto onProcessor = [&] {
        offer(Words::tr("On the processor"), [&session] {
            session.setDevice(QStringLiteral("cpu"));
        });
    };
    const Method& method = session.editor().method();
    const bool ours = method.id == run.request().method;
    if (run.cause == Failure::Device) {
        offers.push_back({Words::tr("Start Simile again"), closeAndStartAgain});
        if (ours && onCard)
            onProcessor();
    }
    if (run.cause != Failure::Memory || !ours)
        return offers; // where another mode is open its fields are not that run's
    if (const auto sides = smallerSides(method, run.values()); !sides.empty()) {
        QStringList numbers;
        for (const auto& [id, to] : sides)
            numbers << QString::number(to);
        offer(Words::tr("Size %1").arg(numbers.join(QStringLiteral(" x "))), [&session, sides] {
            for (const auto& [id, to] : sides)
                session.editor().setValue(id, to);
        });
    }
    for (const Parameter& p : method.parameters)
        if (p.role == Role::Candidates && wholeNumber(p, run.values()) > int(p.minimum))
            offer(Words::tr("One candidate"), [&session, id = p.id] {
                session.editor().setValue(id, 1);
            });
    if (const auto apart = takenApart(method, run.values()))
        offer(Words::tr("Guidance in two halves"), [&session, apart] {
            session.editor().setValue(apart->first, apart->second);
        });
    const QString half = onCard ? QStringLiteral("fp16") : QStringLiteral("bf16");
    const auto& precision = run.request().precision;
    if (precision == "fp32" || (precision == "auto" && !onCard))
        offer(Words::tr("Half precision (%1)").arg(half), [&session, half] {
            session.setPrecision(half);
        });
    if (onCard)
        onProcessor();
    return offers;
}
