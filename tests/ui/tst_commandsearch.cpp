// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/commandsearch.h"

#include "tests/app/emptyhome.h"
#include "ui/actions.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QMainWindow>
#include <QMenuBar>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

namespace {

struct Fixture
{
    Actions actions;
    QMainWindow window;
    QLineEdit* field = new QLineEdit(&window);
    QAction* dark = nullptr;
    CommandSearch* search = nullptr;

    Fixture()
    {
        window.setCentralWidget(field);
        QMenu* view = window.menuBar()->addMenu(QStringLiteral("&View"));
        view->addAction(actions("inspect"));
        dark = view->addMenu(QStringLiteral("&Appearance"))->addAction(QStringLiteral("&Dark"));
        search = new CommandSearch(window, actions);
        window.resize(900, 700);
        window.show();
        window.activateWindow();
        (void)QTest::qWaitForWindowActive(&window);
        field->setFocus();
        search->open();
    }

    QTreeWidget* list() const { return search->findChild<QTreeWidget*>(); }
    void type(const char* words) const { QTest::keyClicks(this->words(), QLatin1String(words)); }
    QLineEdit* words() const { return search->findChild<QLineEdit*>(); }
    QString first(int column = 0) const
    {
        return list()->topLevelItemCount() > 0 ? list()->topLevelItem(0)->text(column) : QString();
    }
    QString tip() const { return search->findChild<QLabel*>()->text(); }
};

} // namespace

class CommandSearchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCommandIsThereAtFirst()
    {
        const Fixture f;
        QCOMPARE(f.first(), QStringLiteral("Inspect"));
        const int others = 1; // what stands in a menu alone; the search itself is left out
        QCOMPARE(f.list()->topLevelItemCount(), f.actions.all().size() - 1 + others);
    }

    void wordsOfNameMenuAndTipFind()
    {
        const Fixture f;
        f.type("network look"); // both in the tip of Inspect
        QCOMPARE(f.first(), QStringLiteral("Inspect"));
        QCOMPARE(f.first(2), QStringLiteral("Ctrl+4"));
        f.words()->clear();
        f.type("appear");
        QCOMPARE(f.first(), QStringLiteral("Dark"));
        QCOMPARE(f.first(1), QStringLiteral("View \u203A Appearance"));
        f.words()->clear();
        f.type("run");
        QCOMPARE(f.first(), QStringLiteral("Run")); // before what has it in the middle
        f.type(" xyzzy");
        QCOMPARE(f.list()->topLevelItemCount(), 0);
        QVERIFY(!f.tip().isEmpty());
    }

    void returnDoesItWhereTheFocusWas()
    {
        const Fixture f;
        const QSignalSpy triggered(f.dark, &QAction::triggered);
        f.type("dark");
        QTest::keyClick(f.words(), Qt::Key_Return);
        QCOMPARE(triggered.size(), 1);
        QVERIFY(!f.search->isVisible());
        QCOMPARE(QApplication::focusWidget(), f.field);
    }

    void arrowsChooseAnother()
    {
        const Fixture f;
        f.type("run");
        const QString second = f.list()->topLevelItem(1)->text(0);
        QTest::keyClick(f.words(), Qt::Key_Down);
        QCOMPARE(f.list()->currentItem()->text(0), second);
    }

    void whatIsNotPossibleSaysWhyAndIsNotDone()
    {
        const Fixture f;
        QAction* undo = f.actions("undo");
        undo->setEnabled(false);
        const QSignalSpy triggered(undo, &QAction::triggered);
        f.words()->clear();
        f.type("undo");
        QCOMPARE(f.first(), QStringLiteral("Undo"));
        QCOMPARE(f.tip(), QStringLiteral("Not possible now: Nothing was changed"));
        QTest::keyClick(f.words(), Qt::Key_Return);
        QCOMPARE(triggered.size(), 0);
        QVERIFY(f.search->isVisible());
    }

    void escapeAndAClickElsewhereCloseIt()
    {
        const Fixture f;
        QTest::keyClick(f.words(), Qt::Key_Escape);
        QVERIFY(!f.search->isVisible());
        QCOMPARE(QApplication::focusWidget(), f.field);
        f.search->open();
        QVERIFY(f.search->isVisible());
        f.field->setFocus();
        QVERIFY(!f.search->isVisible());
    }

    void itFitsASmallWindow()
    {
        Fixture f;
        f.window.resize(500, 400);
        QTRY_VERIFY(f.window.rect().contains(f.search->geometry()));
    }

private:
    EmptyHome m_home;
};

QTEST_MAIN(CommandSearchTest)
#include "tst_commandsearch.moc"
