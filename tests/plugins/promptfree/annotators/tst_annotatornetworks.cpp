// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/safetensors.h"
#include "plugins/promptfree/annotators/annotate.h"
#include "plugins/promptfree/annotators/canny.h"
#include "plugins/promptfree/annotators/dpt.h"
#include "plugins/promptfree/annotators/hed.h"
#include "plugins/promptfree/annotators/maps.h"
#include "plugins/promptfree/annotators/mlsd.h"
#include "plugins/promptfree/annotators/normal.h"
#include "plugins/promptfree/annotators/pidinet.h"
#include "plugins/promptfree/annotators/posenetworks.h"
#include "plugins/promptfree/annotators/scribble.h"
#include "tests/goldens.h"
#include "tests/portablefill.h"

#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <cmath>

namespace fs = std::filesystem;

namespace {

/// The white pixels of 96 x 80, a digit for four of them, row by row.
const std::string originalLines =
    "860601866060601818060606000000000000000000000000000000000000000000000000"
    "000000000000000000000000000000000000000000000000806000000001806000000000"
    "800000000000000000000000000008000000000000000006000010000000000000000000"
    "000000000018006020000000000000000000000040000000806082008800000000820006"
    "800104011000000001040000000000000000000200000080000000000000000400000100"
    "818200002020000000000008000400004040000000000010000002200000000080008000"
    "000004400000000100010000000000008020800800800080000000010041001001000080"
    "006000000200000000000008000000000400000000000010800022002008020000000000"
    "800044004010040000000000000000200000000002008008000000400000000002008010"
    "000000008000000000000000000000010000000000000000000000000000000082080008"
    "000000000000000084100010818222020880088000008000800222041100108000008000"
    "000000000000800000200080000000000001000000400100006000802008000008000000"
    "000001004010000008000000800000000000000800000008800000000000000800000010"
    "006020002000200008008080000040004000200008008100000000880208000200000008"
    "000001100410000400000010806020000000000000000000800040000000000000000000"
    "000000802008000202088000000001004010000402090000806020000080802000000008"
    "800040000081004000000010000000000000020000200000000000000000040000200000"
    "006208020000000000008000000410040000000000010000800000802080200008080000"
    "800001004100400008100000006000000000000200000000000000000000000400000000"
    "000000800000802020000000000001000001004040000000000200002000080000008000"
    "000400004000100000010000800000000000002000080000800000000000004000100000"
    "006000000000000002000000000000000000000004000000000000000000000000000000"
    "000000000000000000000000000000000000002000000000000000000000002000000000"
    "802208082088880200808008004410104109100401010010000000000000000000000000"
    "000000000000000000000000000020002000808008008008000040004001010010010010"
    "000000000000000000000000000000000000000000000000800000000000000000000000"
    "800202006009802020660080000000000000000000000000";

/// Digits as black and white.
Tensor drawing(const std::string& digits, int64_t width)
{
    const Tensor bytes = at::zeros({4 * int64_t(digits.size())}, at::kByte);
    auto* out = bytes.data_ptr<uint8_t>();
    for (const char digit : digits) {
        const int value = digit <= '9' ? digit - '0' : digit - 'a' + 10;
        for (int bit = 3; bit >= 0; --bit)
            *out++ = value >> bit & 1 ? 255 : 0;
    }
    return bytes.reshape({-1, width});
}

} // namespace

/// Every network in its full size, by way of its published file filled with numbers that depend on
/// the names alone.
class AnnotatorNetworksTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    void write(const std::string& name, const Shapes& shapes, double gain = 1)
    {
        auto weights = portableWeights(shapes);
        for (auto& [tensor, value] : weights)
            if (tensor.starts_with("Mconv7_stage6_L") && tensor.ends_with(".weight"))
                value *= gain;
        const fs::path folder = m_folder.path().toStdString();
        saveSafetensors(folder / name, {weights.begin(), weights.end()});
    }

    Tensor map(const std::string& kind, const Image& picture)
    {
        Models models;
        return toBytes(annotate(
            {kind, picture, picture.width, picture.height, m_folder.path().toStdString()}, models));
    }

    /// The recorded map, of grey or coloured bytes.
    static int difference(const Tensor& map, const Tensor& expected)
    {
        const Tensor wanted = expected.dim() == 3 ? expected : expected.unsqueeze(2);
        return (map.to(at::kInt) - wanted.to(at::kInt)).abs().max().item<int>();
    }

    /// Mean, deviation, the first four and the last two elements.
    static QString problem(const Tensor& x, const std::array<double, 8>& expected, double tolerance)
    {
        const Tensor flat = x.flatten().to(at::kDouble);
        const int64_t last = flat.numel() - 1;
        std::vector<double> found = {
            flat.mean().item<double>(), (flat - flat.mean()).square().mean().sqrt().item<double>()};
        for (const int64_t i : {int64_t(0), int64_t(1), int64_t(2), int64_t(3), last - 1, last})
            found.push_back(flat[i].item<double>());
        for (size_t i = 0; i < expected.size(); ++i)
            if (!(std::abs(found[i] - expected[i]) <= tolerance))
                return QStringLiteral("%1: %2 instead of %3").arg(i).arg(found[i]).arg(expected[i]);
        return {};
    }

private Q_SLOTS:
    void cleanup()
    {
        for (const auto& entry : fs::directory_iterator(m_folder.path().toStdString()))
            fs::remove(entry);
    }

    void aPictureOfNoiseGivesTheNumbersOfTheOriginals()
    {
        const Image picture = toImage(portablePicture("image8", 48, 64));
        const auto filled = [](const Shapes& shapes) { return Weights(portableWeights(shapes)); };
        const auto hed = hedProjections(filled(hedShapes()), picture);
        // Values of up to 130 in fp32.
        QCOMPARE(
            problem(
                hed[0],
                {-41.602209, 32.027910, -56.17147, -76.16005, -78.98245, -90.28941, -17.67273,
                 -57.11173},
                5e-4),
            QString());
        QCOMPARE(
            problem(
                hed[4],
                {-2.490215, 1.418113, -1.76623, -1.45087, -2.57298, -2.62680, -4.63483, -4.41127},
                1e-4),
            QString());
        const auto pidinet = pidinetEdges(filled(pidinetShapes()), picture);
        QCOMPARE(
            problem(
                pidinet[0],
                {0.456951, 0.085042, 0.50399, 0.47268, 0.52379, 0.43990, 0.54409, 0.43295}, 1e-4),
            QString());
        QCOMPARE(
            problem(
                pidinet[3],
                {0.511946, 0.098196, 0.38041, 0.38041, 0.38041, 0.38041, 0.67448, 0.67448}, 1e-4),
            QString());
        QCOMPARE(
            problem(
                pidinet[4],
                {0.619808, 0.123539, 0.60667, 0.63313, 0.71852, 0.68960, 0.69157, 0.68339}, 1e-4),
            QString());
        QCOMPARE(
            problem(
                mlsdMap(filled(mlsdShapes()), portableNormal("mlsd", {1, 4, 64, 96})),
                {0.057053, 0.323039, -0.38705, -0.44880, -0.52600, -0.50557, 0.11036, -0.03779},
                1e-4),
            QString());
    }

    void aPictureOfNoiseHasAsManyEdgesAsInTheOriginals()
    {
        const Tensor bytes = portablePicture("image8", 48, 64);
        const auto white = [](const Tensor& map) { return map.eq(255).sum().item<int>(); };
        QCOMPARE(white(canny(toImage(bytes))), 1106);
        const Tensor red = bytes.select(2, 0).contiguous();
        QCOMPARE(white(thinned(red)), 511);
        QCOMPARE(white(scribble(red)), 2501);
    }

    void hedGivesTheRecordedMap()
    {
        const Golden golden("annotators-nets");
        write("ControlNetHED.safetensors", hedShapes());
        std::vector<Tensor> projections;
        for (int i = 1; i <= 5; ++i)
            projections.push_back(golden.outputs.at("hed.projection" + std::to_string(i)));
        const Tensor found = map("hed", toImage(golden.inputs.at("picture")));
        QVERIFY(difference(found, hedEdges(meanLogit(projections))) <= 1);
    }

    void pidinetGivesTheRecordedMapAndItsScribble()
    {
        const Golden golden("annotators-nets");
        write("table5_pidinet.safetensors", pidinetShapes());
        const Image picture = toImage(golden.inputs.at("picture"));
        const Tensor edges = map("pidinet", picture);
        QVERIFY(difference(edges, truncatedBytes(golden.outputs.at("pidinet.fused"))) <= 1);
        const Tensor grey = edges.select(2, 0).contiguous();
        QCOMPARE(difference(map("scribble", picture), scribble(grey)), 0);
    }

    void mlsdGivesTheLinesOfItsMap()
    {
        const Golden golden("annotators-nets");
        write("mlsd_large_512_fp32.safetensors", mlsdShapes());
        const Image picture = toImage(golden.inputs.at("picture"));
        const Weights w(portableWeights(mlsdShapes()));
        const Tensor lines = mlsdLines(mlsdMap(w, mlsdInput(picture)));
        QVERIFY(lines.size(0) > 0);
        const Tensor drawn = drawnLines(lines, picture.width, picture.height);
        QCOMPARE(difference(map("mlsd", picture), drawn), 0);
    }

    /// As a whole: the lines that the original's program finds in what its network makes of the
    /// recorded picture, all of them short, since the weights are noise.
    void mlsdGivesTheDrawingOfTheOriginal()
    {
        write("mlsd_large_512_fp32.safetensors", mlsdShapes());
        const Image picture = toImage(Golden("annotators-nets").inputs.at("picture"));
        const Tensor expected = drawing(originalLines, picture.width);
        QCOMPARE(expected.eq(255).sum().item<int>(), 353);
        // Two neighbours are equally strong but for a millionth: another processor may choose the
        // other one.
        const Tensor found = map("mlsd", picture).select(2, 0);
        QVERIFY(found.ne(expected).sum().item<int>() <= 4);
    }

    void aMapIsMadeOnceAndKept()
    {
        write("table5_pidinet.safetensors", pidinetShapes());
        const Image picture = toImage(portablePicture("image8", 64, 96));
        Models models;
        int stages = 0;
        const auto made = [&](const char* kind, int width) {
            stages = 0;
            return annotate(
                {kind, picture, width, 64, m_folder.path().toStdString()}, models,
                [&](const StageEvent&) { return ++stages > 0; });
        };
        const Image first = made("pidinet", 96);
        QVERIFY(stages > 0);
        QVERIFY(made("pidinet", 96) == first);
        QCOMPARE(stages, 0);
        QVERIFY(made("scribble", 96) != first); // another kind
        QVERIFY(stages > 0);
        QCOMPARE(made("pidinet", 64).width, 64); // another size
        QVERIFY(stages > 0);
        QVERIFY(made("pidinet", 96) == first);
        QCOMPARE(stages, 0);
        write("table5_pidinet.safetensors", pidinetShapes()); // another file, for all one knows
        QVERIFY(made("pidinet", 96) == first);
        QVERIFY(stages > 0);
    }

    void dptGivesTheRecordedDepthAndItsDirections()
    {
        const Tensor depth = Golden("annotators-dpt").outputs.at("depth");
        write("dpt_hybrid-midas-501f0c75.safetensors", dptShapes());
        const Image picture = toImage(portablePicture("image8", 64, 96));
        QVERIFY(difference(map("depth", picture), depthBytes(depth)) <= 1);
        QVERIFY(difference(map("normal", picture), normalBytes(normals(depth))) <= 1);
    }

    void openposeGivesTheRecordedMaps()
    {
        const Golden golden("annotators-openpose");
        const auto& params = golden.description.at("params");
        write("body_pose_model.safetensors", bodyPoseShapes(), params.at("gain").get<double>());
        write("hand_pose_model.safetensors", handPoseShapes());
        write("facenet.safetensors", facePoseShapes());
        const int side = params.at("side");
        const Image picture = toImage(portablePicture("image8", side, side));
        const Tensor body = golden.outputs.at("filled.map_u8");
        QVERIFY(body.any().item<bool>());
        QCOMPARE(difference(map("openpose", picture), body), 0);
        QCOMPARE(difference(map("openpose-face", picture), body), 0); // noise has no nose
        const Tensor hands = golden.outputs.at("filled.hands_u8");
        QVERIFY(!hands.equal(body));
        QCOMPARE(difference(map("openpose-full", picture), hands), 0);
        fs::remove(fs::path(m_folder.path().toStdString()) / "facenet.safetensors");
        QCOMPARE(difference(map("openpose-hands", picture), hands), 0);
    }
};

QTEST_GUILESS_MAIN(AnnotatorNetworksTest)
#include "tst_annotatornetworks.moc"
