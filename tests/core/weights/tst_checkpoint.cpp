// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/convert.h"
#include "core/errors.h"
#include "core/weights/checkpoint.h"
#include "core/weights/safetensors.h"
#include "tests/core/weights/checkpointbytes.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace {

const std::string folder = TEST_DATA "/single-file-sd1/";

/// A tensor of @p rows x 3 alone, of half precision, saved from a graphics card: the first rows of
/// a storage of @p elements. With the memory that PyTorch's own pickles keep and never use.
QByteArray bareTensor(qint32 rows, qint32 elements)
{
    const auto kept = [](char place) { return "q" + QByteArray(1, place); };
    return QByteArray("\x80\2", 2) + "ctorch._utils\n_rebuild_tensor_v2\n" + kept(0) + "(("
        + text("storage") + kept(1) + "ctorch\nHalfStorage\n" + kept(2) + text("0") + kept(3)
        + text("cuda:0") + kept(4) + integer(elements) + "t" + kept(5) + "Q" + integer(0)
        + integer(rows) + integer(3) + "\x86" + kept(6) + integer(3) + integer(1) + "\x86" + kept(7)
        + "\x89" + "ccollections\nOrderedDict\n" + kept(8) + ")R" + kept(9) + "t" + kept(10) + "R"
        + kept(11) + ".";
}

} // namespace

class CheckpointTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString problem(const QByteArray& bytes) { return problemOf(m_folder, bytes); }

    /// With a storage of four floats beside the pickle.
    QString problemOfPickle(const QByteArray& pickle)
    {
        return problem(zip({{"x/data.pkl", pickle}, {"x/data/0", QByteArray(16, '\0')}}));
    }

    void expect(const QString& said, const char* reason)
    {
        QVERIFY2(
            said.contains(QString::fromLatin1(reason)),
            qPrintable(said + QLatin1String(" / ") + QString::fromLatin1(reason)));
        QVERIFY(said.contains(QLatin1String("x.ckpt")));
    }

private Q_SLOTS:
    void aCheckpointGivesWhatPyTorchStored_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("decorated") << QStringLiteral("subset.ckpt");
        QTest::newRow("bare") << QStringLiteral("subset-bare.pt");
    }

    void aCheckpointGivesWhatPyTorchStored()
    {
        QFETCH(QString, file);
        const auto found = loadCheckpoint(folder + file.toStdString());
        const auto expected = loadSafetensors(folder + "subset-expected.safetensors");
        QCOMPARE(found.size(), expected.size());
        for (const auto& [name, tensor] : expected) {
            const Tensor other = found.at(name);
            QVERIFY2(
                other.is_contiguous() && other.scalar_type() == tensor.scalar_type(), name.c_str());
            QVERIFY2(other.equal(tensor), name.c_str());
        }
    }

    void aPickleWrittenByHandIsRead()
    {
        QCOMPARE(problemOfPickle(dict(tensor(storage(4), 1, 3, 1))), QString());
        QCOMPARE(problemOfPickle(dict(tensor(storage(4), 4, 0, 1))), QString());
    }

    void aTensorAloneIsRead()
    {
        // As anime_ug.pth is: the tensor is the first half of its storage.
        const Tensor stored = at::arange(1, 13).to(at::kHalf);
        const QByteArray bytes(static_cast<const char*>(stored.const_data_ptr()), 24);
        const QString path = m_folder.filePath(QStringLiteral("anime_ug.pth"));
        QFile file(path);
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(zip(
            {{"anime_ug/data.pkl", bareTensor(2, 12)},
             {"anime_ug/data/0", bytes},
             {"anime_ug/version", "3\n"}}));
        file.close();
        const Tensor expected = stored.narrow(0, 0, 6).reshape({2, 3});
        const auto found = loadCheckpoint(path.toStdString());
        QCOMPARE(found.size(), size_t(1));
        QCOMPARE(found.begin()->first, std::string());
        QVERIFY(found.at("").scalar_type() == at::kHalf);
        QVERIFY(found.at("").equal(expected));

        const std::string converted = path.toStdString() + ".safetensors";
        convertCheckpoint(path.toStdString(), converted);
        QVERIFY(loadSafetensors(converted).at("").equal(expected));

        const auto said = [&](const QByteArray& pickle) {
            return problem(zip({{"x/data.pkl", pickle}, {"x/data/0", bytes}}));
        };
        QCOMPARE(said(bareTensor(4, 12)), QString());
        expect(said(bareTensor(5, 12)), "beyond its storage");
        expect(said(bareTensor(2, 13)), "no storage of 13 elements");
        expect(said(bareTensor(2, 6)), "no storage of 6 elements");
    }

    /// As torch's own reader for weights alone takes them.
    void harmlessDecorationsAreRead_data()
    {
        QTest::addColumn<QByteArray>("file");
        for (const char* file : {"set", "torch_dtype", "numpy2_scalar", "fp8_tensor"})
            QTest::newRow(file) << QByteArray(file);
    }

    void harmlessDecorationsAreRead()
    {
        QFETCH(const QByteArray, file);
        const auto tensors = loadCheckpoint(TEST_DATA "/pickles/" + file.toStdString() + ".ckpt");
        QCOMPARE(tensors.size(), size_t(1));
        const Tensor& read = tensors.at("model.diffusion_model.input_blocks.0.0.weight");
        QCOMPARE(read.sizes().vec(), (std::vector<int64_t> {8, 9, 3, 3}));
        QVERIFY(at::isfinite(read).all().item<bool>());
        QCOMPARE(read.scalar_type() == at::kHalf, file == "fp8_tensor");
    }

    void whatRunsCodeIsToldFromWhatIsOnlyUnknown()
    {
        const QByteArray start("\x80\2", 2);
        expect(problemOfPickle(start + "cos\nsystem\n."), "may be malicious");
        expect(problemOfPickle(start + "c__builtin__\nexec\n."), "may be malicious");
        expect(
            problemOfPickle(start + "comegaconf.dictconfig\nDictConfig\n."),
            "holds an object of the kind \"omegaconf.dictconfig.DictConfig\"");
    }

    void nothingIsEverCalled_data()
    {
        QTest::addColumn<QByteArray>("pickle");
        QTest::addColumn<QByteArray>("reason");
        const QByteArray argument = "(" + text("touch marker") + "tR.";
        const QByteArray start("\x80\2", 2);
        QTest::newRow("os.system") << start + "cos\nsystem\n" + argument << QByteArray("os.system");
        QTest::newRow("eval") << start + "c__builtin__\neval\n" + argument
                              << QByteArray("__builtin__.eval");
        QTest::newRow("a method of an allowed module")
            << start + "ctorch\nload\n" + argument << QByteArray("torch.load");
        QTest::newRow("assembled name")
            << start + text("os") + text("system") + "\x93" + argument << QByteArray("0x93");
        QTest::newRow("inst") << start + "(ios\nsystem\n." << QByteArray("0x69");
        QTest::newRow("extension") << start + "\x82\1." << QByteArray("0x82");
        QTest::newRow("allowed, called otherwise")
            << start + "ccollections\nOrderedDict\n" + argument << QByteArray("in a way");
        QTest::newRow("storage called")
            << start + "ctorch\nFloatStorage\n)R." << QByteArray("in a way");
        QTest::newRow("text called") << start + text("x") + ")R." << QByteArray("no function");
    }

    void nothingIsEverCalled()
    {
        QFETCH(QByteArray, pickle);
        QFETCH(QByteArray, reason);
        expect(problemOfPickle(pickle), reason);
    }

    void numbersThatLieAreRefused()
    {
        expect(problemOfPickle(dict(tensor(storage(4), 0, 5, 1))), "beyond its storage");
        expect(problemOfPickle(dict(tensor(storage(4), 0, 2, 4))), "beyond its storage");
        expect(problemOfPickle(dict(tensor(storage(4), 2, 3, 1))), "beyond its storage");
        expect(problemOfPickle(dict(tensor(storage(4), -1, 3, 1))), "beyond its storage");
        expect(problemOfPickle(dict(tensor(storage(4), 0, -3, 1))), "beyond its storage");
        expect(problemOfPickle(dict(tensor(storage(4), 0, 2, -1))), "beyond its storage");
        expect(problemOfPickle(dict(tensor(storage(4), 0, INT32_MAX, INT32_MAX))), "beyond");
        expect(problemOfPickle(dict(tensor(storage(4), 0, INT32_MAX, 0))), "beyond its storage");
        expect(problemOfPickle(dict(tensor(storage(5), 0, 1, 1))), "no storage of 5 elements");
        expect(problemOfPickle(dict(tensor(storage(3), 0, 1, 1))), "no storage of 3 elements");
        expect(problemOfPickle(dict(tensor(storage(-1), 0, 1, 1))), "no storage");
        expect(problemOfPickle(dict(tensor(text("x"), 0, 1, 1))), "in a way");
    }

    void aNameThatIsNoTextIsRefused()
    {
        const QByteArray good = tensor(storage(4), 0, 4, 1), start("\x80\2}", 3);
        expect(problemOfPickle(start + text("a\xff") + good + "s."), "is no text, \"a\\xff\"");
        expect(problemOfPickle(start + text("\xed\xa0\x80") + good + "s."), "is no text");
        QCOMPARE(problemOfPickle(start + text("\xc3\xa9") + good + "s."), QString());
    }

    void aPickleThatNeverEndsIsRefusedAtOnce()
    {
        const QByteArray start("\x80\2", 2);
        expect(problemOfPickle(start), "ends too early");
        expect(problemOfPickle(start + "}r" + number<quint32>(INT32_MAX)), "too large a number");
        expect(problemOfPickle(start + "X" + number<quint32>(1u << 31)), "text longer");
        expect(problemOfPickle(start + QByteArray(2'000'000, '(')), "piles up");
        expect(problemOfPickle(start + ")" + QByteArray(1'000'000, '\x85')), "too deeply");
        expect(problemOfPickle(start + QByteArray(2'000'000, 'N')), "too many values");
        QByteArray loop = start + "Nq" + QByteArray(1, '\0') + "(";
        for (int i = 0; i < 400'000; ++i)
            loop += QByteArray("h\0", 2);
        expect(problemOfPickle(loop + "t" + "."), "no weights");
    }

    void misusedInstructionsAreRefused()
    {
        const QByteArray start("\x80\2", 2);
        expect(problemOfPickle(start + "."), "where there is none");
        expect(problemOfPickle(start + "(."), "where there is none");
        expect(problemOfPickle(start + "t."), "a mark where there is none");
        expect(problemOfPickle(start + "h\7."), "never remembered");
        expect(problemOfPickle(start + "NNa."), "takes none");
        expect(problemOfPickle(start + "}(Nu."), "takes none");
        expect(problemOfPickle(start + "NQ."), "no storage");
        expect(problemOfPickle(start + "NNb."), "attributes");
        expect(problemOfPickle(start + "}."), "no weights");
    }

    void otherFormsAreNamed()
    {
        expect(problem(QByteArray(257, 'x') + "ustar" + QByteArray(300, '\0')), "tar archive");
        expect(problem(QByteArray("\x80\4.", 3)), "bare Python pickle");
        expect(problem("{}"), "not a PyTorch checkpoint");
        expect(problem(""), "not a PyTorch checkpoint");
        expect(problemOfPickle(QByteArray("\x80\4.", 3)), "protocol 4");
        expect(problemOfPickle(QByteArray("\x80\5.", 3)), "protocol 5");
        expect(problem(zip({{"x/data.pkl", dict("N")}, {"x/byteorder", "big"}})), "big-endian");
    }

    void unsoundArchivesAreRefused()
    {
        const Stored pickle = {"x/data.pkl", dict(tensor(storage(4), 0, 4, 1))};
        const Stored bytes = {"x/data/0", QByteArray(16, '\0')};
        const QByteArray good = zip({pickle, bytes});
        QCOMPARE(problem(good), QString());
        expect(problem(zip({pickle, {"x/data/0", bytes.bytes, 8}})), "compressed entry");
        expect(problem(zip({pickle, {"x/data/0", bytes.bytes, 0, 1}})), "encrypted entry");
        expect(problem(zip({pickle, bytes, bytes})), "twice");
        expect(problem(zip({pickle, bytes, {"y/data.pkl", ""}})), "2 entries data.pkl");
        expect(problem(zip({bytes})), "0 entries data.pkl");
        expect(problem(zip({pickle, bytes, {"../x", ""}})), "unusable name");
        expect(problem(zip({pickle, bytes, {"/etc/x", ""}})), "unusable name");
        expect(problem(good.chopped(1)), "no directory");
        expect(problem(good.left(good.size() / 2)), "no directory");
        expect(problem(zip({pickle, bytes}, 1)), "zip archive");
        QByteArray overlapping = good;
        const qsizetype central = overlapping.lastIndexOf("PK\1\2");
        overlapping.replace(central + 42, 4, number<quint32>(0));
        expect(problem(overlapping), "in two ways");
        QByteArray large = good;
        large.replace(central + 20, 8, number<quint32>(1 << 30) + number<quint32>(1 << 30));
        expect(problem(large), "outside itself");
        QByteArray many = good;
        many.replace(many.size() - 14, 4, number<quint16>(9) + number<quint16>(9));
        expect(problem(many), "damaged directory");
    }

    void aFileDamagedAnywhereEndsInASentence()
    {
        QFile file(QString::fromStdString(folder + "subset.ckpt"));
        QVERIFY(file.open(QFile::ReadOnly));
        const QByteArray good = file.readAll();
        for (int i = 0; i < 64; ++i)
            QVERIFY(!problem(good.left(good.size() * i / 64)).isEmpty());
        for (int i = 0; i < good.size(); i += 37) {
            QByteArray damaged = good;
            damaged[i] = char(damaged[i] ^ 0xff);
            problem(damaged); // must not crash; weights themselves may have any value
        }
    }
};

QTEST_GUILESS_MAIN(CheckpointTest)
#include "tst_checkpoint.moc"
