// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/store/keepedits.h"

#include "app/store/database.h"
#include "tests/app/emptyhome.h"
#include "tests/app/keepingprogram.h"
#include "tests/failure.h"

#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>

/// What a session from elsewhere says of its history.
class KeepEditsTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;
    std::unique_ptr<QTemporaryDir> m_folder;

    QString path() const { return m_folder->filePath(QStringLiteral("a.simile")); }
    std::string file() const { return path().toStdString(); }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QSettings().clear();
    }

    void aStepThatCannotBeReadIsSaidAndChangesNothing()
    {
        {
            Program program(path());
            program.session.editor().setSeed(3);
        }
        Database(file(), Database::ReadWrite).execute("UPDATE edit SET before = '{}'");
        Program program(path());
        const Document before = program.session.editor().document();
        History& history = program.session.history();
        const int position = history.position();
        QSignalSpy undone(&history, &History::undone);
        QVERIFY(!history.undo());
        QVERIFY(program.session.editor().document() == before);
        QCOMPARE(history.position(), position);
        QVERIFY(undone.isEmpty());
        QCOMPARE(program.said.size(), 1);
        QVERIFY2(
            program.said.at(0).startsWith(QStringLiteral("What was edited")),
            qPrintable(program.said.at(0)));
    }

    void aHistoryThatIsNoneIsRefused_data()
    {
        QTest::addColumn<QByteArray>("about");
        QTest::newRow("no JSON") << QByteArray("x");
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("runs") << QByteArray(R"({"runs": [7]})");
        QTest::newRow("run") << QByteArray(R"({"runs": [{"run": "x"}]})");
        QTest::newRow("queue") << QByteArray(R"({"queue": [7]})");
        QTest::newRow("ids") << QByteArray(R"({"queue": {"before": ["x"]}})");
    }

    void aHistoryThatIsNoneIsRefused()
    {
        QFETCH(QByteArray, about);
        {
            Program program(path());
            program.session.editor().setSeed(3);
        }
        {
            Database tamper(file(), Database::ReadWrite);
            tamper.prepare("UPDATE edit SET about = ?").with(about.toStdString()).run();
        }
        Program program;
        const std::string said = failure([&] { program.keeper.open(file()); });
        QVERIFY2(said.starts_with("The history of this session cannot be read"), said.c_str());
        QVERIFY(program.keeper.path().empty()); // what was open stays
    }
};

QTEST_GUILESS_MAIN(KeepEditsTest)
#include "tst_keepedits.moc"
