// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/safetensors.h"
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
            kind, picture, picture.width, picture.height, m_folder.path().toStdString(), models));
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
