// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/controlnet.h"
#include "core/file/files.h"
#include "core/file/hash.h"
#include "core/found/foundcache.h"
#include "core/found/networkslot.h"
#include "core/model/shapes.h"
#include "tests/core/found/foundfixture.h"

#include <QTest>

namespace fs = std::filesystem;

namespace {

UNetConfig smallUNet(int channels, int contextWidth)
{
    UNetConfig config;
    config.inChannels = channels;
    config.contextWidth = contextWidth;
    config.blockChannels = {32, 64, 64, 64};
    return config;
}

} // namespace

/// What is found is told by its headers, and remembered.
class RecogniseTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<FoundFixture> m;

private Q_SLOTS:
    void init() { m = std::make_unique<FoundFixture>(); }

    void kindsAreToldByTheirHeaders_data()
    {
        QTest::addColumn<TensorShapes>("tensors");
        QTest::addColumn<int>("use");
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<QByteArray>("problem");
        const auto row = [](const char* name, TensorShapes shapes, NetworkUse use, const char* kind,
                            const char* problem = "") {
            QTest::addRow("%s", name)
                << shapes << int(use) << QByteArray(kind) << QByteArray(problem);
        };
        row("inpainting", unetShapes(smallUNet(9, 768)), NetworkUse::Model,
            "Stable Diffusion 1.x inpainting");
        row("2.x", unetShapes(smallUNet(4, 1024)), NetworkUse::Model, "Stable Diffusion 2.x");
        row("InstructPix2Pix", unetShapes(smallUNet(8, 768)), NetworkUse::Model, "InstructPix2Pix",
            "follows written orders");
        row("SDXL", unetShapes(smallUNet(4, 2048)), NetworkUse::Other, "SDXL",
            "It is an SDXL model.");
        ControlNetConfig control;
        control.unet = smallUNet(4, 768);
        row("ControlNet", controlNetShapes(control), NetworkUse::ControlNet,
            "ControlNet for Stable Diffusion 1.x");
        control.unet = smallUNet(4, 2048);
        row("ControlNet of SDXL", controlNetShapes(control), NetworkUse::ControlNet,
            "ControlNet for SDXL", "not supported");
        row("autoencoder", autoencoderShapes({}), NetworkUse::Autoencoder, "autoencoder");
        row("LoRA", loraTensors(), NetworkUse::Lora, "LoRA for Stable Diffusion 1.x");
        row("LoRA of 2.x", loraTensors(1024), NetworkUse::Lora, "LoRA for Stable Diffusion 2.x");
        TensorShapes dora = loraTensors();
        dora["lora_unet_x.dora_scale"] = {1, 4};
        row("DoRA", dora, NetworkUse::Lora, "LoRA for Stable Diffusion 1.x", "holds DoRA");
        row("SeeCoder",
            {{"ctx.image.imencoder.norm0.weight", {4}},
             {"ctx.image.qtransformer.level_embed.weight", {3, 768}}},
            NetworkUse::SeeCoder, "SeeCoder");
        row("embedding", {{"emb_params", {2, 768}}}, NetworkUse::Embedding,
            "textual inversion for Stable Diffusion 1.x");
        row("embedding of 2.x", {{"emb_params", {2, 1024}}}, NetworkUse::Embedding,
            "textual inversion for Stable Diffusion 2.x");
        row("embedding of SDXL", {{"clip_l", {1, 768}}, {"clip_g", {1, 1280}}},
            NetworkUse::Embedding, "textual inversion", "not supported");
        row("anything", {{"linear.weight", {2, 2}}}, NetworkUse::Other, "unknown",
            "holds no model that is known");
    }

    void kindsAreToldByTheirHeaders()
    {
        QFETCH(const TensorShapes, tensors);
        QFETCH(const int, use);
        QFETCH(const QByteArray, kind);
        QFETCH(const QByteArray, problem);
        writeTensors(m->home / "named/a.safetensors", tensors);
        const FoundList list = m->find();
        QCOMPARE(namesOf(list), std::vector<std::string> {"a.safetensors"});
        const FoundNetwork& found = list.networks.front();
        QCOMPARE(int(found.use), use);
        QCOMPARE(found.card.kind, kind.toStdString());
        const std::string why = english(found.card.problem);
        QVERIFY2(
            problem.isEmpty() == why.empty() && why.find(problem.toStdString()) != why.npos,
            why.c_str());
    }

    /// Of what one network needs the folder is one entry, and a network that makes maps is known by
    /// its file's name.
    void foldersOfOneNetworkAndMapNetworksAreTold()
    {
        ControlNetConfig control;
        control.unet = smallUNet(4, 768);
        writeTensors(
            m->home / "named/canny/diffusion_pytorch_model.safetensors", controlNetShapes(control));
        writeText(m->home / "named/canny/config.json", "{}");
        writeArchive(m->home / "named/maps/hed/ControlNetHED.pth", {4});
        FoundSearch search = FoundFixture::search();
        search.mapNetworks = {"ControlNetHED.pth"};
        const FoundList list = m->find(search);
        QCOMPARE(namesOf(list), (std::vector<std::string> {"canny", "ControlNetHED.pth"}));
        QCOMPARE(list.networks[0].card.path, m->home / "named/canny");
        QCOMPARE(int(list.networks[1].use), int(NetworkUse::MapNetwork));
        NetworkSlot slot {.use = NetworkUse::MapNetwork, .folder = true};
        QCOMPARE(chosenFor(slot, list.networks[1]), m->home / "named/maps/hed");
        slot.folders = {"hed"};
        QCOMPARE(chosenFor(slot, list.networks[1]), m->home / "named/maps");
        QVERIFY(misfit(slot, list.networks[1], {}).empty());
        const NetworkSlot other {.use = NetworkUse::ControlNet, .contextWidth = 1024};
        QVERIFY(
            english(misfit(other, list.networks[0], {.name = "m"})).find("768 features")
            != std::string::npos);
        QVERIFY(!misfit(other, list.networks[1], {}).empty());
    }

    /// Nothing of a pickle is read but the directory of its archive.
    void picklesAreToldByTheSizesInThem_data()
    {
        QTest::addColumn<int>("element");
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("context");
        QTest::addColumn<QByteArray>("kind");
        for (const int element : {2, 4}) {
            QTest::addRow("inpainting, %d", element)
                << element << 9 << 768 << QByteArray("Stable Diffusion 1.x inpainting");
            QTest::addRow("1.x, %d", element)
                << element << 4 << 768 << QByteArray("Stable Diffusion 1.x");
            QTest::addRow("2.x, %d", element)
                << element << 4 << 1024 << QByteArray("Stable Diffusion 2.x");
            QTest::addRow("ControlNet, %d", element)
                << element << 0 << 768 << QByteArray("ControlNet for Stable Diffusion 1.x");
        }
    }

    void picklesAreToldByTheSizesInThem()
    {
        QFETCH(const int, element);
        QFETCH(const int, channels);
        QFETCH(const int, context);
        QFETCH(const QByteArray, kind);
        std::vector<uint32_t> sizes;
        const auto add = [&](int number, int elements) {
            sizes.insert(sizes.end(), std::size_t(number), uint32_t(elements) * uint32_t(element));
        };
        add(8, 320 * 320 * 9);
        add(10, 320 * context);
        add(1, 640 * 320 * 9); // twice those above, as they would be in fp32
        if (channels > 0) {
            add(1, 320 * 9 * channels);
            add(1, 4 * 320 * 9);
        } else {
            add(1, 320 * 9 * 4);
            add(1, 16 * 3 * 9);
        }
        writeArchive(m->home / "named/a.ckpt", sizes);
        const FoundList list = m->find();
        QCOMPARE(list.networks.size(), std::size_t(1));
        const FoundNetwork& found = list.networks.front();
        QCOMPARE(found.card.kind, kind.toStdString());
        QVERIFY(found.pickled);
        QCOMPARE(found.card.contextWidth, context);
        if (channels > 0)
            QCOMPARE(found.card.channels, channels);
        QVERIFY(found.card.problem.empty());
    }

    void pickledEmbeddingsAreToldByTheirOneTensor()
    {
        const auto write = [this](const char* name, const std::vector<uint32_t>& sizes) {
            writeArchive(m->home / "named" / name, sizes);
        };
        write("a.pt", {2 * 768 * 4});
        write("b.pt", {5 * 1024 * 4});
        write("c.pt", {3 * 1024 * 4}); // or four vectors of 768
        write("d.pt", {76 * 1024 * 4});
        write("e.pt", {768 * 4, 768 * 4});
        const FoundList list = m->find();
        QCOMPARE(list.networks.size(), std::size_t(5));
        const auto is = [&](std::size_t at) {
            const FoundNetwork& found = list.networks[at];
            return std::pair(found.use == NetworkUse::Embedding, found.card.contextWidth);
        };
        QCOMPARE(is(0), std::pair(true, 768));
        QCOMPARE(is(1), std::pair(true, 1024));
        QCOMPARE(is(2), std::pair(true, 0));
        QCOMPARE(is(3), std::pair(false, 0));
        QCOMPARE(is(4), std::pair(false, 0));
        // One of another width does not go beside a model.
        const NetworkSlot slot {.use = NetworkUse::Embedding, .several = true};
        const ModelCard model {.name = "m", .contextWidth = 768};
        QVERIFY(misfit(slot, list.networks[0], model).empty());
        QVERIFY(!misfit(slot, list.networks[1], model).empty());
        QVERIFY(misfit(slot, list.networks[2], model).empty());
    }

    void otherPicklesSayWhyTheyAreNone()
    {
        writeArchive(m->home / "named/a.ckpt", {4, 8});
        writeText(m->home / "named/b.pt", "\x80\x02}q.");
        writeText(m->home / "named/c.safetensors", "<html>");
        const FoundList list = m->find();
        QCOMPARE(list.networks.size(), std::size_t(3));
        for (const FoundNetwork& found : list.networks) {
            QCOMPARE(int(found.use), int(NetworkUse::Other));
            QVERIFY(!found.card.problem.empty());
        }
    }

    void aFileOfAKnownSizeIsHashedAndNoOther()
    {
        writeTensors(m->home / "named/a.safetensors", loraTensors());
        writeTensors(m->home / "named/b.safetensors", loraTensors(1024));
        const fs::path file = m->home / "named/a.safetensors";
        const std::string hash = sha256(file);
        FoundSearch search = FoundFixture::search();
        search.known = {
            {fs::file_size(file), {"00", "another"}}, {fs::file_size(file), {hash, "The LoRA"}}};
        const FoundList list = m->find(search);
        QCOMPARE(list.networks[0].known, std::string("The LoRA"));
        QCOMPARE(list.networks[0].sha256, hash);
        QCOMPARE(list.networks[1].sha256, std::string());
    }

    /// What is in the cache is believed as long as device, inode, size and time are the same.
    void whatWasRecognisedIsRemembered()
    {
        const fs::path file = m->home / "named/a.safetensors", kept = m->home / "cache/kept.json";
        writeTensors(file, loraTensors());
        const auto search = [&] {
            FoundCache cache(kept);
            FoundSearch wanted = FoundFixture::search();
            wanted.cache = &cache;
            wanted.known = {{fs::file_size(file), {"00", "another"}}};
            return m->find(wanted).networks;
        };
        const auto first = search();
        std::string text = readText(kept);
        const auto doctor = [&](const std::string& from, const std::string& to) {
            const auto at = text.find(from);
            QVERIFY(at != std::string::npos);
            text.replace(at, from.size(), to);
            writeText(kept, text);
        };
        doctor("LoRA for Stable Diffusion 1.x", "doctored");
        doctor(first.front().sha256, std::string(64, 'a'));
        QCOMPARE(search().front().card.kind, std::string("doctored"));
        QCOMPARE(search().front().sha256, std::string(64, 'a'));
        fs::last_write_time(file, fs::last_write_time(file) + std::chrono::seconds(5));
        QCOMPARE(search().front().card.kind, first.front().card.kind);
        QCOMPARE(search().front().sha256, first.front().sha256);
    }

    void aDamagedCacheIsNone_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addRow("none") << QByteArray();
        QTest::addRow("no JSON") << QByteArray("{\"version\": 1, \"networks\": [");
        QTest::addRow("other types")
            << QByteArray("{\"version\": 1, \"networks\": [{\"path\": 7}]}");
        QTest::addRow("another version") << QByteArray("{\"version\": 999, \"networks\": []}");
        QTest::addRow("deep") << QByteArray(100'000, '[');
    }

    void aDamagedCacheIsNone()
    {
        QFETCH(const QByteArray, text);
        const fs::path kept = m->home / "cache/kept.json";
        writeText(kept, text.toStdString());
        writeTensors(m->home / "named/a.safetensors", loraTensors());
        FoundCache cache(kept);
        FoundSearch search = FoundFixture::search();
        search.cache = &cache;
        QCOMPARE(
            m->find(search).networks.front().card.kind,
            std::string("LoRA for Stable Diffusion 1.x"));
        QVERIFY(readText(kept).find("a.safetensors") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(RecogniseTest)
#include "tst_recognise.moc"
