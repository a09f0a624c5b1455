// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/zipdirectory.h"

#include "core/file/files.h"
#include "tests/failure.h"

#include <QTemporaryDir>
#include <QTest>

namespace fs = std::filesystem;

namespace {

constexpr uint32_t elsewhere = 0xffffffff; ///< the number stands in a wide field

std::string little(uint64_t value, int bytes)
{
    std::string text;
    for (int i = 0; i < bytes; ++i, value >>= 8)
        text += char(value);
    return text;
}

/// An archive of one stored entry of four bytes, with the records of a large one; every number of
/// it can be wrong.
struct LargeArchive
{
    std::string name = "x/data/0", bytes = "1234";
    uint32_t size = elsewhere; ///< in the directory
    /// Of another program, which is passed over; then size, packed size and place.
    std::string extra = little(0x5455, 2) + little(1, 2) + "?" + little(1, 2) + little(24, 2)
        + little(4, 8) + little(4, 8) + little(0, 8);
    uint64_t entries = 1, volume = 0, entriesThere = 1;
    int64_t placeOff = 0, directoryOff = 0;
    bool records = true;                    ///< those with numbers of 64 bits
    std::string between = {}, comment = {}; ///< behind an entry in the directory; at the very end
    uint32_t sizeOff = 0;                   ///< of the directory, without the records
    uint32_t entriesAtEnd = 1, commentOff = 0;

    std::string file() const
    {
        const std::string stored = little(0, 4) + little(0, 8); // version, flags, method, time, sum
        std::string all = "PK\3\4" + little(20, 2) + stored + little(bytes.size(), 4)
            + little(bytes.size(), 4) + little(name.size(), 2) + little(0, 2) + name + bytes;
        const uint64_t begin = all.size();
        all += "PK\1\2" + little(45, 2) + little(45, 2) + stored + little(size, 4) + little(size, 4)
            + little(name.size(), 2) + little(extra.size(), 2) + little(between.size(), 2)
            + little(0, 8) + little(size == elsewhere ? elsewhere : 0, 4) + name + extra + between;
        const uint64_t end = all.size(), place = uint64_t(int64_t(begin) + directoryOff);
        if (records) {
            all += "PK\6\6" + little(44, 8) + little(45, 4) + little(0, 8) + little(entriesThere, 8)
                + little(entries, 8) + little(end - begin, 8) + little(place, 8);
            all += "PK\6\7" + little(0, 4) + little(uint64_t(int64_t(end) + placeOff), 8)
                + little(1, 4);
        }
        return all + "PK\5\6" + little(volume, 4) + little(records ? 0xffff : entries, 2)
            + little(records ? 0xffff : entriesAtEnd, 2)
            + little(records ? elsewhere : end - begin + sizeOff, 4)
            + little(records ? elsewhere : place, 4) + little(comment.size() + commentOff, 2)
            + comment;
    }
};

} // namespace

class ZipDirectoryTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    std::map<std::string, ZipEntry> entriesOf(const std::string& bytes)
    {
        const fs::path path = m_folder.filePath(QStringLiteral("x.ckpt")).toStdString();
        writeFileAtomically(path, std::as_bytes(std::span(bytes)));
        return readZipDirectory(InputFile(path));
    }

private Q_SLOTS:
    void whatNeeds64BitsStandsInRecordsAndFieldsOfItsOwn()
    {
        const LargeArchive archive;
        for (const bool records : {true, false}) {
            LargeArchive one = archive;
            one.records = records;
            const auto entries = entriesOf(one.file());
            QCOMPARE(entries.size(), std::size_t(1));
            QCOMPARE(entries.at("x/data/0").begin, uint64_t(30 + 8));
            QCOMPARE(entries.at("x/data/0").size, uint64_t(4));
        }
        LargeArchive small;
        small.size = 4; // a field that is not needed changes nothing
        QCOMPARE(entriesOf(small.file()).at("x/data/0").size, uint64_t(4));
    }

    void whatIsSaidBesidesIsPassedOver()
    {
        LargeArchive archive;
        archive.between = "of this entry";
        archive.comment = std::string("PK\5\6") + std::string(30, 'x'); // as the end itself begins
        for (const bool records : {true, false}) {
            archive.records = records;
            QCOMPARE(entriesOf(archive.file()).at("x/data/0").size, uint64_t(4));
        }
        archive.extra += "abc"; // too short for a field
        QCOMPARE(entriesOf(archive.file()).size(), std::size_t(1));
        QCOMPARE(entriesOf("PK\5\6" + little(0, 18)).size(), std::size_t(0));
    }

    /// So that nothing that unpacks it can be led out of its folder, either.
    void namesThatLeadOutAreRefused()
    {
        const auto said = [this](const std::string& name) {
            LargeArchive archive;
            archive.name = name;
            return failure([&] { entriesOf(archive.file()); });
        };
        using std::string_literals::operator""s;
        for (const std::string& name :
             {""s, "/x"s, "/"s, "x\\y"s, "\\"s, ".."s, "../x"s, "x/.."s, "x/../y"s, "x\0y"s})
            QVERIFY2(
                said(name).find("has an entry with an unusable name, \"") != std::string::npos,
                said(name).c_str());
        for (const char* name : {"x", "..x", "x..", "x/..y/z", "x/.y", "x y", "x/"})
            QCOMPARE(said(name), std::string());
    }

    void anEntryThatIsDescribedOtherwiseInItsPlaceIsRefused_data()
    {
        QTest::addColumn<int>("at"); // in the entry, which is the file's beginning
        QTest::addColumn<int>("value");
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const char* name, int at, int value, const char* why) {
            QTest::newRow(name) << at << value << QByteArray(why);
        };
        const char* twoWays = "describes the entry \"x/data/0\" in two ways";
        const char* outside = "has the entry \"x/data/0\" outside itself";
        row("its beginning", 3, 5, twoWays);
        row("compressed", 8, 8, twoWays);
        row("encrypted", 6, 1, twoWays);
        row("another name", 30, 'y', twoWays);
        row("a shorter name", 26, 7, twoWays);
        row("a longer name", 26, 9, outside);
        row("a field more than there is room for", 28, 1, outside);
        row("far more", 29, 0xff, outside);
    }

    void anEntryThatIsDescribedOtherwiseInItsPlaceIsRefused()
    {
        QFETCH(const int, at);
        QFETCH(const int, value);
        QFETCH(const QByteArray, reason);
        std::string file = LargeArchive().file();
        file[std::size_t(at)] = char(value);
        const std::string problem = failure([&] { entriesOf(file); });
        QVERIFY2(problem.find(reason.toStdString()) != problem.npos, problem.c_str());
    }

    void aDirectoryThatIsNotSoundIsRefused_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("said");
        const auto row = [](const char* name, const char* said, const auto& change) {
            LargeArchive archive;
            change(archive);
            QTest::addRow("%s", name)
                << QByteArray::fromStdString(archive.file()) << QByteArray(said);
        };
        row("volumes", "is one of several volumes", [](auto& a) { a.volume = 1; });
        row("a record elsewhere", "points outside itself", [](auto& a) { a.placeOff = 1000; });
        row("no record there", "has a damaged directory", [](auto& a) { a.placeOff = -1; });
        row("two counts", "has a damaged directory", [](auto& a) { a.entriesThere = 2; });
        row("too many", "has more than 100000 entries",
            [](auto& a) { a.entries = a.entriesThere = 100'001; });
        row("a directory behind its end", "has a directory outside itself",
            [](auto& a) { a.directoryOff = 10'000; });
        row("a directory longer than the file", "has a directory outside itself", [](auto& a) {
            a.records = false;
            a.sizeOff = 1;
        });
        row("a directory of gigabytes", "has a directory outside itself", [](auto& a) {
            a.records = false;
            a.sizeOff = 1 << 30;
        });
        row("two counts without records", "is one of several volumes", [](auto& a) {
            a.records = false;
            a.entriesAtEnd = 2;
        });
        row("a comment that is cut off", "has no directory at its end", [](auto& a) {
            a.records = false;
            a.commentOff = 1;
        });
        row("a directory that begins within an entry", "has a damaged directory",
            [](auto& a) { a.directoryOff = -1; });
        row("an entry that begins too near to the directory",
            "has the entry \"x/data/0\" outside itself", [](auto& a) {
                a.extra =
                    little(1, 2) + little(24, 2) + little(4, 8) + little(4, 8) + little(13, 8);
            });
        row("an entry that ends in the directory", "has the entry \"x/data/0\" outside itself",
            [](auto& a) {
                a.extra = little(1, 2) + little(24, 2) + little(5, 8) + little(5, 8) + little(0, 8);
            });
        row("compressed", "has a compressed entry", [](auto& a) {
            a.extra = little(1, 2) + little(24, 2) + little(4, 8) + little(3, 8) + little(0, 8);
        });
        row("fewer entries than it has", "has a directory longer than its entries",
            [](auto& a) { a.entries = a.entriesThere = 0; });
        row("more entries than it has", "has a damaged directory",
            [](auto& a) { a.entries = a.entriesThere = 2; });
        row("a field without its numbers", "has a damaged directory",
            [](auto& a) { a.extra = little(1, 2) + little(8, 2) + little(4, 8); });
        row("a field that is cut off", "has a damaged directory",
            [](auto& a) { a.extra = little(1, 2) + little(99, 2); });
        row("an entry outside", "has the entry \"x/data/0\" outside itself", [](auto& a) {
            a.extra = little(1, 2) + little(24, 2) + little(uint64_t(1) << 40, 8)
                + little(uint64_t(1) << 40, 8) + little(0, 8);
        });
    }

    void aDirectoryThatIsNotSoundIsRefused()
    {
        QFETCH(const QByteArray, file);
        QFETCH(const QByteArray, said);
        const std::string problem = failure([&] { entriesOf(file.toStdString()); });
        QVERIFY2(problem.find(said.toStdString()) != problem.npos, problem.c_str());
        QVERIFY2(
            problem.find("x.ckpt is not a sound zip archive") != problem.npos, problem.c_str());
    }
};

QTEST_GUILESS_MAIN(ZipDirectoryTest)
#include "tst_zipdirectory.moc"
