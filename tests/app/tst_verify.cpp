// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/verify.h"

#include "app/commands.h"
#include "app/methodlist.h"
#include "core/arrayfile.h"
#include "core/file/files.h"
#include "core/picture/imagefile.h"
#include "tests/app/countingmethod.h"
#include "tests/app/emptyhome.h"

#include <QTemporaryDir>
#include <QTest>

#include <cstring>

namespace {

const Computed here {.library = "2.13", .processor = "AVX2", .precision = "fp32", .threads = 1};
const Circumstances now {.version = "0.1.0", .modelHash = "abc", .computed = here};

Record recordOf(const std::vector<std::string>& hashes)
{
    return {
        .model = "tiny",
        .modelHash = "abc",
        .step = 2,
        .steps = 4,
        .version = "0.1.0",
        .latentHash = "c",
        .stepHashes = hashes,
        .computed = here};
}

std::string said(const Record& record, const std::vector<std::string>& hashes)
{
    std::string all;
    for (const std::string& sentence : english(inSentences(verdict(record, hashes, now), record)))
        all += (all.empty() ? "" : " ") + sentence;
    return all;
}

/// A folder with a picture that the counting method made of three others.
struct Made
{
    explicit Made(Embed embed = Embed::Full)
    {
        MakeCommand command {.request = {.method = method.id}, .embed = embed};
        for (const char* slot : {"a", "a_prime", "b"}) {
            writeFileAtomically(
                input(slot), encodePng(filled(3, 2, {7, 8, uint8_t(std::strlen(slot) + slot[0])})));
            command.pictures[slot] = {{.file = input(slot)}};
        }
        command.out = verifying.file = path("out.png");
        status = make(method, command, MethodList(std::vector {method}));
    }

    std::string path(const std::string& name) const
    {
        return folder.filePath(QString::fromStdString(name)).toStdString();
    }
    std::string input(const std::string& slot) const { return path(slot + ".png"); }
    int verify() const { return ::verify(verifying, MethodList(std::vector {method})); }
    /// Writes the picture with another record.
    void change(const std::function<void(Record&)>& how) const
    {
        auto record = readRecord(readFile(verifying.file, 1 << 20));
        how(*record);
        writeFileAtomically(
            verifying.file, encodePng(filled(1, 1, {}), toText(*record, Embed::Full, method)));
    }

    QTemporaryDir folder;
    Method method = countingMethod();
    VerifyCommand verifying;
    int status = -1;
};

} // namespace

class VerifyTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void equalLatentsAreSaidToBeEqual()
    {
        QCOMPARE(
            said(recordOf({"a", "b", "c"}), {"a", "b", "c"}),
            std::string("Equal: the latents of the start and of all 2 steps are the same, bit for "
                        "bit."));
        // What came after the picture does not count.
        QVERIFY(said(recordOf({"a", "b", "c", "d"}), {"a", "b", "c", "x"}).starts_with("Equal"));
    }

    void theStepAtWhichTheyPartIsNamed()
    {
        const std::string same = "Nothing is known to be other than it was: it may have been "
                                 "computed on another processor, or by another build of this "
                                 "version.";
        QCOMPARE(
            said(recordOf({"a", "b", "c"}), {"a", "x", "c"}),
            "Different: the latents part at step 1 of 4. " + same);
        QCOMPARE(
            said(recordOf({"a", "b", "c"}), {"x", "b", "c"}),
            "Different: the latents differ from the start on. " + same);
        QVERIFY(said(recordOf({"a", "b", "c"}), {"a", "b"})
                    .starts_with("Different: the latents part at step 2 of 4."));
    }

    void whatDiffersIsNamedAsTheCause()
    {
        Record record = recordOf({"a", "b", "c"});
        record.version = "0.0.9";
        record.modelHash = "0123456789abcdef";
        record.computed = {
            .library = "2.6", .processor = "AVX512", .precision = "bf16", .threads = 8};
        QCOMPARE(
            said(record, {"a", "b", "x"}),
            std::string(
                "Different: the latents part at step 2 of 4. It was made with the model tiny "
                "(SHA-256 0123456789...), and this is another. It was made by Simile 0.0.9, and "
                "this is 0.1.0. It was computed in bf16, and now in fp32. It was computed with the "
                "instructions AVX512, and now with AVX2. It was computed by 8 threads, and now by "
                "1. It was computed by libtorch 2.6, and now by 2.13."));
    }

    void anOldRecordCanOnlyBeEqualOrNot()
    {
        QCOMPARE(
            said(recordOf({}), {"x", "y", "c"}),
            std::string("Equal: the latent of the picture is the same, bit for bit."));
        QVERIFY(
            said(recordOf({}), {"a", "b", "x"}).find("where they part is not known")
            != std::string::npos);
        Record none = recordOf({});
        none.latentHash.clear();
        QVERIFY(said(none, {"a"}).starts_with("The picture does not tell"));
    }

    void aPictureIsVerified()
    {
        const Made made;
        QCOMPARE(made.status, int(ExitDone));
        QCOMPARE(made.verify(), int(ExitDone));
        made.change([](Record& record) { record.stepHashes.back() = std::string(64, '0'); });
        QCOMPARE(made.verify(), int(ExitDifferent));
    }

    void anOldPictureIsVerified()
    {
        const Made made;
        made.change([](Record& record) { record.stepHashes.clear(); });
        QCOMPARE(made.verify(), int(ExitDone));
        made.change([](Record& record) { record.latentHash = std::string(64, '0'); });
        QCOMPARE(made.verify(), int(ExitDifferent));
    }

    void picturesThatAreNotInItAreAskedFor()
    {
        Made made(Embed::Settings);
        QCOMPARE(made.verify(), int(ExitInputRefused));
        made.verifying.inputs = {made.input("a"), made.input("b")};
        QCOMPARE(made.verify(), int(ExitInputRefused));
        made.verifying.inputs.push_back(made.input("a_prime"));
        QCOMPARE(made.verify(), int(ExitDone));
    }

    void noiseThatIsNotInItIsAskedFor()
    {
        Made made;
        made.change([](Record& record) { record.request.noise["noise"] = {1, 2}; });
        QCOMPARE(made.verify(), int(ExitInputRefused));
        made.verifying.noise = made.path("noise.safetensors");
        saveArrays(made.verifying.noise, {{"noise", {.shape = {2}, .values = {1, 3}}}});
        QCOMPARE(made.verify(), int(ExitInputRefused));
        saveArrays(made.verifying.noise, {{"noise", {.shape = {2}, .values = {1, 2}}}});
        QCOMPARE(made.verify(), int(ExitDone));
    }

    void aModelThatIsNotKnownIsAskedFor()
    {
        Made made;
        made.change([](Record& record) { record.modelHash = std::string(64, '0'); });
        QCOMPARE(made.verify(), int(ExitModelMissing));
        made.verifying.model = MINI_MODEL;
        QCOMPARE(made.verify(), int(ExitDone));
    }

    void whatCarriesNoRunIsRefused()
    {
        Made made;
        made.verifying.file = made.input("a");
        QCOMPARE(made.verify(), int(ExitInputRefused));
        made.verifying.file = made.path("none.png");
        QCOMPARE(made.verify(), int(ExitInputRefused));
    }
};

QTEST_GUILESS_MAIN(VerifyTest)
#include "tst_verify.moc"
