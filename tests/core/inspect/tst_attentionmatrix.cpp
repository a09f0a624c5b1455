// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/inspect/attentionmatrix.h"
#include "tests/randomtrace.h"

#include <QTest>

#include <numeric>

namespace {

/// All that a rule can say of a self-attention of a grid.
AttentionRule wholeRule(int tokens)
{
    AttentionRule rule {
        .cloned = {{3, 2, 1, 0, 1.3}, {3, 3, 1, 1, 0.7}},
        .silent = {1},
        .shares = {{2, 0, 2.5}, {3, 2, 0.5}, {0, 3, 0}}};
    for (int i = 0; i < tokens; ++i) {
        rule.keyWeights.push_back(.5f + float(i % 3));
        rule.keyTimes.push_back(1 + .1f * float(i % 5));
        rule.rowTimes.push_back(.8f + .1f * float(i % 4));
    }
    return rule;
}

struct Errors
{
    double rows = 0, columns = 0; ///< the largest
    double ofRow = 0;             ///< of rows, in parts of the row's largest
};

/// Of all rows and columns against the whole matrix of @p exact.
Errors errorsOf(const AttentionTrace& trace, const AttentionTrace& exact)
{
    Errors errors;
    for (int h = 0; h < trace.heads; ++h) {
        const auto p = plainMatrix(exact, h);
        const AttentionHead head(trace, h);
        for (int i = 0; i < trace.queries(); ++i) {
            const std::vector<float> row = head.row(i);
            const double largest = *std::ranges::max_element(p[size_t(i)]);
            for (size_t j = 0; j < row.size(); ++j) {
                const double error = std::abs(row[j] - p[size_t(i)][j]);
                errors.rows = std::max(errors.rows, error);
                if (largest > 0)
                    errors.ofRow = std::max(errors.ofRow, error / largest);
            }
        }
        for (int j = 0; j < trace.keys; ++j) {
            const std::vector<float> column = head.column(j);
            for (size_t i = 0; i < column.size(); ++i)
                errors.columns = std::max(errors.columns, std::abs(column[i] - p[i][size_t(j)]));
        }
    }
    return errors;
}

/// Scores of up to @p largest, exactly.
AttentionTrace withScoresTo(double largest, int features, uint32_t stream)
{
    AttentionTrace trace = randomAttention(12, 12, 2, features, stream);
    const std::vector<float> q = trace.query.all(), k = trace.key.all();
    double most = 0;
    for (int h = 0; h < 2; ++h)
        for (int i = 0; i < 144; ++i)
            for (int j = 0; j < 144; ++j) {
                double sum = 0;
                for (int f = 0; f < features; ++f)
                    sum += double(q[size_t((h * 144 + i) * features + f)])
                        * k[size_t((h * 144 + j) * features + f)];
                most = std::max(most, std::abs(sum * trace.scale));
            }
    std::vector<float> scaled = q;
    for (float& value : scaled)
        value *= float(largest / most);
    trace.query = Numbers(trace.query.shape(), std::move(scaled));
    return trace;
}

} // namespace

class AttentionMatrixTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsAndColumnsEqualTheWholeMatrix_data()
    {
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("features");
        QTest::addColumn<int>("keys");
        QTest::addColumn<bool>("rule");
        QTest::addColumn<bool>("logSums");
        QTest::newRow("self") << 6 << 6 << 5 << 0 << false << true;
        QTest::newRow("self, its sums not taken") << 6 << 6 << 5 << 0 << false << false;
        QTest::newRow("self with a rule") << 6 << 6 << 5 << 0 << true << true;
        QTest::newRow("self with a rule, its sums not taken") << 6 << 6 << 5 << 0 << true << false;
        QTest::newRow("more than a tile, not square") << 5 << 7 << 40 << 0 << false << true;
        QTest::newRow("cross") << 6 << 6 << 8 << 77 << false << true;
        QTest::newRow("cross with a rule") << 6 << 6 << 8 << 77 << true << true;
    }
    void rowsAndColumnsEqualTheWholeMatrix()
    {
        QFETCH(int, keys);
        QFETCH(int, height);
        QFETCH(int, width);
        QFETCH(int, features);
        AttentionTrace trace = randomAttention(height, width, 2, features, 1, keys);
        QFETCH(bool, rule);
        if (rule) {
            trace.rule = wholeRule(trace.keys);
            trace.rule.rowTimes.resize(size_t(trace.queries()), 1.1f);
        }
        QFETCH(bool, logSums);
        if (logSums)
            addLogSums(trace);
        const Errors errors = errorsOf(trace, trace);
        QVERIFY2(errors.rows < 1e-6, qPrintable(QString::number(errors.rows)));
        QVERIFY2(errors.columns < 1e-6, qPrintable(QString::number(errors.columns)));
    }

    void largeScoresAreExactInSinglePrecision()
    {
        for (const int features : {8, 40, 160}) {
            AttentionTrace trace = withScoresTo(30, features, 3);
            addLogSums(trace);
            const Errors errors = errorsOf(trace, trace);
            QVERIFY2(errors.rows < 1e-5, qPrintable(QString::number(errors.rows)));
            QVERIFY2(errors.columns < 1e-5, qPrintable(QString::number(errors.columns)));
        }
    }

    void numbersOfHalfPrecisionAreReadAsTheyAre()
    {
        AttentionTrace trace = withScoresTo(30, 40, 4);
        for (Numbers* numbers : {&trace.query, &trace.key}) {
            *numbers = Numbers::kept(numbers->shape(), numbers->all());
            QVERIFY(numbers->isHalf());
        }
        addLogSums(trace);
        const Errors errors = errorsOf(trace, trace);
        QVERIFY2(errors.ofRow < 1e-3, qPrintable(QString::number(errors.ofRow)));
        QVERIFY2(errors.columns < 1e-5, qPrintable(QString::number(errors.columns)));
    }

    void severalRowsAndColumnsAreTheirMean()
    {
        const AttentionTrace trace = randomAttention(4, 4, 1, 6, 5);
        const AttentionHead head(trace, 0);
        const std::vector<int> some {2, 7, 11};
        const std::vector<float> row = head.meanRow(some), column = head.meanColumn(some);
        const auto p = plainMatrix(trace, 0);
        for (size_t i = 0; i < 16; ++i) {
            QVERIFY(std::abs(row[i] - (p[2][i] + p[7][i] + p[11][i]) / 3) < 1e-6);
            QVERIFY(std::abs(column[i] - (p[i][2] + p[i][7] + p[i][11]) / 3) < 1e-6);
        }
    }

    void rowsSumToOneAlsoWhereAShareIsCut()
    {
        AttentionTrace trace = randomAttention(4, 4, 1, 6, 6);
        trace.rule.shares = {{0, 1, 0}};
        const std::vector<float> row = AttentionHead(trace, 0).row(0);
        QVERIFY(std::abs(std::accumulate(row.begin(), row.end(), 0.) - 1) < 1e-6);
        QCOMPARE(row[2], 0.f);
        QVERIFY(row[0] > 0);
    }

    void whereAllSharesAreCutNothingIsLookedAt()
    {
        AttentionTrace trace = randomAttention(4, 4, 1, 6, 7);
        trace.rule.shares = {{0, 0, 0}, {0, 1, 0}, {0, 2, 0}, {0, 3, 0}};
        const AttentionHead head(trace, 0);
        QCOMPARE(head.row(0), std::vector<float>(16));
        QCOMPARE(head.column(0)[0], 0.f);
        QVERIFY(head.column(0)[2] > 0);
    }

    void theMeanOfHeadsAndOneHead()
    {
        const AttentionTrace trace = randomAttention(4, 4, 3, 6, 8);
        const auto rowOf = [](const AttentionHead& head) { return head.row(5); };
        const std::vector<float> mean = meanOfHeads(trace, -1, rowOf);
        double error = 0;
        for (size_t j = 0; j < 16; ++j) {
            double sum = 0;
            for (int h = 0; h < 3; ++h)
                sum += plainMatrix(trace, h)[5][j];
            error = std::max(error, std::abs(mean[j] - sum / 3));
        }
        QVERIFY(error < 1e-6);
        QCOMPARE(meanOfHeads(trace, 2, rowOf), AttentionHead(trace, 2).row(5));
        QVERIFY_EXCEPTION_THROWN(AttentionHead(trace, 3), ValueError);
        QVERIFY_EXCEPTION_THROWN(AttentionHead(trace, -1), ValueError);
    }

    void rowsForComponentsHaveTheHeadsSideBySide()
    {
        const AttentionTrace trace = randomAttention(2, 3, 2, 4, 9);
        const std::vector<float> wide = attentionRows(trace, false),
                                 mean = attentionRows(trace, true);
        QCOMPARE(wide.size(), size_t(6 * 12));
        const auto p = plainMatrix(trace, 0), q = plainMatrix(trace, 1);
        for (size_t i = 0; i < 6; ++i)
            for (size_t j = 0; j < 6; ++j) {
                QVERIFY(std::abs(wide[i * 12 + j] - p[i][j]) < 1e-6);
                QVERIFY(std::abs(wide[i * 12 + 6 + j] - q[i][j]) < 1e-6);
                QVERIFY(std::abs(mean[i * 6 + j] - (p[i][j] + q[i][j]) / 2) < 1e-6);
            }
    }
};

QTEST_APPLESS_MAIN(AttentionMatrixTest)
#include "tst_attentionmatrix.moc"
