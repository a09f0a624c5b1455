// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commands.h"
#include "app/methodlist.h"
#include "app/settings.h"
#include "core/file/files.h"
#include "core/picture/imagefile.h"
#include "tests/app/anotheruser.h"
#include "tests/app/countingmethod.h"
#include "tests/app/folderfaults.h"
#include "tests/app/statefolder.h"

#include <QDir>

#include <unistd.h>

namespace fs = std::filesystem;

namespace {

constexpr int pictures = 50;

/// A folder of fifty and a command for it; something is done in the middle of the run of a number.
struct Fixture
{
    QTemporaryDir folder;
    MakeCommand command {.request = {.method = "analogy"}};
    Method method = countingMethod();
    int runs = 0, strikeAt = 20;
    std::function<void()> meanwhile = {};

    Fixture()
    {
        QDir(folder.path()).mkdir(QStringLiteral("in"));
        for (int i = 0; i < pictures; ++i)
            put(at("in") / nameOf(i), uint8_t(i));
        for (const char* slot : {"a", "a_prime"}) {
            put(at(slot), 7);
            command.pictures[slot] = {{.file = at(slot).string()}};
        }
        command.request.values["steps"] = 1;
        command.each = at("in").string();
        command.out = at("out").string();
        method.run = [this, count = method.run](
                         const Request& request, Models& models, const Report& report) {
            if (++runs == strikeAt && meanwhile)
                meanwhile();
            return count(request, models, report);
        };
    }
    fs::path at(const char* name) const
    {
        return folder.filePath(QLatin1String(name)).toStdString();
    }
    static std::string nameOf(int i) { return "p" + std::to_string(100 + i) + ".png"; }
    static void put(const fs::path& file, uint8_t red)
    {
        writeFileAtomically(file, encodePng(filled(4, 4, {red, 9, 9})));
    }
    std::map<int, std::vector<std::byte>> results() const
    {
        std::map<int, std::vector<std::byte>> there;
        for (int i = 0; i < pictures; ++i)
            if (const fs::path file = at("out") / nameOf(i); fs::exists(file))
                there[i] = readFile(file, 1 << 20);
        return there;
    }
    int run() { return makeEach(method, command, MethodList(std::vector {method})); }
};

std::vector<std::string> kept()
{
    std::vector<std::string> names;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(Settings::keptResultsFolder(), none))
        names.push_back(entry.path().filename().string());
    return names;
}

} // namespace

class EachFaultsTest : public QObject
{
    Q_OBJECT

    StateFolder m_state;

private Q_SLOTS:
    void init() { m_state.renew(); }

    void aFolderThatTakesNothingAnyMoreEndsTheCommand_data()
    {
        QTest::addColumn<int>("fault");
        QTest::newRow("gone") << int(FolderFault::Gone);
        QTest::newRow("full") << int(FolderFault::Full);
        QTest::newRow("read-only") << int(FolderFault::ReadOnly);
    }

    /// What was just made is kept, the same command goes on: nothing is lost or overwritten.
    void aFolderThatTakesNothingAnyMoreEndsTheCommand()
    {
        QFETCH(int, fault);
        const auto kind = FolderFault(fault);
        if (kind == FolderFault::ReadOnly && geteuid() == 0)
            return anotherUserRuns(
                QStringLiteral("aFolderThatTakesNothingAnyMoreEndsTheCommand:read-only"));
        Fixture f;
        f.meanwhile = [&] { strike(kind, f.at("out")); };
        QCOMPARE(f.run(), int(ExitFailed));
        QCOMPARE(f.runs, f.strikeAt); // the others are not made in vain
        QCOMPARE(kept(), std::vector<std::string> {Fixture::nameOf(f.strikeAt - 1)});
        QCOMPARE(f.run(), kind == FolderFault::Gone ? int(ExitDone) : int(ExitFailed));
        if (kind == FolderFault::Gone) { // which made a new one
            QCOMPARE(int(f.results().size()), pictures);
            return;
        }
        QCOMPARE(f.runs, f.strikeAt); // nor is anything begun
        mend(kind, f.at("out"));
        const auto before = f.results();
        QCOMPARE(int(before.size()), f.strikeAt - 1);
        QCOMPARE(f.run(), int(ExitDone));
        QCOMPARE(f.runs, pictures + 1);
        const auto after = f.results();
        QCOMPARE(int(after.size()), pictures);
        for (const auto& [i, bytes] : before)
            QVERIFY(after.at(i) == bytes);
        QVERIFY( // the one that was kept is that which was made again
            readFile(Settings::keptResultsFolder() / Fixture::nameOf(f.strikeAt - 1), 1 << 20)
            == after.at(f.strikeAt - 1));
    }

    /// A small file finds room, and the picture does not.
    void aPictureThatFindsNoRoomEndsTheCommandToo()
    {
        Fixture f;
        f.meanwhile = [&] {
            fullFor = 1;
            strike(FolderFault::Full, f.at("out"));
        };
        QCOMPARE(f.run(), int(ExitFailed));
        QCOMPARE(f.runs, f.strikeAt);
        QCOMPARE(kept(), std::vector<std::string> {Fixture::nameOf(f.strikeAt - 1)});
        QCOMPARE(f.run(), int(ExitDone));
        QCOMPARE(f.runs, pictures + 1);
    }

    void aNameThatSomebodyElseTakesMeanwhileStaysAndTheOthersAreMade()
    {
        Fixture f;
        const std::string theirs = "somebody else's";
        const fs::path file = f.at("out") / Fixture::nameOf(19);
        f.meanwhile = [&] { writeFileAtomically(file, std::as_bytes(std::span(theirs))); };
        QCOMPARE(f.run(), int(ExitFailed));
        QCOMPARE(f.runs, pictures);
        QCOMPARE(readText(file), theirs);
        QCOMPARE(int(f.results().size()), pictures);
        QCOMPARE(kept(), std::vector<std::string> {Fixture::nameOf(19)});
    }
};

QTEST_GUILESS_MAIN(EachFaultsTest)
#include "tst_eachfaults.moc"
