// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/stablediffusion.h"
#include "core/file/files.h"
#include "core/model/modelfiles.h"
#include "tests/failure.h"
#include "tests/publishednames.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace fs = std::filesystem;

namespace {

using Tensors = std::map<std::string, Tensor>;

/// Of the structure of Stable Diffusion 1.x, and a tenth as wide.
UNetConfig narrowUNet()
{
    UNetConfig config;
    config.blockChannels = {32, 32, 64, 64};
    return config;
}

AutoencoderConfig narrowAutoencoder(int latentChannels = 4)
{
    AutoencoderConfig config;
    config.latentChannels = latentChannels;
    config.blockChannels = {32, 32, 64, 64};
    return config;
}

/// What Prompt-Free Diffusion's UNets have before a name: their transformers are under "text".
std::string prefixOf(const std::string& name)
{
    return name.starts_with("context_blocks.") ? "diffuser.text." : "diffuser.image.";
}

/// One of them, in half precision as they are; filled by our names.
Tensors publishedUNet()
{
    const Shapes shapes = unetShapes(narrowUNet());
    Tensors file;
    for (const auto& [name, old] : publishedNames(shapes, mapNames(diffuserNames()).unet))
        file[prefixOf(old) + old] = portableWeight(name, shapes.at(name)).to(at::kHalf);
    return file;
}

/// An autoencoder in CompVis' names, with 1x1 convolutions in its attention; filled by our names.
Tensors publishedAutoencoder(const std::string& prefix = {}, int latentChannels = 4)
{
    const Shapes shapes = autoencoderShapes(narrowAutoencoder(latentChannels));
    Tensors file;
    for (const auto& [name, old] : publishedNames(shapes, mapNames(autoencoderNames()).vae)) {
        const Tensor x = portableWeight(name, shapes.at(name));
        const bool isConvolution = old.find("mid.attn_1.") != old.npos && x.dim() == 2;
        file[prefix + old] = isConvolution ? x.reshape({x.size(0), x.size(1), 1, 1}) : x;
    }
    return file;
}

/// In what weights differ from those filled by our names.
QString difference(const Weights& w, const Shapes& shapes, at::ScalarType stored)
{
    if (w.dict().size() != shapes.size())
        return QStringLiteral("%1 tensors of %2").arg(w.dict().size()).arg(shapes.size());
    for (const auto& [name, tensor] : portableWeights(shapes))
        if (!w.dict().contains(name) || !w(name).equal(tensor.to(stored).to(at::kFloat)))
            return QString::fromStdString(name);
    return {};
}

QString differenceOfUNet(const StableDiffusion& model)
{
    return difference(model.unet, unetShapes(narrowUNet()), at::kHalf);
}

QString differenceOfAutoencoder(const StableDiffusion& model)
{
    return difference(model.vae, autoencoderShapes(narrowAutoencoder()), at::kFloat);
}

} // namespace

/// A UNet from one file and the autoencoder from another, as Prompt-Free Diffusion publishes them.
class AutoencoderFileTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    fs::path m_unet;

    fs::path path(const char* name)
    {
        return m_folder.filePath(QString::fromLatin1(name)).toStdString();
    }

    fs::path saved(const char* name, const Tensors& tensors)
    {
        fs::create_directories(path(name).parent_path());
        saveSafetensors(path(name), tensors);
        return path(name);
    }

    /// A folder as diffusers writes it.
    fs::path savedFolder(const char* name)
    {
        const auto weights = portableWeights(autoencoderShapes(narrowAutoencoder()));
        const fs::path folder = path(name);
        fs::create_directories(folder);
        saveSafetensors(
            folder / "diffusion_pytorch_model.safetensors", {weights.begin(), weights.end()});
        const std::string config = R"({"_class_name": "AutoencoderKL", "layers_per_block": 2,
            "block_out_channels": [32, 32, 64, 64], "latent_channels": 4,
            "down_block_types": ["DownEncoderBlock2D", "DownEncoderBlock2D",
                                 "DownEncoderBlock2D", "DownEncoderBlock2D"],
            "up_block_types": ["UpDecoderBlock2D", "UpDecoderBlock2D",
                               "UpDecoderBlock2D", "UpDecoderBlock2D"]})";
        writeFileAtomically(folder / "config.json", std::as_bytes(std::span(config)));
        return folder;
    }

private Q_SLOTS:
    void initTestCase() { m_unet = saved("unet.safetensors", publishedUNet()); }

    void thePublishedFilesHaveThoseTensors()
    {
        std::vector<std::string> names;
        for (const auto& [name, old] :
             publishedNames(unetShapes({}), mapNames(diffuserNames()).unet))
            names.push_back(prefixOf(old) + old);
        QCOMPARE(names.size(), size_t(686));
        const SingleFileNames mapped = mapNames(names);
        QCOMPARE(mapped.unet.size(), size_t(686));
        QCOMPARE(mapped.unexpected, std::vector<std::string>());
        QCOMPARE(
            publishedNames(autoencoderShapes({}), mapNames(autoencoderNames()).vae).size(),
            size_t(248));
    }

    void aPublishedUNetIsKnownAndLacksAnAutoencoder()
    {
        const ModelCard card = describeModel(m_unet);
        QCOMPARE(english(card.problem), std::string());
        QCOMPARE(card.kind, std::string("Stable Diffusion 1.x"));
        QCOMPARE(card.channels, 4);
        QCOMPARE(card.contextWidth, 768);
        QVERIFY(card.needsAutoencoder);
        QVERIFY(std::ranges::none_of(english(card.notes), [](const auto& note) {
            return note.find("not known") != note.npos;
        }));
        const ModelFiles files = openModel(m_unet);
        QCOMPARE(files.unexpected, std::vector<std::string>());
        QCOMPARE(files.unet.tensors.size(), unetShapes(narrowUNet()).size());
        QVERIFY(files.vae.empty() && files.textEncoder.empty());
    }

    void anAutoencoderOfOtherLatentsIsRefused()
    {
        const fs::path vae = saved("wide.safetensors", publishedAutoencoder({}, 16));
        const std::string said =
            failure([&] { loadStableDiffusion(m_unet, "cpu", "fp32", {}, {}, vae); });
        QVERIFY2(said.find("they do not belong together") != said.npos, said.c_str());
    }

    void theAutoencoderComesFromAFileOfItsOwn_data()
    {
        QTest::addColumn<QString>("file");
        const auto row = [](const char* name, const fs::path& file) {
            QTest::newRow(name) << QString::fromStdString(file.string());
        };
        row("CompVis", saved("vae.safetensors", publishedAutoencoder()));
        Tensors whole = publishedUNet();
        whole.merge(publishedAutoencoder("first_stage_model."));
        row("a whole model", saved("whole.safetensors", whole));
        row("a folder", savedFolder("folder"));
        savedFolder("model/vae");
        row("a model's folder", path("model"));
    }

    void theAutoencoderComesFromAFileOfItsOwn()
    {
        QFETCH(QString, file);
        const StableDiffusion model =
            loadStableDiffusion(m_unet, "cpu", "fp32", {}, {}, file.toStdString());
        QCOMPARE(differenceOfUNet(model), QString());
        QCOMPARE(differenceOfAutoencoder(model), QString());
        QVERIFY(model.vaeConfig.blockChannels == narrowAutoencoder().blockChannels);
        QCOMPARE(model.vaeConfig.scalingFactor, 0.18215);
        QVERIFY(model.textEncoder.empty());
    }

    void itTakesThePlaceOfTheModelsOwn()
    {
        Tensors whole = publishedUNet();
        for (const auto& [name, tensor] : publishedAutoencoder("first_stage_model."))
            whole[name] = at::zeros_like(tensor);
        const fs::path own = saved("own.safetensors", whole);
        QVERIFY(!describeModel(own).needsAutoencoder);
        const fs::path vae = saved("other.safetensors", publishedAutoencoder());
        const StableDiffusion usual = loadStableDiffusion(own, "cpu", "fp32");
        QVERIFY(!differenceOfAutoencoder(usual).isEmpty());
        const StableDiffusion given = loadStableDiffusion(own, "cpu", "fp32", {}, {}, vae);
        QCOMPARE(differenceOfAutoencoder(given), QString());
        QCOMPARE(differenceOfUNet(given), QString());
    }

    void withoutOneTheUNetStandsAlone()
    {
        const StableDiffusion model = loadStableDiffusion(m_unet, "cpu", "fp32");
        QCOMPARE(differenceOfUNet(model), QString());
        QVERIFY(model.vae.empty());
    }

    void whatHoldsNoAutoencoderIsRefused()
    {
        const auto said = [](const fs::path& file) {
            return failure([&] { openAutoencoder(file); });
        };
        const std::string unet = said(m_unet);
        QVERIFY2(unet.find("holds no autoencoder") != unet.npos, unet.c_str());
        const std::string absent = said(path("absent.safetensors"));
        QVERIFY2(absent.find("no file or folder") != absent.npos, absent.c_str());
        fs::create_directories(path("nothing"));
        const std::string empty = said(path("nothing"));
        QVERIFY2(empty.find("no weights") != empty.npos, empty.c_str());

        Tensors cut = publishedAutoencoder();
        cut.erase("decoder.mid.attn_1.q.weight");
        const fs::path vae = saved("cut.safetensors", cut);
        const std::string lacks =
            failure([&] { loadStableDiffusion(m_unet, "cpu", "fp32", {}, {}, vae); });
        QVERIFY2(
            lacks.find("decoder.mid_block.attentions.0.to_q.weight") != lacks.npos, lacks.c_str());
    }

    void aPickledOneGoesThroughTheConverter()
    {
        const fs::path converted = saved("converted.safetensors", publishedAutoencoder());
        const fs::path pickle = path("sd-v2-0-base-autokl.pth");
        writeFileAtomically(pickle, {});
        std::vector<fs::path> asked;
        Models models({}, [&](const fs::path& file, const StageReport&) {
            asked.push_back(file);
            return converted;
        });
        const auto load = [&](Models& from) {
            return from.stableDiffusion(m_unet.string(), "cpu", "fp32", {}, pickle.string());
        };
        QCOMPARE(differenceOfAutoencoder(*load(models)), QString());
        QCOMPARE(differenceOfUNet(*load(models)), QString());
        QCOMPARE(asked, std::vector {pickle}); // once: the second is the same model
        models.stableDiffusion(m_unet.string(), "cpu", "fp32", {}, converted.string());
        QCOMPARE(asked.size(), size_t(1));
        load(models);
        QCOMPARE(asked.size(), size_t(2));

        Models stopped({}, [](const fs::path&, const StageReport&) { return fs::path(); });
        QVERIFY(!load(stopped));
        Models alone;
        const std::string said = failure([&] { load(alone); });
        QVERIFY2(said.find("must be converted") != said.npos, said.c_str());
    }
};

QTEST_GUILESS_MAIN(AutoencoderFileTest)
#include "tst_autoencoderfile.moc"
