// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/safetensors.h"
#include "plugins/analogist/analogist.h"
#include "plugins/plugandplay/plugandplay.h"
#include "plugins/promptfree/promptfree.h"
#include "tests/plugins/slope.h"

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>

namespace fs = std::filesystem;

/// Where half precision has no numbers for what the encoder makes of a picture, a run takes fp32
/// for it, and its result says so.
class EncodedAgainTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    fs::path m_model = m_folder.filePath(QStringLiteral("model")).toStdString();

private Q_SLOTS:
    void initTestCase()
    {
        fs::copy(MINI_MODEL, m_model, fs::copy_options::recursive);
        const fs::path file = m_model / "vae/diffusion_pytorch_model.safetensors";
        const auto read = loadSafetensors(file);
        std::map<std::string, Tensor> tensors {read.begin(), read.end()};
        for (const char* part : {"weight", "bias"}) {
            Tensor& first = tensors.at(std::string("encoder.conv_in.") + part);
            first = first.to(at::kFloat) * 3e4; // which the next norm takes away again
        }
        saveSafetensors(file, tensors);
    }

    void theResultSaysSoOnce_data()
    {
        QTest::addColumn<Method>("method");
        QTest::addColumn<Request>("request");
        const auto row =
            [this](const Method& method, const std::vector<const char*>& slots, Values values) {
                Request request {
                    .method = method.id,
                    .model = m_model.string(),
                    .values = std::move(values),
                    .precision = "fp16"};
                for (const char* slot : slots)
                    request.images[slot] = {{.image = slope(96, 96)}};
                QTest::newRow(method.id.c_str()) << method << request;
            };
        row(analogist(), {"a", "a_prime", "b"}, {{"size", 256}, {"steps", 2}});
        row(translate(), {"source"}, {{"size", 64}, {"steps", 2}, {"inversion_steps", 2}});
        row(promptFree(), {"reference", "init"}, {{"width", 128}, {"height", 128}, {"steps", 2}});
    }

    void theResultSaysSoOnce()
    {
        QFETCH(Method, method);
        QFETCH(Request, request);
        Models models;
        const auto said = [&] {
            const Report report([](const Event& event) { // fp16 takes long here
                return Answer {.goOn = std::holds_alternative<StageEvent>(event), .keep = false};
            });
            const Result result = run(method, request, models, report);
            return std::ranges::count_if(result.notes, [](const Sentence& note) {
                return english(note).ends_with("encoded again in fp32.");
            });
        };
        QCOMPARE(said(), ptrdiff_t(1));
        request.precision = "fp32";
        QCOMPARE(said(), ptrdiff_t(0));
    }
};

QTEST_GUILESS_MAIN(EncodedAgainTest)
#include "tst_encodedagain.moc"
