// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/file/base64.h"
#include "core/picture/imagefile.h"
#include "core/record.h"

#include <QTest>

namespace {

const std::string folder = "secret-folder-of-the-user";

Method method()
{
    Method m {.id = "analogy", .name = "Analogy"};
    m.parameters = {
        {.id = "prompt", .label = "Prompt", .initial = std::string(), .role = Role::Prompt},
        {.id = "negative",
         .label = "Negative",
         .initial = std::string(),
         .role = Role::NegativePrompt},
        {.id = "steps", .label = "Steps", .initial = 50, .role = Role::Steps},
        {.id = "guidance", .label = "Guidance", .initial = 15.0, .role = Role::Guidance},
        {.id = "strength", .label = "Strength", .initial = 0.98, .role = Role::Strength},
        {.id = "size", .label = "Size", .initial = 512, .role = Role::Size},
        {.id = "nets", .label = "Networks", .initial = std::string(), .file = true},
        {.id = "sampler",
         .label = "Sampler",
         .initial = std::string("ddim"),
         .choices = {{"ddim", "DDIM"}, {"dpm++2m", "DPM++ 2M"}},
         .role = Role::Sampler}};
    return m;
}

Image gradient(bool alpha)
{
    Image image = filled(5, 3, {});
    for (std::size_t i = 0; i < image.rgb.size(); ++i)
        image.rgb[i] = uint8_t(i * 37);
    if (alpha)
        for (int i = 0; i < 15; ++i)
            image.alpha.push_back(uint8_t(i * 17));
    return image;
}

Record record()
{
    Record r {
        .resolved =
            {{"prompt", std::string("a \"red\" star\nwith 🌟, größer")},
             {"negative", std::string("messy")},
             {"sampler", std::string("ddim")},
             {"guidance", 1.0},
             {"steps", 12},
             {"size", 256},
             {"strength", 0.5},
             {"plain", false},
             {"sac", Layers {{3, 11}, {13, 14}}},
             {"cam", Layers {}},
             {"sac_steps", Range {}},
             {"cam_steps", Range {0, 25}}},
        .model = "Simile mini",
        .modelHash = "0123456789abcdef0123",
        .candidate = 1,
        .step = 7,
        .steps = 12,
        .clean = true,
        .version = "0.1.0",
        .latentHash = "fedcba"};
    r.request = {
        .method = "analogy",
        .model = "/home/" + folder + "/model.safetensors",
        .preset = "deblur",
        .values = {{"steps", 12}, {"guidance", 1.0}},
        .seed = 0xfedcba9876543210,
        .device = "cuda:1",
        .precision = "bf16"};
    r.request.images["a"] = {{.image = gradient(false), .name = "/home/" + folder + "/ä 🌟.png"}};
    r.request.images["b"] = {
        {.image = gradient(true), .name = "C:\\" + folder + "\\b.png", .weight = 0.75}};
    return r;
}

std::vector<std::byte> png(const std::string& simile)
{
    return encodePng(filled(1, 1, {}), {{.keyword = "simile", .text = simile, .compressed = true}});
}

std::string refusal(const std::string& simile)
{
    try {
        readRecord(png(simile));
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

/// The record as text, with a part replaced.
std::string changed(const std::string& part, const std::string& by)
{
    std::string text = toText(record(), Embed::Full, method()).at(1).text;
    const auto at = text.find(part);
    return at == std::string::npos ? std::string() : text.replace(at, part.size(), by);
}

} // namespace

class RecordTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingComesBackFromThePicture()
    {
        const auto bytes = encodePng(filled(4, 4, {}), toText(record(), Embed::Full, method()));
        const auto back = readRecord(bytes);
        QVERIFY(back.has_value());
        const Record expected = record();
        QCOMPARE(back->resolved, expected.resolved);
        QCOMPARE(back->request.values, expected.request.values);
        QCOMPARE(back->request.method, expected.request.method);
        QCOMPARE(back->request.preset, expected.request.preset);
        QCOMPARE(back->request.seed, expected.request.seed);
        QCOMPARE(back->request.precision, expected.request.precision);
        QCOMPARE(back->request.device, std::string("cuda"));
        QCOMPARE(back->request.model, std::string());
        QCOMPARE(back->model, expected.model);
        QCOMPARE(back->modelHash, expected.modelHash);
        QCOMPARE(back->latentHash, expected.latentHash);
        QCOMPARE(back->version, expected.version);
        QCOMPARE(back->candidate, 1);
        QCOMPARE(back->step, 7);
        QCOMPARE(back->steps, 12);
        QVERIFY(back->clean);
    }

    void theInputsComeBackLosslesslyWithBareNames()
    {
        const auto back =
            readRecord(encodePng(filled(1, 1, {}), toText(record(), Embed::Full, method())));
        const Input a = back->request.images.at("a").at(0), b = back->request.images.at("b").at(0);
        QVERIFY(a.image == gradient(false));
        QVERIFY(b.image == gradient(true));
        QCOMPARE(a.name, std::string("ä 🌟.png"));
        QCOMPARE(b.name, std::string("b.png"));
        QCOMPARE(b.weight, 0.75);
    }

    void whatPicturesAreUsedForComesBackInTheirOrder()
    {
        Record r = record();
        r.request.images["control"] = {
            {.image = gradient(false), .name = "1.png", .weight = 0.8, .kind = "canny", .end = 0.6},
            {.image = gradient(true), .name = "2.png", .kind = "depth", .begin = 0.25},
            {.image = gradient(true), .name = "3.png"}};
        const auto back = readRecord(encodePng(filled(1, 1, {}), toText(r, Embed::Full, method())));
        const auto& control = back->request.images.at("control");
        QCOMPARE(control.size(), std::size_t(3));
        for (std::size_t i = 0; i < control.size(); ++i) {
            const Input& expected = r.request.images["control"][i];
            QVERIFY(control[i].image == expected.image);
            QCOMPARE(control[i].name, expected.name);
            QCOMPARE(control[i].weight, expected.weight);
            QCOMPARE(control[i].kind, expected.kind);
            QCOMPARE(control[i].begin, expected.begin);
            QCOMPARE(control[i].end, expected.end);
        }
    }

    void aRecordThatKnowsNoUsesIsStillRead()
    {
        const std::string text = toText(record(), Embed::Full, method()).at(1).text;
        QVERIFY(text.find("\"kind\"") == std::string::npos);
        QVERIFY(text.find("\"span\"") == std::string::npos);
        const auto back = readRecord(png(changed("\"weight\":0.75,", "")));
        const Input b = back->request.images.at("b").at(0);
        QCOMPARE(b.weight, 1.0);
        QCOMPARE(b.kind, std::string());
        QCOMPARE(b.begin, 0.0);
        QCOMPARE(b.end, 1.0);
    }

    void aFinishedMapOfAnOldRecordIsStillOne()
    {
        const std::string part = "\"weight\":0.75";
        const auto back = readRecord(png(changed(part, part + ",\"kind\":\"map\"")));
        QCOMPARE(back->request.images.at("b").at(0).kind, std::string("none"));
    }

    void aUseThatIsNoneIsRefused_data()
    {
        QTest::addColumn<QString>("entry");
        QTest::addColumn<QString>("reason");
        QTest::newRow("weight") << "\"weight\":\"heavy\""
                                << "\"weight\"";
        QTest::newRow("infinite") << "\"weight\":1e300"
                                  << "\"weight\"";
        QTest::newRow("kind") << "\"kind\":3"
                              << "\"kind\"";
        QTest::newRow("span") << "\"span\":0.5"
                              << "\"span\"";
        QTest::newRow("backwards") << "\"span\":[0.6,0.5]"
                                   << "\"span\"";
        QTest::newRow("beyond") << "\"span\":[0,1.5]"
                                << "\"span\"";
        QTest::newRow("words") << "\"span\":[\"a\",\"b\"]"
                               << "\"span\"";
    }

    void aUseThatIsNoneIsRefused()
    {
        QFETCH(QString, entry);
        QFETCH(QString, reason);
        const QString said =
            QString::fromStdString(refusal(changed("\"weight\":0.75", entry.toStdString())));
        QVERIFY2(said.contains(reason), qPrintable(said));
    }

    void settingsOnlyHaveHashesInPlaceOfPictures()
    {
        const auto chunks = toText(record(), Embed::Settings, method());
        QVERIFY(chunks.at(1).text.find("\"png\"") == std::string::npos);
        const auto back = readRecord(encodePng(filled(1, 1, {}), chunks));
        QVERIFY(back->request.images.empty());
        QCOMPARE(back->inputHashes.at("b"), pixelHash(gradient(true)));
        QVERIFY(pixelHash(gradient(true)) != pixelHash(gradient(false)));
        QCOMPARE(back->resolved, record().resolved);
    }

    void noneHasNothing()
    {
        QVERIFY(toText(record(), Embed::None, method()).empty());
        QVERIFY(!readRecord(encodePng(filled(1, 1, {}))).has_value());
    }

    void noFolderIsEverWritten()
    {
        for (const Embed embed : {Embed::Full, Embed::Settings})
            for (const TextChunk& chunk : toText(record(), embed, method()))
                QVERIFY(chunk.text.find(folder) == std::string::npos);
    }

    void aFileThatIsAValueIsNamedWithoutItsFolder()
    {
        Record r = record();
        const std::string home = "/home/" + folder + "/";
        r.request.values["nets"] = home + "canny.pth; C:\\" + folder + "\\hed.pth";
        r.resolved["nets"] = home + "canny.pth";
        for (const TextChunk& chunk : toText(r, Embed::Settings, method()))
            QVERIFY(chunk.text.find(folder) == std::string::npos);
        const auto back =
            readRecord(encodePng(filled(1, 1, {}), toText(r, Embed::Settings, method())));
        QCOMPARE(back->request.values.at("nets"), Value(std::string("canny.pth;hed.pth")));
        QCOMPARE(back->resolved.at("nets"), Value(std::string("canny.pth")));
    }

    void otherProgramsFindTheirText()
    {
        const TextChunk chunk = toText(record(), Embed::Full, method()).at(0);
        QCOMPARE(chunk.keyword, std::string("parameters"));
        QVERIFY(!chunk.compressed);
        QCOMPARE(
            chunk.text,
            std::string("a \"red\" star\nwith 🌟, größer\nNegative prompt: messy\n"
                        "Steps: 12, Sampler: DDIM, CFG scale: 1, Seed: 18364758544493064721, "
                        "Size: 256x256, Model hash: 0123456789, Model: Simile mini, "
                        "Denoising strength: 0.5, Version: Simile 0.1.0"));
    }

    void whatIsEmptyHasNoLine()
    {
        Record r = record();
        r.resolved["prompt"] = std::string();
        r.resolved["negative"] = std::string();
        r.model = "/models/a, b: c";
        const std::string text = toText(r, Embed::Settings, method()).at(0).text;
        QVERIFY(text.starts_with("Steps: 12, "));
        QVERIFY(text.find("Model: \"a, b: c\",") != std::string::npos);
    }

    void aDamagedRecordIsRefusedInASentence_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("reason");
        QTest::newRow("no JSON") << "{"
                                 << "not valid JSON";
        QTest::newRow("no object") << "[1]"
                                   << "no JSON object";
        QTest::newRow("no format") << "{}"
                                   << "\"format\"";
        QTest::newRow("text as format") << R"({"format": "1"})"
                                        << "\"format\"";
        QTest::newRow("newer") << R"({"format": 99})"
                               << "format 99";
        QTest::newRow("too deep") << QString(
            QLatin1String("{\"a\":") + QString(100'000, QLatin1Char('[')))
                                  << "nested too deeply";
        QTest::newRow("values") << R"({"format": 1, "values": [1]})"
                                << "\"values\"";
        QTest::newRow("value") << R"({"format": 1, "values": {"x": null}})"
                               << "\"x\"";
        QTest::newRow("large") << R"({"format": 1, "values": {"x": 5000000000}})"
                               << "\"x\"";
        QTest::newRow("range") << R"({"format": 1, "values": {"x": {"range": [4, 3]}}})"
                               << "\"x\"";
        QTest::newRow("layers") << R"({"format": 1, "values": {"x": {"layers": 3}}})"
                                << "\"x\"";
        QTest::newRow("seed") << R"({"format": 1, "seed": -1})"
                              << "\"seed\"";
        QTest::newRow("step") << R"({"format": 1, "step": 1.5})"
                              << "\"step\"";
        QTest::newRow("model") << R"({"format": 1, "model": "x"})"
                               << "\"model\"";
        QTest::newRow("inputs") << R"({"format": 1, "inputs": {"a": 1}})"
                                << "\"inputs\"";
        QTest::newRow("png") << R"({"format": 1, "inputs": {"a": [{"png": 1}]}})"
                             << "\"png\"";
        QTest::newRow("base64") << R"({"format": 1, "inputs": {"a": [{"png": "?"}]}})"
                                << "\"inputs a\"";
        QTest::newRow("no picture") << R"({"format": 1, "inputs": {"a": [{"png": "AAAA"}]}})"
                                    << "";
    }

    void aDamagedRecordIsRefusedInASentence()
    {
        QFETCH(QString, text);
        QFETCH(QString, reason);
        const QString said = QString::fromStdString(refusal(text.toStdString()));
        QVERIFY2(said.startsWith(QStringLiteral("The record of how")), qPrintable(said));
        QVERIFY2(said.contains(reason), qPrintable(said));
        QVERIFY(said.endsWith(QLatin1Char('.')));
    }

    void anotherPictureThanItsChecksumIsNoticed()
    {
        QVERIFY(
            refusal(changed(pixelHash(gradient(false)), std::string(64, '0'))).find("checksum")
            != std::string::npos);
    }

    void aPathInAForeignRecordIsCutToItsName()
    {
        const auto back = readRecord(png(changed("ä 🌟.png", "../../etc/passwd")));
        QCOMPARE(back->request.images.at("a").at(0).name, std::string("passwd"));
    }

    void base64ComesBackAtEveryLength()
    {
        std::vector<std::byte> bytes;
        for (int length = 0; length < 70; ++length) {
            const std::string text = toBase64(bytes);
            QCOMPARE(text.size() % 4, std::size_t(0));
            QVERIFY(fromBase64(text) == bytes);
            bytes.push_back(std::byte(length * 41));
        }
        const std::string foobar = "foobar";
        QCOMPARE(toBase64(std::as_bytes(std::span(foobar))), std::string("Zm9vYmFy"));
        QVERIFY(!fromBase64("Zm9v YmFy").has_value());
    }

    void base64IsReadStrictlyButForItsPadding()
    {
        const auto f = fromBase64("Zg==");
        QCOMPARE(f.value().size(), std::size_t(1));
        for (const char* text : {"Zg", "Zg=", "Zg===="})
            QVERIFY(fromBase64(text) == f);
        for (const char* text :
             {"Zg==Zg==", "=Zg=", " Zg==", "Zg\n", "Zm9v\nZm9", "Zm9v    ", "Zg-"})
            QVERIFY2(!fromBase64(text), text);
    }

    void longBase64IsTakenInPieces()
    {
        for (const std::size_t length : {3U << 20, (3U << 20) + 1, (6U << 20) + 2}) {
            std::vector<std::byte> bytes(length);
            for (std::size_t i = 0; i < length; ++i)
                bytes[i] = std::byte(i * i >> 8);
            const std::string text = toBase64(bytes);
            QCOMPARE(text.size(), (length + 2) / 3 * 4);
            QVERIFY(fromBase64(text) == bytes);
            QVERIFY(!fromBase64("\n" + text));
        }
    }
};

QTEST_GUILESS_MAIN(RecordTest)
#include "tst_record.moc"
