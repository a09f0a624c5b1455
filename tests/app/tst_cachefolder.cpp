// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cachefolder.h"

#include "app/convertedfile.h"
#include "core/file/files.h"

#include <QTemporaryDir>
#include <QTest>

#include <chrono>
#include <string_view>

namespace fs = std::filesystem;

namespace {

struct Fixture
{
    QTemporaryDir temporary;
    fs::path folder = temporary.path().toStdString();

    /// A file of so many bytes that was last written so many hours ago.
    void write(const fs::path& name, std::size_t bytes, int hours) const
    {
        fs::create_directories((folder / name).parent_path());
        writeFileAtomically(folder / name, std::vector<std::byte>(bytes));
        fs::last_write_time(
            folder / name, fs::file_time_type::clock::now() - std::chrono::hours(hours));
    }
    void text(const fs::path& name, std::string_view content) const
    {
        fs::create_directories((folder / name).parent_path());
        writeFileAtomically(folder / name, std::as_bytes(std::span(content)));
    }
    void later(const fs::path& name) const
    {
        fs::last_write_time(
            folder / name, fs::last_write_time(folder / name) + std::chrono::hours(1));
    }
};

} // namespace

class CacheFolderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void filesAndFoldersCount()
    {
        const Fixture f;
        QCOMPARE(bytesIn(f.folder / "none"), uint64_t(0));
        f.write("a.safetensors", 100, 1);
        f.write("b/0.safetensors", 20, 1);
        f.write("b/more/1.safetensors", 3, 1);
        QCOMPARE(bytesIn(f.folder), uint64_t(123));
    }

    void theOldestEntriesGoFirst()
    {
        const Fixture f;
        f.write("old", 100, 30);
        f.write("entry/part", 100, 40); // a folder is as new as its newest file
        f.write("entry/newest", 100, 1);
        f.write("middle", 100, 20);
        trimFolder(f.folder, 400);
        QCOMPARE(bytesIn(f.folder), uint64_t(400));
        trimFolder(f.folder, 250);
        QVERIFY(!fs::exists(f.folder / "old"));
        QVERIFY(!fs::exists(f.folder / "middle"));
        QCOMPARE(bytesIn(f.folder / "entry"), uint64_t(200));
        trimFolder(f.folder, 0);
        QCOMPARE(bytesIn(f.folder), uint64_t(0));
    }

    void whatWasUsedLastStays()
    {
        const Fixture f;
        f.write("first", 100, 30);
        f.write("second", 100, 20);
        const auto before = fs::last_write_time(f.folder / "first");
        markUsed(f.folder / "first");
        QCOMPARE(fs::last_write_time(f.folder / "first"), before);
        QCOMPARE(bytesIn(f.folder), uint64_t(200));
        trimFolder(f.folder, 100);
        QVERIFY(fs::exists(f.folder / "first"));
        QVERIFY(!fs::exists(f.folder / "second"));
        trimFolder(f.folder, 0, 1);
        QVERIFY2(fs::exists(f.folder / "first"), "as few as are to stay");
        trimFolder(f.folder, 0);
        QVERIFY2(fs::is_empty(f.folder), "and the mark of its use");
    }

    void emptyingLeavesTheFolder()
    {
        const Fixture f;
        f.write("a", 1, 1);
        f.write("b/c", 1, 1);
        emptyFolder(f.folder);
        QVERIFY(fs::is_empty(f.folder));
        emptyFolder(f.folder / "none");
    }

    void aLinkOutOfTheFolderIsNotFollowed()
    {
        const Fixture outside, f;
        outside.write("mine", 10, 1);
        fs::create_directory_symlink(outside.folder, f.folder / "link");
        QCOMPARE(bytesIn(f.folder), uint64_t(0));
        emptyFolder(f.folder);
        QVERIFY(fs::exists(outside.folder / "mine"));
    }

    void whatIsConvertedIsNamedByTheContentOfTheCheckpoint()
    {
        const Fixture f;
        qputenv("XDG_CACHE_HOME", f.temporary.path().toUtf8());
        const auto result = [&] {
            return convertedFile(QString::fromStdString((f.folder / "model.ckpt").string()));
        };
        f.text("model.ckpt", "weights");
        const QString before = result();
        f.later("model.ckpt");
        QCOMPARE(result(), before);
        f.text("model.ckpt", "veights"); // of the same size
        f.later("model.ckpt");
        QVERIFY(result() != before);
    }

    void aFolderIsConvertedByTheContentOfWhatIsNotLinked()
    {
        const Fixture f, cache;
        qputenv("XDG_CACHE_HOME", cache.temporary.path().toUtf8());
        const auto result = [&] { return convertedFile(f.temporary.path()); };
        f.text("unet/weights.bin", "1");
        const QString before = result();
        f.later("unet/weights.bin");
        QCOMPARE(result(), before);
        f.text("vae.safetensors", "2");
        const QString linked = result();
        QVERIFY(linked != before);
        f.text("vae.safetensors", "another");
        QCOMPARE(result(), linked);
        f.text("unet/weights.bin", "of another size");
        QVERIFY(result() != linked);
    }
};

QTEST_GUILESS_MAIN(CacheFolderTest)
#include "tst_cachefolder.moc"
