// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/found/mounts.h"
#include "tests/core/found/foundfixture.h"

#include <QTest>

#include <algorithm>

#include <sys/stat.h>

namespace fs = std::filesystem;

/// Networks that lie on this computer are found where programs keep them, by looking alone.
class FoundTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<FoundFixture> m;

    /// A repository of the default model in the cache: files are links into blobs.
    fs::path makeRepository(const std::string& commit)
    {
        const fs::path repository = m->home / ".cache/huggingface/hub/models--owner--name";
        writeText(repository / "refs/main", commit);
        fs::create_directories(repository / "blobs");
        int number = 0;
        for (const auto& entry : fs::recursive_directory_iterator(MINI_MODEL)) {
            if (!entry.is_regular_file())
                continue;
            const fs::path inside = entry.path().lexically_relative(MINI_MODEL);
            const fs::path link = repository / "snapshots" / commit / inside;
            const fs::path blob = repository / "blobs" / std::to_string(++number);
            fs::create_directories(link.parent_path());
            fs::copy_file(entry.path(), blob, fs::copy_options::skip_existing);
            fs::create_symlink(blob.lexically_relative(link.parent_path()), link);
        }
        return repository;
    }

private Q_SLOTS:
    void init() { m = std::make_unique<FoundFixture>(); }

    /// The order: repositories' files once, the snapshot of refs/main first.
    void theCacheOfHuggingFaceIsRead()
    {
        const fs::path repository = makeRepository("abc");
        // An older snapshot has one file of its own beside those of main.
        const fs::path old = repository / "snapshots/001";
        writeTensors(repository / "blobs/lora", loraTensors());
        fs::create_directories(old);
        fs::create_symlink("../../blobs/lora", old / "old.safetensors");
        for (const auto& entry : fs::directory_iterator(repository / "snapshots/abc/unet"))
            if (fs::create_directories(old / "unet"); true)
                fs::copy_symlink(entry.path(), old / "unet" / entry.path().filename());
        fs::copy_symlink(repository / "snapshots/abc/model_index.json", old / "model_index.json");

        const auto before = inventory(m->home);
        const FoundList list = m->find();
        QCOMPARE(
            namesOf(list),
            (std::vector<std::string> {"owner/name", "owner/name: old.safetensors"}));
        QCOMPARE(said(list), std::string());
        const FoundNetwork& model = list.networks.front();
        QCOMPARE(model.card.path, repository);
        QCOMPARE(model.use, NetworkUse::Model);
        QCOMPARE(model.card.channels, 9);
        QCOMPARE(model.program, std::string("Hugging Face"));
        QVERIFY(model.card.problem.empty());
        QCOMPARE(inventory(m->home), before);
    }

    void theEnvironmentSaysWhereTheCacheIs_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("hub");
        QTest::addRow("HF_HUB_CACHE")
            << QByteArray("HF_HUB_CACHE") << QByteArray("~/elsewhere") << QByteArray("elsewhere");
        QTest::addRow("HF_HOME") << QByteArray("HF_HOME") << QByteArray("$HOME/hf")
                                 << QByteArray("hf/hub");
        QTest::addRow("XDG_CACHE_HOME") << QByteArray("XDG_CACHE_HOME") << QByteArray("${HOME}/c")
                                        << QByteArray("c/huggingface/hub");
    }

    void theEnvironmentSaysWhereTheCacheIs()
    {
        QFETCH(const QByteArray, name);
        QFETCH(const QByteArray, value);
        QFETCH(const QByteArray, hub);
        fs::create_directories(m->home / hub.toStdString());
        fs::create_directories(m->home / ".cache/huggingface/hub"); // is not meant then
        Surroundings set = m->around();
        set.variables = {{"HOME", m->home.string()}, {name.toStdString(), value.toStdString()}};
        std::vector<Sentence> notes;
        std::vector<fs::path> folders;
        for (const FoundPlace& place : placesOf(set, notes))
            if (place.program == "Hugging Face")
                folders.push_back(place.folder);
        QCOMPARE(folders, std::vector<fs::path> {m->home / hub.toStdString()});
    }

    void linksOutOfARepositoryAreNotFollowed()
    {
        const fs::path repository = makeRepository("abc");
        writeTensors(m->home / "secret.safetensors", loraTensors());
        const fs::path snapshot = repository / "snapshots/abc";
        fs::create_symlink(m->home / "secret.safetensors", snapshot / "out.safetensors");
        fs::create_symlink("../../../secret", snapshot / "gone.safetensors");
        fs::create_directory_symlink(m->home / "named", snapshot / "folder");
        writeTensors(m->home / "named-elsewhere/x.safetensors", loraTensors());
        const FoundList list = m->find();
        QCOMPARE(namesOf(list), std::vector<std::string> {"owner/name"});
        QVERIFY(said(list).find("out.safetensors is a link that leads out") != std::string::npos);
        QVERIFY(said(list).find("gone.safetensors is a link that leads out") != std::string::npos);
    }

    /// Not even to find out what it would be.
    void aModelWithALinkOutOfItsRepositoryIsNotRead()
    {
        const fs::path repository = makeRepository("abc");
        for (const auto& entry : fs::directory_iterator(repository / "snapshots/abc/unet"))
            if (entry.path().extension() == ".safetensors") {
                fs::copy_file(fs::canonical(entry.path()), m->home / "unet");
                fs::remove(entry.path());
                fs::create_symlink(m->home / "unet", entry.path());
                break;
            }
        const FoundList list = m->find();
        QCOMPARE(namesOf(list), std::vector<std::string> {"owner/name"});
        QCOMPARE(list.networks.front().card.channels, 0);
        QCOMPARE(
            english(list.networks.front().card.problem),
            std::string("A link in it leads out of its repository, so it was not read."));
    }

    void anUnfinishedDownloadIsSaidToBeOne()
    {
        const fs::path repository = makeRepository("abc");
        for (const auto& entry : fs::directory_iterator(repository / "snapshots/abc/unet"))
            if (entry.path().extension() == ".safetensors")
                fs::remove(entry.path());
        writeText(repository / "blobs/0123.incomplete", "half");
        const FoundList list = m->find();
        QCOMPARE(namesOf(list), std::vector<std::string> {"owner/name"});
        QVERIFY(
            english(list.networks.front().card.problem).find("did not come to its end")
            != std::string::npos);
    }

    void programsAreFoundByWhatLiesInTheirFolders_data()
    {
        QTest::addColumn<QByteArrayList>("marks");
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("program");
        const auto row = [](const char* program, QByteArrayList marks, const char* file) {
            QTest::addRow("%s, %s", program, file)
                << marks << QByteArray(file) << QByteArray(program);
        };
        row("ComfyUI", {"ComfyUI/main.py", "ComfyUI/models/checkpoints/.keep"},
            "ComfyUI/models/loras/a.safetensors");
        row("ComfyUI", {"ai/comfy/models/checkpoints/.keep"},
            "ai/comfy/models/vae_approx/sub/a.safetensors");
        row("AUTOMATIC1111", {"webui/webui.py", "webui/models/Stable-diffusion/.keep"},
            "webui/models/Lora/a.safetensors");
        row("AUTOMATIC1111", {"webui/models/Stable-diffusion/.keep"},
            "webui/extensions/sd-webui-controlnet/models/a.safetensors");
        row("Forge", {"forge/modules_forge/.keep", "forge/models/Stable-diffusion/.keep"},
            "forge/models/ControlNet/a.safetensors");
        row("SD.Next", {"automatic/installer.py", "automatic/models/Stable-diffusion/.keep"},
            "automatic/models/VAE/a.safetensors");
        row("Fooocus", {"Fooocus/fooocus_version.py"}, "Fooocus/models/checkpoints/a.safetensors");
        row("InvokeAI", {"invokeai/databases/invokeai.db"}, "invokeai/models/1234/a.safetensors");
        row("Krita AI Diffusion", {".local/share/krita/ai_diffusion/server/ComfyUI/models/.keep"},
            ".local/share/krita/ai_diffusion/server/ComfyUI/models/loras/a.safetensors");
        row("Krita AI Diffusion", {".local/share/krita-ai-diffusion/server/models/.keep"},
            ".local/share/krita-ai-diffusion/server/models/loras/a.safetensors");
        row("", {}, "named/deep/er/a.safetensors");
    }

    void programsAreFoundByWhatLiesInTheirFolders()
    {
        QFETCH(const QByteArrayList, marks);
        QFETCH(const QByteArray, file);
        QFETCH(const QByteArray, program);
        for (const QByteArray& mark : marks)
            writeText(m->home / mark.toStdString(), "");
        writeTensors(m->home / file.toStdString(), loraTensors());
        writeText(m->home / "Documents/letter.txt", "no network");
        const auto before = inventory(m->home);
        const FoundList list = m->find();
        QCOMPARE(namesOf(list), std::vector<std::string> {"a.safetensors"});
        QCOMPARE(list.networks.front().program, program.toStdString());
        QCOMPARE(list.networks.front().card.path, m->home / file.toStdString());
        QCOMPARE(inventory(m->home), before);
    }

    void furtherFoldersOfComfyUIAreInItsFile()
    {
        writeText(m->home / "ComfyUI/models/checkpoints/.keep", "");
        writeText(
            m->home / "ComfyUI/extra_model_paths.yaml",
            "a111:\n    base_path: ~/big/\n    checkpoints: models/sd\n    loras: |\n"
            "         models/Lora\n         models/LyCORIS\n    is_default: true\n"
            "other:\n    vae: ../vaes\n    custom_nodes: nodes\n");
        for (const char* file :
             {"big/models/sd/1.safetensors", "big/models/Lora/2.safetensors",
              "big/models/LyCORIS/3.safetensors", "vaes/4.safetensors",
              "ComfyUI/nodes/5.safetensors"})
            writeTensors(m->home / file, loraTensors());
        const FoundList list = m->find();
        QCOMPARE(
            namesOf(list),
            (std::vector<std::string> {
                "1.safetensors", "2.safetensors", "3.safetensors", "4.safetensors"}));
        QCOMPARE(said(list), std::string());
    }

    void noYamlIsTrusted_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("told");
        QByteArray bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n";
        for (char c = 'b'; c < 'k'; ++c)
            bomb +=
                QByteArray(1, c) + ": &" + c + " [*" + char(c - 1) + ", *" + char(c - 1) + "]\n";
        QTest::addRow("aliases") << bomb << QByteArray("has aliases in it");
        QTest::addRow("deep") << QByteArray(2000, '[') << QByteArray("more than 8 levels");
        QTest::addRow("long") << QByteArray(300 << 10, 'x') << QByteArray("is too large");
        QTest::addRow("many") << "a: [" + QByteArray("x,").repeated(9000) + "x]"
                              << QByteArray("more than 4096 values");
        QTest::addRow("no YAML") << QByteArray("a: \"b\n\tc: [")
                                 << QByteArray("is no YAML: its line 2 cannot be read.");
    }

    void noYamlIsTrusted()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, told);
        writeText(m->home / "ComfyUI/extra_model_paths.yaml", text.toStdString());
        writeTensors(m->home / "ComfyUI/models/checkpoints/a.safetensors", loraTensors());
        const FoundList list = m->find();
        QVERIFY2(said(list).find(told.toStdString()) != std::string::npos, said(list).c_str());
        QCOMPARE(namesOf(list), std::vector<std::string> {"a.safetensors"});
    }

    void invokeSaysWhereItsFoldersAre()
    {
        writeText(m->home / "ai/databases/invokeai.db", "");
        writeText(m->home / "ai/invokeai.yaml", "schema_version: 4\nmodels_dir: ~/far\n");
        writeTensors(m->home / "far/key/a.safetensors", loraTensors());
        std::vector<Sentence> notes;
        auto places = placesOf(m->around(), notes);
        const auto invoke = std::ranges::find(places, "InvokeAI", &FoundPlace::program);
        QVERIFY(invoke != places.end());
        QCOMPARE(invoke->folder, m->home / "far");
        QCOMPARE(invoke->database, m->home / "ai/databases/invokeai.db");
        // What its database names has that name; what it names elsewhere is looked at likewise.
        writeTensors(m->home / "x/b.safetensors", loraTensors(1024));
        mkfifo((m->home / "x/pipe.safetensors").c_str(), 0600);
        invoke->listed = {
            {m->home / "far/key/a.safetensors", "A LoRA"},
            {m->home / "x/b.safetensors", "Second"},
            {m->home / "x/pipe.safetensors", "Pipe"},
            {"relative.safetensors", "Nowhere"}};
        QCOMPARE(
            namesOf(findNetworks(places, FoundFixture::search())),
            (std::vector<std::string> {"A LoRA", "Second"}));
    }

    void oneFileIsListedOnce()
    {
        writeTensors(m->home / "named/a.safetensors", loraTensors());
        fs::create_hard_link(m->home / "named/a.safetensors", m->home / "named/b.safetensors");
        fs::create_symlink("a.safetensors", m->home / "named/c.safetensors");
        fs::create_directory_symlink(".", m->home / "named/again");
        fs::create_directory_symlink("../named", m->home / "named/up");
        QCOMPARE(namesOf(m->find()), std::vector<std::string> {"a.safetensors"});
    }

    /// None of these is opened, followed for ever, or waited for.
    void loopsPipesAndDevicesArePassedOver()
    {
        fs::create_symlink("two.safetensors", m->home / "named/one.safetensors");
        fs::create_symlink("one.safetensors", m->home / "named/two.safetensors");
        fs::create_directory_symlink("y", m->home / "named/x");
        fs::create_directory_symlink("x", m->home / "named/y");
        mkfifo((m->home / "named/pipe.safetensors").c_str(), 0600);
        mkfifo((m->home / "named/pipe").c_str(), 0600);
        fs::create_symlink("/dev/zero", m->home / "named/zero.safetensors");
        fs::create_symlink("/dev/tty", m->home / "named/tty.ckpt");
        writeTensors(m->home / "named/z.safetensors", loraTensors());
        QCOMPARE(namesOf(m->find()), std::vector<std::string> {"z.safetensors"});
    }

    void everyLimitEndsTheSearch_data()
    {
        QTest::addColumn<int>("which");
        QTest::addColumn<int>("atMost");
        QTest::addColumn<QByteArray>("told");
        QTest::addRow("depth") << 0 << 3 << QByteArray("lies too deep");
        QTest::addRow("entries") << 1 << 60 << QByteArray("so many files");
        QTest::addRow("networks") << 2 << 5 << QByteArray("so many files");
        QTest::addRow("time") << 3 << 0 << QByteArray("took too long");
    }

    void everyLimitEndsTheSearch()
    {
        QFETCH(const int, which);
        QFETCH(const int, atMost);
        QFETCH(const QByteArray, told);
        fs::path folder = m->home / "named";
        for (int depth = 0; depth < 6; ++depth) {
            writeTensors(folder / (std::to_string(depth) + ".safetensors"), loraTensors());
            for (int i = 0; i < 20; ++i)
                writeText(folder / ("text" + std::to_string(i)), "");
            folder /= "z";
        }
        FoundSearch search = FoundFixture::search();
        if (which == 0)
            search.limits.depth = 2;
        else if (which == 1)
            search.limits.entries = 60;
        else if (which == 2)
            search.limits.networks = 5;
        else
            search.limits.time = std::chrono::milliseconds(-1);
        const FoundList list = m->find(search);
        QVERIFY2(
            list.networks.size() <= std::size_t(atMost),
            QByteArray::number(int(list.networks.size())));
        QVERIFY2(said(list).find(told.toStdString()) != std::string::npos, said(list).c_str());
    }

    void theCallerStopsIt()
    {
        for (int i = 0; i < 9; ++i)
            writeTensors(m->home / "named" / (std::to_string(i) + ".safetensors"), loraTensors());
        FoundSearch search = FoundFixture::search();
        int told = 0;
        search.found = [&](const FoundNetwork&) { ++told; };
        search.goesOn = [&] { return told < 3; };
        const FoundList list = m->find(search);
        QVERIFY(list.stopped);
        QCOMPARE(list.networks.size(), std::size_t(3));
    }

    void foldersOfOtherComputersAreNotTouched()
    {
        writeTensors(m->home / "named/a.safetensors", loraTensors());
        writeTensors(m->home / "named/nas/b.safetensors", loraTensors(1024));
        fs::create_directory_symlink("nas/below", m->home / "named/link");
        fs::create_symlink("nas/b.safetensors", m->home / "named/c.safetensors");
        FoundSearch search = FoundFixture::search();
        search.limits.isRemote = [&](const fs::path& path) {
            return path.string().starts_with((m->home / "named/nas").string());
        };
        const FoundList list = m->find(search);
        QCOMPARE(namesOf(list), std::vector<std::string> {"a.safetensors"});
        QVERIFY(said(list).find("nas lies on another computer") != std::string::npos);
    }

    void theKernelsListTellsWhatIsRemote()
    {
        const RemoteMounts mounts(
            "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
            "30 22 0:40 / /mnt/my\\040nas rw,relatime shared:1 - nfs4 nas:/x rw\n"
            "31 22 0:41 / /home/u/phone rw - fuse.sshfs phone: rw\n"
            "32 22 0:42 / /media/disk rw - fuseblk /dev/sdb1 rw\n"
            "33 22 0:43 / /run/doc rw - fuse.portal portal rw\nnonsense\n");
        QVERIFY(mounts.hold("/mnt/my nas/models"));
        QVERIFY(mounts.hold("/home/u/phone"));
        QVERIFY(!mounts.hold("/home/u/phones"));
        QVERIFY(!mounts.hold("/media/disk/models"));
        QVERIFY(!mounts.hold("/run/doc"));
    }
};

QTEST_GUILESS_MAIN(FoundTest)
#include "tst_found.moc"
