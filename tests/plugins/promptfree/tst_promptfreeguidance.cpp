// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/samplingrun.h"
#include "core/touchtext.h"
#include "tests/failure.h"
#include "tests/plugins/promptfree/promptfreefixture.h"

#include <QTest>

namespace {

double difference(const Latent& a, const Latent& b)
{
    return (toTensor(a) - toTensor(b)).abs().max().item<double>();
}

} // namespace

/// What acts in the passes of a run, and what looks on.
class PromptFreeGuidanceTest : public QObject
{
    Q_OBJECT

    const c10::InferenceMode m_noGradients;

private Q_SLOTS:
    void whatIsRecordedKnowsTheReferences()
    {
        PromptFreeFixture f;
        Request request = f.request();
        request.images["reference"].push_back({.image = PromptFreeFixture::picture(1)});
        std::shared_ptr<const StepTrace> trace;
        const auto keep = [&](const Event& event) {
            if (const auto* step = std::get_if<StepEvent>(&event); step && step->trace)
                trace = step->trace;
            return Answer {};
        };
        const Report report(keep, attentionOnly());
        const Result seen = runPromptFree(f.model, request, f.models, report);
        QVERIFY2(seen.latents.back()->values == f.run(request).latents.back()->values, "no bit");
        const TraceSetting& setting = *trace->setting;
        QCOMPARE(setting.references.size(), size_t(2));
        QCOMPARE(setting.references[1].firstToken, 10);
        QCOMPARE(setting.tokens.at({}).size(), size_t(20));
        const AttentionTrace& cross =
            trace->passes.at({}).attention.at({SiteKind::CrossAttention, 8});
        QCOMPARE(cross.keys, 20);
    }

    void touchesActAndRepeat()
    {
        PromptFreeFixture f;
        f.addTextEncoder();
        Request request = f.request();
        request.values["prompt"] = std::string("a red circle");
        const auto final = [&] { return f.run(request).latents.back(); };
        const auto untouched = final();
        for (const char* text : {"word=red:4", "self:8-12:rows=0,0,0.5,1:0", "cross:8:head=1:0"}) {
            request.touches = {parseTouch(text)};
            const auto touched = final();
            QVERIFY2(difference(*touched, *untouched) > 1e-4, text);
        }
        request.touches = {
            parseTouch("word=red:4"), parseTouch("self:8-12:rows=0,0,0.5,1:0"),
            parseTouch("cross:8:head=1:0")};
        QVERIFY2(final()->values == final()->values, "the same again");
        request.touches = {parseTouch("word=blue:4")};
        QVERIFY(failure(final).find("not in the prompt") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(PromptFreeGuidanceTest)
#include "tst_promptfreeguidance.moc"
