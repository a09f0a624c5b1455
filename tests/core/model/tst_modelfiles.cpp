// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/stablediffusion.h"
#include "core/file/files.h"
#include "core/model/modelfiles.h"
#include "core/models.h"
#include "core/weights/safetensors.h"
#include "tests/failure.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>

namespace fs = std::filesystem;

namespace {

void write(const fs::path& path, const std::string& text)
{
    fs::create_directories(path.parent_path());
    QFile file(QString::fromStdString(path.string()));
    file.open(QFile::WriteOnly);
    file.write(text.data(), qint64(text.size()));
}

/// The default model to be changed: its weights are linked.
void copyMini(const fs::path& to)
{
    fs::create_directories(to);
    for (const auto& entry : fs::recursive_directory_iterator(MINI_MODEL)) {
        const fs::path copy = to / entry.path().lexically_relative(MINI_MODEL);
        if (entry.is_directory())
            fs::create_directory(copy);
        else if (entry.path().extension() == ".safetensors")
            fs::create_symlink(entry.path(), copy);
        else
            fs::copy_file(entry.path(), copy);
    }
}

} // namespace

/// Models' files as they should not be.
class ModelFilesTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    fs::path path(const char* name)
    {
        return m_folder.filePath(QString::fromLatin1(name)).toStdString();
    }

private Q_SLOTS:
    /// Every reader of JSON that a model's folder reaches, with what would end the program or be
    /// told in a library's words.
    void noJsonOfAModelIsTrusted_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("text");
        for (const char* file :
             {"model_index.json", "scheduler/scheduler_config.json", "unet/config.json",
              "vae/config.json", "text_encoder/config.json", "tokenizer/vocab.json",
              "tokenizer/special_tokens_map.json", "tokenizer/tokenizer_config.json",
              "preview.json", "recommended.json"})
            for (const QByteArray& value :
                 {QByteArray(100'000, '['), QByteArray("1e999"), QByteArray("\"\xff\"")})
                QTest::addRow("%s %s", file, value.left(5).constData())
                    << QByteArray(file) << "{\"act_fn\": " + value;
    }

    void noJsonOfAModelIsTrusted()
    {
        QFETCH(const QByteArray, file);
        QFETCH(const QByteArray, text);
        const fs::path model = path("untrusted");
        fs::remove_all(model);
        copyMini(model);
        write(model / file.toStdString(), text.toStdString());
        std::string told =
            failure([&] { Models().stableDiffusion(model.string(), "cpu", "fp32"); });
        if (file == "recommended.json")
            told = english(describeModel(model).notes.at(0));
        QVERIFY2(
            told.starts_with("The file " + (model / file.toStdString()).string()), told.c_str());
        QVERIFY2(told.find("json.exception") == told.npos, told.c_str());
    }

    void aTextEncoderOfEndlessLayersIsRefusedBeforeAListOfThemIsMade()
    {
        const fs::path model = path("layers"), config = model / "text_encoder/config.json";
        copyMini(model);
        auto json = nlohmann::json::parse(readText(config));
        json["num_hidden_layers"] = 65536;
        write(config, json.dump());
        const auto told = failure([&] { Models().stableDiffusion(model.string(), "cpu", "fp32"); });
        QVERIFY2(told.find("num_hidden_layers to \"65536\"") != told.npos, told.c_str());
    }

    void anotherPartsWeightsAreRefused()
    {
        const fs::path model = path("exchanged"),
                       weights = "unet/diffusion_pytorch_model.safetensors";
        copyMini(model);
        for (const char* part :
             {"vae/diffusion_pytorch_model.safetensors", "text_encoder/model.safetensors"}) {
            const fs::path before = fs::read_symlink(model / part);
            fs::remove(model / part);
            fs::create_symlink(fs::path(MINI_MODEL) / weights, model / part);
            const std::string told =
                failure([&] { Models().stableDiffusion(model.string(), "cpu", "fp32"); });
            QVERIFY2(told.find("none of this part of a model") != told.npos, told.c_str());
            fs::remove(model / part);
            fs::create_symlink(before, model / part);
        }
    }

    void weightsMayComeInPieces()
    {
        const fs::path model = path("pieces"), unet = model / "unet";
        copyMini(model);
        const fs::path whole = unet / "diffusion_pytorch_model.safetensors";
        const std::string piece = "diffusion_pytorch_model-00001-of-00001.safetensors";
        const auto tensors = openModel(model).unet.tensors;
        fs::rename(whole, unet / piece);
        nlohmann::json map = nlohmann::json::object();
        for (const auto& [name, place] : tensors)
            map[place.name] = piece;
        const fs::path index = whole.string() + ".index.json";
        write(index, nlohmann::json({{"weight_map", map}}).dump());
        const PartFiles found = openModel(model).unet;
        QCOMPARE(found.tensors.size(), tensors.size());
        QCOMPARE(found.paths, std::vector<fs::path> {unet / piece});
        map.erase(map.begin());
        write(index, nlohmann::json({{"weight_map", map}}).dump());
        const std::string told = failure([&] { openModel(model); });
        QVERIFY2(told.find("does not hold exactly the tensors") != told.npos, told.c_str());
        fs::remove(index);
        const std::string none = failure([&] { openModel(model); });
        QVERIFY2(none.find("has no weights (.safetensors) in it") != none.npos, none.c_str());
        QVERIFY(
            failure([&] { weightFiles(path("nowhere")); }).find("could not be read") != none.npos);
    }

    void anIndexNamesFilesOfItsOwnFolderAlone_data()
    {
        QTest::addColumn<QString>("shard"); ///< as JSON
        QTest::newRow("a folder above") << QStringLiteral("\"../outside.safetensors\"");
        QTest::newRow("from here") << QStringLiteral("\"./inside.safetensors\"");
        QTest::newRow("an absolute path") << QStringLiteral("\"FOLDER/outside.safetensors\"");
        QTest::newRow("a folder below") << QStringLiteral("\"below/outside.safetensors\"");
        QTest::newRow("one that is missing") << QStringLiteral("\"missing.safetensors\"");
        QTest::newRow("nothing") << QStringLiteral("\"\"");
        QTest::newRow("null") << QStringLiteral("null");
        QTest::newRow("a number") << QStringLiteral("7");
    }

    /// What it leads to is there, and would be read.
    void anIndexNamesFilesOfItsOwnFolderAlone()
    {
        QFETCH(QString, shard);
        const fs::path model = path("led"), unet = model / "unet";
        fs::remove_all(model);
        copyMini(model);
        const fs::path whole = unet / "diffusion_pytorch_model.safetensors";
        const PartFiles found = openModel(model).unet;
        fs::create_directory(unet / "below");
        fs::copy(whole, model / "outside.safetensors");
        fs::copy(whole, unet / "below" / "outside.safetensors");
        fs::rename(whole, unet / "inside.safetensors");
        shard.replace(QStringLiteral("FOLDER"), QString::fromStdString(model.string()));
        std::string map;
        for (const auto& [name, place] : found.tensors)
            map += (map.empty() ? "\"" : ", \"") + place.name + "\": " + shard.toStdString();
        write(whole.string() + ".index.json", "{\"weight_map\": {" + map + "}}");
        const std::string told = failure([&] { openModel(model); });
        QVERIFY2(told.find("which is no file in the same folder") != told.npos, told.c_str());
        QVERIFY2(told.find("model.safetensors.index.json") != told.npos, told.c_str());
    }

    void aSchedulerOfAnUnknownClassIsSaid()
    {
        const fs::path model = path("scheduler"), file = model / "scheduler/scheduler_config.json";
        copyMini(model);
        auto json = nlohmann::json::parse(readText(file));
        QVERIFY(loadStableDiffusion(model, "cpu", "fp32").loadingNotes.empty());
        json["_class_name"] = "PNDMScheduler";
        write(file, json.dump());
        QVERIFY(loadStableDiffusion(model, "cpu", "fp32").loadingNotes.empty());
        json["_class_name"] = "SecretScheduler\x1b";
        write(file, json.dump());
        const auto notes = loadStableDiffusion(model, "cpu", "fp32").loadingNotes;
        QCOMPARE(notes.size(), size_t(1));
        const std::string said = english(notes.front());
        QVERIFY2(said.find("not known (\"SecretScheduler\\x1b\")") != said.npos, said.c_str());
    }

    void aTensorThatIsMissingInAnyPartIsNamed_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("UNet") << "unet/diffusion_pytorch_model.safetensors";
        QTest::newRow("autoencoder") << "vae/diffusion_pytorch_model.safetensors";
        QTest::newRow("text encoder") << "text_encoder/model.safetensors";
    }

    void aTensorThatIsMissingInAnyPartIsNamed()
    {
        QFETCH(QString, file);
        const fs::path model = path("lacks"), weights = model / file.toStdString();
        fs::remove_all(model);
        copyMini(model);
        const auto read = loadSafetensors(weights);
        std::map<std::string, Tensor> tensors(read.begin(), read.end());
        std::string last;
        for (const auto& [name, tensor] : tensors)
            if (name.ends_with(".bias"))
                last = name;
        tensors.erase(last);
        fs::remove(weights); // the link
        saveSafetensors(weights, tensors);
        const std::string told = failure([&] { loadStableDiffusion(model, "cpu", "fp32"); });
        QVERIFY2(told.find("lacks 1 of the ") != told.npos, told.c_str());
        QVERIFY2(told.find(last) != told.npos, (last + ": " + told).c_str());
    }

    void aPartWithoutItsConfigurationIsRefused()
    {
        const fs::path model = path("bare");
        copyMini(model);
        fs::remove(model / "vae/config.json");
        const std::string told = failure([&] { openModel(model); });
        QVERIFY2(told.find("has no config.json") != told.npos, told.c_str());
        fs::remove_all(model / "vae");
        QVERIFY(openModel(model).vae.empty()); // it may have none
    }

    void aTextEncoderMayLieAlone()
    {
        const fs::path folder = fs::path(MINI_MODEL) / "text_encoder";
        const auto whole = openModel(MINI_MODEL).textEncoder.tensors.size();
        QVERIFY(whole > 0);
        for (const fs::path& one : {folder, fs::path(MINI_MODEL), folder / "model.safetensors"})
            QCOMPARE(openTextEncoder(one).tensors.size(), whole);
        const auto said = [](const fs::path& file) {
            return failure([&] { openTextEncoder(file); });
        };
        const std::string absent = said(path("absent"));
        QVERIFY2(absent.find("to load a text encoder from") != absent.npos, absent.c_str());
        const std::string vae =
            said(fs::path(MINI_MODEL) / "vae/diffusion_pytorch_model.safetensors");
        QVERIFY2(vae.find("where a text encoder is expected") != vae.npos, vae.c_str());
        const std::string unet =
            said(fs::path(MINI_MODEL) / "unet/diffusion_pytorch_model.safetensors");
        QVERIFY2(unet.find("holds no text encoder") != unet.npos, unet.c_str());
    }

    void anEmptyConfigurationIsNotTakenForNone()
    {
        const fs::path model = path("empty");
        copyMini(model);
        for (const char* config :
             {"scheduler/scheduler_config.json", "text_encoder/config.json", "unet/config.json",
              "vae/config.json"}) {
            const std::string before = readText(model / config);
            write(model / config, " \n");
            const std::string told =
                failure([&] { Models().stableDiffusion(model.string(), "cpu", "fp32"); });
            QCOMPARE(
                told,
                "The file " + (model / config).string()
                    + " is empty. Please download it again, complete and unchanged.");
            write(model / config, before);
        }
    }

    void aLoopOfLinksIsToldInASentence()
    {
        fs::create_symlink("loop", path("loop"));
        const std::string told = english(describeModel(path("loop")).problem);
        QCOMPARE(told, path("loop").string() + " could not be read: its links lead in a circle.");
    }

    void aLinkThatLeadsNowhereIsNoModel()
    {
        fs::create_symlink("nothing.safetensors", path("dangling.safetensors"));
        const std::string told = english(describeModel(path("dangling.safetensors")).problem);
        QCOMPARE(told, "There is no file or folder " + path("dangling.safetensors").string() + ".");
        const fs::path model = path("link"), weights = "vae/diffusion_pytorch_model.safetensors";
        copyMini(model);
        fs::remove(model / weights);
        fs::create_symlink("nothing.safetensors", model / weights);
        const std::string part =
            failure([&] { Models().stableDiffusion(model.string(), "cpu", "fp32"); });
        QCOMPARE(
            part,
            (model / weights).string() + " could not be read: there is no such file or folder.");
    }

    void theLongestNameOfAModelIsReadAndALongerOneIsTold()
    {
        const std::string end = ".safetensors", name = std::string(255 - end.size(), 'm') + end;
        fs::copy_file(
            fs::path(MINI_MODEL) / "vae/diffusion_pytorch_model.safetensors", path(name.c_str()));
        const ModelCard card = describeModel(path(name.c_str()));
        QCOMPARE(card.name, name);
        QVERIFY(!card.problem.empty()); // that it is an autoencoder, by its tensors
        QVERIFY2(english(card.problem).find("could not be read") == std::string::npos, "");
        for (const fs::path& tooLong :
             {path(("m" + name).c_str()), path(std::string(4100, 'm').c_str())}) {
            const std::string told = english(describeModel(tooLong).problem);
            QCOMPARE(told, tooLong.string() + " could not be read: its name is too long.");
        }
    }

    void tensorsThatAreNotKnownAreCountedAndTheModelLoads()
    {
        const fs::path model = path("more"), weights = "unet/diffusion_pytorch_model.safetensors";
        copyMini(model);
        const auto read = loadSafetensors(model / weights);
        std::map<std::string, Tensor> tensors {read.begin(), read.end()};
        for (const char* name : {"a.b", "c.d", "e.f", "g.h"})
            tensors[name] = at::zeros({2});
        fs::remove(model / weights); // the link
        saveSafetensors(model / weights, tensors);
        const ModelCard card = describeModel(model);
        QCOMPARE(english(card.problem), std::string());
        QCOMPARE(
            english(card.notes),
            std::vector<std::string> {
                "It has 4 tensors that are not known and not used (a.b, c.d, e.f ...)."});
        QVERIFY(Models().stableDiffusion(model.string(), "cpu", "fp32"));
    }
};

QTEST_GUILESS_MAIN(ModelFilesTest)
#include "tst_modelfiles.moc"
