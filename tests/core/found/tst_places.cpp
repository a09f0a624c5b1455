// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/found/foundcache.h"
#include "core/found/mounts.h"
#include "tests/core/found/foundfixture.h"

#include <QTest>

#include <algorithm>

namespace fs = std::filesystem;

/// What programs' own files say of their folders, and folders that are other than they should be.
class PlacesTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<FoundFixture> m;

    void makeLora(const char* file, int width = 768)
    {
        writeTensors(m->home / file, loraTensors(width));
    }
    /// What is said where a repository of the cache is looked at.
    std::string saidOf(const fs::path& repository)
    {
        Surroundings around = m->around();
        around.named = {repository};
        std::vector<Sentence> notes;
        return said(findNetworks(placesOf(around, notes), FoundFixture::search()));
    }

private Q_SLOTS:
    void init() { m = std::make_unique<FoundFixture>(); }

    void kritaSaysWhereItsServerIs()
    {
        const std::string settings = ".local/share/krita/ai_diffusion/settings.json";
        makeLora("server/ComfyUI/models/loras/far.safetensors");
        makeLora(".local/share/krita/ai_diffusion/server/models/loras/near.safetensors", 1024);
        writeText(m->home / settings, R"({"server_path": "$HOME/server"})");
        Surroundings around = m->around();
        around.variables = {{"HOME", m->home.string()}};
        std::vector<Sentence> notes;
        const auto names = [&] {
            return namesOf(findNetworks(placesOf(around, notes), FoundFixture::search()));
        };
        QCOMPARE(names(), std::vector<std::string> {"far.safetensors"});
        QVERIFY(notes.empty());
        // What says nothing that can be used leaves the usual place, and damage is told.
        for (const char* text : {"[]", "{}", R"({"server_path": 5})"}) {
            writeText(m->home / settings, text);
            QCOMPARE(names(), std::vector<std::string> {"near.safetensors"});
            QVERIFY(notes.empty());
        }
        writeText(m->home / settings, "{");
        QCOMPARE(names(), std::vector<std::string> {"near.safetensors"});
        QVERIFY(english(notes.at(0)).find("settings.json is not valid JSON") != std::string::npos);
    }

    void fooocusSaysWhereItsFoldersAre()
    {
        writeText(m->home / "Fooocus/fooocus_version.py", "");
        makeLora("Fooocus/models/checkpoints/1.safetensors");
        makeLora("big/a/2.safetensors", 1024);
        makeLora("big/b/3.safetensors", 320);
        makeLora("big/c/4.safetensors", 640);
        const auto found = [&](const char* config) {
            writeText(m->home / "Fooocus/config.txt", config);
            return m->find();
        };
        QCOMPARE(
            namesOf(found(R"({"path_checkpoints": ["../big/a", 7, "~/big/b"],
                              "path_loras": "../big/c", "path_vae": {}, "other": "../big"})")),
            (std::vector<std::string> {
                "1.safetensors", "2.safetensors", "3.safetensors", "4.safetensors"}));
        const std::vector<std::string> own = {"1.safetensors"};
        const FoundList list = found("[]");
        QCOMPARE(namesOf(list), own);
        QCOMPARE(said(list), std::string());
        const FoundList damaged = found("{\"path_loras\": ");
        QCOMPARE(namesOf(damaged), own);
        QVERIFY(said(damaged).find("config.txt is not valid JSON") != std::string::npos);
    }

    void invokeWithoutUsableSettingsHasItsUsualFolders()
    {
        writeText(m->home / "ai/databases/invokeai.db", "");
        makeLora("ai/models/a.safetensors");
        for (const auto& [text, told] : std::vector<std::pair<std::string, std::string>> {
                 {"[a, b]", ""}, {"models_dir: [x]", ""}, {"a: &b [*b]", "has aliases in it"}}) {
            writeText(m->home / "ai/invokeai.yaml", text);
            const FoundList list = m->find();
            QCOMPARE(namesOf(list), std::vector<std::string> {"a.safetensors"});
            QVERIFY2(
                told.empty() == said(list).empty() && said(list).find(told) != std::string::npos,
                said(list).c_str());
        }
    }

    void furtherFoldersMayBeAList()
    {
        writeText(m->home / "ComfyUI/models/checkpoints/.keep", "");
        writeText(
            m->home / "ComfyUI/extra_model_paths.yaml",
            "a:\n  loras: [~/one, {x: y}, ~/two]\n  vae: ~\nb: text\n");
        makeLora("one/1.safetensors");
        makeLora("two/2.safetensors", 1024);
        QCOMPARE(namesOf(m->find()), (std::vector<std::string> {"1.safetensors", "2.safetensors"}));
    }

    void whatLiesOnAnotherComputerIsNotLookedThroughForPrograms()
    {
        makeLora("nas/ComfyUI/models/checkpoints/a.safetensors");
        fs::create_directory_symlink("nas/ComfyUI", m->home / "link");
        fs::create_directory_symlink("../nas/ComfyUI/models", m->home / "named/link");
        Surroundings around = m->around();
        around.further = {m->home / "nas"};
        around.named = {m->home / "named/link"};
        around.isRemote = [nas = (m->home / "nas").string()](const fs::path& path) {
            return path.string().starts_with(nas);
        };
        FoundSearch search = FoundFixture::search();
        search.limits.isRemote = around.isRemote;
        std::vector<Sentence> notes;
        const auto places = placesOf(around, notes);
        QCOMPARE(places.size(), std::size_t(1)); // the one that was named
        const FoundList list = findNetworks(places, search);
        QVERIFY(list.networks.empty());
        QVERIFY2(
            said(list).find("lies on another computer") != std::string::npos, said(list).c_str());
    }

    /// Without being told what lies elsewhere, the system is asked.
    void theSystemSaysWhatLiesElsewhere()
    {
        const RemoteMounts mounts = RemoteMounts::here();
        QVERIFY(!mounts.hold("/proc/self"));
        makeLora("named/a.safetensors");
        Surroundings around = m->around();
        around.isRemote = {};
        std::vector<Sentence> notes;
        const FoundList list = findNetworks(placesOf(around, notes), {});
        QCOMPARE(list.networks.empty(), mounts.hold(m->home));
    }

    void theEnvironmentOfTheProgramIsTaken()
    {
        const Surroundings around = surroundings();
        QCOMPARE(around.home.string(), qgetenv("HOME").toStdString());
        QCOMPARE(around.further, std::vector<fs::path> {"/opt"});
        QCOMPARE(around.own.filename().string(), std::string("simile"));
    }

    void oneRepositoryIsListedOnceAndOldSnapshotsOnlyWithWhatIsTheirs()
    {
        const fs::path repository = m->home / "named/hub/models--o--n";
        makeLora("named/hub/models--o--n/blobs/1");
        makeLora("named/hub/models--o--n/blobs/2", 1024);
        for (const auto& [snapshot, blob] : {std::pair("abc", "1"), std::pair("old", "2")}) {
            const fs::path folder = repository / "snapshots" / snapshot;
            fs::create_directories(folder);
            fs::create_symlink(
                "../../blobs/" + std::string(blob), folder / (std::string(blob) + ".safetensors"));
            fs::create_directory_symlink("../..", folder / "up"); // folders of a snapshot are none
        }
        fs::create_directory_symlink("abc", repository / "snapshots/link");
        // Without refs/main none of them is chosen for the repository.
        Surroundings around = m->around();
        around.named = {repository, m->home / "named"};
        std::vector<Sentence> notes;
        const auto find = [&] {
            return findNetworks(placesOf(around, notes), FoundFixture::search());
        };
        const std::vector<std::string> both = {"o/n: 1.safetensors", "o/n: 2.safetensors"};
        QCOMPARE(namesOf(find()), both);
        writeText(repository / "refs/main", "old \n");
        QCOMPARE(namesOf(find()), (std::vector<std::string> {both[1], both[0]}));
    }

    void aRepositoryWhoseFilesLieElsewhereIsNotRead()
    {
        const fs::path repository = m->home / "hub/models--o--n";
        makeLora("private/1");
        fs::create_directories(repository / "snapshots/abc");
        fs::create_directory_symlink(m->home / "private", repository / "blobs");
        fs::create_symlink("../../blobs/1", repository / "snapshots/abc/1.safetensors");
        QVERIFY2(
            saidOf(repository).find("blobs is a link that leads out") != std::string::npos,
            saidOf(repository).c_str());
    }

    void aFileThatIsStillMissingMakesAPipelineIncomplete()
    {
        const fs::path repository = m->home / "hub/models--o--n";
        const fs::path folder = repository / "snapshots/abc";
        writeText(folder / "model_index.json", "{}");
        fs::create_directories(repository / "blobs");
        fs::create_directories(folder / "unet");
        fs::create_symlink("../../../blobs/later", folder / "unet/model.safetensors");
        Surroundings around = m->around();
        around.named = {repository};
        std::vector<Sentence> notes;
        const auto list = findNetworks(placesOf(around, notes), FoundFixture::search());
        QCOMPARE(list.networks.size(), std::size_t(1));
        const std::string problem = english(list.networks.front().card.problem);
        QVERIFY2(problem.find("did not come to its end") != std::string::npos, problem.c_str());
    }

    void aListedFolderIsLookedThrough()
    {
        makeLora("far/pipeline/a.safetensors");
        FoundPlace place {.program = "InvokeAI", .listed = {{m->home / "far/pipeline", "A name"}}};
        const FoundList list = findNetworks({place}, FoundFixture::search());
        QCOMPARE(namesOf(list), std::vector<std::string> {"A name"});
    }

    void notesAreCutOffAfterTwenty()
    {
        for (int i = 0; i < 25; ++i)
            fs::create_directories(m->home / "named" / std::to_string(i));
        FoundSearch search = FoundFixture::search();
        search.limits.depth = 0;
        const FoundList list = m->find(search);
        QCOMPARE(list.notes.size(), std::size_t(21));
        QCOMPARE(
            english(list.notes.back()), std::string("5 further notes of this kind are left out."));
    }

    /// Wherever the caller stops: it is said, and what was found before is there.
    void theCallerStopsItAnywhere()
    {
        fs::copy(MINI_MODEL, m->home / "named/mini", fs::copy_options::recursive);
        makeLora("named/a.safetensors");
        const auto file = m->home / "named/a.safetensors";
        std::size_t before = 0;
        bool stopped = true;
        for (int calls = 0; stopped; ++calls) {
            QVERIFY(calls < 1000);
            FoundSearch search = FoundFixture::search();
            search.known = {{fs::file_size(file), {"00", "another"}}};
            int asked = 0;
            search.goesOn = [&] { return asked++ < calls; };
            const FoundList list = m->find(search);
            stopped = list.stopped;
            QVERIFY(list.networks.size() >= before);
            before = list.networks.size();
        }
        QCOMPARE(before, std::size_t(2));
    }

    void whatIsNotThereAnyLongerIsForgotten()
    {
        const fs::path kept = m->home / "cache/kept.json";
        const auto find = [&] {
            FoundCache cache(kept);
            FoundSearch search = FoundFixture::search();
            search.cache = &cache;
            return m->find(search).networks;
        };
        TensorShapes dora = loraTensors();
        dora["lora_unet_x.dora_scale"] = {1, 4};
        writeTensors(m->home / "named/dora.safetensors", dora);
        writeArchive(m->home / "named/words.pt", {2 * 768 * 4});
        makeLora("named/gone.safetensors");
        const auto first = find(), second = find();
        QCOMPARE(first.size(), std::size_t(3));
        for (std::size_t i = 0; i < first.size(); ++i) { // as it was told, with all sentences
            QCOMPARE(english(second[i].card.problem), english(first[i].card.problem));
            QCOMPARE(english(second[i].card.notes), english(first[i].card.notes));
            QCOMPARE(second[i].card.kind, first[i].card.kind);
        }
        QVERIFY(!second[0].card.problem.empty() && !second[2].card.notes.empty());
        fs::remove(m->home / "named/gone.safetensors");
        find();
        FoundCache cache(kept);
        QVERIFY(!cache.find({.path = m->home / "named/gone.safetensors"}));
        // Where it cannot be written it is recognised each time.
        fs::remove_all(m->home / "cache");
        writeText(m->home / "cache", "a file");
        QCOMPARE(find().size(), std::size_t(2));
    }
};

QTEST_GUILESS_MAIN(PlacesTest)
#include "tst_places.moc"
