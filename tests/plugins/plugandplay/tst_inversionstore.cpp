// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/file/files.h"
#include "core/nn/tensor.h"
#include "plugins/plugandplay/inversionstore.h"

#include <QTemporaryDir>
#include <QTest>

namespace {

const std::string identity = "picture 1\nsteps 20";

Trajectory someTrajectory()
{
    Trajectory trajectory {.done = 2};
    for (const int level : {0, 1, 51})
        trajectory.latents[level] = at::full({1, 4, 2, 3}, level + 0.25, at::kFloat);
    return trajectory;
}

} // namespace

class InversionStoreTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::filesystem::path cache() const { return m_folder.path().toStdString(); }
    std::filesystem::path saved() const
    {
        const auto file = inversionFile(cache(), identity);
        saveInversion(file, identity, someTrajectory());
        return file;
    }

private Q_SLOTS:
    void whatIsSavedComesBack()
    {
        const auto file = saved();
        const Trajectory back = loadInversion(file, identity);
        QCOMPARE(back.done, 2);
        QCOMPARE(back.latents.size(), size_t(3));
        for (const auto& [level, x] : someTrajectory().latents)
            QVERIFY(back.latents.at(level).equal(x));
        QCOMPARE(keptSteps(file, identity), 2);
    }

    void anotherInversionHasAnotherFile()
    {
        QVERIFY(inversionFile(cache(), identity) != inversionFile(cache(), identity + "0"));
        QVERIFY(loadInversion(saved(), identity + "0").latents.empty());
        QCOMPARE(keptSteps(saved(), identity + "0"), 0);
    }

    /// The hash of a file is made by whoever wrote it.
    void latentsThatAreNoneOfOnePictureAreNothing()
    {
        const auto read = [&](int level, const Tensor& x) {
            Trajectory trajectory = someTrajectory();
            trajectory.latents[level] = x;
            const auto file = inversionFile(cache(), identity);
            saveInversion(file, identity, trajectory);
            return loadInversion(file, identity).latents.size();
        };
        const Tensor latent = at::ones({1, 4, 2, 3});
        QCOMPARE(read(1, latent), size_t(3));
        QCOMPARE(read(1, at::ones({1, 4, 2, 2})), size_t(0));
        QCOMPARE(read(1, at::ones({4, 2, 3})), size_t(0));
        QCOMPARE(read(0, at::ones({})), size_t(0));
        QCOMPARE(read(1, latent.to(at::kLong)), size_t(0));
        QCOMPARE(read(-1, latent), size_t(0));
    }

    void aDamagedFileHoldsNothing_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("to");
        QTest::newRow("a byte of a latent") << -5 << 0;
        QTest::newRow("a byte of the header") << 3 << 0;
        QTest::newRow("cut off") << 0 << -30;
        QTest::newRow("empty") << 0 << -100000;
    }

    void aDamagedFileHoldsNothing()
    {
        QFETCH(int, from); // a byte to change, from the end where negative
        QFETCH(int, to);   // bytes to cut off
        const auto file = saved();
        std::vector<std::byte> bytes = readFile(file, 1 << 20);
        if (from != 0)
            bytes[from > 0 ? size_t(from) : bytes.size() - size_t(-from)] ^= std::byte(0x41);
        bytes.resize(size_t(std::max(0, int(bytes.size()) + to)));
        writeFileAtomically(file, bytes);
        QVERIFY(loadInversion(file, identity).latents.empty());
        // From the header alone a latent's byte cannot be seen, all else can.
        QCOMPARE(keptSteps(file, identity), from < 0 ? 2 : 0);
    }

    void aWrongSizeIsNotReady_data()
    {
        QTest::addColumn<int>("more");
        QTest::newRow("a byte short") << -1;
        QTest::newRow("a byte long") << 1;
    }

    void aWrongSizeIsNotReady()
    {
        QFETCH(int, more);
        const auto file = saved();
        QCOMPARE(keptSteps(file, identity), 2);
        std::filesystem::resize_file(
            file, uintmax_t(intmax_t(std::filesystem::file_size(file)) + more));
        QCOMPARE(keptSteps(file, identity), 0);
        QVERIFY(loadInversion(file, identity).latents.empty());
    }

    void theNumberOfStepsIsProtectedToo()
    {
        const auto file = saved();
        std::string text = readText(file);
        const size_t at = text.find("\"done\":\"2\"");
        QVERIFY(at != text.npos);
        text[at + 8] = '3';
        writeFileAtomically(file, std::as_bytes(std::span(text)));
        QVERIFY(loadInversion(file, identity).latents.empty());
    }

    void aFolderThatCannotBeWrittenCostsOnlyTheCache()
    {
        writeFileAtomically(cache() / "a-file", {});
        const auto file = inversionFile(cache() / "a-file", identity);
        QVERIFY(!saveInversion(file, identity, someTrajectory()));
        QVERIFY(loadInversion(file, identity).latents.empty());
    }

    void usingAnEntryMakesItYoung()
    {
        const auto file = saved();
        const auto old = std::filesystem::file_time_type::clock::now() - std::chrono::hours(48);
        std::filesystem::last_write_time(file, old);
        loadInversion(file, identity);
        QVERIFY(std::filesystem::last_write_time(file) > old + std::chrono::hours(47));
    }
};

QTEST_GUILESS_MAIN(InversionStoreTest)
#include "tst_inversionstore.moc"
