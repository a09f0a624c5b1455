// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/memory.h"

#include "core/file/files.h"
#include "tests/failure.h"

#include <QTemporaryDir>
#include <QTest>

namespace fs = std::filesystem;

class MemoryTest : public QObject
{
    Q_OBJECT

    /// A made-up /proc and /sys.
    struct Tree
    {
        QTemporaryDir folder;
        fs::path root = folder.path().toStdString();

        Tree()
        {
            write("proc/meminfo", "MemTotal: 16000 kB\nMemAvailable:  8000 kB\nSwapFree: 0 kB\n");
        }
        void write(const fs::path& path, const std::string& text) const
        {
            fs::create_directories((root / path).parent_path());
            writeFileAtomically(root / path, std::as_bytes(std::span(text)));
        }
        /// A group of version 2.
        void group(const fs::path& path, const char* limit, const char* usage, int cache = 0) const
        {
            const fs::path folder = "sys/fs/cgroup" / path;
            write(folder / "memory.max", limit);
            write(folder / "memory.current", usage);
            write(
                folder / "memory.stat",
                "anon 1\nfile 2\ninactive_file " + std::to_string(cache) + "\n");
        }
        uint64_t left() const { return freeMemory(root); }
    };

private Q_SLOTS:
    void withoutGroupsItIsWhatTheSystemHas()
    {
        const Tree tree;
        QCOMPARE(tree.left(), uint64_t(8000) * 1024);
        tree.write("proc/meminfo", "MemAvailable: 1 kB\nSwapFree: 3 kB\n");
        QCOMPARE(tree.left(), uint64_t(4096));
        QVERIFY(freeMemory() > 0);
    }

    void everyAncestorOfAGroupCounts()
    {
        const Tree tree;
        tree.write("proc/self/cgroup", "0::/user.slice/app.scope\n");
        tree.group("user.slice/app.scope", "max\n", "500\n");
        QCOMPARE(tree.left(), uint64_t(8000) * 1024);
        tree.group("user.slice", "100000\n", "40000\n", 10000);
        QCOMPARE(tree.left(), uint64_t(70000)); // the page cache can be had
        tree.group("user.slice/app.scope", "3000\n", "500\n");
        QCOMPARE(tree.left(), uint64_t(2500));
        tree.group("", "100000\n", "99000\n"); // as a container sees its own group
        QCOMPARE(tree.left(), uint64_t(1000));
        tree.group("", "100000\n", "100001\n");
        QCOMPARE(tree.left(), uint64_t(0));
    }

    void aGroupOfTheFirstVersionCounts()
    {
        const Tree tree;
        tree.write("proc/self/cgroup", "12:cpu,memory:/docker/abc\n1:name=systemd:/\n0::/\n");
        const fs::path memory = "sys/fs/cgroup/memory";
        tree.write(memory / "memory.limit_in_bytes", "9223372036854771712\n");
        tree.write(memory / "memory.usage_in_bytes", "1000\n");
        tree.write(memory / "docker/memory.limit_in_bytes", "50000\n");
        tree.write(memory / "docker/memory.usage_in_bytes", "20000\n");
        tree.write(memory / "docker/memory.stat", "cache 9\ntotal_inactive_file 5000\n");
        QCOMPARE(tree.left(), uint64_t(35000));
        // The path of a group is often another inside a container: its mount counts then.
        tree.write(memory / "memory.limit_in_bytes", "30000\n");
        QCOMPARE(tree.left(), uint64_t(29000));
    }

    void whatIsOddIsPassedOver()
    {
        const Tree tree;
        tree.write("proc/self/cgroup", "nonsense\n0::\n3:memory:/../../..\n");
        tree.group("", "a lot\n", "\n");
        QCOMPARE(tree.left(), uint64_t(8000) * 1024);
        QTemporaryDir nothing;
        QVERIFY(freeMemory(nothing.path().toStdString()) > 0);
    }

    void tooLittleIsToldWithItsNumbers()
    {
        checkMemory(0, "m", "another");
        const Sentence model("the model %1", std::string("big.safetensors"));
        const std::string said =
            failure([&] { checkMemory(uint64_t(1) << 50, model, "another model"); });
        QVERIFY2(
            said.starts_with("There is not enough memory for the model big.safetensors: it needs "
                             "1073741888 MiB, and "),
            said.c_str());
        QVERIFY_EXCEPTION_THROWN(checkMemory(uint64_t(1) << 50, "m", "x"), MemoryError);
    }
};

QTEST_APPLESS_MAIN(MemoryTest)
#include "tst_memory.moc"
