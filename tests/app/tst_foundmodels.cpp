// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/foundmodels.h"

#include "app/commandline.h"
#include "app/commands.h"
#include "app/foundfolders.h"
#include "app/store/database.h"
#include "app/store/invokemodels.h"
#include "core/errors.h"
#include "core/file/files.h"
#include "tests/app/emptyhome.h"
#include "tests/core/found/foundtree.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <memory>
#include <unistd.h>

namespace fs = std::filesystem;

namespace {

constexpr int patience = 60'000; // milliseconds, on a busy machine

/// What is written to standard output meanwhile.
template<typename Act>
std::string printed(const fs::path& scratch, Act act)
{
    std::fflush(stdout);
    const int before = ::dup(STDOUT_FILENO);
    FILE* const file = std::fopen(scratch.c_str(), "w");
    ::dup2(::fileno(file), STDOUT_FILENO);
    act();
    std::fflush(stdout);
    ::dup2(before, STDOUT_FILENO);
    ::close(before);
    std::fclose(file);
    return readText(scratch);
}

} // namespace

/// The networks on this computer, as the window and the command line have them.
class FoundModelsTest : public QObject
{
    Q_OBJECT

    EmptyHome m_settings;
    const MethodList m_methods; // of the plug-ins
    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path m_home;

    Surroundings around() const
    {
        return {.home = m_home, .isRemote = [](const fs::path&) { return false; }};
    }

    /// A database as InvokeAI has it.
    fs::path makeDatabase(const char* table, const std::vector<std::string>& configs)
    {
        const fs::path file = m_home / "invokeai/databases/invokeai.db";
        fs::create_directories(file.parent_path());
        Database database(file, Database::Create);
        database.execute("PRAGMA journal_mode = WAL");
        database.execute(
            ("CREATE TABLE " + std::string(table) + " (id TEXT, config TEXT)").c_str());
        for (const std::string& config : configs)
            database.prepare(("INSERT INTO " + std::string(table) + " VALUES ('x', ?)").c_str())
                .with(config)
                .run();
        return file;
    }

private Q_SLOTS:
    void whatTheCatalogueNamesIsKnownBySizeAndHash()
    {
        const KnownNetworks known = knownNetworks();
        const auto taesd = known.find(9'793'292);
        QVERIFY(taesd != known.end());
        QCOMPARE(
            taesd->second.sha256,
            std::string("db169d69145ec4ff064e49d99c95fa05d3eb04ee453de35824a6d0f325513549"));
        QVERIFY(known.contains(4'265'437'280));
    }

    void init()
    {
        QSettings().clear();
        m_folder = std::make_unique<QTemporaryDir>();
        m_home = fs::canonical(m_folder->path().toStdString());
    }

    void theDatabaseOfInvokeIsReadAsItLies_data()
    {
        QTest::addColumn<QByteArray>("table");
        QTest::addRow("now") << QByteArray("models");
        QTest::addRow("before") << QByteArray("model_config");
    }

    /// Not even the files that SQLite makes beside one are made.
    void theDatabaseOfInvokeIsReadAsItLies()
    {
        QFETCH(const QByteArray, table);
        const fs::path file = makeDatabase(
            table.constData(),
            {R"({"path": "key/a.safetensors", "name": "First"})", "damaged",
             R"({"path": 7, "name": "No path"})", R"({"path": "/elsewhere/b.ckpt"})",
             std::string(100'000, '[')});
        const auto before = inventory(m_home);
        const auto listed = invokeModels(file, "/models");
        QCOMPARE(inventory(m_home), before);
        QCOMPARE(listed.size(), std::size_t(2));
        QCOMPARE(listed[0].path, fs::path("/models/key/a.safetensors"));
        QCOMPARE(listed[0].name, std::string("First"));
        QCOMPARE(listed[1].path, fs::path("/elsewhere/b.ckpt"));
    }

    void whatIsNoSuchDatabaseIsSaid()
    {
        const fs::path file = m_home / "a b%3f#?.db";
        writeText(file, "no database at all, and longer than a header of one");
        QVERIFY_THROWS_EXCEPTION(Error, invokeModels(file, "/models"));
        fs::remove(file);
        Database(file, Database::Create).execute("CREATE TABLE other (x)");
        QVERIFY_THROWS_EXCEPTION(Error, invokeModels(file, "/models"));
        Database(file, Database::ReadWrite).execute("CREATE TABLE models (config TEXT)");
        QVERIFY(invokeModels(file, "/models").empty()); // whatever stands in its name
    }

    void theyAreFoundInTheBackground()
    {
        makeDatabase("models", {R"({"path": "key/a.safetensors", "name": "First"})"});
        writeTensors(m_home / "invokeai/models/key/a.safetensors", loraTensors());
        writeTensors(m_home / "mine/b.safetensors", loraTensors());
        setFoundFolders({QString::fromStdString((m_home / "mine").string())});
        FoundModels found(m_methods);
        found.setSurroundings(around());
        int changes = 0;
        connect(&found, &FoundModels::changed, this, [&] { ++changes; });
        QVERIFY(!found.looked());
        found.lookOnce();
        QVERIFY(found.looking());
        QTRY_VERIFY_WITH_TIMEOUT(!found.looking(), patience);
        QVERIFY(found.looked());
        QVERIFY(changes >= 2);
        QCOMPARE(found.list().size(), std::size_t(2));
        QCOMPARE(found.list()[0].card.name, std::string("b.safetensors")); // one's own come first
        QCOMPARE(found.list()[1].card.name, std::string("First"));
        QVERIFY(found.notes().empty());
        QVERIFY(fs::exists(foundCacheFile()));
        found.lookOnce();
        QVERIFY(!found.looking()); // once is enough
        found.look();
        found.look(); // begun anew
        QTRY_VERIFY_WITH_TIMEOUT(!found.looking(), patience);
        QCOMPARE(found.list().size(), std::size_t(2));
    }

    /// A window that closes meanwhile waits for the file that is being looked at, no longer.
    void aSearchCanBeLeft()
    {
        for (int i = 0; i < 50; ++i)
            writeTensors(m_home / "mine" / (std::to_string(i) + ".safetensors"), loraTensors());
        setFoundFolders({QString::fromStdString((m_home / "mine").string())});
        {
            FoundModels found(m_methods);
            found.setSurroundings(around());
            found.look();
        }
        FoundModels found(m_methods);
        found.setSurroundings(around());
        found.look();
        found.stop();
        QTRY_VERIFY_WITH_TIMEOUT(!found.looking(), patience);
    }

    /// Every mode that loads a model takes an autoencoder, and says that it is one.
    void everyModeTakesAnAutoencoder()
    {
        int modes = 0;
        for (const Method& method : m_methods.methods()) {
            if (method.isTool())
                continue;
            ++modes;
            const Parameter* own = parameter(method, Role::Autoencoder);
            QVERIFY2(own, method.id.c_str());
            const NetworkSlot* slot = m_methods.network(method.id, own->id);
            QVERIFY2(slot, method.id.c_str());
            QCOMPARE(int(slot->use), int(NetworkUse::Autoencoder));
        }
        QVERIFY(modes >= 3);
        for (const NetworkSlot& slot : m_methods.networks()) {
            const Method* method = m_methods.find(slot.method);
            QVERIFY2(method, slot.method.c_str());
            QVERIFY2(parameter(*method, slot.parameter).file, slot.parameter.c_str());
        }
    }

    void whatFitsAModeIsTold()
    {
        const auto modes = [this](const FoundNetwork& found) {
            std::vector<std::string> ids;
            for (const Method* method : modesFor(found, m_methods))
                ids.push_back(method->id);
            return ids;
        };
        FoundNetwork found {
            .card = {.name = "x", .channels = 9, .contextWidth = 768}, .use = NetworkUse::Model};
        QCOMPARE(modes(found), (std::vector<std::string> {"analogy", "translate", "prompt-free"}));
        found.card.channels = 4;
        QCOMPARE(modes(found), (std::vector<std::string> {"translate", "prompt-free"}));
        const Method& analogy = *m_methods.find("analogy");
        QVERIFY(!misfit(found, analogy, {}, m_methods).empty());
        found.use = NetworkUse::ControlNet;
        QCOMPARE(modes(found), (std::vector<std::string> {"prompt-free"}));
        QVERIFY(!misfit(found, analogy, {}, m_methods).empty());
        const Method& free = *m_methods.find("prompt-free");
        QVERIFY(misfit(found, free, {.contextWidth = 768}, m_methods).empty());
        QVERIFY(!misfit(found, free, {.contextWidth = 1024}, m_methods).empty());
        found.use = NetworkUse::Lora;
        QCOMPARE(modes(found).size(), std::size_t(3));
        QVERIFY(misfit(found, analogy, {.contextWidth = 768}, m_methods).empty());
        QVERIFY(!misfit(found, analogy, {.contextWidth = 1024}, m_methods).empty());
        for (const NetworkUse use : {NetworkUse::Embedding, NetworkUse::SmallDecoder}) {
            found.use = use;
            QCOMPARE(modes(found).size(), std::size_t(3));
            QVERIFY(misfit(found, analogy, {.contextWidth = 768}, m_methods).empty());
        }
        found.card.problem = {"It is damaged."};
        QVERIFY(modes(found).empty());
    }

    void theCommandLineListsThem()
    {
        const auto command =
            std::get<ModelsCommand>(parseCommandLine({"models", "--found", "--json"}, m_methods));
        QVERIFY(command.found);
        QVERIFY(std::holds_alternative<TextCommand>(
            parseCommandLine({"models", "--found", "--check"}, m_methods)));
        writeTensors(m_home / "mine/b.safetensors", loraTensors());
        ModelsCommand wanted {.paths = {(m_home / "mine").string()}, .json = true, .found = true};
        qputenv("HOME", QByteArray::fromStdString(m_home.string()));
        std::string line = printed(
            m_home / "out", [&] { QCOMPARE(describeModels(m_methods, wanted), int(ExitDone)); });
        const auto json = nlohmann::json::parse(line);
        QCOMPARE(json.at("name").get<std::string>(), std::string("b.safetensors"));
        QCOMPARE(json.at("use").get<std::string>(), std::string("lora"));
        QCOMPARE(json.at("serves").size(), std::size_t(3));
        wanted.json = false;
        line = printed(m_home / "out", [&] { describeModels(m_methods, wanted); });
        QVERIFY(line.find("  LoRA for Stable Diffusion 1.x") != std::string::npos);
        wanted.paths = {(m_home / "nowhere").string()};
        QCOMPARE(describeModels(m_methods, wanted), int(ExitModelMissing));
    }
};

QTEST_GUILESS_MAIN(FoundModelsTest)
#include "tst_foundmodels.moc"
