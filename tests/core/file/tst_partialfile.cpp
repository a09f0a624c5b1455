// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/file/partialfile.h"

#include "core/errors.h"
#include "core/file/files.h"
#include "core/file/hash.h"
#include "tests/core/file/failingcalls.h"
#include "tests/failure.h"

#include <QTemporaryDir>
#include <QTest>

namespace fs = std::filesystem;

namespace {

std::span<const std::byte> bytesOf(const std::string& text)
{
    return std::as_bytes(std::span(text));
}

} // namespace

/// A file that comes in part, and is gone on with later.
class PartialFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { faults = {}; }

    void aPartialFileGoesOn()
    {
        const QTemporaryDir folder;
        const fs::path target = fs::path(folder.path().toStdString()) / "below" / "model.bin";
        const PartialState state {
            .source = "a b c", .linkedEtag = "x", .etag = "\"y\"", .bytes = 10};
        {
            PartialFile file(target);
            QVERIFY(!file.state());
            file.restart(state);
            file.write(bytesOf("hello"));
            QVERIFY_EXCEPTION_THROWN(PartialFile {target}, WorkError);
        }
        QCOMPARE(partialBytes(target), 5u);
        PartialFile file(target);
        QVERIFY(file.state() == state);
        QCOMPARE(file.size(), 5u);
        QVERIFY(!file.rehash([] { return false; }));
        QVERIFY(file.rehash([] { return true; }));
        file.write(bytesOf("world"));
        file.finish();
        QCOMPARE(file.hash(), sha256(bytesOf("helloworld")));
        file.commit();
        QCOMPARE(readText(target), std::string("helloworld"));
        QCOMPARE(std::distance(fs::directory_iterator(target.parent_path()), {}), 1);
    }

    void aPartialFileWithoutItsStateIsNothing()
    {
        const QTemporaryDir folder;
        const fs::path target = fs::path(folder.path().toStdString()) / "model.bin";
        for (const char* state : {"", "[]", "{\"source\": 5}", "{\"sou"}) {
            writeFileAtomically(target.string() + ".simile-part", bytesOf("hello"));
            writeFileAtomically(target.string() + ".simile-part.json", bytesOf(state));
            const PartialFile file(target);
            QVERIFY(!file.state());
            QCOMPARE(file.size(), 0u);
        }
        discardPartial(target);
        QVERIFY(fs::is_empty(target.parent_path()));
        fs::create_directory(target.string() + ".simile-part");
        QVERIFY_EXCEPTION_THROWN(PartialFile {target}, WorkError);
    }

    void afterALossOfPowerOnlyWhatWasSyncedCounts()
    {
        const QTemporaryDir folder;
        const fs::path target = fs::path(folder.path().toStdString()) / "model.bin";
        {
            PartialFile file(target);
            file.restart({.source = "a b c"});
            file.write(bytesOf("hello"));
        }
        const fs::path state = target.string() + ".simile-part.json";
        std::string text = readText(state);
        const auto boot = text.find("\"boot\": \"");
        QVERIFY(boot != text.npos);
        text.replace(boot, 9, "\"boot\": \"other"); // the system was started anew
        writeFileAtomically(state, bytesOf(text));
        const PartialFile file(target);
        QVERIFY(file.state());
        QCOMPARE(file.size(), 0u);
    }

    void aPartialFileKeepsWhatItHasWhenACallFails()
    {
        const QTemporaryDir folder;
        const fs::path target = fs::path(folder.path().toStdString()) / "model.bin";
        const fs::path part = target.string() + ".simile-part";
        PartialFile file(target);
        file.restart({.source = "a b c", .bytes = 8});
        faults = {.writeError = EINTR, .writeAt = 0, .longestWrite = 3};
        file.write(bytesOf("hell"));
        faults = {.longestWrite = 0};
        const std::string full = failure([&] { file.write(bytesOf("o")); });
        QVERIFY2(full.find("not enough space (free are ") != full.npos, full.c_str());
        faults = {.writeError = EFBIG, .writeAt = 0};
        QVERIFY(failure([&] { file.write(bytesOf("o")); }).ends_with("than the system allows."));
        faults = {};
        QCOMPARE(readText(part), std::string("hell"));
        const PartialState moved {.source = "a b c", .etag = "\"other\"", .bytes = 8};
        file.setState(moved);
        file.setState(moved);
        faults = {.syncError = EIO};
        QVERIFY(failure([&] { file.commit(); }).ends_with("the disk reports an error."));
        faults = {.renameError = EACCES};
        QVERIFY(failure([&] { file.commit(); }).ends_with("you have no permission."));
        faults = {};
        QVERIFY(!fs::exists(target));
        fs::resize_file(part, 2); // by somebody else
        QVERIFY(file.rehash([] { return true; }));
        QCOMPARE(file.size(), uint64_t(2));
        file.write(bytesOf("y"));
        file.finish();
        QCOMPARE(file.hash(), sha256(bytesOf("hey")));
        file.discard();
        QVERIFY(fs::is_empty(target.parent_path()));
        QCOMPARE(::mkfifo(part.c_str(), 0600), 0);
        QCOMPARE(
            failure([&] { PartialFile {target}; }), part.string() + " is a pipe; take it away.");
    }
};

QTEST_GUILESS_MAIN(PartialFileTest)
#include "tst_partialfile.moc"
