// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/annotators/annotate.h"

#include "core/convert.h"
#include "core/weights/safetensors.h"
#include "plugins/promptfree/annotators/annotatetool.h"
#include "plugins/promptfree/annotators/maps.h"
#include "plugins/promptfree/annotators/networkfile.h"
#include "tests/failure.h"
#include "tests/goldens.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <set>

namespace fs = std::filesystem;

namespace {

int whitePixels(const Image& map)
{
    int count = 0;
    for (size_t i = 0; i < map.rgb.size(); i += 3)
        count += map.rgb[i] == 255 && map.rgb[i + 1] == 255 && map.rgb[i + 2] == 255;
    return count;
}

/// The picture of the recorded run of OpenCV's annotators, 96 x 80.
Image recordedPicture()
{
    return toImage(Golden("annotators-opencv").inputs.at("picture"));
}

Request toolRequest(const Image& picture, const Values& values)
{
    return {
        .method = "annotate",
        .images = {{"picture", {{.image = picture, .name = "p.png"}}}},
        .values = values};
}

const Report goOn = [](const Event&) { return Answer {}; };

} // namespace

class AnnotateTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    Models m_models {{}, [](const fs::path& pickle, const StageReport&) {
                         const fs::path out = pickle.string() + ".converted";
                         convertCheckpoint(pickle, out);
                         return out;
                     }};

    Image map(const std::string& kind, const Image& picture, CannyThresholds thresholds = {})
    {
        return annotate(
            {kind, picture, picture.width, picture.height, m_folder.path().toStdString(),
             thresholds},
            m_models);
    }

private Q_SLOTS:
    void mapsWithoutANetworkAreThoseOfTheOriginal()
    {
        const Image picture = recordedPicture();
        QCOMPARE(whitePixels(map("canny", picture)), 888);
        QCOMPARE(whitePixels(map("scribble-xdog", picture)), 196);
        QVERIFY(map("none", picture) == picture);
    }

    void lowerThresholdsFindMoreEdges()
    {
        const Image picture = recordedPicture();
        const int usual = whitePixels(map("canny", picture));
        QVERIFY(whitePixels(map("canny", picture, {50, 150})) > usual);
        QVERIFY(whitePixels(map("canny", picture, {100, 150})) > usual);
        QVERIFY(whitePixels(map("canny", picture, {600, 900})) < usual);
        QCOMPARE(whitePixels(map("canny", picture, {5000, 5000})), 0);
    }

    void aPictureIsBroughtToTheSizeOverWhiteUnlessItsAlphaIsDropped()
    {
        Image picture = filled(30, 20, {10, 20, 30});
        picture.alpha.assign(600, 0);
        MapRequest wanted {.kind = "none", .picture = picture, .width = 64, .height = 128};
        QVERIFY(annotate(wanted, m_models) == filled(64, 128, {255, 255, 255}));
        wanted.dropAlpha = true;
        QVERIFY(annotate(wanted, m_models) == filled(64, 128, {10, 20, 30}));
    }

    void aMissingFileIsNamedWithItsUseAndPlace_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QStringList>("said");
        const auto row = [](const char* kind, const QString& file, const QString& use) {
            QTest::newRow(kind) << QString::fromLatin1(kind) << QStringList {file, use};
        };
        row("hed", QStringLiteral("ControlNetHED.pth"), QStringLiteral("soft edges (HED)"));
        row("pidinet", QStringLiteral("table5_pidinet.pth"), QStringLiteral("PiDiNet"));
        row("scribble", QStringLiteral("table5_pidinet.pth"), QStringLiteral("scribbles"));
        row("mlsd", QStringLiteral("mlsd_large_512_fp32.pth"), QStringLiteral("straight lines"));
        row("depth", QStringLiteral("dpt_hybrid-midas-501f0c75.pt"), QStringLiteral("depth"));
        row("normal", QStringLiteral("dpt_hybrid-midas-501f0c75.pt"), QStringLiteral("surface"));
        row("openpose", QStringLiteral("body_pose_model.pth"), QStringLiteral("poses"));
    }

    void aMissingFileIsNamedWithItsUseAndPlace()
    {
        QFETCH(QString, kind);
        QFETCH(QStringList, said);
        const Image picture = filled(64, 64, {});
        const QString sentence =
            QString::fromStdString(failure([&] { map(kind.toStdString(), picture); }));
        for (const QString& word : said + QStringList {m_folder.path()})
            QVERIFY2(sentence.contains(word), qPrintable(sentence));
    }

    void eachFileOfAPoseIsAskedFor()
    {
        std::set<std::string> files;
        for (const AnnotatorKind& kind : annotatorKinds())
            if (kind.id.starts_with("openpose"))
                files.insert(kind.files.begin(), kind.files.end());
        QVERIFY(
            (files
             == std::set<std::string> {
                 "body_pose_model.pth", "hand_pose_model.pth", "facenet.pth"}));
    }

    void anUnknownKindIsRefusedWithTheKnownOnes()
    {
        const std::string said = failure([&] { map("sepia", filled(64, 64, {})); });
        QVERIFY2(said.find("sepia") != said.npos && said.find("canny") != said.npos, said.c_str());
    }

    void nonCommercialNetworksSaySo()
    {
        for (const AnnotatorKind& kind : annotatorKinds()) {
            const bool restricted =
                kind.id.starts_with("openpose") || kind.id == "pidinet" || kind.id == "scribble";
            QVERIFY2(kind.nonCommercial == restricted, kind.id.c_str());
            const bool labelled = kind.label.find("non-commercial") != kind.label.npos;
            QVERIFY2(labelled == restricted, kind.id.c_str());
        }
    }

    void aPickledFileIsReadAndASafetensorsFileGoesFirst()
    {
        const fs::path data = TEST_DATA "/single-file-sd1";
        const fs::path folder = m_folder.path().toStdString();
        fs::copy_file(data / "subset.ckpt", folder / "tiny.pth");
        const auto expected = loadSafetensors(data / "subset-expected.safetensors");
        NetworkFile file = {.name = "tiny.pth", .folder = "tiny", .purpose = "a test"};
        std::map<std::string, Tensor> zeros;
        for (const auto& [name, tensor] : expected) {
            if (!tensor.is_floating_point())
                continue;
            file.shapes[name] = tensor.sizes().vec();
            zeros["module." + name] = at::zeros_like(tensor);
        }
        const Weights pickled = loadNetwork(file, folder, m_models, {});
        QCOMPARE(pickled.dict().size(), file.shapes.size());
        for (const auto& [name, tensor] : pickled.dict())
            QVERIFY2(tensor.equal(expected.at(name).to(at::kFloat)), name.c_str());

        fs::create_directory(folder / "tiny");
        saveSafetensors(folder / "tiny" / "tiny.safetensors", zeros);
        const Weights other = loadNetwork(file, folder, m_models, {});
        QCOMPARE(other.dict().size(), file.shapes.size()); // without "module."
        for (const auto& [name, tensor] : other.dict())
            QVERIFY2(tensor.eq(0).all().item<bool>(), name.c_str());
    }

    void aForeignFileIsRefusedByName()
    {
        const fs::path folder = m_folder.path().toStdString();
        saveSafetensors(
            folder / "table5_pidinet.safetensors", {{"init_block.weight", at::zeros({2, 2})}});
        const std::string said = failure([&] { map("pidinet", filled(64, 64, {})); });
        QVERIFY2(said.find("table5_pidinet.safetensors") != said.npos, said.c_str());
        fs::remove(folder / "table5_pidinet.safetensors");
    }

    void aNetworkWithValuesThatAreNoNumbersIsRefused()
    {
        const fs::path folder = m_folder.path().toStdString();
        const NetworkFile file = {
            .name = "bad.pth", .folder = "bad", .purpose = "a test", .shapes = {{"a", {2}}}};
        saveSafetensors(folder / "bad.safetensors", {{"module.a", at::full({2}, INFINITY)}});
        const std::string said = failure([&] { loadNetwork(file, folder, m_models, {}); });
        QVERIFY2(
            said.find("bad.safetensors holds values in \"module.a\"") != said.npos, said.c_str());
    }

    void theFilesAreExpectedInTheUsersDataFolder()
    {
        qputenv("XDG_DATA_HOME", "/somewhere");
        QCOMPARE(annotatorFolder(), fs::path("/somewhere/simile/annotators"));
        qputenv("XDG_DATA_HOME", "");
        qputenv("HOME", "/home/somebody");
        QCOMPARE(annotatorFolder(), fs::path("/home/somebody/.local/share/simile/annotators"));
    }

    void theToolGivesTheMapInThePicturesOwnSize()
    {
        const Image picture = filled(130, 90, {255, 255, 255});
        const Method tool = annotateMethod();
        QVERIFY(tool.isTool());
        const Result result = run(tool, toolRequest(picture, {}), m_models, goOn);
        QCOMPARE(result.candidates.size(), size_t(1));
        QVERIFY(result.candidates.front().image == filled(128, 64, {0, 0, 0}));
        const Values size = {{"kind", std::string("none")}, {"width", 192}, {"height", 64}};
        const Image sized =
            run(tool, toolRequest(picture, size), m_models, goOn).candidates.front().image;
        QCOMPARE(sized.width, 192);
        QCOMPARE(sized.height, 64);
    }

    void aHugePictureIsBroughtDownAsAWhole()
    {
        const Request request = toolRequest(filled(3072, 700, {}), {{"kind", std::string("none")}});
        const Image map = run(annotateMethod(), request, m_models, goOn).candidates.front().image;
        QCOMPARE(map.width, 1536);
        QCOMPARE(map.height, 320); // of 350
    }

    void aToolThatIsStoppedGivesNothing()
    {
        const fs::path folder = m_folder.path().toStdString();
        saveSafetensors(folder / "ControlNetHED.safetensors", {{"a", at::zeros({1})}});
        const Request request = toolRequest(
            filled(64, 64, {}), {{"kind", std::string("hed")}, {"folder", folder.string()}});
        const Result result = run(annotateMethod(), request, m_models, [](const Event&) {
            return Answer {.goOn = false};
        });
        QVERIFY(result.stopped && result.candidates.empty());
        fs::remove(folder / "ControlNetHED.safetensors");
    }

    void theToolOffersEveryKind()
    {
        const Method tool = annotateMethod();
        const auto& choices = parameter(tool, "kind").choices;
        QCOMPARE(choices.size(), annotatorKinds().size());
        for (const AnnotatorKind& kind : annotatorKinds())
            QVERIFY2(
                std::ranges::find(choices, kind.id, &Choice::value) != choices.end(),
                kind.id.c_str());
    }

    void crossedThresholdsAreRefused()
    {
        const Request request = toolRequest(filled(64, 64, {}), {{"low", 300}, {"high", 200}});
        const std::string said = failure([&] { run(annotateMethod(), request, m_models, goOn); });
        QVERIFY2(said.find("300") != said.npos, said.c_str());
    }
};

QTEST_GUILESS_MAIN(AnnotateTest)
#include "tst_annotate.moc"
