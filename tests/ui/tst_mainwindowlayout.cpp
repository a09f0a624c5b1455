// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/emptyhome.h"
#include "tests/ui/modesfixture.h"
#include "tests/ui/shownlabels.h"
#include "ui/actions.h"
#include "ui/gridview.h"
#include "ui/imageview.h"
#include "ui/modelchooser.h"
#include "ui/noticebar.h"
#include "ui/parameterform.h"
#include "ui/parametersdock.h"
#include "ui/runsdock.h"
#include "ui/stepaxis.h"
#include "ui/toolbar.h"
#include "ui/viewheader.h"

#include <QAction>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QSettings>

namespace {

std::string longText(const std::string& words)
{
    std::string text;
    while (text.size() < 500)
        text += words;
    return text;
}

/// A mode with sections, a span that can be moved, and kinds that cannot act.
Method sectioned()
{
    Method method = promptFreeMethod();
    method.slots[0].section = "References";
    method.slots[1].section = "Structure";
    method.slots[1].maps->lacks = [](const std::string& kind, const Request&) {
        return kind == "depth" ? Sentence("The file of %1 is not there.", kind) : Sentence();
    };
    method.notes = [said = method.notes](const Request& request, Models& models) {
        if (std::get<std::string>(request.values.at("prompt")) == "long")
            throw Error(
                "The file %1 is needed%2.", std::string(60, 'x') + ".safetensors",
                longText(" and so is another one"));
        return said(request, models);
    };
    method.spans = [](const Values&, const Pictures& pictures) {
        std::vector<ActiveSpan> spans;
        if (const auto found = pictures.find("control"); found != pictures.end())
            for (std::size_t i = 0; i < found->second.size(); ++i)
                spans.push_back(
                    {"Control",
                     {int(std::lround(found->second[i].begin * 5)),
                      int(std::lround(found->second[i].end * 5))},
                     {},
                     "control",
                     int(i)});
        return spans;
    };
    return method;
}

void fillSlots(Session& session)
{
    for (const Slot& slot : session.editor().method().slots)
        session.inputs().set(slot.id, filled(8, 8, {}), QStringLiteral("p.png"));
}

struct Fixture : WindowFixture
{
    explicit Fixture(const char* mode = "analogy")
        : WindowFixture({analogyMethod(), sectioned(), annotateMethod()}, mode)
    {
        session.editor().setValue("steps", 5);
    }
    PictureCell* cell(const Place& place) const { return window.inputs().cell(place); }
    StepAxis& axis() const { return window.pane().axis(); }
    void fill()
    {
        fillSlots(session);
        finishConversions();
    }
    void run()
    {
        session.start();
        QTRY_VERIFY(!session.runs().running() && session.runs().current());
        finishConversions();
    }
};

} // namespace

class MainWindowLayoutTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void timeLineAndRunsAreFoldedWhileTheyAreEmpty()
    {
        Fixture f;
        f.fill();
        QVERIFY(!f.axis().isVisible());
        const int folded = f.window.runs().height(), grid = f.window.pane().grid().height();
        QVERIFY2(folded < 80, qPrintable(QString::number(folded)));
        f.run();
        QVERIFY(f.axis().isVisible());
        QTRY_VERIFY(f.window.runs().height() > folded + 40);
        QTRY_VERIFY(f.window.pane().grid().height() < grid);
        f.session.bin({f.session.runs().current()->number});
        QTRY_COMPARE(f.window.runs().height(), folded);
        QVERIFY(!f.axis().isVisible());
        QTRY_COMPARE(f.window.pane().grid().height(), grid);
    }

    void theHeadOfTheViewsHasDrawingsAloneWhereThereIsNoRoom()
    {
        Fixture f;
        f.fill();
        f.run();
        f.axis().setFollowing(false);
        f.axis().setValue(2);
        const QAction* branch = f.window.actions()("branch");
        QVERIFY(branch->isEnabled());
        auto* head = f.window.findChild<ViewHeader*>();
        const auto written = [&] {
            for (const auto* button : head->findChildren<QToolButton*>())
                if (button->defaultAction() == branch && button->isVisible())
                    return button->toolButtonStyle() != Qt::ToolButtonIconOnly;
            return false;
        };
        f.window.resize(1400, 700);
        QTRY_VERIFY(written());
        head->setFixedWidth(head->minimumSizeHint().width());
        QTRY_VERIFY(!written());
    }

    void theLeftColumnIsWiderInAWideWindow()
    {
        Fixture f;
        f.window.resize(1024, 700);
        QTRY_VERIFY(f.window.parameters().width() < 310);
        f.window.resize(1900, 900);
        QTRY_VERIFY(f.window.parameters().width() > 400);
        f.window.resizeDocks({&f.window.parameters()}, {350}, Qt::Horizontal); // by hand
        QTRY_COMPARE(f.window.parameters().width(), 350);
        f.window.resize(1800, 900);
        QTest::qWait(0);
        QCOMPARE(f.window.parameters().width(), 350);
    }

    void escLeavesTheFullScreen()
    {
        Fixture f;
        f.window.actions()("full-screen")->trigger();
        QVERIFY(f.window.isFullScreen());
        f.window.pane().grid().setFocus();
        QTest::keyClick(&f.window, Qt::Key_Escape);
        QTRY_VERIFY(!f.window.isFullScreen());
        QVERIFY(!f.window.actions()("full-screen")->isChecked());
        QVERIFY(!f.window.inputs().isVisible()); // its place is the grid
    }

    void slotsStandInSectionsARowEach()
    {
        Fixture f("prompt-free");
        f.fill();
        QStringList titles;
        int lowest = -1;
        for (const QLabel* label : f.window.inputs().widget()->findChildren<QLabel*>())
            if (label->text() == QStringLiteral("References")
                || label->text() == QStringLiteral("Structure"))
                titles << label->text();
        QCOMPARE(titles, (QStringList {QStringLiteral("References"), QStringLiteral("Structure")}));
        for (const Place& place : {Place("reference"), Place("reference", 1), Place("control")}) {
            const int top = f.cell(place)->mapTo(&f.window, QPoint()).y();
            QVERIFY(top > lowest);
            lowest = top;
        }
        const auto* kind = f.cell("control")->findChild<QComboBox*>();
        const ImageSlot& picture = f.cell("control")->picture();
        QVERIFY(kind->mapTo(f.cell("control"), QPoint()).x() >= picture.geometry().right());
    }

    void aKindThatCannotActIsMarkedAndSaysWhy()
    {
        Fixture f("prompt-free");
        f.fill();
        auto* kind = f.cell("control")->findChild<QComboBox*>();
        QVERIFY(kind->itemIcon(0).isNull());
        QVERIFY(!kind->itemIcon(1).isNull());
        const auto said = [&] {
            for (const QLabel* label : f.cell("control")->findChildren<QLabel*>())
                if (label->isVisible() && label->text().contains(QStringLiteral("not there")))
                    return true;
            return false;
        };
        QVERIFY(!said());
        f.session.inputs().setKind("control", "depth");
        QVERIFY(said());
    }

    void tabReachesThePromptBeforeTheModel()
    {
        Fixture f;
        QWidget* prompt = f.window.parameters().form()->editor("prompt");
        f.window.parameters().titleBarWidget()->findChild<QToolButton*>()->setFocus();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), prompt);
        f.session.setMethod("prompt-free"); // with another form
        f.window.parameters().form()->editor("prompt")->setFocus();
        int fields = 0;
        while (fields < 80
               && !f.window.parameters().models()->isAncestorOf(QApplication::focusWidget())) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            ++fields;
        }
        QVERIFY2(fields > 6 && fields < 80, qPrintable(QString::number(fields)));
    }

    void anImpossibleValueTurnsRunOffAndSaysWhy()
    {
        Fixture f;
        f.fill();
        QAction* run = f.window.actions()("run");
        QVERIFY(run->isEnabled());
        auto* strength =
            qobject_cast<QDoubleSpinBox*>(f.window.parameters().form()->editor("strength"));
        strength->setValue(1.5);
        QVERIFY(!run->isEnabled());
        QVERIFY2(run->toolTip().contains(QStringLiteral("Strength")), qPrintable(run->toolTip()));
        strength->setValue(0.5);
        QVERIFY(run->isEnabled());
    }

    void whatWouldFailTurnsRunOff()
    {
        Fixture f("prompt-free");
        f.fill();
        QTRY_VERIFY(f.window.actions()("run")->isEnabled());
        f.session.editor().setValue("prompt", std::string("error"));
        QTRY_VERIFY(!f.window.actions()("run")->isEnabled());
        QCOMPARE(f.window.parameters().blocked(), QStringLiteral("The prompt says error."));
        const auto* hint = f.window.pane().grid().view().findChild<QLabel*>();
        QVERIFY2(hint->text().contains(f.window.parameters().blocked()), qPrintable(hint->text()));
        f.session.editor().setValue("prompt", std::string("fine"));
        QTRY_VERIFY(f.window.actions()("run")->isEnabled());
    }

    void aLongProblemLeavesTheModelAndTheFieldsTheirRoom()
    {
        Fixture f("prompt-free");
        f.fill();
        f.run();
        f.window.resize(1024, 700);
        f.session.editor().setValue("prompt", std::string("long"));
        const ParametersDock& dock = f.window.parameters();
        QTRY_VERIFY(dock.blocked().size() > 500);
        QTRY_COMPARE(cutOff(dock), QStringList());
        QCOMPARE(f.window.size(), QSize(1024, 700));
        QVERIFY2(
            f.window.minimumSizeHint().height() <= 700,
            qPrintable(QString::number(f.window.minimumSizeHint().height())));
        const auto* fields = dock.form()->parentWidget()->parentWidget();
        QTRY_VERIFY2(fields->height() >= 72, qPrintable(QString::number(fields->height())));
        const auto* below = dock.models()->parentWidget()->parentWidget(); // of a scroll area
        QTRY_VERIFY2(below->height() >= 100, qPrintable(QString::number(below->height())));
        // Where there is room all of it is seen at once.
        f.window.resize(1024, 1400);
        QTRY_VERIFY(below->height() >= dock.models()->parentWidget()->height());
        const auto* area = static_cast<const QScrollArea*>(below->parentWidget());
        QTRY_VERIFY(!area->verticalScrollBar()->isVisible());
        QCOMPARE(cutOff(dock), QStringList());
    }

    void aLongNameInANoticeIsWrappedAndTheWindowStaysAsItIs()
    {
        Fixture f;
        f.window.resize(1024, 700);
        const QSize before = f.window.size();
        NoticeBar& notices = f.window.pane().notices();
        const QString name = QString(240, u'x') + QStringLiteral(".png");
        notices.say(name, false, {{QStringLiteral("Use as image"), {}}});
        QCOMPARE(notices.text(), name);
        QTRY_COMPARE(cutOff(notices), QStringList());
        QCOMPARE(f.window.size(), before);
    }

    void anEndThatIsDraggedIsOneStepOfTheHistory()
    {
        Fixture f("prompt-free");
        f.fill();
        f.run();
        QTRY_VERIFY(f.axis().isVisible());
        QVERIFY(f.axis().spans().size() == 1 && f.axis().spans()[0].movesEnd);
        const int steps = f.session.history().position();
        const auto drag = [&](int step) {
            const QPoint from = f.axis().placeOf({0, true}).toPoint();
            const QPoint to(int(std::lround(f.axis().xOf(step))), from.y());
            QTest::mousePress(&f.axis(), Qt::LeftButton, {}, from);
            QTest::mouseMove(&f.axis(), (from + to) / 2);
            QTest::mouseMove(&f.axis(), to);
            QTest::mouseRelease(&f.axis(), Qt::LeftButton, {}, to);
        };
        drag(3);
        QCOMPARE(f.session.inputs().at("control").end, 0.6);
        QCOMPARE(f.session.history().position(), steps + 1);
        drag(2);
        QCOMPARE(f.session.history().position(), steps + 2);
        QCOMPARE(f.axis().spans()[0].end, 5); // the run's own stays
        QCOMPARE(f.axis().spans()[0].nextEnd, 2);
        f.session.history().undo();
        QCOMPARE(f.axis().spans()[0].nextEnd, 3);
    }

    void aStepIsLaidBesideWhatIsShown()
    {
        Fixture f;
        f.fill();
        f.run();
        QTest::keyClick(&f.axis(), Qt::Key_Home);
        Q_EMIT f.axis().compareRequested(0, true);
        QCOMPARE(f.window.pane().view(), ResultPane::ShowsTwo);
    }
};

QTEST_MAIN(MainWindowLayoutTest)
#include "tst_mainwindowlayout.moc"
