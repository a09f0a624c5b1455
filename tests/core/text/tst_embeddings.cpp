// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/text/embeddings.h"

#include <QTemporaryDir>
#include <QTest>

#include <limits>

namespace {

using Ids = std::vector<int64_t>;
using Tensors = std::map<std::string, Tensor>;

constexpr int64_t width = 768, vocabulary = 49'408;

const Tokenizer& clip()
{
    static const Tokenizer tokenizer(
        PROJECT_SOURCE "/resources/clip/bpe_simple_vocab_16e6.txt.gz", 49'407);
    return tokenizer;
}

struct Files
{
    QTemporaryDir folder = {};

    Tensor vectors(const Tensors& tensors) const
    {
        const auto path = std::filesystem::path(folder.path().toStdString()) / "x.safetensors";
        saveSafetensors(path, tensors);
        return learntVectors(SafetensorsFile(path), width, "cat.safetensors");
    }

    /// What is said of a file; empty where it is taken.
    QByteArray refusal(const Tensors& tensors) const
    {
        try {
            vectors(tensors);
        } catch (const Error& error) {
            return error.what();
        }
        return {};
    }
};

/// @p value in each vector.
Tensor rows(int64_t count, float value)
{
    return at::full({count, width}, value);
}

} // namespace

class EmbeddingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void vectorsAreReadWhateverTheTensorIsCalledAndOfWhateverPrecision()
    {
        const Files files;
        const Tensor stored = at::arange(2 * width).reshape({2, width}).to(at::kFloat) / 64;
        for (const char* name : {"emb_params", "*", "<cat>"})
            QVERIFY(files.vectors({{name, stored}}).equal(stored));
        const Tensor half = files.vectors({{"emb_params", stored.to(at::kHalf)}});
        QCOMPARE(half.scalar_type(), at::kFloat);
        QVERIFY(half.equal(stored.to(at::kHalf).to(at::kFloat)));
    }

    void oneVectorNeedsNoSecondDimension()
    {
        const Files files;
        const Tensor one = files.vectors({{"<cat>", at::ones({width})}});
        QCOMPARE(one.sizes(), at::IntArrayRef({1, width}));
    }

    void asManyVectorsAsAPromptHasRoomForAreTaken()
    {
        const Files files;
        QCOMPARE(files.vectors({{"emb_params", rows(75, 1)}}).size(0), int64_t(75));
        const QByteArray refusal = files.refusal({{"emb_params", rows(76, 1)}});
        QVERIFY2(refusal.contains("has 76 vectors, where a prompt has room for 75"), refusal);
        QVERIFY2(refusal.contains("cat.safetensors"), refusal);
    }

    void whatIsNoEmbeddingIsRefusedByWhatItIs_data()
    {
        QTest::addColumn<Tensors>("tensors");
        QTest::addColumn<QByteArray>("part");
        const float nan = std::numeric_limits<float>::quiet_NaN();
        const float infinite = std::numeric_limits<float>::infinity();
        const QByteArray noList = "its tensor is no list of vectors";
        QTest::newRow("of SDXL, first encoder")
            << Tensors {{"clip_l", rows(1, 1)}} << QByteArray("is for SDXL");
        QTest::newRow("of SDXL") << Tensors {{"clip_g", at::ones({1, 1280})}}
                                 << QByteArray("is for SDXL");
        QTest::newRow("none") << Tensors {} << QByteArray("it has 0 tensors");
        QTest::newRow("two") << Tensors {{"a", rows(1, 1)}, {"b", rows(1, 1)}}
                             << QByteArray("it has 2 tensors");
        QTest::newRow("numbers of tokens")
            << Tensors {{"a", at::zeros({1, width}, at::dtype(at::kLong))}} << noList;
        QTest::newRow("a number") << Tensors {{"a", at::full({}, 1.f)}} << noList;
        QTest::newRow("a picture") << Tensors {{"a", at::ones({1, 1, width})}} << noList;
        QTest::newRow("no vector") << Tensors {{"a", at::empty({0, width})}} << noList;
        QTest::newRow("no feature") << Tensors {{"a", at::empty({3, 0})}} << noList;
        QTest::newRow("no number") << Tensors {{"a", rows(2, nan)}} << QByteArray("is damaged");
        QTest::newRow("infinite") << Tensors {{"a", rows(2, infinite)}} << QByteArray("is damaged");
        QTest::newRow("of Stable Diffusion 2")
            << Tensors {{"a", at::ones({1, 1024})}}
            << QByteArray("has vectors of 1024 features, and the model's text encoder takes 768");
    }

    void whatIsNoEmbeddingIsRefusedByWhatItIs()
    {
        QFETCH(Tensors, tensors);
        QFETCH(QByteArray, part);
        const QByteArray refusal = Files().refusal(tensors);
        QVERIFY2(refusal.contains(part), refusal);
        QVERIFY2(refusal.contains("cat.safetensors"), refusal);
    }

    void wordsAreFoundByTheIdsOfTheirVectors()
    {
        Embeddings all;
        QVERIFY(all.of(vocabulary) == nullptr);
        addWord(all, "cat", rows(2, 1), clip(), vocabulary);
        addWord(all, "lantern", rows(3, 2), clip(), vocabulary);
        QVERIFY(all.of(vocabulary - 1) == nullptr);
        QCOMPARE(all.of(vocabulary)->name, std::string("cat"));
        QCOMPARE(all.of(vocabulary + 1)->name, std::string("cat"));
        QCOMPARE(all.of(vocabulary + 2)->name, std::string("lantern"));
        QCOMPARE(all.of(vocabulary + 4)->name, std::string("lantern"));
        QVERIFY(all.of(vocabulary + 5) == nullptr);
        QVERIFY(all.vectors.equal(at::cat({rows(2, 1), rows(3, 2)})));
    }

    void ofTwoNamesThatBeginAlikeTheLongerOneIsTaken()
    {
        Embeddings all;
        addWord(all, "cat", rows(1, 1), clip(), vocabulary);
        addWord(all, "cat lantern", rows(2, 2), clip(), vocabulary);
        const Ids plain = clip().encode("a"), dog = clip().encode("dog");
        const Ids text = clip().encode("a cat lantern dog cat");
        QCOMPARE(
            all.replaced(text),
            (Ids {plain[0], vocabulary + 1, vocabulary + 2, dog[0], vocabulary}));
    }

    void theBeginningOfANameAtTheEndOfATextIsNotTheName()
    {
        Embeddings all;
        addWord(all, "cat lantern", rows(2, 2), clip(), vocabulary);
        const Ids text = clip().encode("a cat");
        QCOMPARE(all.replaced(text), text);
        QCOMPARE(all.replaced({}), Ids());
    }

    void aNameThatIsNoWordInAPromptIsRefused()
    {
        Embeddings all;
        try {
            addWord(all, " ", rows(1, 1), clip(), vocabulary);
            QFAIL("taken");
        } catch (const Error& error) {
            QVERIFY2(QByteArray(error.what()).contains("rename its file"), error.what());
        }
        QVERIFY(all.words.empty());
        QVERIFY(!all.vectors.defined());
    }
};

QTEST_GUILESS_MAIN(EmbeddingsTest)
#include "tst_embeddings.moc"
