// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/file/files.h"
#include "plugins/plugandplay/settings.h"
#include "tests/failure.h"
#include "tests/plugins/plugandplay/translatefixture.h"

#include <QTemporaryDir>
#include <QTest>

namespace fs = std::filesystem;

namespace {

std::vector<fs::path> entries(const QTemporaryDir& cache)
{
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(cache.path().toStdString() + "/inversions"))
        files.push_back(entry.path());
    return files;
}

/// Changes the last byte of every entry: a part of a latent.
void damage(const QTemporaryDir& cache)
{
    for (const fs::path& file : entries(cache)) {
        std::vector<std::byte> bytes = readFile(file, 1 << 20);
        bytes.back() ^= std::byte(0x41);
        writeFileAtomically(file, bytes);
    }
}

std::vector<Sentence> notesOf(const Request& request, Models& models)
{
    std::vector<Sentence> notes = translate().notes(resolved(translate(), request), models);
    notes.erase(notes.begin()); // on the inpainting model
    return notes;
}

} // namespace

/// The tool, and what it and Translate keep on disk.
class InvertToolTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theToolInvertsAhead()
    {
        const QTemporaryDir cache;
        Models models(cache.path().toStdString());
        Request request = forTool(invertTool(), shortTranslation());
        request.values["inversion_steps"] = 41;
        QVERIFY(
            failure([&] { run(invertTool(), request, models, goOn); }).find("take")
            != std::string::npos);
        request.values["inversion_steps"] = 40;
        const auto notes = [&] {
            return invertTool().notes(resolved(invertTool(), request), models);
        };
        QCOMPARE(
            english(notes().at(0)),
            std::string("Inversion: 40 steps to take, once for this source. 999 bring small "
                        "details back better."));
        const Result result = run(invertTool(), request, models, goOn);
        QCOMPARE(english(result.notes.at(0)), std::string("The inversion is ready: 40 steps."));
        QCOMPARE(result.arrays.at("latent").shape, (std::vector<int64_t> {1, 4, 8, 8}));
        QVERIFY(english(notes().at(0)).starts_with("Inversion ready"));
        const Result again = run(invertTool(), request, models, goOn);
        QVERIFY(english(again.notes.at(0)).starts_with("The inversion was ready"));
    }

    void whatHasNoEffectAndWhatIsTransparentIsSaid()
    {
        Models models;
        const std::string has = "The negative prompt has no effect ";
        Request request = shortTranslation();
        const auto first = [&] { return english(notesOf(request, models).at(0)); };
        QVERIFY(!first().starts_with(has));
        request.values["negative"] = std::string("red");
        QVERIFY(!first().starts_with(has));
        request.values["guidance"] = 1.0;
        const auto all = [&] {
            return english(translate().notes(resolved(translate(), request), models));
        };
        QCOMPARE(all().at(0), has + "at guidance 1: choose more, or take it out.");
        request.values["guidance"] = 7.5;
        request.values["alpha"] = 1.0;
        QCOMPARE(
            all().at(0),
            has + "where the share of the empty prompt is 1: choose less, or take it out.");
        request.values["alpha_schedule"] = std::string("linear");
        QVERIFY(!all().at(0).starts_with(has));

        Image cutout = request.images.at("source").at(0).image;
        cutout.alpha.assign(size_t(cutout.width) * size_t(cutout.height), 9);
        request.images["source"] = {{.image = cutout}};
        const std::string said =
            "The picture for Source is transparent in parts: they are taken as white.";
        QVERIFY(std::ranges::count(all(), said) == 1);
        const Request forInvert = forTool(invertTool(), request);
        QCOMPARE(
            english(invertTool().notes(resolved(invertTool(), forInvert), models).at(0)), said);
        Request pair {.method = "structure"};
        pair.images["source"] = pair.images["result"] = {{.image = cutout}};
        QCOMPARE(structureTool().notes(pair, models).size(), 2u);
    }

    void theToolsTakeTranslatesPresetsAndCounts()
    {
        for (const Method& tool : {invertTool(), featuresTool()}) {
            QCOMPARE(tool.toolOf, std::string("translate"));
            Values values;
            for (const Parameter& p : tool.parameters)
                values[p.id] = p.initial;
            QCOMPARE(
                parameter(tool, "inversion_steps").offers(values),
                (std::vector {50, 100, 200, 250, 500, 999}));
        }
    }

    void aStoppedInversionGoesOnFromTheDisk_data()
    {
        QTest::addColumn<QString>("rule");
        QTest::addColumn<QString>("from");
        QTest::addColumn<int>("steps");
        QTest::newRow("next level, all levels") << "next"
                                                << "inversion" << 20;
        QTest::newRow("current level, the last one") << "current"
                                                     << "way-back" << 37;
    }

    void aStoppedInversionGoesOnFromTheDisk()
    {
        QFETCH(QString, rule);
        QFETCH(QString, from);
        QFETCH(int, steps);
        Request request = forTool(invertTool(), shortTranslation());
        request.values["inversion_rule"] = rule.toStdString();
        request.values["features_from"] = from.toStdString();
        request.values["inversion_steps"] = steps;
        const QTemporaryDir oneGo, parts;
        const auto made = [&](const QTemporaryDir& cache, const Report& report) {
            Models models(cache.path().toStdString()); // nothing in memory
            return run(invertTool(), request, models, report);
        };
        // The way back is of no interest here.
        const Result whole = made(oneGo, stopping("Sampling", 0));
        const Result stopped = made(parts, stopping("Inverting", 7));
        QVERIFY(stopped.stopped && stopped.arrays.empty());
        const std::string note = "Stopped after 7 of " + std::to_string(steps)
            + " steps of the inversion; the next run goes on there.";
        QCOMPARE(english(stopped.notes), std::vector<std::string> {note});
        Begun begun;
        const Result resumed = made(parts, [&](const Event& event) {
            noting(begun)(event);
            return stopping("Sampling", 0)(event);
        });
        QCOMPARE(begun.at("Inverting"), 7);
        QCOMPARE(resumed.arrays.at("latent").values, whole.arrays.at("latent").values);
    }

    void aStoppedWayBackGoesOnFromTheDisk()
    {
        const QTemporaryDir oneGo, parts;
        const Request request = shortWayBack();
        const auto made = [&](const QTemporaryDir& cache, const Report& report) {
            Models models(cache.path().toStdString());
            return run(translate(), request, models, report);
        };
        Models looked(parts.path().toStdString());
        const auto notes = [&] { return english(notesOf(request, looked)); };
        const std::string better = " 999 bring small details back better.";
        QCOMPARE(
            notes(),
            (std::vector<std::string> {
                "Inversion: 20 steps to take, once for this source." + better,
                "Way back: 20 steps to take, once for this source."}));
        made(parts, stopping("Sampling", 0));
        QCOMPARE(
            notes(),
            (std::vector<std::string> {
                "Inversion ready: the 20 steps were taken before.",
                "Way back: 20 steps to take, once for this source."}));
        const Result stopped = made(parts, stopping("Sampling", 7));
        QVERIFY(stopped.stopped && stopped.candidates.empty());
        QCOMPARE(
            english(stopped.notes.at(0)),
            std::string(
                "Stopped after 7 of 20 steps of the way back; the next run goes on there."));
        QCOMPARE(
            notes(),
            (std::vector<std::string> {
                "Inversion ready: its way back was begun.",
                "Way back: 7 of 20 steps were taken before."}));

        const Result whole = made(oneGo, goOn);
        Begun begun;
        const Result resumed = made(parts, noting(begun));
        QCOMPARE(begun, (Begun {{"Sampling", 7}}));
        for (size_t i = 0; i < whole.latents.size(); ++i)
            QCOMPARE(resumed.latents.at(i)->values, whole.latents.at(i)->values);
        QCOMPARE(resumed.candidates.at(0).image, whole.candidates.at(0).image);
        QCOMPARE(
            notes(),
            (std::vector<std::string> {"Inversion and way back ready: their steps, 20 and 20, were "
                                       "taken before."}));
        begun.clear();
        QCOMPARE(made(parts, noting(begun)).candidates.at(0).image, whole.candidates.at(0).image);
        QVERIFY(begun.empty());
        QCOMPARE(entries(parts).size(), size_t(2)); // in the one folder that is trimmed and emptied
    }

    void theToolTakesTheWayBackToo()
    {
        const QTemporaryDir cache;
        Models models(cache.path().toStdString());
        const Request request = shortWayBack();
        Request ahead = forTool(invertTool(), request);
        ahead.values["reconstruct"] = true;
        Begun begun;
        const Result result = run(invertTool(), ahead, models, noting(begun));
        QCOMPARE(begun, (Begun {{"Inverting", 0}, {"Sampling", 0}}));
        QVERIFY(english(result.notes.at(0))
                    .starts_with("The inversion and the way back are ready: 20 and"));
        QVERIFY(english(result.notes.at(1)).find("dB (PSNR)") != std::string::npos);
        begun.clear();
        run(translate(), request, models, noting(begun));
        QVERIFY(begun.empty());
    }

    void whatIsDamagedIsComputedAgain_data()
    {
        QTest::addColumn<bool>("wayBack");
        QTest::newRow("inversion") << false;
        QTest::newRow("way back") << true;
    }

    void whatIsDamagedIsComputedAgain()
    {
        QFETCH(bool, wayBack);
        const Request request = wayBack ? shortWayBack() : shortTranslation();
        const QTemporaryDir cache;
        const auto made = [&](Begun& begun) {
            Models models(cache.path().toStdString());
            return run(translate(), request, models, noting(begun)).candidates.at(0).image;
        };
        Begun first, again, kept;
        const Image picture = made(first);
        damage(cache);
        QCOMPARE(made(again), picture);
        QCOMPARE(again, first);
        QVERIFY(again.contains("Inverting") && again.contains("Sampling") == wayBack);
        QCOMPARE(made(kept), picture); // the files were written over
        QVERIFY(kept.empty());
    }
};

QTEST_GUILESS_MAIN(InvertToolTest)
#include "tst_inverttool.moc"
