// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shortcutsheet.h"

#include "tests/app/emptyhome.h"
#include "ui/actions.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

namespace {

/// A window with a view and a field, and the sheet beside it.
struct Fixture
{
    Actions actions;
    QWidget window, *view = new QWidget(&window);
    QLineEdit* field = new QLineEdit(&window);
    ShortcutSheet* sheet = nullptr;

    Fixture()
    {
        auto* row = new QHBoxLayout(&window);
        row->addWidget(view);
        row->addWidget(field);
        view->setFocusPolicy(Qt::StrongFocus);
        actions.addLettersTo(*view);
        actions.addWideTo(window);
        window.show();
        sheet = new ShortcutSheet(actions, &window);
        sheet->show();
    }

    QTreeWidgetItem* item(const QString& text) const
    {
        const auto found = list()->findItems(text, Qt::MatchExactly | Qt::MatchRecursive);
        return found.value(0);
    }
    QTreeWidget* list() const { return sheet->findChild<QTreeWidget*>(); }
    QPushButton* button(const char* text) const
    {
        for (auto* button : sheet->findChildren<QPushButton*>())
            if (button->text() == QLatin1String(text))
                return button;
        return nullptr;
    }
    bool says(const QString& words) const
    {
        for (const auto* label : sheet->findChildren<QLabel*>())
            if (label->text().contains(words))
                return true;
        return false;
    }
    /// Chooses an action and presses a key in the field.
    void press(const char* action, Qt::Key key, Qt::KeyboardModifiers with = {}) const
    {
        list()->setCurrentItem(item(QString::fromLatin1(action)));
        auto* keys = sheet->findChild<QKeySequenceEdit*>();
        keys->setFocus();
        QTest::keyClick(keys, key, with);
    }
    QString keyOf(const char* id) const { return actions(id)->shortcut().toString(); }
    /// Whether the key does it where that has the focus.
    bool acts(const char* id, QWidget* where, Qt::Key key, Qt::KeyboardModifiers with = {})
    {
        sheet->hide();
        const QSignalSpy triggered(actions(id), &QAction::triggered);
        window.activateWindow();
        (void)QTest::qWaitForWindowActive(&window);
        where->setFocus();
        QTest::keyClick(where, key, with);
        return triggered.size() == 1;
    }
};

} // namespace

class ShortcutSheetTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void everyActionIsListedWithItsKeys()
    {
        const Fixture f;
        QCOMPARE(f.item(QStringLiteral("Run"))->text(1), QStringLiteral("Ctrl+Return  Ctrl+Enter"));
        QCOMPARE(f.item(QStringLiteral("Brush"))->text(1), QStringLiteral("P"));
        QVERIFY(f.item(QStringLiteral("Enlarge a picture"))->isDisabled());
        for (const QAction* action : f.actions.all() + f.actions.painting())
            QVERIFY2(!action->statusTip().isEmpty(), qPrintable(action->objectName()));
    }

    void aFreeKeyIsTakenAndStays()
    {
        const Fixture f;
        f.press("Sample", Qt::Key_J, Qt::ControlModifier);
        QCOMPARE(f.keyOf("sample"), QStringLiteral("Ctrl+J"));
        QCOMPARE(f.item(QStringLiteral("Sample"))->text(1), QStringLiteral("Ctrl+J"));
        QVERIFY(f.actions("sample")->toolTip().endsWith(QStringLiteral("(Ctrl+J)")));
        const Actions later; // the next start
        QCOMPARE(later("sample")->shortcut().toString(), QStringLiteral("Ctrl+J"));
    }

    void aKeyThatIsTakenIsSaidAndTakenOverOnlyWhenAsked()
    {
        const Fixture f;
        f.press("Sample", Qt::Key_S, Qt::ControlModifier);
        QVERIFY(f.says(QStringLiteral("Ctrl+S is the key of Save result.")));
        QCOMPARE(f.keyOf("sample"), QString());
        QCOMPARE(f.keyOf("save"), QStringLiteral("Ctrl+S"));
        f.button("&Take it over")->click();
        QCOMPARE(f.keyOf("sample"), QStringLiteral("Ctrl+S"));
        QCOMPARE(f.keyOf("save"), QString());
        QVERIFY(!f.button("&Take it over")->isVisible());
    }

    void aKeyThatAViewTakesItselfIsRefused()
    {
        const Fixture f;
        f.press("Sample", Qt::Key_B);
        QVERIFY(f.says(QStringLiteral("B cannot be used here")));
        QCOMPARE(f.keyOf("sample"), QString());
        QVERIFY(!f.button("&Take it over")->isVisible());
    }

    void theSameLetterServesThePainterAndTheViews()
    {
        const Fixture f;
        QCOMPARE(f.keyOf("play"), f.keyOf("paint-brush"));
        QVERIFY(!f.actions.holder(*f.actions("play"), f.actions("play")->shortcut()).action);
        f.press("Brush", Qt::Key_K); // black has it
        QVERIFY(f.says(QStringLiteral("K is the key of Black.")));
        f.press("Brush", Qt::Key_S, Qt::ControlModifier); // acts while painting, too
        QVERIFY(f.says(QStringLiteral("Ctrl+S is the key of Save result.")));
    }

    void aLetterActsInTheViewsAloneAndAnotherKeyEverywhere()
    {
        Fixture f;
        f.press("Sample", Qt::Key_J);
        QVERIFY(f.acts("sample", f.view, Qt::Key_J));
        QVERIFY(!f.acts("sample", f.field, Qt::Key_J));
        QCOMPARE(f.field->text(), QStringLiteral("j"));
        f.sheet->show();
        f.press("Sample", Qt::Key_J, Qt::ControlModifier);
        QVERIFY(f.acts("sample", f.view, Qt::Key_J, Qt::ControlModifier));
        QVERIFY(f.acts("sample", f.field, Qt::Key_J, Qt::ControlModifier));
        QVERIFY(!f.acts("sample", f.view, Qt::Key_J));
    }

    void theUsualKeysComeBack()
    {
        const Fixture f;
        f.press("Sample", Qt::Key_S, Qt::ControlModifier);
        f.button("&Take it over")->click();
        f.press("Run", Qt::Key_F5);
        QCOMPARE(f.actions("run")->shortcuts().size(), 1);
        f.button("&Usual")->click();
        QCOMPARE(f.actions("run")->shortcuts().size(), 2);
        QCOMPARE(f.keyOf("sample"), QStringLiteral("Ctrl+S"));
        f.button("&All as usual")->click();
        QCOMPARE(f.keyOf("sample"), QString());
        QCOMPARE(f.keyOf("save"), QStringLiteral("Ctrl+S"));
        QVERIFY(QSettings().allKeys().isEmpty());
    }

    void wordsAndKeysAreSearchedFor()
    {
        const Fixture f;
        auto* words = f.sheet->findChild<QLineEdit*>();
        words->setText(QStringLiteral("ctrl+shift+p"));
        QVERIFY(!f.item(QStringLiteral("Pause now"))->isHidden());
        QVERIFY(f.item(QStringLiteral("Sample"))->isHidden());
        QVERIFY(f.item(QStringLiteral("Brush"))->parent()->isHidden());
        words->setText(QStringLiteral("offline sample"));
        QVERIFY(!f.item(QStringLiteral("Sample"))->isHidden());
    }

    void tabLeavesTheFieldOfTheKey()
    {
        const Fixture f;
        f.press("Sample", Qt::Key_Tab);
        QCOMPARE(f.keyOf("sample"), QString());
        f.press("Sample", Qt::Key_Escape);
        QCOMPARE(f.keyOf("sample"), QString());
        QVERIFY(f.sheet->isVisible());
    }

    void damageInTheSettingsIsNoKey()
    {
        QSettings().setValue(QStringLiteral("keys/save"), 7);
        QSettings().setValue(QStringLiteral("keys/open"), QStringLiteral("no key at all"));
        const Actions actions;
        QCOMPARE(actions("save")->shortcut().toString(), QStringLiteral("Ctrl+S"));
        QVERIFY(actions("open")->shortcuts().isEmpty());
    }

private:
    EmptyHome m_home;
};

QTEST_MAIN(ShortcutSheetTest)
#include "tst_shortcutsheet.moc"
