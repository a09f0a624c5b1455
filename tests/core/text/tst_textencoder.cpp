// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/file/files.h"
#include "core/text/textencoder.h"
#include "core/weights/safetensors.h"

#include <nlohmann/json.hpp>

#include <QTest>

namespace {

/// A recorded run of the reference.
struct Recorded
{
    explicit Recorded(const std::string& name)
    {
        const std::string folder = TEST_DATA "/" + name + "/";
        tolerance = nlohmann::json::parse(readText(folder + "case.json"))["tolerance"];
        config = textEncoderConfigFromJson(readText(folder + "config.json"), "config.json");
        dict = loadSafetensors(folder + "weights.safetensors");
        ids = loadSafetensors(folder + "inputs.safetensors").at("input_ids");
        outputs = loadSafetensors(folder + "outputs.safetensors");
    }

    /// Empty where it is within the tolerance.
    std::string compare(const std::string& name, const Tensor& ours) const
    {
        const double error = (ours - outputs.at(name)).abs().max().item<double>();
        return error <= tolerance[name] ? std::string() : name + ": " + std::to_string(error);
    }

    nlohmann::json tolerance;
    TextEncoderConfig config;
    Weights::Dict dict;
    Tensor ids;
    Weights::Dict outputs;
};

} // namespace

class TextEncoderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theStatesAreTheReferences_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("quick GELU") << "clip-text-sd1";
        QTest::newRow("GELU") << "clip-text-sd2";
    }

    void theStatesAreTheReferences()
    {
        QFETCH(QString, name);
        const Recorded recorded(name.toStdString());
        std::vector<Tensor> hidden;
        const Weights w(recorded.dict);
        const Tensor last = encodeText(recorded.config, w, recorded.ids, &hidden);
        QCOMPARE(recorded.compare("last_hidden_state", last), std::string());
        QCOMPARE(int(hidden.size()), recorded.config.layers + 1);
        for (int i = 0; i <= recorded.config.layers; ++i) {
            const std::string state = "hidden_states." + std::to_string(i);
            if (recorded.outputs.contains(state))
                QCOMPARE(recorded.compare(state, hidden[i]), std::string());
        }
    }

    void aLayerFewerGivesThePenultimateState()
    {
        Recorded recorded("clip-text-sd2");
        recorded.config.layers -= 1;
        const Tensor last = encodeText(recorded.config, Weights(recorded.dict), recorded.ids);
        QCOMPARE(recorded.compare("penultimate_normed", last), std::string());
    }

    void clipSkipTakesAnEarlierLayer()
    {
        const Recorded recorded("clip-text-sd2");
        const Weights w(recorded.dict);
        std::vector<Tensor> hidden;
        const Tensor last = encodeText(recorded.config, w, recorded.ids, &hidden, 2);
        QCOMPARE(recorded.compare("penultimate_normed", last), std::string());
        QCOMPARE(int(hidden.size()), recorded.config.layers); // what is not taken is not computed
        for (const int skip : {0, recorded.config.layers + 1})
            QVERIFY_EXCEPTION_THROWN(
                encodeText(recorded.config, w, recorded.ids, nullptr, skip), ValueError);
    }

    void thePrefixOfTheNamesMayBeAbsent()
    {
        const Recorded recorded("clip-text-sd2");
        const std::string prefix = "text_model.";
        Weights::Dict bare;
        for (const auto& [name, tensor] : recorded.dict)
            bare[name.substr(prefix.size())] = tensor;
        const Tensor last = encodeText(recorded.config, Weights(bare), recorded.ids);
        QVERIFY(last.equal(encodeText(recorded.config, Weights(recorded.dict), recorded.ids)));
    }

    void theLastTokenChangesNoEarlierPosition()
    {
        const Recorded recorded("clip-text-sd1");
        const Weights w(recorded.dict);
        const Tensor before = encodeText(recorded.config, w, recorded.ids);
        Tensor ids = recorded.ids.clone();
        ids.select(1, 76).fill_(5);
        const Tensor after = encodeText(recorded.config, w, ids);
        QVERIFY((before - after).narrow(1, 0, 76).abs().max().item<double>() < 1e-6);
        QVERIFY(!before.select(1, 76).equal(after.select(1, 76)));
    }

    void wrongPositionIdsInAFileAreIgnored()
    {
        Recorded recorded("clip-text-sd2");
        recorded.dict["text_model.embeddings.position_ids"] = at::zeros({1, 77});
        const Tensor last = encodeText(recorded.config, Weights(recorded.dict), recorded.ids);
        QCOMPARE(recorded.compare("last_hidden_state", last), std::string());
    }

    void absentKeysTakeTheClasssDefaults()
    {
        const TextEncoderConfig config = textEncoderConfigFromJson("{}", "config.json");
        QCOMPARE(config.width, 512);
        QCOMPARE(config.layers, 12);
        QCOMPARE(config.heads, 8);
        QVERIFY(config.quickGelu);
        QCOMPARE(config.vocabulary, 49408);
        QCOMPARE(config.positions, 77);
        QCOMPARE(config.eps, 1e-5);
    }

    void whatIsNotSupportedIsNamed_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("part");
        const auto row = [](const char* json, const char* part) {
            QTest::newRow(json) << QByteArray(json) << QByteArray(part);
        };
        row("{", "is not valid JSON");
        row("[]", "is not a text encoder's configuration");
        row(R"({"hidden_act": "gelu_new"})", "hidden_act");
        row(R"({"hidden_act": 3})", "hidden_act");
        row(R"({"hidden_size": 0})", "hidden_size");
        row(R"({"hidden_size": "a"})", "hidden_size");
        row(R"({"num_hidden_layers": 99999999999})", "num_hidden_layers");
        row(R"({"num_attention_heads": 7})", "num_attention_heads");
        row(R"({"layer_norm_eps": -1})", "layer_norm_eps");
        row(R"({"layer_norm_eps": 1})", "layer_norm_eps");
        row(R"({"layer_norm_eps": "1e-5"})", "layer_norm_eps");
    }

    void whatIsNotSupportedIsNamed()
    {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, part);
        try {
            textEncoderConfigFromJson(json.toStdString(), "config.json");
            QFAIL("no exception");
        } catch (const Error& error) {
            const QByteArray what = error.what();
            QVERIFY2(what.contains(part) && what.contains("config.json"), what);
        }
    }
};

QTEST_GUILESS_MAIN(TextEncoderTest)
#include "tst_textencoder.moc"
