// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/inspect/mapsize.h"
#include "core/inspect/view.h"
#include "tests/core/inspect/attentions.h"
#include "tests/randomtrace.h"

#include <QTest>

#include <numeric>

namespace {

using Matrix = std::vector<std::vector<double>>;

/// The mean over layers and heads of maps that are brought to a side and cut off below 0.
template<typename Of>
std::vector<double> plainMean(
    const StepTrace& trace, const std::vector<TraceSite>& sites, int side, const Of& of)
{
    std::vector<double> mean(size_t(side * side));
    int count = 0;
    for (const TraceSite& site : sites) {
        const AttentionTrace& t = trace.passes.at({}).attention.at(site);
        for (int h = 0; h < t.heads; ++h, ++count) {
            const std::vector<double> map = of(plainMatrix(t, h), t);
            const std::vector<float> numbers(map.begin(), map.end());
            const auto grown = resizedMap(numbers, t.height, t.width, side, side);
            for (size_t i = 0; i < mean.size(); ++i)
                mean[i] += std::max(0.f, grown[i]);
        }
    }
    for (double& each : mean)
        each /= count;
    return mean;
}

double farthest(const std::vector<float>& a, const std::vector<double>& b)
{
    double most = a.size() == b.size() ? 0 : INFINITY;
    for (size_t i = 0; i < a.size() && i < b.size(); ++i)
        most = std::max(most, std::abs(double(a[i]) - b[i]));
    return most;
}

std::vector<double> columnOf(const Matrix& p, size_t key)
{
    std::vector<double> column;
    for (const auto& row : p)
        column.push_back(row[key]);
    return column;
}

/// Mean over heads and layers of the matrices of those of 4 x 4.
Matrix plainMeanMatrix(const StepTrace& trace)
{
    Matrix mean(16, std::vector<double>(16));
    for (const int layer : {5, 6})
        for (int h = 0; h < 2; ++h) {
            const Matrix p = plainMatrix(trace.passes.at({}).attention.at(self(layer)), h);
            for (size_t i = 0; i < 16; ++i)
                for (size_t j = 0; j < 16; ++j)
                    mean[i][j] += p[i][j] / 4;
        }
    return mean;
}

std::vector<double> sum(const std::vector<double>& a, const std::vector<double>& b, double times)
{
    std::vector<double> both;
    for (size_t i = 0; i < a.size(); ++i)
        both.push_back((a[i] + b[i]) * times);
    return both;
}

} // namespace

class SeeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aWordsMapIsTheMeanOfItsTokensLayersAndHeads()
    {
        const auto trace = attentions();
        const Seen seen = see({.words = {{1, 2}, {3}}}, momentOf(trace));
        QCOMPARE(seen.maps.size(), size_t(2));
        QCOMPARE(english(seen.maps[0].label), "circle");
        QCOMPARE(seen.maps[0].height, 8);
        const std::vector<TraceSite> sites {cross(2), cross(5), cross(6)};
        const auto token = [&](size_t t) {
            return plainMean(*trace, sites, 8, [&](const Matrix& p, const AttentionTrace&) {
                return columnOf(p, t);
            });
        };
        QVERIFY(farthest(seen.maps[0].values, sum(token(1), token(2), .5)) < 1e-5);
        QVERIFY(farthest(seen.maps[1].values, token(3)) < 1e-5);
        QCOMPARE(seen.numbers.at("red").shape, (std::vector<int64_t> {8, 8}));
        QCOMPARE(seen.numbers.at("red").values, seen.maps[1].values);
    }

    void oneLayerStaysInItsOwnSizeAndOneHeadIsThat()
    {
        const auto trace = attentions();
        const Seen seen = see({.layers = {{5, 6}}, .head = 1, .words = {{3}}}, momentOf(trace));
        QCOMPARE(seen.maps[0].width, 4);
        QCOMPARE(seen.maps[0].layer, 5);
        const Matrix p = plainMatrix(trace->passes.at({}).attention.at(cross(5)), 1);
        QVERIFY(farthest(seen.maps[0].values, columnOf(p, 3)) < 1e-6);
    }

    void aPlaceIsARowOrAColumnOfEveryLayerAtItsSize()
    {
        const auto trace = attentions();
        const Spot spot {.shape = Spot::Box, .corners = {{0, 0}, {.5, .25}}};
        const std::vector<TraceSite> sites {self(2), self(5), self(6)};
        for (const bool column : {false, true}) {
            const Seen seen =
                see({.kind = ViewKind::SelfAttention, .spots = {spot}, .column = column},
                    momentOf(trace));
            const auto plain =
                plainMean(*trace, sites, 8, [&](const Matrix& p, const AttentionTrace& t) {
                    const std::vector<size_t> cells = t.width == 8
                        ? std::vector<size_t> {0, 1, 2, 3, 8, 9, 10, 11}
                        : std::vector<size_t> {0, 1};
                    std::vector<double> mean(p.size());
                    for (const size_t cell : cells)
                        for (size_t j = 0; j < p.size(); ++j)
                            mean[j] += (column ? p[j][cell] : p[cell][j]) / double(cells.size());
                    return mean;
                });
            QVERIFY(farthest(seen.maps.at(0).values, plain) < 1e-5);
        }
    }

    void aDiffusedRowIsMultipliedByTheMeanMatrixFromTheRight()
    {
        const auto trace = attentions();
        const Matrix mean = plainMeanMatrix(*trace);
        for (const bool column : {false, true}) {
            std::vector<double> map = column ? columnOf(mean, 9) : mean[9];
            for (int times = 0; times < 3; ++times) {
                std::vector<double> next(16);
                for (size_t i = 0; i < 16; ++i)
                    for (size_t j = 0; j < 16; ++j)
                        next[column ? i : j] += mean[i][j] * map[column ? j : i];
                map = next;
            }
            const Seen seen =
                see({.kind = ViewKind::SelfAttention,
                     .spots = {{.corners = {{.4, .6}}}}, // x 1, y 2 of 4: token 9
                     .column = column,
                     .diffuse = 3},
                    momentOf(trace));
            QCOMPARE(seen.maps[0].height, 4);
            QVERIFY(farthest(seen.maps[0].values, map) < 1e-5);
            QCOMPARE(english(seen.notes.at(0)), "Diffused over layers of 4 x 4: 2 of 3.");
            if (!column)
                QVERIFY(std::abs(std::accumulate(map.begin(), map.end(), 0.) - 1) < 1e-9);
        }
    }

    void aDiffusedWordIsWhereLooksLeadToIt()
    {
        const auto trace = attentions();
        const Seen seen = see({.words = {{3}}, .diffuse = 2}, momentOf(trace));
        const std::vector<TraceSite> sites {cross(2), cross(5), cross(6)};
        std::vector<double> map =
            plainMean(*trace, sites, 4, [](const Matrix& p, const AttentionTrace&) {
                return columnOf(p, 3);
            });
        const Matrix mean = plainMeanMatrix(*trace);
        for (int times = 0; times < 2; ++times) {
            std::vector<double> next(16);
            for (size_t i = 0; i < 16; ++i)
                for (size_t j = 0; j < 16; ++j)
                    next[i] += mean[i][j] * map[j];
            map = next;
        }
        QVERIFY(farthest(seen.maps.at(0).values, map) < 1e-5);
    }

    void sharesAreTablesBeforeAndAfterAndMaskingIsSaid()
    {
        auto trace = attentions();
        auto& pass = trace->passes[{}];
        for (const int layer : {5, 6}) {
            pass.attention[self(layer)].figures.shares = std::vector<float>(16, .25f);
            pass.attention[self(layer)].figures.sharesBefore =
                std::vector<float>(16, layer == 5 ? .1f : .3f);
        }
        pass.attention[cross(5)].figures = {
            .shares = std::vector<float>(20, .2f), .sharesBefore = std::vector<float>(20, .2f)};
        pass.attention[cross(5)].rule.silent = {0, 1, 2};
        const Seen seen = see({.kind = ViewKind::Shares}, momentOf(trace));
        // After and before of two layers with their means, and of the words of one.
        QCOMPARE(seen.maps.size(), size_t(8));
        QCOMPARE(seen.maps[5].columns, (std::vector<std::string> {"A", "A′", "B", "B′"}));
        QVERIFY(std::abs(seen.maps[5].values[0] - .2f) < 1e-6f);
        QCOMPARE(seen.maps[6].columns[3], "red");
        QCOMPARE(seen.maps[6].width, 5);
        QVERIFY(english(seen.notes.at(0)).starts_with("Masking: the rows of A, A′ and B are zero"));
    }

    void theRowsThatMaskingMakesZeroAreSaidWithAWord()
    {
        auto trace = attentions();
        AttentionTrace& attention = trace->passes[{}].attention[cross(5)];
        attention.rule.silent = {0, 1, 2};
        const Seen seen = see({.layers = {{5, 6}}, .words = {{3}}}, momentOf(trace));
        QCOMPARE(english(seen.notes.at(0)), "Masking: the rows of A, A′, B are zero here.");
        QCOMPARE(seen.maps[0].values[0], 0.f);
        QVERIFY(seen.maps[0].values[15] > 0);
    }

    void aPlacesLookGoesOverTheTokensToTheReferences()
    {
        auto trace = attentions();
        auto setting = std::make_shared<TraceSetting>(*trace->setting);
        // Tokens 0 and 1, and 2 and 3; 4 is the text's. The second is averaged.
        const Numbers first({2, 3}, std::vector<float> {1, 0, 0, .2f, .3f, .5f});
        const Numbers second({2, 3}, std::vector<float> {0, 1, 0, .6f, .4f, 0});
        setting->references = {
            {.firstToken = 0, .height = 1, .width = 3, .origins = first},
            {.firstToken = 2, .weight = .5, .height = 1, .width = 3, .origins = second}};
        trace->setting = setting;
        const Seen seen =
            see({.kind = ViewKind::Origin, .spots = {{.corners = {{.3, .1}}}}}, momentOf(trace));
        QCOMPARE(seen.maps.size(), size_t(2));
        QCOMPARE(seen.maps[1].reference, 1);
        std::vector<double> u(5); // of token (x 2, y 0) of 8, (1, 0) of 4
        for (const int layer : {2, 5, 6})
            for (int h = 0; h < 2; ++h) {
                const Matrix p = plainMatrix(trace->passes.at({}).attention.at(cross(layer)), h);
                for (size_t t = 0; t < 5; ++t)
                    u[t] += p[layer == 2 ? 2 : 1][t] / 6;
            }
        QVERIFY(farthest(seen.maps[0].values, {u[0] + .2 * u[1], .3 * u[1], .5 * u[1]}) < 1e-6);
        QVERIFY(farthest(seen.maps[1].values, {.3 * u[3], .5 * u[2] + .2 * u[3], 0}) < 1e-6);
        QVERIFY(std::abs(seen.numbers.at("part of the text, place 1").values[0] - u[4]) < 1e-6);
        const Seen tokens = see({.kind = ViewKind::Tokens, .words = {{2, 3}}}, momentOf(trace));
        QCOMPARE(tokens.maps.size(), size_t(2)); // where they act, where they look
        QCOMPARE(tokens.maps[0].reference, -1);
        QCOMPARE(tokens.maps[1].reference, 1);
        QVERIFY(farthest(tokens.maps[1].values, {.3, .7, 0}) < 1e-6);
    }

    void theMeanOfStepsIsOfEachMap()
    {
        const auto first = attentions();
        auto second = attentions();
        second->passes[{}].attention[cross(5)] = first->passes.at({}).attention.at(cross(6));
        const View view {.layers = {{5, 6}}, .words = {{3}, {1}}};
        const Seen a = see(view, momentOf(first)), b = see(view, momentOf(second));
        const Seen mean = meanOf({a, b});
        for (size_t m = 0; m < 2; ++m)
            for (size_t i = 0; i < 16; ++i)
                QVERIFY(
                    std::abs(
                        mean.maps[m].values[i] - (a.maps[m].values[i] + b.maps[m].values[i]) / 2)
                    < 1e-6f);
        QCOMPARE(mean.numbers.at("red").values, mean.maps[0].values);
    }

    void whatIsNotThereEndsInASentence_data()
    {
        QTest::addColumn<int>("which");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("layer") << 0
                               << "None of these layers has an attention that was recorded at "
                                  "step 7: layers count from 0.";
        QTest::newRow("head") << 1 << "There is no head 2: they count from 0 to 1 here.";
        QTest::newRow("token") << 2 << "There is no token 5: they count from 0 to 4.";
        QTest::newRow("candidate") << 3 << "Nothing was recorded of candidate 2 at step 7.";
        QTest::newRow("source") << 4 << "Nothing was recorded of the source at step 7.";
        QTest::newRow("reference") << 5 << "This run has no reference that the network read.";
        QTest::newRow("control") << 6 << "No control acted at step 7.";
        QTest::newRow("latent") << 7 << "It is not known at step 7: it comes with the step.";
        QTest::newRow("diffused") << 8 << "A map is diffused 0 to 16 times, not 17.";
    }
    void whatIsNotThereEndsInASentence()
    {
        View views[9];
        for (View& view : views)
            view.step = 7, view.words = {{1}};
        views[0].layers = {{9, 12}};
        views[1].head = 2;
        views[2].words = {{5}};
        views[3].subject.candidate = 1;
        views[4].subject.source = true;
        views[5].kind = ViewKind::Origin;
        views[6].kind = ViewKind::Control;
        views[7].kind = ViewKind::Latent;
        views[8].diffuse = 17;
        QFETCH(int, which);
        QFETCH(QString, sentence);
        QCOMPARE(QString::fromStdString(failure(views[which], momentOf(attentions()))), sentence);
    }

    void withoutAWordOrAPlaceItIsSaidWhatToChoose()
    {
        QVERIFY(see({}, momentOf(attentions())).maps.empty());
        QCOMPARE(see({}, momentOf(attentions())).notes.size(), size_t(1));
        const Seen places = see({.kind = ViewKind::SelfAttention}, momentOf(attentions()));
        QVERIFY(places.maps.empty() && places.notes.size() == 1);
    }
};

QTEST_APPLESS_MAIN(SeeTest)
#include "tst_see.moc"
