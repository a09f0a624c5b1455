// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/saver.h"

#include "core/file/files.h"
#include "tests/app/anotheruser.h"
#include "tests/app/emptyhome.h"
#include "tests/app/folderfaults.h"
#include "tests/ui/modesfixture.h"
#include "ui/actions.h"
#include "ui/noticebar.h"
#include "ui/savedialog.h"

#include <QAction>
#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QPointer>
#include <QPushButton>
#include <QTemporaryDir>

#include <algorithm>

namespace {

/// A tool about whose picture, as red as its strength, somebody may be asked.
Method questionTool()
{
    Method tool = countingMethod();
    tool.id = "sheet";
    tool.toolOf = "analogy";
    tool.question = "What is missing?";
    tool.run = [](const Request& request, Models&, const Report&) {
        const double strength = std::get<double>(request.values.at("strength"));
        const SharedImage made = filled(6, 5, {uint8_t(strength * 100), 0, 0});
        return Result {.candidates = {{.image = made, .canvas = made}}};
    };
    return tool;
}

} // namespace

class SaverTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void cleanup() { QSettings().clear(); }

    void theMarkedGridAndItsQuestionAreCopied()
    {
        WindowFixture f({analogyMethod(), questionTool(), promptFreeMethod()}, "analogy");
        QAction *marked = f.window.actions()("copy-marked"),
                *question = f.window.actions()("copy-question");
        QVERIFY(!marked->isEnabled()); // no picture is there yet
        QVERIFY(question->isEnabled());
        for (const char* slot : {"a", "a_prime", "b"})
            f.session.inputs().set(slot, filled(8, 8, {0, 0, 200}), QStringLiteral("p.png"));
        f.session.editor().setValue("strength", 0.5); // the mode's own value counts
        QTRY_VERIFY(marked->isEnabled());
        marked->trigger();
        QTRY_VERIFY(!QGuiApplication::clipboard()->image().isNull());
        const QImage copied = QGuiApplication::clipboard()->image();
        QCOMPARE(copied.size(), QSize(6, 5));
        QCOMPARE(copied.pixelColor(0, 0), QColor(50, 0, 0));
        QVERIFY(f.window.pane().notices().text().contains(QStringLiteral("clipboard")));
        question->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("What is missing?"));
        f.session.setMethod("prompt-free");
        QTRY_VERIFY(!marked->isEnabled());
        QVERIFY(!question->isEnabled());
    }

    void whereThePlaceFailsAnotherIsAskedForAndThePictureStays_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QString>("words");
        QTest::newRow("gone") << QStringLiteral("gone")
                              << QStringLiteral("there is no such file or folder.");
        QTest::newRow("replaced by a file")
            << QStringLiteral("file") << QStringLiteral("a part of its path is not a folder.");
        QTest::newRow("full") << QStringLiteral("full")
                              << QStringLiteral("there is not enough space (it needs ");
        QTest::newRow("read-only")
            << QStringLiteral("read-only") << QStringLiteral("you have no permission.");
        QTest::newRow("rename fails")
            << QStringLiteral("rename") << QStringLiteral("the disk reports an error.");
    }

    void whereThePlaceFailsAnotherIsAskedForAndThePictureStays()
    {
        QFETCH(QString, fault);
        QFETCH(QString, words);
        if (fault == QLatin1String("read-only") && geteuid() == 0)
            return anotherUserRuns(
                QStringLiteral("whereThePlaceFailsAnotherIsAskedForAndThePictureStays:read-only"));
        ModesFixture f;
        f.runOnce();
        const QTemporaryDir folder;
        const QString place = folder.filePath(QStringLiteral("none"));
        const std::filesystem::path at = place.toStdString();
        if (fault == QLatin1String("file"))
            writeFileAtomically(at, {});
        else if (fault != QLatin1String("gone"))
            QVERIFY(QDir().mkdir(place));
        if (fault == QLatin1String("full"))
            strike(FolderFault::Full, at);
        if (fault == QLatin1String("read-only"))
            strike(FolderFault::ReadOnly, at);
        if (fault == QLatin1String("rename"))
            faults.renameError = EIO;
        const auto choose = [&](const QString& path) {
            QTRY_VERIFY(f.window.findChild<SaveDialog*>());
            const QPointer<SaveDialog> dialog = f.window.findChild<SaveDialog*>();
            Q_EMIT dialog->chosen(path, Embed::Full);
            dialog->close();
            QTRY_VERIFY(!dialog);
        };
        f.window.actions()("save")->trigger();
        choose(folder.filePath(QStringLiteral("none/x.png")));
        NoticeBar& notices = f.window.pane().notices();
        QTRY_VERIFY2(
            notices.text().contains(QStringLiteral("x.png could not be written: ") + words),
            qPrintable(notices.text()));
        QCOMPARE(QDir(place).entryList(QDir::Files | QDir::Hidden), QStringList());
        fullFolder = nullptr;
        faults = {};
        const auto buttons = notices.findChildren<QPushButton*>();
        const auto another = std::ranges::find_if(buttons, [](const QPushButton* button) {
            return button->text() == QStringLiteral("Choose another file");
        });
        QVERIFY(another != buttons.end());
        (*another)->click();
        const QString good = folder.filePath(QStringLiteral("good.png"));
        choose(good);
        QTRY_VERIFY(QFile::exists(good));
        QVERIFY(carriesRecord(readFile(good.toStdString(), 1 << 20)));
    }
};

QTEST_MAIN(SaverTest)
#include "tst_saver.moc"
