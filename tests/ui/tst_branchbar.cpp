// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/branchbar.h"

#include "tests/app/branchingmethod.h"
#include "tests/app/emptyhome.h"
#include "tests/ui/modesfixture.h"
#include "ui/actions.h"
#include "ui/imageslot.h"
#include "ui/modelchooser.h"
#include "ui/parameterform.h"
#include "ui/parametersdock.h"
#include "ui/pictureplace.h"
#include "ui/pictureplaces.h"
#include "ui/runsdock.h"
#include "ui/runsmodel.h"
#include "ui/stepaxis.h"
#include "ui/verifybar.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QSettings>

namespace {

struct Fixture
{
    Network network;
    WindowFixture w {{branchingMethod(network), promptFreeMethod()}, "analogy"};
    Session& session = w.session;
    MainWindow& window = w.window;

    Fixture()
    {
        for (const char* slot : {"a", "a_prime", "b"})
            session.inputs().set(slot, filled(8, 8, {1, 2, 3}), QStringLiteral("p.png"));
        finishConversions();
        session.editor().setValue("steps", 5);
    }
    void run(const char* prompt)
    {
        session.editor().setValue("prompt", std::string(prompt));
        start();
    }
    void start()
    {
        QTRY_VERIFY2(
            session.missing().isEmpty(), qPrintable(session.missing().join(QLatin1Char(' '))));
        const auto before = session.runs().all().size();
        QTest::keyClick(&window, Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(session.runs().all().size() > before && !session.runs().running());
    }
    QAction& action(const char* id) const { return *window.actions()(id); }
    StepAxis& axis() const { return window.pane().axis(); }
    ParameterForm& form() const { return *window.parameters().form(); }
    /// The places of all cards from left to right.
    QString places() const
    {
        QStringList all;
        const QAbstractItemModel& model = *window.runs().list().model();
        for (int row = 0; row < model.rowCount(); ++row)
            all << QString(model.index(row, 0).data(RunsModel::DepthRole).toInt(), QLatin1Char('>'))
                    + model.index(row, 0).data(RunsModel::PlaceRole).toString();
        return all.join(QStringLiteral(", "));
    }
};

} // namespace

class BranchBarTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void aBranchIsOfferedAtTheStepThatIsShownAndSaidUntilItIsLeft()
    {
        Fixture f;
        QVERIFY(!f.action("branch").isEnabled());
        f.run("one");
        QVERIFY(!f.action("branch").isEnabled()); // behind the last step nothing is left to do
        f.axis().setValue(3);
        QVERIFY(f.action("branch").isEnabled());
        QCOMPARE(f.action("branch").text(), QStringLiteral("&Branch from step 3"));
        QVERIFY(!f.window.branch().isVisible());
        QTest::keyClick(&f.window, Qt::Key_B, Qt::ControlModifier);
        QVERIFY(f.window.branch().isVisible());
        QVERIFY2(
            f.window.branch().text().contains(QStringLiteral("from step 3")),
            qPrintable(f.window.branch().text()));
        auto* leave = f.window.branch().findChild<QToolButton*>();
        QTest::mouseClick(leave, Qt::LeftButton);
        QVERIFY(!f.window.branch().isVisible());
        QVERIFY(!f.session.editor().document().branch);
        QTest::keyClick(&f.window, Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(f.window.branch().isVisible());
    }

    void theTimeLinesMenuOffersItToo()
    {
        Fixture f;
        f.run("one");
        const QPoint at(int(f.axis().xOf(2)), 10);
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, f.axis().mapToGlobal(at));
        QApplication::sendEvent(&f.axis(), &event);
        auto* menu = f.axis().findChild<QMenu*>();
        QVERIFY(menu != nullptr);
        const QList<QAction*> entries = menu->actions();
        const auto found =
            std::ranges::find(entries, QStringLiteral("Branch from step 2"), &QAction::text);
        QVERIFY(found != entries.end());
        QAction* branch = *found;
        branch->trigger();
        menu->close();
        QCOMPARE(f.session.branch().step(), 2);
    }

    void whatHasToStayIsGreyAndSaysWhy()
    {
        Fixture f;
        f.run("one");
        f.axis().setValue(2);
        QWidget *steps = f.form().editor("steps"), *prompt = f.form().editor("prompt");
        QVERIFY(steps->isEnabled());
        f.action("branch").trigger();
        QVERIFY(!steps->isEnabled() && prompt->isEnabled());
        QVERIFY2(
            steps->toolTip().contains(QStringLiteral("first steps from run 1")),
            qPrintable(steps->toolTip()));
        const PicturePlace* slot = f.window.places().at("b");
        QVERIFY(slot);
        QVERIFY(!slot->isEnabled());
        QVERIFY(slot->toolTip().contains(QStringLiteral("first steps from run 1")));
        QVERIFY(!f.action("swap").isEnabled());
        QVERIFY(!f.window.parameters().models()->menu()->isEnabled());
        f.action("leave-branch").trigger();
        QVERIFY(steps->isEnabled() && slot->isEnabled() && f.action("swap").isEnabled());
        QVERIFY(f.window.parameters().models()->menu()->isEnabled());
        QVERIFY(!steps->toolTip().contains(QStringLiteral("first steps")));
    }

    void branchesStandBehindTheirRunInATree()
    {
        Fixture f;
        f.run("one");
        f.run("two");
        const auto branch = [&](int run, int step, const char* prompt) {
            f.session.restorer().branchFrom(run, step);
            f.run(prompt);
            f.session.branch().leave();
        };
        branch(1, 2, "three");
        branch(1, 3, "four");
        branch(3, 4, "five");
        QCOMPARE(
            f.places(),
            QStringLiteral("Run 2, Run 1, >3 from step 2, >>5 from step 4, >4 from step 3"));
        f.session.bin({3});
        QCOMPARE(f.places(), QStringLiteral("5 from step 4, Run 2, Run 1, >4 from step 3"));
        f.session.history().undo();
        QCOMPARE(
            f.places(),
            QStringLiteral("Run 2, Run 1, >3 from step 2, >>5 from step 4, >4 from step 3"));
        const QModelIndex third = f.window.runs().list().model()->index(2, 0);
        QVERIFY(third.data(Qt::ToolTipRole)
                    .toString()
                    .contains(QStringLiteral("Branch of run 1 from step 2")));
        QVERIFY(third.data(Qt::AccessibleTextRole)
                    .toString()
                    .endsWith(QStringLiteral("Branch of run 1 from step 2")));
    }

    void aRunIsVerifiedAndTheAnswerStaysUntilItIsClosed()
    {
        Fixture f;
        QVERIFY(!f.action("verify").isEnabled());
        f.run("one");
        VerifyBar& bar = f.window.verifying();
        f.action("verify").trigger();
        QVERIFY(bar.isVisible());
        QTRY_VERIFY(bar.text().contains(QStringLiteral("Run 1. Equal")));
        bar.findChild<QPushButton*>()->click();
        QVERIFY(!bar.isVisible());
        f.network.error = 1;
        f.action("verify").trigger();
        QTRY_VERIFY(bar.text().contains(QStringLiteral("part at step 3 of 5")));
    }

    void verifyingIsStopped()
    {
        Fixture f;
        f.run("one");
        std::atomic<bool> open = false;
        f.network.beforeStep = [&](int) {
            while (!open)
                QThread::msleep(1);
        };
        f.action("verify").trigger();
        QTRY_VERIFY(f.window.verifying().text().contains(QStringLiteral("Verifying run 1")));
        QVERIFY(!f.action("verify").isEnabled());
        f.window.verifying().findChild<QPushButton*>()->click();
        open = true;
        QTRY_COMPARE(f.session.verifier().run(), 0);
        QVERIFY(!f.window.verifying().isVisible());
        QVERIFY(f.action("verify").isEnabled());
    }
};

QTEST_MAIN(BranchBarTest)
#include "tst_branchbar.moc"
