// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/loadpart.h"

#include "core/diffusion/stablediffusion.h"
#include "core/errors.h"
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

    void aModelThatIsChangedFiftyTimesTakesTheMemoryOfTheFirst()
    {
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
