// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/file/base64.h"
#include "core/picture/imagefile.h"
#include "core/record.h"
#include "core/touchtext.h"
#include "tests/failure.h"
#include "tests/peakmemory.h"

#include <QTest>

#include <nlohmann/json.hpp>

namespace {

const std::string folder = "secret-folder-of-the-user";

Method method()
{
    Method m {.id = "sum", .name = "Sum"};
    m.parameters = {
        {.id = "nets", .label = "Networks", .initial = std::string(), .file = true},
        {.id = "steps", .label = "Steps", .initial = 50, .role = Role::Steps}};
    return m;
}

Image coloured(int number)
{
    return filled(40, 30, {uint8_t(number), 7, 9});
}

/// A run with a picture in each of two slots.
Request ancestor()
{
    Request request {.method = "sum", .values = {{"steps", 4}}, .seed = 1, .precision = "fp32"};
    request.images["a"] = {{.image = coloured(1), .name = "a.png"}};
    request.images["b"] = {{.image = coloured(2), .name = "b.png", .weight = 0.5}};
    return request;
}

Request branchOf(const Request& from, int step)
{
    Request request = from;
    request.branch = Branch {.parent = std::make_shared<const Request>(from), .step = step};
    return request;
}

/// A branch of a branch; the first has another picture, the second other values.
Request grandchild()
{
    Request child = branchOf(ancestor(), 1);
    child.images["b"] = {{.image = coloured(3), .name = "c.png"}};
    child.touches = {parseTouch("cross:3-5:rows=0.25,0,0.5,1:2:0-0.75"), parseTouch("word=red:0")};
    Request request = branchOf(child, 3);
    request.seed = 9;
    request.values["nets"] = "/home/" + folder + "/net.pth";
    request.touches = {
        parseTouch("self:8:head=4:0"), parseTouch("self:8-11:share=B'>A:2"),
        parseTouch("self:all:columns=0,0.5,1,0.5:0")};
    return request;
}

Record recordOf(const Request& request)
{
    return {.request = request, .model = "tiny", .version = "0.1.0"};
}

std::vector<std::byte> png(const Record& record, Embed embed = Embed::Full)
{
    return encodePng(filled(1, 1, {}), toText(record, embed, method()));
}

std::string jsonOf(const Record& record)
{
    return toText(record, Embed::Full, method()).at(1).text;
}

} // namespace

class RecordReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBranchComesBackWithItsAncestors()
    {
        const Request request = grandchild();
        Request expected = request;
        expected.values["nets"] = std::string("net.pth");
        const auto back = readRecord(png(recordOf(request)));
        QVERIFY(back->request == expected);
        QCOMPARE(back->request.branch->parent->branch->parent->seed, uint64_t(1));
    }

    void everyPictureIsInItOnce()
    {
        const std::string text = jsonOf(recordOf(grandchild()));
        size_t pictures = 0;
        for (auto at = text.find("\"png\""); at != text.npos; at = text.find("\"png\"", at + 1))
            ++pictures;
        QCOMPARE(pictures, size_t(3)); // a and c of the branches, b of the first
    }

    void onlyWhatNeedsItIsOfANewFormat()
    {
        const auto format = [](const Request& request) {
            return nlohmann::json::parse(jsonOf(recordOf(request))).at("format").get<int>();
        };
        QCOMPARE(format(ancestor()), 1);
        QCOMPARE(format(branchOf(ancestor(), 2)), 2);
        Request touched = ancestor();
        touched.touches = {parseTouch("word=red:0")};
        QCOMPARE(format(touched), 2);
        QVERIFY(readRecord(png(recordOf(touched)))->request == touched);
    }

    void settingsAloneHaveAncestorsWithoutPictures()
    {
        const auto back = readRecord(png(recordOf(grandchild()), Embed::Settings));
        QVERIFY(back->request.images.empty());
        QVERIFY(back->request.branch->parent->images.empty());
        QCOMPARE(back->request.branch->step, 3);
    }

    void noFolderOfAnAncestorIsWritten()
    {
        Request request = ancestor();
        request.values["nets"] = "/home/" + folder + "/net.pth";
        request.images["a"][0].name = "/home/" + folder + "/a.png";
        QVERIFY(jsonOf(recordOf(branchOf(request, 2))).find(folder) == std::string::npos);
    }

    void whatItWasComputedWithComesBack()
    {
        Record record = recordOf(ancestor());
        record.stepHashes = {"aa", "bb"};
        record.computed = {
            .library = "2.13.0", .processor = "AVX2", .precision = "fp32", .threads = 3};
        const auto back = readRecord(png(record));
        QCOMPARE(back->stepHashes, record.stepHashes);
        QVERIFY(back->computed == record.computed);
        const auto old = readRecord(png(recordOf(ancestor())));
        QVERIFY(old->stepHashes.empty());
        QVERIFY(old->computed == Computed());
    }

    void storedNoiseIsNamedAndNotInIt()
    {
        Request request = ancestor();
        request.noise["noise"] = {1, 2, 3};
        const auto back = readRecord(png(recordOf(request)));
        QVERIFY(back->request.noise.empty());
        QCOMPARE(back->noiseHashes.size(), size_t(1));
        QCOMPARE(back->noiseHashes.at("noise").size(), size_t(64));
    }

    void picturesMayBeElsewhere()
    {
        const Record record = recordOf(ancestor());
        const std::string text =
            toJsonText(record, method(), pack(record.request.images, Embed::Settings));
        std::vector<std::string> asked;
        const Record back = parseRecord(text, [&](const std::string& hash) {
            asked.push_back(hash);
            return hash == pixelHash(coloured(1)) ? SharedImage(coloured(1)) : SharedImage();
        });
        QCOMPARE(asked.size(), size_t(2));
        QVERIFY(back.request.images.at("a").at(0).image == coloured(1));
        QVERIFY(!back.request.images.contains("b"));
        QCOMPARE(back.absent.size(), size_t(1));
        QCOMPARE(back.absent[0].slot, std::string("b"));
        QCOMPARE(back.absent[0].name, std::string("b.png"));
        QCOMPARE(back.absent[0].sha256, pixelHash(coloured(2)));
    }

    void whatIsDamagedIsNamed_data()
    {
        QTest::addColumn<std::string>("entry");
        QTest::addColumn<std::string>("reason");
        const auto row = [](const char* name, const char* entry, const char* reason) {
            QTest::newRow(name) << std::string(entry) << std::string(reason);
        };
        row("parents", R"("parents": {})", "\"parents\"");
        row("parent", R"("parents": [1])", "\"parents\"");
        row("step", R"("parents": [{"step": -1}])", "\"step\"");
        row("touches", R"("touches": 1)", "\"touches\"");
        row("touch", R"("touches": [1])", "\"touches\"");
        row("what", R"("touches": ["tickle"])", "tickle");
        row("latents", R"("latents": [1])", "\"latents\"");
        row("computed", R"("computed": {"threads": -1})", "\"threads\"");
    }

    void whatIsDamagedIsNamed()
    {
        QFETCH(std::string, entry);
        QFETCH(std::string, reason);
        const std::string said = failure([&] { parseRecord("{\"format\": 2, " + entry + "}"); });
        QVERIFY2(said.find(reason) != said.npos, said.c_str());
    }

    void tooManyAncestorsAreRefused()
    {
        std::string parents;
        for (int i = 0; i < 65; ++i)
            parents += std::string(i ? ", " : "") + "{}";
        const std::string text = R"({"format": 2, "parents": [)" + parents + "]}";
        QVERIFY(failure([&] { parseRecord(text); }).find("\"parents\"") != std::string::npos);
    }

    /// Eight pictures of 34 million pixels are allowed each, and not all of them together.
    void theSumOfAllPicturesHasALimit()
    {
        const Image black = filled(17'000, 2000, {0, 0, 0});
        const auto file = encodePng(black);
        const std::string one = "{\"name\":\"x\",\"png\":\"" + toBase64(file) + "\",\"sha256\":\""
            + pixelHash(black) + "\"}";
        std::string all = one;
        for (int i = 1; i < 8; ++i)
            all += "," + one;
        const std::string text =
            "{\"format\":1,\"method\":\"analogy\",\"inputs\":{\"a\":[" + all + "]}}";
        const auto bytes = encodePng(filled(1, 1, {}), {{"simile", text, false}});
        std::string said;
        const int64_t peak = peakMemoryOf([&] { said = failure([&] { readRecord(bytes); }); });
        QVERIFY2(peak < 60, qPrintable(QString::number(peak)));
        QCOMPARE(
            said,
            std::string("The record of how this picture was made cannot be read: its pictures have "
                        "272 million pixels together, and 268 million are read."));
        // What is not wanted is not decoded and does not count.
        const auto first = [](const std::string&, const std::string& slot, int at) {
            return slot == "a" && at < 1;
        };
        QCOMPARE(readRecord(bytes, first)->request.images.at("a").size(), std::size_t(1));
        const auto none = [](const std::string&, const std::string&, int) { return false; };
        QVERIFY(readRecord(bytes, none)->request.images.empty());
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!readRecord(bytes, first, stop.get_token()));
    }

    void moreThanARecordMayHaveIsNotPutIntoOne()
    {
        // Their pixels are never looked at.
        const Input large {.image = Image {.width = 16'000, .height = 16'000, .rgb = {0}}};
        const Input small {.image = filled(4, 4, {1, 2, 3})};
        const PackedInputs packed = pack({{"a", {small}}, {"b", {large, large}}}, Embed::Full);
        QCOMPARE(packed.at("b").size(), 2u);
        QCOMPARE(packed.at("a").at(0).sha256, pixelHash(small.image));
        for (const auto& [slot, inputs] : packed)
            for (const PackedInput& input : inputs)
                QCOMPARE(input.png, std::string());
        QVERIFY(!pack({{"a", {small}}}, Embed::Full).at("a").at(0).png.empty());
    }
};

QTEST_APPLESS_MAIN(RecordReaderTest)
#include "tst_recordreader.moc"
