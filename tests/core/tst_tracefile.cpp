// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/file/files.h"
#include "core/tracefile.h"
#include "tests/failure.h"

#include <QTemporaryDir>
#include <QTest>

namespace {

Numbers counting(std::vector<int64_t> shape, float step)
{
    int64_t count = 1;
    for (const int64_t n : shape)
        count *= n;
    std::vector<float> values;
    for (int64_t i = 0; i < count; ++i)
        values.push_back(float(i) * step);
    return Numbers::kept(std::move(shape), values);
}

/// One with all that there is.
StepTrace fullTrace()
{
    StepTrace trace {.step = 7};
    TraceSetting setting {.latentHeight = 4, .latentWidth = 6, .grid = true};
    setting.tokens[{}] = {{"start"}, {"ro", 0}, {"und", 0}, {"\xf0\x9f", 1}, {"end"}};
    setting.tokens[{.candidate = 1, .negative = true}] = {{"start"}};
    setting.references = {
        {.firstToken = 2,
         .weight = .25,
         .height = 2,
         .width = 3,
         .origins = counting({2, 6}, .1f)}};
    trace.setting = std::make_shared<TraceSetting>(setting);
    PassTrace& pass = trace.passes[{.candidate = 1}];
    pass.guidanceNorm = 12.5;
    pass.attention[{SiteKind::SelfAttention, 3}] =
        {.name = "down_blocks.1.attentions.1",
         .height = 2,
         .width = 2,
         .heads = 2,
         .keys = 4,
         .features = 3,
         .query = counting({2, 4, 3}, 1),
         .key = counting({2, 4, 3}, 4000), // too large for half precision
         .scale = .57735,
         .logSums = {1, 2, 3, 4, 5, 6, 7, 8.123456f},
         .rule =
             {.cloned = {{1, 3, 0, 2, 1.3}},
              .silent = {0, 2},
              .shares = {{3, 0, 2}},
              .keyWeights = {1, 0, .5f, 1},
              .keyTimes = {1, 2, 3, 4},
              .rowTimes = {0, 1, 1, 1}},
         .injected = true,
         .figures = {
             .entropy = .625,
             .rows = 3,
             .shares = std::vector<float>(16, .25f),
             .sharesBefore = std::vector<float>(16, .125f)}};
    pass.features[{SiteKind::ResidualBlock, 14}] = {
        .name = "up_blocks.1.resnets.1", .values = counting({2, 2, 2}, .3f), .injected = true};
    trace.passes[{.source = true}].features[{SiteKind::Control, 12}] = {
        .name = "middle", .values = counting({1, 1, 1}, 1)};
    return trace;
}

bool equal(const AttentionTrace& a, const AttentionTrace& b)
{
    return a.name == b.name && a.height == b.height && a.width == b.width && a.heads == b.heads
        && a.keys == b.keys && a.features == b.features && a.query == b.query && a.key == b.key
        && a.scale == b.scale && a.logSums == b.logSums && a.rule == b.rule
        && a.injected == b.injected && a.figures.entropy == b.figures.entropy
        && a.figures.rows == b.figures.rows && a.figures.shares == b.figures.shares
        && a.figures.sharesBefore == b.figures.sharesBefore;
}

} // namespace

class TraceFileTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::filesystem::path m_path = m_folder.filePath(QStringLiteral("trace")).toStdString();

private Q_SLOTS:
    void whatIsReadBackIsEqual()
    {
        const StepTrace trace = fullTrace();
        saveTrace(m_path, trace);
        const auto read = readTrace(m_path);
        QCOMPARE(read->step, trace.step);
        QCOMPARE(read->passes.size(), trace.passes.size());
        const PassTrace &was = trace.passes.at({.candidate = 1}),
                        &is = read->passes.at({.candidate = 1});
        QCOMPARE(is.guidanceNorm, was.guidanceNorm);
        const TraceSite self {SiteKind::SelfAttention, 3}, block {SiteKind::ResidualBlock, 14};
        QVERIFY(!was.attention.at(self).key.isHalf());
        QVERIFY(equal(is.attention.at(self), was.attention.at(self)));
        QCOMPARE(is.features.at(block).name, was.features.at(block).name);
        QVERIFY(is.features.at(block).values == was.features.at(block).values);
        QVERIFY(is.features.at(block).injected);
        QVERIFY(read->passes.at({.source = true}).features.contains({SiteKind::Control, 12}));
        QCOMPARE(read->bytes(), trace.bytes());
    }

    void theSettingIsReadBackToo()
    {
        saveTrace(m_path, fullTrace());
        const auto read = readTrace(m_path)->setting;
        QCOMPARE(read->latentHeight, 4);
        QCOMPARE(read->latentWidth, 6);
        QVERIFY(read->grid);
        const auto& tokens = read->tokens.at({});
        QCOMPARE(tokens.size(), size_t(5));
        QCOMPARE(tokens[2].text, std::string("und"));
        QCOMPARE(tokens[2].word, 0);
        QCOMPARE(tokens[0].word, -1);
        QVERIFY(read->tokens.contains({.candidate = 1, .negative = true}));
        QCOMPARE(read->references.at(0).weight, .25);
        QVERIFY(read->references.at(0).origins == fullTrace().setting->references[0].origins);
    }

    void aDamagedFileIsRefusedByItsName()
    {
        saveTrace(m_path, fullTrace());
        std::string bytes = readText(m_path.string());
        const size_t at = bytes.find("\\\"heads\\\":2");
        QVERIFY(at != bytes.npos);
        bytes[at + 10] = '3';
        writeFileAtomically(m_path, std::as_bytes(std::span(bytes)));
        QCOMPARE(
            failure([&] { readTrace(m_path); }),
            "The file " + m_path.string() + " is damaged: its tensors do not fit together.");
    }

    void anotherSafetensorsFileIsRefused()
    {
        QVERIFY(failure([] {
                    readTrace(MINI_MODEL "/unet/diffusion_pytorch_model.safetensors");
                }).ends_with("does not hold what a network held."));
    }
};

QTEST_GUILESS_MAIN(TraceFileTest)
#include "tst_tracefile.moc"
