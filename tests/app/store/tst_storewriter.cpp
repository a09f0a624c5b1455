// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/store/storewriter.h"

#include "core/errors.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <future>

class StoreWriterTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    SessionFile file() const
    {
        return SessionFile(m_folder.filePath(QStringLiteral("a")).toStdString(), SessionFile::Own);
    }

private Q_SLOTS:
    void jobsAreDoneInTheirOrderBeforeItEnds()
    {
        std::vector<int> done;
        {
            StoreWriter writer(file(), [](const Sentence&) {});
            for (int i = 0; i < 20; ++i)
                writer.add([&done, i](SessionFile&) { done.push_back(i); });
        }
        QCOMPARE(done.size(), size_t(20));
        QVERIFY(std::ranges::is_sorted(done));
    }

    void nobodyWaitsForTheDisk()
    {
        std::promise<void> go;
        StoreWriter writer(file(), [](const Sentence&) {});
        writer.add([ready = go.get_future().share()](SessionFile&) { ready.wait(); });
        writer.add([](SessionFile&) {}); // returns although the first is not written
        go.set_value();
        QVERIFY(writer.drain());
    }

    void whatPassesIsTriedAgainAndToldOnce()
    {
        std::vector<std::string> told;
        std::atomic<bool> room = false;
        int tries = 0, later = 0;
        {
            StoreWriter writer(file(), [&](const Sentence& s) { told.push_back(english(s)); });
            writer.add([&](SessionFile&) {
                ++tries;
                if (!room)
                    throw WorkError("There is no space left.");
            });
            writer.add([&](SessionFile&) { later = tries; });
            QVERIFY(!writer.drain());
            room = true;
            QTRY_VERIFY_WITH_TIMEOUT(writer.drain(), 10000);
        }
        QCOMPARE(told, (std::vector<std::string> {"There is no space left.", ""}));
        QCOMPARE(tries, 2);
        QCOMPARE(later, 2);
    }

    void whatDoesNotPassIsToldAndLeft()
    {
        std::vector<std::string> told;
        bool later = false;
        {
            StoreWriter writer(file(), [&](const Sentence& s) { told.push_back(english(s)); });
            writer.add([](SessionFile&) { throw Error("It is damaged."); });
            writer.add([&](SessionFile&) { later = true; });
        }
        QCOMPARE(told, (std::vector<std::string> {"It is damaged.", ""}));
        QVERIFY(later);
    }

    void theEndDoesNotWaitForWhatStillFails()
    {
        int tries = 0;
        {
            StoreWriter writer(file(), [](const Sentence&) {});
            writer.add([&](SessionFile&) {
                ++tries;
                throw WorkError("There is no space left.");
            });
            writer.drain();
        }
        QVERIFY(tries >= 1);
    }
};

QTEST_GUILESS_MAIN(StoreWriterTest)
#include "tst_storewriter.moc"
