// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/loadpart.h"

#include "core/diffusion/stablediffusion.h"
#include "core/errors.h"
#include "core/file/files.h"
#include "core/weights/safetensors.h"
#include "tests/failure.h"
#include "tests/held.h"

#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>

namespace fs = std::filesystem;

namespace {

const fs::path mini = MINI_MODEL;

/// A load that says no at the @p at-th time that it is asked; how often it was asked goes into
/// @p asked.
StableDiffusion loadStoppedAt(int at, int& asked)
{
    return loadStableDiffusion(
        mini, "cpu", "fp32", [&](const StageEvent&) { return ++asked < at; });
}

} // namespace

class LoadPartTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    /// A copy of the default model in which the first value of a tensor of @p file is another.
    fs::path damaged(const char* file, const std::string& tensor, float value)
    {
        const fs::path model = m_folder.filePath(QStringLiteral("damaged")).toStdString();
        fs::remove_all(model);
        fs::copy(mini, model, fs::copy_options::recursive);
        const auto read = loadSafetensors(model / file);
        std::map<std::string, Tensor> tensors {read.begin(), read.end()};
        Tensor changed = tensors.at(tensor).clone();
        changed.view(-1)[0] = value;
        tensors[tensor] = changed;
        saveSafetensors(model / file, tensors);
        return model;
    }

private Q_SLOTS:
    void cleanup() { qunsetenv("SIMILE_DAMAGED_VALUES"); }

    void damagedValuesAreRefusedUnlessZeroIsWantedInTheirPlace_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("tensor");
        QTest::addColumn<QByteArray>("part");
        QTest::newRow("UNet") << QByteArray("unet/diffusion_pytorch_model.safetensors")
                              << QByteArray("conv_in.weight") << QByteArray("UNet");
        QTest::newRow("autoencoder")
            << QByteArray("vae/diffusion_pytorch_model.safetensors")
            << QByteArray("decoder.conv_in.weight") << QByteArray("autoencoder");
        QTest::newRow("text encoder")
            << QByteArray("text_encoder/model.safetensors")
            << QByteArray("text_model.final_layer_norm.weight") << QByteArray("text encoder");
    }

    void damagedValuesAreRefusedUnlessZeroIsWantedInTheirPlace()
    {
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, tensor);
        QFETCH(QByteArray, part);
        for (const float value : {std::nanf(""), INFINITY, -INFINITY}) {
            const fs::path model = damaged(file.data(), tensor.toStdString(), value);
            const auto load = [&] { return loadStableDiffusion(model, "cpu", "fp32"); };
            const QString said = QString::fromStdString(failure(load));
            QVERIFY2(said.contains(QLatin1String(tensor)), qPrintable(said));
            QVERIFY2(said.contains(QLatin1String("SIMILE_DAMAGED_VALUES=zero")), qPrintable(said));

            qputenv("SIMILE_DAMAGED_VALUES", "zero");
            const StableDiffusion loaded = load();
            QCOMPARE(loaded.loadingNotes.size(), size_t(1));
            const QString note = QString::fromStdString(english(loaded.loadingNotes[0]));
            QVERIFY2(
                note.startsWith(QLatin1String("1 values of the ") + QLatin1String(part)),
                qPrintable(note));
            const StableDiffusion whole =
                loadStableDiffusion(damaged(file.data(), tensor.toStdString(), 0), "cpu", "fp32");
            const Tensor context = encodePrompts(loaded, {"a red circle"});
            QVERIFY(context.equal(encodePrompts(whole, {"a red circle"})));
            const Tensor x = at::ones({1, whole.unetConfig.inChannels, 8, 8});
            const UNetInput input = {.time = 301, .context = context};
            QVERIFY(unet(loaded.unetConfig, unetOf(loaded), x, input)
                        .equal(unet(whole.unetConfig, unetOf(whole), x, input)));
            const Tensor z = at::ones({1, 4, 8, 8});
            QVERIFY(decode(loaded.vaeConfig, autoencoderOf(loaded), z)
                        .equal(decode(whole.vaeConfig, autoencoderOf(whole), z)));

            qputenv("SIMILE_DAMAGED_VALUES", "one");
            damaged(file.data(), tensor.toStdString(), value);
            QVERIFY(failure(load).find("is \"one\"") != std::string::npos);
            qunsetenv("SIMILE_DAMAGED_VALUES");
        }
    }

    void aLoadStoppedAtAnyPlaceHoldsNothingAndTheNextLoads()
    {
        int all = 0;
        loadStoppedAt(1 << 30, all);
        QVERIFY(all >= 3); // at the beginning of each network
        const double before = double(heldNow().allocated);
        for (int at = 1; at <= all; ++at) {
            int asked = 0;
            const StableDiffusion stopped = loadStoppedAt(at, asked);
            // Several threads may have loaded all before it is asked so often.
            QCOMPARE(asked == at, stopped.unet.empty());
            QVERIFY(asked <= at); // nobody asks again
        }
        // Less than the smallest of the networks: what stays is what libraries keep of threads.
        const double more = double(heldNow().allocated) - before;
        QVERIFY2(more < 1 << 20, qPrintable(QString::number(more)));
        QVERIFY(!loadStableDiffusion(mini, "cpu", "fp32").unet.empty());
    }

    /// In whatever place: the networks ask for the one or the other.
    void aLinearLayerAndAConvolutionOfOnePixelStandForEachOther()
    {
        const fs::path model = m_folder.filePath(QStringLiteral("other")).toStdString();
        fs::copy(mini, model, fs::copy_options::recursive);
        const auto turn = [&](const char* file, std::initializer_list<const char*> names) {
            const auto read = loadSafetensors(model / file);
            std::map<std::string, Tensor> tensors {read.begin(), read.end()};
            for (const char* name : names) {
                Tensor& tensor = tensors.at(name);
                tensor = tensor.dim() == 4 ? tensor.flatten(1) : tensor.unsqueeze(-1).unsqueeze(-1);
            }
            saveSafetensors(model / file, tensors);
        };
        turn(
            "unet/diffusion_pytorch_model.safetensors",
            {"down_blocks.1.resnets.0.conv_shortcut.weight",
             "down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q.weight",
             "down_blocks.0.attentions.0.proj_in.weight", "time_embedding.linear_1.weight"});
        turn("vae/diffusion_pytorch_model.safetensors", {"post_quant_conv.weight"});
        turn(
            "text_encoder/model.safetensors",
            {"text_model.encoder.layers.0.mlp.fc1.weight",
             "text_model.embeddings.position_embedding.weight"});
        const StableDiffusion is = loadStableDiffusion(model, "cpu", "fp32"),
                              was = loadStableDiffusion(mini, "cpu", "fp32");
        const Tensor context = encodePrompts(was, {"a red circle"});
        QVERIFY(encodePrompts(is, {"a red circle"}).equal(context));
        const Tensor x = at::ones({1, was.unetConfig.inChannels, 8, 8}), z = at::ones({1, 4, 8, 8});
        const UNetInput input = {.time = 301, .context = context};
        QVERIFY(unet(is.unetConfig, unetOf(is), x, input)
                    .equal(unet(was.unetConfig, unetOf(was), x, input)));
        QVERIFY(decode(is.vaeConfig, autoencoderOf(is), z)
                    .equal(decode(was.vaeConfig, autoencoderOf(was), z)));
    }

    void aTokenizerOfMoreTokensThanTheTextEncoderKnowsIsRefused()
    {
        const fs::path model = m_folder.filePath(QStringLiteral("few")).toStdString();
        fs::copy(mini, model, fs::copy_options::recursive);
        const fs::path file = model / "text_encoder" / "model.safetensors",
                       config = model / "text_encoder" / "config.json";
        const auto read = loadSafetensors(file);
        std::map<std::string, Tensor> tensors {read.begin(), read.end()};
        Tensor& table = tensors.at("text_model.embeddings.token_embedding.weight");
        table = table.narrow(0, 0, 100).clone();
        saveSafetensors(file, tensors);
        std::string text = readText(config);
        const std::string count = "2714";
        text.replace(text.find(count), count.size(), "100");
        writeFileAtomically(config, std::as_bytes(std::span(text)));
        const std::string said = failure([&] { loadStableDiffusion(model, "cpu", "fp32"); });
        QVERIFY2(said.find("has 2714 tokens") != said.npos, said.c_str());
    }

    void aModelThatIsChangedFiftyTimesTakesTheMemoryOfTheFirst()
    {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        QSKIP("With a sanitizer the system's allocator, of which this asks, has nothing.");
#endif
        Models models;
        const fs::path other =
            damaged("unet/diffusion_pytorch_model.safetensors", "conv_in.weight", 0);
        const auto load = [&](const fs::path& model) {
            QVERIFY(models.stableDiffusion(model.string(), "cpu", "fp32"));
        };
        load(other);
        load(mini);
        const double first = double(heldNow().allocated);
        for (int change = 0; change < 50; ++change)
            load(change % 2 == 0 ? other : mini);
        const double more = double(heldNow().allocated) / first - 1;
        QVERIFY2(std::abs(more) < .05, qPrintable(QString::number(more)));
    }
};

QTEST_APPLESS_MAIN(LoadPartTest)
#include "tst_loadpart.moc"
