// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/seecoder.h"

#include "tests/portablefill.h"
#include "tests/summary.h"

#include <QElapsedTimer>
#include <QTest>

#include <fstream>
#include <iostream>

namespace {

/// SeeCoder at its published size, filled by its tensors' names.
const std::map<std::string, Summary> recorded = {
    {"res3",
     {{384, 7, 15}, -0.001102, 0.999172, {0.59178, 0.69716, 0.89611, 1.36189}, {1.92669, 1.24231}}},
    {"res4",
     {{768, 4, 8}, 0.000723, 1.006215, {1.38263, 1.42702, 1.36009, 1.71367}, {0.84810, 0.58095}}},
    {"res5",
     {{1536, 2, 4},
      -0.001215,
      0.999938,
      {-0.12882, -0.42136, -0.59279, 0.47493},
      {0.06109, -0.03477}}},
    {"decoder.res3",
     {{768, 7, 15}, -0.003720, 1.404372, {0.66015, 0.67718, 1.30013, 0.71051}, {2.67484, 3.11198}}},
    {"decoder.res5",
     {{768, 2, 4}, 0.001182, 1.449221, {1.08451, 0.85686, 0.81418, 1.06028}, {0.79030, 0.87916}}},
    {"tokens",
     {{148, 768},
      -0.001308,
      1.002390,
      {-2.33662, -0.21507, 0.98698, -0.98683},
      {-0.53001, 0.65301}}},
    {"token 4",
     {{768}, -0.001328, 1.002365, {-1.92200, 0.12405, 0.47548, -1.18555}, {-0.53183, 0.64994}}},
};

/// The most memory that was resident so far, of /proc/self/status.
double gibibytes()
{
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;)
        if (word == "VmHWM:") {
            double kibibytes = 0;
            status >> kibibytes;
            return kibibytes / (1 << 20);
        }
    return 0;
}

} // namespace

class FullSeeCoderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theNetworkOfPublishedSizeGivesTheOriginalsNumbers()
    {
        const c10::InferenceMode noGradients;
        QElapsedTimer clock;
        clock.start();
        const SeeCoderConfig config;
        const Weights w(portableWeights(seeCoderShapes(config)));
        const double filled = double(clock.restart()) / 1000;
        std::map<std::string, Tensor> seen;
        const Tensor tokens = seeCoder(
            config, w, portableUniform("image", {1, 3, 53, 118}),
            [&](std::string_view name, const Tensor& x) { seen[std::string(name)] = x[0]; });
        const double encoded = double(clock.elapsed()) / 1000;
        seen["token 4"] = tokens[0][4];
        for (const auto& [name, expected] : recorded) {
            QVERIFY2(seen.contains(name), name.c_str());
            const double most = differenceFrom(expected, seen.at(name));
            std::cout << name << ": " << most << "\n";
            QVERIFY2(most <= 1e-4, name.c_str());
        }
        std::cout << "Filled in " << filled << " s, a picture of 118 x 53 read in " << encoded
                  << " s, " << gibibytes() << " GiB at most\n";
    }
};

QTEST_GUILESS_MAIN(FullSeeCoderTest)
#include "tst_fullseecoder.moc"
