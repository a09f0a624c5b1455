// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/nn/tensor.h"
#include "tests/parity/case.h"

#include <algorithm>
#include <cstdio>
#include <map>

namespace {

using Runner = void (*)(const Case&, Comparison&);

const std::map<std::string, Runner> runners = {
    {"analogist-grid", runAnalogistGrid},
    {"analogist-layer", runAnalogistLayer},
    {"analogist-loop", runAnalogistLoop},
    {"annotators-dpt", runDpt},
    {"annotators-networks", runAnnotatorNetworks},
    {"annotators-opencv", runOpenCvAnnotators},
    {"annotators-openpose", runOpenPose},
    {"autoencoder", runAutoencoder},
    {"controlnet", runControlNet},
    {"metrics-clip", runClip},
    {"metrics-dino", runDino},
    {"plug-and-play-compvis", runPlugAndPlayCompVis},
    {"plug-and-play-diffusers", runPlugAndPlayDiffusers},
    {"prompt-free-networks", runPromptFreeNetworks},
    {"prompt-free-pipeline", runPromptFreePipeline},
    {"schedulers", runSchedulers},
    {"seecoder", runSeeCoder},
    {"single-file", runSingleFile},
    {"text-encoder", runTextEncoder},
    {"tokenizer", runTokenizer},
    {"unet", runUNet},
};

enum class Verdict { Good, Bad, NotBuilt };

std::string firstLine(const std::exception& error)
{
    const std::string text = error.what();
    return text.substr(0, text.find('\n'));
}

Verdict print(const std::vector<Row>& rows)
{
    bool good = true;
    for (const Row& row : rows) {
        good = good && row.good();
        std::printf(
            "  %-52s %8.1e of %-8.1e%s\n", row.what.c_str(), row.error, row.tolerance,
            row.good()             ? ""
                : row.note.empty() ? "  BEYOND"
                                   : ("  BAD: " + row.note).c_str());
    }
    return good ? Verdict::Good : Verdict::Bad;
}

Verdict runCase(const std::filesystem::path& folder, const at::Device& device)
{
    std::printf("%s\n", folder.filename().c_str());
    try {
        const Case c = loadCase(folder, device);
        const auto runner = runners.find(c.kind);
        if (runner == runners.end()) {
            std::printf("  NOT BUILT: the kind %s\n", c.kind.c_str());
            return Verdict::NotBuilt;
        }
        Comparison results(c);
        runner->second(c, results);
        return print(results.rows());
    } catch (const std::exception& error) {
        std::printf("  FAILED: %s\n", firstLine(error).c_str());
        return Verdict::Bad;
    }
}

/// The folders to run: those below @p root that hold a case.json, or the one called @p only.
std::vector<std::filesystem::path> casesOf(const std::filesystem::path& root, std::string only)
{
    if (!std::filesystem::is_directory(root))
        throw Error("There is no folder " + root.string() + ".");
    std::vector<std::filesystem::path> cases;
    if (!only.empty()) {
        cases = {root / only};
    } else {
        for (const auto& entry : std::filesystem::directory_iterator(root))
            if (std::filesystem::exists(entry.path() / "case.json"))
                cases.push_back(entry.path());
    }
    std::sort(cases.begin(), cases.end());
    if (cases.empty())
        throw Error("There is no case (a folder with a case.json) in " + root.string() + ".");
    return cases;
}

int runAll(const std::filesystem::path& root, const std::string& only, const at::Device& device)
{
    std::map<Verdict, int> count;
    std::string notBuilt;
    for (const auto& folder : casesOf(root, only)) {
        const Verdict verdict = runCase(folder, device);
        ++count[verdict];
        if (verdict == Verdict::NotBuilt)
            notBuilt += " " + folder.filename().string();
    }
    std::printf(
        "%d cases within tolerance, %d not, %d of a kind that is not built yet%s%s\n",
        count[Verdict::Good], count[Verdict::Bad], count[Verdict::NotBuilt],
        notBuilt.empty() ? "" : ":", notBuilt.c_str());
    return count[Verdict::Bad] ? 1 : count[Verdict::NotBuilt] ? 2 : 0;
}

} // namespace

/// Runs recorded cases of reference software against our own code.
int main(int argc, char** argv)
{
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    std::map<std::string, std::string> options = {{"--case", ""}, {"--device", "cpu"}};
    bool good = arguments.size() % 2 == 1;
    for (size_t i = 1; i + 1 < arguments.size(); i += 2) {
        good = good && options.contains(arguments[i]);
        options[arguments[i]] = arguments[i + 1];
    }
    if (!good) {
        std::fprintf(
            stderr,
            "Usage: parity DIR [--case NAME] [--device cpu|cuda]\n"
            "Exit status: 0 all within tolerance, 1 something beyond it, 2 a kind of case is not "
            "built yet.\n");
        return 1;
    }
    std::setvbuf(stdout, nullptr, _IOLBF, 0); // so that a crash shows in which case it was
    const c10::InferenceMode noGradients;
    at::globalContext().setAllowTF32CuDNN(false);
    try {
        return runAll(arguments[0], options["--case"], at::Device(options["--device"]));
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
