// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/nn/tensor.h"
#include "tests/plugins/analogist/analogistfixture.h"
#include "tests/plugins/plugandplay/translatefixture.h"
#include "tests/plugins/promptfree/promptfreefixture.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <set>

namespace {

/// A method on small networks, with what it runs.
struct Case
{
    Method method = {};
    Request request = {};
    ModelCard card = {};
    Models models {};
    int ran = 0;

    /// The latents of up to two steps.
    std::vector<std::shared_ptr<const Latent>> begin(const Request& wanted)
    {
        int steps = 0;
        const Report report([&](const Event& event) {
            steps += std::holds_alternative<StepEvent>(event);
            return Answer {.goOn = steps < 3, .keep = false};
        });
        return run(method, prepare(method, wanted, card), models, report).latents;
    }

    /// Why the request neither runs to finite numbers nor is refused as a value; empty: it does.
    std::string problem(const Request& wanted)
    {
        try {
            for (const auto& latent : begin(wanted))
                for (const float value : latent->values)
                    if (!std::isfinite(value))
                        return "it gives numbers that are none";
            ++ran;
            return {};
        } catch (const ValueError& error) {
            return {}; // steps that strength leaves none of
        } catch (const Error& error) {
            return error.what();
        }
    }

    bool refuses(const std::string& id, const Value& value)
    {
        Request wanted = request;
        wanted.values[id] = value;
        try {
            prepare(method, wanted, card);
            return false;
        } catch (const ValueError&) {
            return true;
        }
    }
};

/// Of the type that the parameter has.
Value typed(const Parameter& parameter, double value)
{
    if (std::holds_alternative<int>(parameter.initial))
        return int(value);
    return value;
}

/// The numbers of a method with least and most, one behind the other.
void checkEnds(Case& c, const std::set<std::string>& tooLarge)
{
    int checked = 0;
    for (const Parameter& p : c.method.parameters) {
        const bool whole = std::holds_alternative<int>(p.initial);
        if ((!whole && !std::holds_alternative<double>(p.initial)) || p.offers)
            continue;
        QVERIFY2(p.minimum < p.maximum, p.id.c_str());
        ++checked;
        for (const double value : {p.minimum, p.maximum}) {
            if (value == p.maximum && tooLarge.contains(p.id))
                continue;
            Request wanted = c.request;
            wanted.values[p.id] = typed(p, value);
            const std::string wrong = c.problem(wanted);
            QVERIFY2(wrong.empty(), (p.id + " " + std::to_string(value) + ": " + wrong).c_str());
        }
        const double beyond = whole ? 1 : 1e-3;
        QVERIFY2(c.refuses(p.id, typed(p, p.minimum - beyond)), p.id.c_str());
        QVERIFY2(c.refuses(p.id, typed(p, p.maximum + beyond)), p.id.c_str());
        if (!whole)
            for (const double none : {std::nan(""), std::numeric_limits<double>::infinity(), 1e300})
                QVERIFY2(c.refuses(p.id, none), p.id.c_str());
    }
    QVERIFY(checked > 3);
    QVERIFY2(c.ran > checked, qPrintable(QString::number(c.ran)));
    for (const uint64_t seed : {uint64_t(0), uint64_t(1) << 32, uint64_t(1) << 63, ~uint64_t(0)}) {
        Request wanted = c.request;
        wanted.seed = seed;
        const std::string wrong = c.problem(wanted);
        QVERIFY2(wrong.empty(), (std::to_string(seed) + ": " + wrong).c_str());
    }
}

} // namespace

/// Each number of the methods at its ends and beyond them, in fp32.
class CornersTest : public QObject
{
    Q_OBJECT

    const c10::InferenceMode m_noGradients;

private Q_SLOTS:
    void analogyRunsAtTheEndsAndRefusesWhatLiesBeyond()
    {
        Case c {.method = analogist(), .request = shortRequest(), .card = {.channels = 9}};
        c.request.method = c.method.id;
        for (Parameter& p : c.method.parameters)
            if (p.role == Role::Size)
                p.minimum = p.step = 128;
        c.method.run = [](const Request& request, Models&, const Report& report) {
            return runAnalogist(tinyModel(), request, report);
        };
        checkEnds(c, {"size"}); // tst_largegrid
    }

    void promptFreeRunsAtTheEndsAndRefusesWhatLiesBeyond()
    {
        PromptFreeFixture f;
        Case c {
            .method = promptFree(),
            .request = f.request(),
            .card = {.channels = 4, .contextWidth = 768}};
        c.method.run = [&](const Request& request, Models& models, const Report& report) {
            return runPromptFree(f.model, request, models, report);
        };
        checkEnds(c, {});
    }

    void translateRunsAtTheEndsAndRefusesWhatLiesBeyond()
    {
        Case c {
            .method = translate(),
            .request = shortTranslation(),
            .card = describeModel(MINI_MODEL)};
        checkEnds(c, {"size"}); // tst_plugandplay, tst_room
    }
};

QTEST_GUILESS_MAIN(CornersTest)
#include "tst_corners.moc"
