// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/file/files.h"
#include "tests/core/file/faultfolder.h"
#include "tests/failure.h"

#include <QTest>
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <functional>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

namespace fs = std::filesystem;

class FilesTest : public QObject, FaultFolder
{
    Q_OBJECT

private Q_SLOTS:
    void init() { renew(); }

    void whatWasWrittenIsRead()
    {
        const std::string text("\0one\ntwo\xff", 9);
        writeFileAtomically(path(), bytes(text));
        QCOMPARE(readText(path()), text);
        QVERIFY(readFile(path(), 9) == bytes(text));
        writeFileAtomically(path(), {});
        QVERIFY(readFile(path(), 0).empty());
        QCOMPARE(entries(), 1);
    }

    void aFileOverTheLimitIsRefused()
    {
        writeFileAtomically(path(), bytes("123456"));
        QCOMPARE(
            failure([&] { readFile(path(), 5); }),
            path().string() + " is too large: it may have at most 5 bytes.");
        QCOMPARE(readFile(path(), UINT64_MAX).size(), std::size_t(6));
    }

    void aFileWithoutASizeIsReadToItsEnd()
    {
        QVERIFY(readText("/proc/self/status").starts_with("Name:"));
        QVERIFY(failure([] { readFile("/proc/self/status", 20); }).find("too large") != SIZE_MAX);
    }

    void whatIsNoFileIsNamedAndNotWaitedFor()
    {
        QCOMPARE(
            failure([&] { readFile(folder().toStdString(), 10); }),
            folder().toStdString() + " is a folder, not a file.");
        QCOMPARE(::mkfifo(path().c_str(), 0600), 0);
        QCOMPARE(
            failure([&] { readFile(path(), 10); }), path().string() + " is a pipe, not a file.");
        QCOMPARE(
            failure([] { readText("/dev/zero"); }),
            std::string("/dev/zero is a device, not a file."));
        const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
        sockaddr_un address {.sun_family = AF_UNIX, .sun_path = {}};
        strncpy(address.sun_path, path("socket").c_str(), sizeof address.sun_path - 1);
        QCOMPARE(::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
        QCOMPARE(
            failure([&] { readText(path("socket")); }),
            path("socket").string() + " is a socket, not a file.");
        ::close(socket);
    }

    void piecesMakeUpTheFile()
    {
        const std::vector<std::byte> all((5 << 19) + 7, std::byte(9));
        writeFileAtomically(path(), all);
        std::vector<std::byte> joined;
        readPieces(path(), [&](std::span<const std::byte> piece) {
            joined.insert(joined.end(), piece.begin(), piece.end());
        });
        QVERIFY(joined == all);
    }

    void aNewFileHonoursTheUmask()
    {
        const mode_t old = ::umask(027);
        writeFileAtomically(path(), bytes("x"));
        ::umask(old);
        QCOMPARE(mode(), mode_t(0640));
    }

    void anOldFileKeepsItsPermissions()
    {
        writeFileAtomically(path(), bytes("old"));
        QCOMPARE(::chmod(path().c_str(), 0751), 0);
        writeFileAtomically(path(), bytes("new"));
        QCOMPARE(mode(), mode_t(0751));
        QCOMPARE(readText(path()), std::string("new"));
    }

    void aLinkStaysALink()
    {
        writeFileAtomically(path(), bytes("old"));
        fs::create_symlink("file", path("link"));
        fs::create_symlink("missing", path("dangling"));
        writeFileAtomically(path("link"), bytes("new"));
        writeFileAtomically(path("dangling"), bytes("made"));
        QVERIFY(fs::is_symlink(path("link")) && fs::is_symlink(path("dangling")));
        QCOMPARE(readText(path()), std::string("new"));
        QCOMPARE(readText(path("missing")), std::string("made"));
    }

    void whatIsNoFileIsNotReplaced()
    {
        fs::create_directory(path());
        QCOMPARE(
            failure([&] { writeFileAtomically(path(), {}); }),
            path().string() + " is a folder; choose another name to write to.");
        QVERIFY(failure([] { writeFileAtomically("/dev/null", {}); }).find("device") != SIZE_MAX);
        QVERIFY(fs::is_directory(path()));
        QCOMPARE(
            failure([&] { writeFileAtomically(path("none") / "file", {}); }),
            (path("none") / "file").string()
                + " could not be written: there is no such file or folder.");
    }

    void theLongestNameCanBeWritten()
    {
        const std::string name(255, 'n');
        writeFileAtomically(path(name.c_str()), bytes("x"));
        QCOMPARE(readText(path(name.c_str())), std::string("x"));
        QVERIFY(failure([&] {
                    writeFileAtomically(path((name + "n").c_str()), {});
                }).ends_with("its name is too long."));
        QVERIFY(failure([&] {
                    readText(path((name + "n").c_str()));
                }).ends_with("could not be read: its name is too long."));
        QCOMPARE(entries(), 1);
    }

    void theLongestPathCanBeRead()
    {
        constexpr size_t longest = 4095;
        std::string folder = path("f").string();
        const std::string part = "/" + std::string(99, 'f');
        while (folder.size() + part.size() < longest - 1)
            folder += part;
        fs::create_directories(folder);
        const std::string file = folder + "/" + std::string(longest - 1 - folder.size(), 'x');
        QCOMPARE(file.size(), longest);
        const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        QVERIFY(descriptor >= 0);
        QCOMPARE(::write(descriptor, "text", 4), ssize_t(4));
        ::close(descriptor);
        QCOMPARE(readText(file), std::string("text"));
        QVERIFY(failure([&] {
                    readText(file + "x");
                }).ends_with("could not be read: its name is too long."));
    }

    void whatLinksLeadToIsReadAndWhereTheyLeadNowhereThatIsSaid()
    {
        writeFileAtomically(path(), bytes("text"));
        fs::create_symlink("file", path("link"));
        fs::create_symlink("missing", path("dangling"));
        fs::create_symlink("loop", path("loop"));
        QCOMPARE(readText(path("link")), std::string("text"));
        QCOMPARE(
            failure([&] { readText(path("dangling")); }),
            path("dangling").string() + " could not be read: there is no such file or folder.");
        QCOMPARE(
            failure([&] { readText(path("loop")); }),
            path("loop").string() + " could not be read: its links lead in a circle.");
    }

    void shortWritesAreContinued()
    {
        faults.longestWrite = 3;
        writeFileAtomically(path(), bytes("12345678"));
        QCOMPARE(readText(path()), std::string("12345678"));
        QCOMPARE(faults.writes, 3);
    }

    void afterAFailureTheOldFileIsWhole_data()
    {
        QTest::addColumn<int>("error");
        QTest::addColumn<QString>("reason");
        QTest::newRow("full") << ENOSPC << "there is not enough space (it needs 8 bytes, free are ";
        QTest::newRow("quota") << EDQUOT << "your disk quota is used up.";
        QTest::newRow("limit") << EFBIG << "it would become larger than the system allows.";
        QTest::newRow("disk") << EIO << "the disk reports an error.";
        QTest::newRow("permission") << EACCES << "you have no permission.";
        QTest::newRow("read-only") << EROFS << "its disk can only be read.";
        QTest::newRow("other") << ENXIO << "the system says: No such device or address.";
    }

    void afterAFailureTheOldFileIsWhole()
    {
        QFETCH(int, error);
        QFETCH(QString, reason);
        writeFileAtomically(path(), bytes("old"));
        const auto fails = [&](const Faults& planted) {
            faults = planted;
            const std::string text =
                failure([&] { writeFileAtomically(path(), bytes("12345678")); });
            faults = {};
            return text.starts_with(
                       path().string() + " could not be written: " + reason.toStdString())
                && readText(path()) == "old" && entries() == 1;
        };
        for (int at = 0; at < 4; ++at)
            QVERIFY(fails({.writeError = error, .writeAt = at, .longestWrite = 2}));
        QVERIFY(fails({.syncError = error}));
        QVERIFY(fails({.closeError = error}));
        QVERIFY(fails({.renameError = error}));
        QVERIFY(fails({.accessError = error}));
    }

    void aDiskThatTakesNothingIsFull()
    {
        faults.longestWrite = 0; // no error, and no byte either
        const std::string said = failure([&] { writeFileAtomically(path(), bytes("x")); });
        QVERIFY2(said.find("there is not enough space") != said.npos, said.c_str());
        QCOMPARE(entries(), 0);
    }

    void spaceThatIsMissingIsSaidBeforeTheWork()
    {
        writeFileAtomically(path(), bytes("old"));
        const std::vector<std::byte> large((16 << 20) + 1);
        faults = {.reserveError = ENOSPC};
        QVERIFY(failure([&] { writeFileAtomically(path(), large); }).find("space") != SIZE_MAX);
        QCOMPARE(faults.writes, 0);
        QCOMPARE(readText(path()), std::string("old"));
        QCOMPARE(entries(), 1);
        faults = {.reserveError = EOPNOTSUPP}; // of a file system that cannot
        writeFileAtomically(path(), large);
        QCOMPARE(fs::file_size(path()), uintmax_t(large.size()));
    }

    void anErrorWhileItIsReadIsSaidAndItCanBeTriedAgain()
    {
        faults = {.readError = EINTR, .readAt = 0}; // is none
        writeFileAtomically(path(), bytes("text"));
        QCOMPARE(readText(path()), std::string("text"));
        faults = {.readError = EIO, .readAt = 0};
        QCOMPARE(
            failure([&] { readText(path()); }),
            path().string() + " could not be read: the disk reports an error.");
        QCOMPARE(readText(path()), std::string("text"));
        fs::remove(path());
        // Where no memory is there is nothing to read.
        QCOMPARE(
            failure([] { readText("/proc/self/mem"); }),
            std::string("/proc/self/mem could not be read: the disk reports an error."));
        writeFileAtomically(path(), {});
        QCOMPARE(
            failure([&] { readText(path() / "below"); }),
            (path() / "below").string()
                + " could not be read: a part of its path is not a folder.");
    }

    void anInterruptedWriteIsRepeated()
    {
        faults = {.writeError = EINTR, .writeAt = 0};
        writeFileAtomically(path(), bytes("text"));
        QCOMPARE(readText(path()), std::string("text"));
    }

    void aFolderThatIsNotSyncedIsSaid()
    {
        faults = {.folderSyncError = EIO};
        const std::string text = failure([&] { writeFileAtomically(path(), bytes("new")); });
        QVERIFY(text.find("may be lost if the power fails") != SIZE_MAX);
        QCOMPARE(readText(path()), std::string("new"));
        faults = {.folderSyncError = EINVAL}; // some file systems cannot
        writeFileAtomically(path(), bytes("newer"));
    }

    void largeFilesAreWrittenToo()
    {
        const std::vector<std::byte> large((17 << 20) + 1, std::byte(5));
        writeFileAtomically(path(), large);
        QVERIFY(readFile(path(), large.size()) == large);
    }

    void aFileThatMayNotBeWrittenStays()
    {
        writeFileAtomically(path(), bytes("old"));
        // Root may do everything; nobody comes as far as the folder.
        constexpr uid_t nobody = 65534;
        const bool root = ::geteuid() == 0;
        ::chmod(folder().toLocal8Bit().constData(), 0777);
        ::chmod(path().c_str(), 0444);
        std::string written, read, entered;
        if (root)
            QCOMPARE(::setresuid(nobody, nobody, 0), 0);
        written = failure([&] { writeFileAtomically(path(), bytes("new")); });
        const std::string still = readText(path());
        if (root)
            QCOMPARE(::setresuid(0, 0, 0), 0);
        ::chmod(path().c_str(), 0);
        if (root)
            QCOMPARE(::setresuid(nobody, nobody, 0), 0);
        read = failure([&] { readText(path()); });
        if (root)
            QCOMPARE(::setresuid(0, 0, 0), 0);
        QVERIFY2(written.ends_with("you have no permission."), written.c_str());
        QCOMPARE(still, std::string("old"));
        QCOMPARE(read, path().string() + " could not be read: you have no permission.");
        QCOMPARE(entries(), 1);
    }
};

QTEST_GUILESS_MAIN(FilesTest)
#include "tst_files.moc"
