// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/file/outputfile.h"

#include "core/file/files.h"
#include "core/file/inputfile.h"
#include "tests/core/file/faultfolder.h"
#include "tests/failure.h"

#include <QTest>
#include <cerrno>
#include <fcntl.h>
#include <functional>
#include <span>
#include <sys/stat.h>
#include <unistd.h>

namespace fs = std::filesystem;

class OutputFileTest : public QObject, FaultFolder
{
    Q_OBJECT

private Q_SLOTS:
    void init() { renew(); }

    /// Somebody else's file, or a link of theirs, comes when the new one is just to get its name.
    void whatTakesTheNameInThatVeryMomentStays_data()
    {
        QTest::addColumn<int>("renameError");
        QTest::addColumn<int>("linkError");
        QTest::newRow("renamed where the name is free") << 0 << 0;
        QTest::newRow("linked, on disks that do not know that") << EINVAL << 0;
        QTest::newRow("neither") << EINVAL << EPERM;
    }

    void whatTakesTheNameInThatVeryMomentStays()
    {
        QFETCH(int, renameError);
        QFETCH(int, linkError);
        const auto keeping = [&](std::function<void()> meanwhile) {
            faults = {.renameNewError = renameError, .linkError = linkError};
            faults.beforeRename = std::move(meanwhile);
            bool taken = false;
            try {
                writeFileAtomically(path(), bytes("mine"), IfThere::Keep);
            } catch (const NameTaken&) {
                taken = true;
            }
            faults = {};
            return taken;
        };
        QVERIFY(keeping([&] { writeFileAtomically(path(), bytes("theirs")); }));
        QCOMPARE(readText(path()), std::string("theirs"));
        QVERIFY(keeping({})); // and one that was there before
        QCOMPARE(entries(), 1);
        fs::remove(path());
        QVERIFY(keeping([&] { fs::create_symlink("nowhere", path()); }));
        QVERIFY(fs::is_symlink(path()) && !fs::exists(path("nowhere")));
        fs::remove(path());
        QVERIFY(!keeping({}));
        QCOMPARE(readText(path()), std::string("mine"));
        QCOMPARE(mode() & 0600, mode_t(0600));
        QCOMPARE(entries(), 1);
    }

    void aNewFileThatFailsLeavesNothing()
    {
        for (const Faults& planted :
             {Faults {.renameNewError = EIO}, Faults {.renameNewError = EINVAL, .linkError = EIO},
              Faults {.renameError = EIO, .renameNewError = EINVAL, .linkError = EPERM}}) {
            faults = planted;
            const std::string said =
                failure([&] { writeFileAtomically(path(), bytes("mine"), IfThere::Keep); });
            QVERIFY2(said.ends_with("the disk reports an error."), said.c_str());
            QCOMPARE(entries(), 0);
        }
    }

    void whatTheDiskGivesBackOtherwiseIsToldAndTheOldFileStays()
    {
        writeFileAtomically(path(), bytes("old"));
        const std::vector<std::byte> pieces((2 << 20) + 5, std::byte(7));
        const auto writes = [&](const Faults& planted) {
            faults = planted;
            const std::string text = failure([&] { writeFileAtomically(path(), pieces); });
            faults = {};
            return text;
        };
        for (int piece = 0; piece < 3; ++piece) {
            QCOMPARE(
                writes({.wrongAt = piece}),
                path().string()
                    + " could not be written: its disk does not give back what was "
                      "written to it. Choose another disk.");
            QVERIFY(writes({.readError = EIO, .readAt = piece}).ends_with("reports an error."));
        }
        QCOMPARE(readText(path()), std::string("old"));
        QCOMPARE(entries(), 1);
        QCOMPARE(writes({.wrongAt = 3}), std::string()); // there is no fourth
        QVERIFY(readFile(path(), pieces.size()) == pieces);
    }

    void aFileThatSomebodyShortensMeanwhileIsTold()
    {
        OutputFile file(path(), 6);
        file.write(bytes("123456"));
        QCOMPARE(::ftruncate(file.descriptor(), 4), 0);
        const std::string said = failure([&] { file.commit(); });
        QVERIFY2(said.find("does not give back") != said.npos, said.c_str());
        QVERIFY(!fs::exists(path()));
    }

    void aFileThatSomebodyElseOpenedIsWrittenAndSyncedAndNoMore()
    {
        const int descriptor = ::open(path().c_str(), O_RDWR | O_CREAT, 0600);
        {
            OutputFile file("named so", 4, descriptor);
            file.write(bytes("text"));
            file.commit();
            faults.syncError = EIO;
            QCOMPARE(
                failure([&] { file.commit(); }),
                std::string("named so could not be written: the disk reports an error."));
        }
        QCOMPARE(readText(path()), std::string("text"));
        const InputFile input("named so", descriptor); // it was left open
        QCOMPARE(input.text(1, 2), std::string("ex"));
        QCOMPARE(
            failure([&] { input.text(1, 4); }).substr(0, 39),
            std::string("The file named so became shorter while "));
        const int opened = ::open(folder().toLocal8Bit().constData(), O_RDONLY);
        QCOMPARE(
            failure([&] { InputFile("named so", opened); }),
            std::string("named so is a folder, not a file."));
        QVERIFY(::fcntl(opened, F_GETFD) < 0); // and was closed
    }
};

QTEST_GUILESS_MAIN(OutputFileTest)
#include "tst_outputfile.moc"
