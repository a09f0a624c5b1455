// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/controlnet.h"
#include "core/file/files.h"
#include "core/file/hash.h"
#include "core/found/foundcache.h"
#include "core/found/networkslot.h"
#include "core/found/recognise.h"
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
        row("LoRA of SDXL",
            {{"lora_te2_text_model_encoder_layers_0_mlp_fc1.lora_down.weight", {4, 8}}},
            NetworkUse::Lora, "LoRA", "It is made for SDXL");
        row("difference of a ControlNet",
            {{"difference", {1}}, {"controlnet_cond_embedding.conv_in.weight", {16, 3, 3, 3}}},
            NetworkUse::ControlNet, "ControlNet", "holds only the difference");
        row("autoencoder of SD 3",
            {{"encoder.conv_in.weight", {8, 3, 3, 3}}, {"decoder.conv_in.weight", {8, 16, 3, 3}}},
            NetworkUse::Autoencoder, "autoencoder", "an autoencoder of 16 channels");
        row("small decoder", {{"decoder.layers.0.weight", {2, 2}}}, NetworkUse::SmallDecoder,
            "TAESD");
        row("SeeCoder without its width", {{"imencoder.norm0.weight", {4}}}, NetworkUse::SeeCoder,
            "SeeCoder");
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
        slot.folder = false;
        QCOMPARE(chosenFor(slot, list.networks[1]), list.networks[1].card.path);
        FoundNetwork refused = list.networks[1];
        refused.card.problem = "No.";
        QCOMPARE(english(misfit(slot, refused, {})), std::string("No."));
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

    void otherPicklesAreToldByTheSizesInThem()
    {
        const auto found = [&](std::vector<std::pair<int, int>> sizes) { // how many, of so many
            std::vector<uint32_t> all;
            for (const auto& [number, elements] : sizes)
                all.insert(all.end(), std::size_t(number), uint32_t(elements) * 4);
            writeArchive(m->home / "named/a.ckpt", all);
            return m->find().networks.at(0);
        };
        const std::pair<int, int> blocks = {8, 320 * 320 * 9}, out = {1, 4 * 320 * 9};
        const FoundNetwork orders = found({blocks, {10, 320 * 768}, {1, 8 * 320 * 9}, out});
        QCOMPARE(orders.use, NetworkUse::Model);
        QVERIFY(english(orders.card.problem).find("8 input channels") != std::string::npos);
        const FoundNetwork large = found({blocks, {4, 640 * 2048}, out});
        QCOMPARE(large.card.kind, std::string("SDXL"));
        QVERIFY(english(large.card.problem).find("SDXL") != std::string::npos);
        const FoundNetwork autoencoder = found({{1, 128 * 3 * 9}, {1, 512 * 4 * 9}});
        QCOMPARE(autoencoder.use, NetworkUse::Autoencoder);
        QVERIFY(autoencoder.card.problem.empty());
        QCOMPARE(found({blocks}).use, NetworkUse::Other); // of no context that is known
    }

    void foldersOfPartsAndOfPicklesAreTold()
    {
        const fs::path unet = m->home / "named/unet", pipeline = m->home / "named/pipeline";
        writeTensors(unet / "diffusion_pytorch_model.safetensors", unetShapes(smallUNet(4, 768)));
        writeText(unet / "config.json", "{}");
        writeText(pipeline / "model_index.json", "{}");
        writeText(
            pipeline / "unet/config.json", R"({"in_channels": 9, "cross_attention_dim": 768})");
        writeText(pipeline / "unet/diffusion_pytorch_model.bin", "PK");
        const auto list = m->find().networks;
        QCOMPARE(list.size(), std::size_t(2));
        QCOMPARE(list[0].card.kind, std::string("Stable Diffusion 1.x inpainting"));
        QVERIFY(list[0].pickled && list[0].use == NetworkUse::Model);
        QVERIFY(english(list[0].card.notes.at(0)).find("Python pickles") != std::string::npos);
        QCOMPARE(list[1].use, NetworkUse::Other);
        QCOMPARE(
            english(list[1].card.problem), std::string("It is a UNet alone, one part of a model."));
    }

    void aMapNetworkAsSafetensorsIsKnownByItsNameAndRead()
    {
        const fs::path file = m->home / "named/ControlNetHED.safetensors";
        writeTensors(file, {{"a", {1}}});
        const FoundNetwork sound = recognised({.path = file}, {"ControlNetHED.pth"});
        QCOMPARE(sound.use, NetworkUse::MapNetwork);
        QCOMPARE(sound.card.name, std::string("ControlNetHED.safetensors"));
        QVERIFY(!sound.pickled && sound.card.problem.empty());
        writeText(file, "<html>");
        QVERIFY(!recognised({.path = file}, {"ControlNetHED.pth"}).card.problem.empty());
    }

    void aUseThatNobodyKnowsIsAnother()
    {
        for (int use = 0; use <= int(NetworkUse::Other); ++use)
            QCOMPARE(int(networkUse(toText(NetworkUse(use)))), use);
        QCOMPARE(networkUse("nonsense"), NetworkUse::Other);
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
            << QByteArray("{\"version\": 2, \"networks\": [{\"path\": 7}]}");
        QTest::addRow("no sentence") << QByteArray(
            R"({"version": 2, "networks": [{"path": "/x", "identity": "1", "problem": 7}]})");
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
