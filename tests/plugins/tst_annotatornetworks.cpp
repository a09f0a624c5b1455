// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/safetensors.h"
#include "plugins/promptfree/annotators/annotate.h"
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

#include <set>

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

private Q_SLOTS:
    void cleanup()
    {
        for (const auto& entry : fs::directory_iterator(m_folder.path().toStdString()))
            fs::remove(entry);
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
    }
};

QTEST_GUILESS_MAIN(AnnotatorNetworksTest)
#include "tst_annotatornetworks.moc"
