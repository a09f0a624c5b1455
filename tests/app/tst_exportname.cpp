// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/exportname.h"

#include "core/file/files.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace {

NameFields fields()
{
    return {
        .mode = QStringLiteral("analogy"),
        .prompt = QStringLiteral("a large, pink triangle on a blue ground with stars above it"),
        .picture = QStringLiteral("cat.photo.jpg"),
        .model = QStringLiteral("Simile mini"),
        .seed = 42,
        .run = 7,
        .candidate = 2,
        .step = 9,
        .made = QDateTime(QDate(2026, 5, 31), QTime(14, 5, 9))};
}

} // namespace

class ExportNameTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fieldsAreFilledIn_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("name");
        const auto row = [](const char* text, const char* name) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(name);
        };
        row("{mode}-{seed}", "analogy-42");
        row("{prompt}", "a-large-pink-triangle-on-a-blue-ground");
        row("{picture} {run}.{candidate}", "cat.photo-7.2");
        row("{date}_{time}", "2026-05-31_14-05-09");
        row("{step}", "009");
        row("{model}", "Simile-mini");
        row("plain", "plain");
        row("{sed}", "{sed}");
    }

    void fieldsAreFilledIn()
    {
        QFETCH(QString, text);
        QFETCH(QString, name);
        QCOMPARE(expandName(text, fields()), name);
    }

    void whatAFileMayNotBeCalledIsPutRight_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("name");
        const auto row = [](const char* text, const char* name) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(name);
        };
        row("../../etc/passwd", "etc-passwd");
        row("a/b\\c:d*e?f\"g<h>i|j", "a-b-c-d-e-f-g-h-i-j");
        row(".hidden", "hidden");
        row("a  \n\t b", "a-b");
        row("...", "picture");
        row("", "picture");
        row("a.", "a");
        row("\u00fcber \u5c71", "\u00fcber-\u5c71");
    }

    void whatAFileMayNotBeCalledIsPutRight()
    {
        QFETCH(QString, text);
        QFETCH(QString, name);
        QCOMPARE(expandName(text, {}), name);
    }

    void aLongNameFitsIntoAFileSystem()
    {
        const QString hangul(400, QChar(0xac00)); // three bytes each
        const QString name = expandName(hangul, {});
        QVERIFY(name.toUtf8().size() <= 200);
        QTemporaryDir folder;
        QFile file(freeFile(folder.path(), name, QStringLiteral("tif")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const QString beyond = QString::fromUcs4(U"\U0001F600").repeated(200);
        const QString cut = expandName(beyond, {});
        QCOMPARE(QString::fromUtf8(cut.toUtf8()), cut); // no half of a letter
    }

    void aFieldThatThereIsNotIsNamed()
    {
        QCOMPARE(unknownField(QStringLiteral("{mode}-{sed}")), QStringLiteral("{sed}"));
        QCOMPARE(unknownField(usualNameTemplate()), QString());
        for (const NameField& field : nameFields())
            QCOMPARE(unknownField(field.field), QString());
    }

    void aFileThatIsThereIsLeftAlone()
    {
        QTemporaryDir folder;
        const auto there = [&](const char* name) {
            QFile file(folder.filePath(QLatin1String(name)));
            QVERIFY(file.open(QIODevice::WriteOnly));
        };
        const auto free = [&] {
            return QDir(folder.path())
                .relativeFilePath(
                    freeFile(folder.path(), QStringLiteral("a"), QStringLiteral("png")));
        };
        QCOMPARE(free(), QStringLiteral("a.png"));
        there("a.png");
        QCOMPARE(free(), QStringLiteral("a-2.png"));
        there("a-2.png");
        QCOMPARE(free(), QStringLiteral("a-3.png"));
    }

    /// Somebody else's comes when the file is just to be written: the next name is taken.
    void whatTakesANameMeanwhileStays()
    {
        const QTemporaryDir folder;
        const std::string theirs = "theirs", mine = "mine";
        bool come = false;
        const WriteFile write = [&](const std::filesystem::path& file, IfThere there) {
            if (!std::exchange(come, true))
                writeFileAtomically(file, std::as_bytes(std::span(theirs)));
            writeFileAtomically(file, std::as_bytes(std::span(mine)), there);
        };
        const auto put = [&](bool replace) {
            return writtenFile(
                folder.path(), QStringLiteral("a"), QStringLiteral("png"), replace, write);
        };
        QCOMPARE(put(false), folder.filePath(QStringLiteral("a-2.png")));
        const std::string first = folder.filePath(QStringLiteral("a.png")).toStdString();
        QCOMPARE(readText(first), theirs);
        // A link to nothing is somebody's, too.
        std::filesystem::create_symlink(
            "nowhere", folder.filePath(QStringLiteral("a-3.png")).toStdString());
        QCOMPARE(put(false), folder.filePath(QStringLiteral("a-4.png")));
        QCOMPARE(put(true), QString::fromStdString(first));
        QCOMPARE(readText(first), mine);
    }
};

QTEST_GUILESS_MAIN(ExportNameTest)
#include "tst_exportname.moc"
