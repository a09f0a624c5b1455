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

    void whatWouldLeadBeyondTheNumbersIsRefused_data()
    {
        QTest::addColumn<int>("change");
        int i = 0;
        for (const char* name :
             {"a cell of what is like another", "a silent cell", "a cell of a share",
              "weights of keys", "times of keys", "times of rows", "shares", "shares before",
              "keys of self-attention", "a map of two dimensions", "a map without places",
              "an origin of other places", "a latent without end", "words of another context"})
            QTest::newRow(name) << i++;
    }

    void whatWouldLeadBeyondTheNumbersIsRefused()
    {
        QFETCH(int, change);
        StepTrace trace = fullTrace();
        PassTrace& pass = trace.passes[{.candidate = 1}];
        TraceSetting setting = *trace.setting;
        AttentionTrace& self = pass.attention.begin()->second;
        FeatureTrace& block = pass.features.begin()->second;
        AttentionTrace words = self;
        words.key = counting({2, 5, 3}, 1);
        words.keys = 5;
        words.rule = {};
        words.figures = {};
        switch (change) {
        case 0:
            self.rule.cloned[0].likeQueries = 4;
            break;
        case 1:
            self.rule.silent = {-1};
            break;
        case 2:
            self.rule.shares[0].keys = 1'000'000;
            break;
        case 3:
            self.rule.keyWeights.pop_back();
            break;
        case 4:
            self.rule.keyTimes.pop_back();
            break;
        case 5:
            self.rule.rowTimes.push_back(1);
            break;
        case 6:
            self.figures.shares.resize(15);
            self.figures.sharesBefore.resize(15);
            break;
        case 7:
            self.figures.sharesBefore.clear();
            break;
        case 8:
            self = words;
            break;
        case 9:
            block.values = counting({4, 2}, 1);
            break;
        case 10:
            block.values = Numbers({2, 0, 2}, std::vector<float>());
            break;
        case 11:
            setting.references[0].width = 4;
            break;
        case 12:
            setting.latentHeight = setting.latentWidth = 100'000;
            break;
        default:
            pass.attention[{SiteKind::CrossAttention, 0}] = words;
            words.key = counting({2, 6, 3}, 1);
            words.keys = 6;
            pass.attention[{SiteKind::CrossAttention, 1}] = words;
        }
        trace.setting = std::make_shared<TraceSetting>(setting);
        saveTrace(m_path, trace);
        const std::string said = failure([&] { readTrace(m_path); });
        QVERIFY2(said.starts_with("The file " + m_path.string() + " is damaged: "), said.c_str());
    }

    void aReferenceThatWasLeftOutIsReadBack()
    {
        StepTrace trace = fullTrace();
        TraceSetting setting = *trace.setting;
        setting.references.push_back({.firstToken = 4, .height = 2, .width = 3});
        trace.setting = std::make_shared<TraceSetting>(setting);
        saveTrace(m_path, trace);
        const auto read = readTrace(m_path)->setting->references;
        QCOMPARE(read.size(), size_t(2));
        QVERIFY(read[1].origins.empty());
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
