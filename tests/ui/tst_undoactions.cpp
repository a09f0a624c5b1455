// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/emptyhome.h"
#include "tests/ui/undofixture.h"
#include "ui/pictureplace.h"
#include "ui/pictureplaces.h"
#include "ui/runsdock.h"

#include <QClipboard>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QDoubleSpinBox>
#include <QMenu>
#include <QSettings>
#include <QSignalSpy>

class UndoActionsTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void theKeysUndoEditsOfPictures()
    {
        UndoFixture f;
        f.fill();
        const auto key = [&f](const Place& place, int which, Qt::KeyboardModifiers with = {}) {
            PicturePlace* there = f.window.places().at(place);
            there->setFocus();
            QTest::keyClick(there, Qt::Key(which), with);
        };
        f.mustBeOneStep(QStringLiteral("Clear A"), [&] { key("a", Qt::Key_Delete); });
        QImage pasted(4, 4, QImage::Format_RGB888);
        pasted.fill(Qt::red);
        QApplication::clipboard()->setImage(pasted);
        f.mustBeOneStep(QStringLiteral("Set A"), [&] { key("a", Qt::Key_V, Qt::ControlModifier); });
        f.mustBeOneStep(QStringLiteral("Swap A and A\u2032"), [&] {
            f.view().setFocus();
            QTest::keyClick(&f.view(), Qt::Key_X);
        });
        f.mustBeOneStep(QStringLiteral("Sample"), [&] { f.window.actions()("sample")->trigger(); });
    }

    void theKeysUndoWhatStandsBesideAPicture()
    {
        UndoFixture f;
        f.session.inputs().set("control", filled(64, 64, {}), QStringLiteral("c"));
        finishConversions();
        const auto box = [&f](const char* name) {
            for (auto* each : f.cell("control")->findChildren<QDoubleSpinBox*>())
                if (each->accessibleName().startsWith(QLatin1String(name)))
                    return each;
            return static_cast<QDoubleSpinBox*>(nullptr);
        };
        const auto keys = [](QWidget* field, const char* text) {
            field->setFocus();
            QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
            QTest::keyClicks(field, QLatin1String(text));
        };
        f.mustBeOneStep(QStringLiteral("Weight of Control"), [&] { keys(box("Weight"), "0.25"); });
        QCOMPARE(f.session.inputs().at("control").weight, 0.25);
        QCOMPARE(box("Weight")->value(), 0.25);
        f.mustBeOneStep(QStringLiteral("Span of Control"), [&] { keys(box("From"), "0.5"); });
        f.mustBeOneStep(
            QStringLiteral("Map for Control"), [&] { f.session.maps().make("control"); });
        f.mustBeOneStep(QStringLiteral("Kind of Control"), [&] {
            auto* kind = f.cell("control")->findChild<QComboBox*>();
            kind->setFocus();
            QTest::keyClick(kind, Qt::Key_Up);
        });
    }

    void theKeysUndoInsideTextFields()
    {
        UndoFixture f;
        f.mustBeOneStep(QStringLiteral("Prompt"), [&] {
            f.field("prompt")->setFocus();
            QTest::keyClicks(f.field("prompt"), QStringLiteral("palm"));
        });
        QCOMPARE(QApplication::focusWidget(), f.field("prompt"));
        QCOMPARE(static_cast<QLineEdit*>(f.field("prompt"))->text(), QStringLiteral("palm"));
        f.pressUndo();
        QCOMPARE(static_cast<QLineEdit*>(f.field("prompt"))->text(), QString());
        f.mustBeOneStep(QStringLiteral("Steps"), [&] {
            f.field("steps")->setFocus();
            QTest::keyClick(f.field("steps"), Qt::Key_A, Qt::ControlModifier);
            QTest::keyClicks(f.field("steps"), QStringLiteral("12"));
        });
        f.mustBeOneStep(QStringLiteral("Seed"), [&] {
            f.seed().setFocus();
            QTest::keyClicks(&f.seed(), QStringLiteral("123"));
        });
        QCOMPARE(f.seed().text(), QStringLiteral("123"));
        f.mustBeOneStep(QStringLiteral("Random seeds"), [&] {
            QTest::keyClick(&f.seed(), Qt::Key_A, Qt::ControlModifier);
            QTest::keyClick(&f.seed(), Qt::Key_Delete);
        });
        QCOMPARE(f.seed().placeholderText(), QStringLiteral("random"));
    }

    void aFieldHasNoUndoOfItsOwn()
    {
        UndoFixture f;
        f.field("prompt")->setFocus();
        QTest::keyClicks(f.field("prompt"), QStringLiteral("palm"));
        f.session.history().restore({}, 0);
        QVERIFY(!f.window.actions()("undo")->isEnabled());
        f.pressUndo();
        QCOMPARE(static_cast<QLineEdit*>(f.field("prompt"))->text(), QStringLiteral("palm"));
    }

    void theKeysUndoChoices()
    {
        UndoFixture f;
        f.fill();
        f.view().setFocus();
        f.mustBeOneStep(
            QStringLiteral("New random seed"), [&] { QTest::keyClick(&f.view(), Qt::Key_R); });
        QVERIFY(!f.document().seedLocked);
        QCOMPARE(f.seed().text(), QString::number(f.document().seed));
        f.mustBeOneStep(
            QStringLiteral("Lock seed"), [&] { QTest::keyClick(&f.view(), Qt::Key_L); });
        f.mustBeOneStep(
            QStringLiteral("Random seeds"), [&] { QTest::keyClick(&f.view(), Qt::Key_L); });
        f.mustBeOneStep(
            QStringLiteral("Preset Soft"), [&] { f.session.editor().setPreset("soft"); });
        f.mustBeOneStep(QStringLiteral("Switch to Prompt-free"), [&] {
            QTest::keyClick(&f.window, Qt::Key_1, Qt::AltModifier);
        });
    }

    void theKeysUndoARestoredRun()
    {
        UndoFixture f;
        f.fill();
        f.session.editor().setValue("steps", 2);
        f.session.start();
        QTRY_VERIFY(!f.session.runs().running());
        f.session.inputs().clear("a");
        f.session.editor().setValue("steps", 9);
        f.mustBeOneStep(
            QStringLiteral("Restore run 1"), [&] { f.session.restorer().restoreRun(1); });
    }

    void whatIsPaintedCountsWhenRunIsPressed()
    {
        UndoFixture f;
        f.session.inputs().set("reference", filled(8, 8, {}), QStringLiteral("r"));
        f.openMask();
        f.stroke({{10, 10}, {50, 10}});
        QTest::keyClick(&f.canvas(), Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(!f.pane().isOpen());
        const auto run = f.session.runs().current();
        QVERIFY(run != nullptr);
        QCOMPARE(run->request().images.at("mask").size(), std::size_t(1));
        QCOMPARE(int(run->request().images.at("mask")[0].image->pixel(30, 10)[0]), 255);
        QTRY_VERIFY(!f.session.runs().running());
    }

    void whatIsNotAcceptedIsTakenBackFirst()
    {
        UndoFixture f;
        f.fill();
        f.field("strength")->setFocus();
        QTest::keyClick(f.field("strength"), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(f.field("strength"), QStringLiteral("0.5"));
        f.session.history().seal();
        QTest::keyClick(f.field("strength"), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(f.field("strength"), QStringLiteral("15"));
        const int steps = f.session.history().position();
        QVERIFY(!f.window.parameters().form()->message("strength").isEmpty());
        const Document before = f.document();
        f.pressUndo();
        QVERIFY(f.window.parameters().form()->message("strength").isEmpty());
        QVERIFY(f.document() == before);
        QCOMPARE(f.session.history().position(), steps);
        f.seed().setFocus();
        QTest::keyClicks(&f.seed(), QStringLiteral("x"));
        f.pressUndo();
        QCOMPARE(f.seed().text(), QString());
        QCOMPARE(f.session.history().position(), steps);
    }

    void theMenuOfAFieldHasTheHistory()
    {
        UndoFixture f;
        QWidget* field = f.field("prompt");
        field->setFocus();
        QTest::keyClicks(field, QStringLiteral("palm"));
        QContextMenuEvent event(QContextMenuEvent::Mouse, {4, 4}, field->mapToGlobal(QPoint(4, 4)));
        QApplication::sendEvent(field, &event);
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        QVERIFY(menu != nullptr);
        QCOMPARE(menu->actions().at(0), f.window.actions()("undo"));
        QCOMPARE(menu->actions().at(1), f.window.actions()("redo"));
        menu->close();
    }

    void theLockTakesTheSeedOfTheRunThatIsShown()
    {
        UndoFixture f;
        f.fill();
        f.session.editor().setValue("steps", 1);
        f.session.start();
        QTRY_VERIFY(!f.session.runs().running());
        QCOMPARE(f.seed().text(), QString()); // random, and not the last run's
        f.view().setFocus();
        QTest::keyClick(&f.view(), Qt::Key_L);
        QCOMPARE(f.seed().text(), QString::number(f.session.runs().current()->request().seed));
    }
};

QTEST_MAIN(UndoActionsTest)
#include "tst_undoactions.moc"
