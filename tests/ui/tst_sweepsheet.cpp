// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sweepsheet.h"

#include "tests/app/emptyhome.h"
#include "tests/ui/modesfixture.h"
#include "ui/actions.h"
#include "ui/contactsheet.h"
#include "ui/noticebar.h"
#include "ui/sweepdialog.h"

#include <QAction>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>

namespace {

struct Fixture : ModesFixture
{
    Fixture()
        : ModesFixture("analogy")
    {
    }
    void fill()
    {
        for (const char* slot : {"a", "a_prime", "b"})
            session.inputs().set(slot, filled(8, 8, {0, 0, 200}), QStringLiteral("p.png"));
    }
    SweepDialog* ask() const
    {
        window.actions()("sweep")->trigger();
        return window.findChild<SweepDialog*>();
    }
};

} // namespace

class SweepSheetTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void cleanup() { QSettings().clear(); }

    void theSheetFillsWithAPictureACombination()
    {
        Fixture f;
        f.fill();
        SweepDialog* dialog = f.ask();
        QVERIFY(dialog);
        dialog->what(0).setCurrentText(QStringLiteral("Steps"));
        QTest::keyClicks(&dialog->values(0), QStringLiteral("1-3"));
        dialog->what(1).setCurrentText(QStringLiteral("Seed"));
        QTest::keyClicks(&dialog->values(1), QStringLiteral("5, 6"));
        QVERIFY2(
            dialog->message().startsWith(QStringLiteral("6 pictures")),
            qPrintable(dialog->message()));
        QTest::mouseClick(&dialog->button(), Qt::LeftButton);
        auto* sheet = f.window.findChild<SweepSheet*>();
        QVERIFY(sheet);
        QTRY_COMPARE(sheet->done(), 6);
        QTRY_COMPARE(int(f.session.runs().all().size()), 6);
        QVERIFY(!sheet->sheet().isNull());
        const auto& runs = f.session.runs().all();
        QCOMPARE(runs.back()->request().seed, uint64_t(6));
        QCOMPARE(runs.back()->request().values.at("steps"), Value(3));
    }

    void whatIsWrongStandsInTheDialog()
    {
        Fixture f;
        f.fill();
        SweepDialog* dialog = f.ask();
        dialog->what(0).setCurrentText(QStringLiteral("Steps"));
        dialog->values(0).setText(QStringLiteral("2, many"));
        QVERIFY2(dialog->message().contains(QStringLiteral("many")), qPrintable(dialog->message()));
        QVERIFY(!dialog->button().isEnabled());
        dialog->values(0).setText(QStringLiteral("2, 3"));
        QVERIFY(dialog->button().isEnabled());
        dialog->what(1).setCurrentText(QStringLiteral("Steps"));
        dialog->values(1).setText(QStringLiteral("4"));
        QVERIFY(!dialog->button().isEnabled());
    }

    void withoutItsPicturesNothingStarts()
    {
        Fixture f;
        SweepDialog* dialog = f.ask();
        dialog->what(0).setCurrentText(QStringLiteral("Seed"));
        dialog->values(0).setText(QStringLiteral("1, 2"));
        QTest::mouseClick(&dialog->button(), Qt::LeftButton);
        QTRY_VERIFY(f.window.pane().notices().text().contains(QStringLiteral("Still needed")));
        QVERIFY(f.session.runs().all().empty());
    }

    void labelsStandAtTheEdges()
    {
        QImage red(40, 30, QImage::Format_RGB32);
        red.fill(Qt::red);
        const QImage sheet = labelledSheet(
            {red, QImage(), QImage(), red}, {QStringLiteral("a"), QStringLiteral("b")},
            {QStringLiteral("c"), QStringLiteral("d")});
        int reds = 0;
        for (int y = 0; y < sheet.height(); ++y)
            for (int x = 0; x < sheet.width(); ++x)
                reds += sheet.pixelColor(x, y) == Qt::red;
        QCOMPARE(reds, 2 * 40 * 30);
        QVERIFY(!labelledSheet({}, {}, {}).isNull());
    }
};

QTEST_MAIN(SweepSheetTest)
#include "tst_sweepsheet.moc"
