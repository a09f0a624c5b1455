// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/file/files.h"
#include "core/weights/safetensors.h"
#include "tests/failure.h"
#include "tests/testseed.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <random>
#include <unistd.h>

namespace {

bool sameBytes(const Tensor& a, const Tensor& b)
{
    return a.scalar_type() == b.scalar_type() && a.sizes() == b.sizes()
        && (a.nbytes() == 0
            || std::memcmp(a.const_data_ptr(), b.const_data_ptr(), a.nbytes()) == 0);
}

} // namespace

/// What saveSafetensors() writes; what is read of others' files is in tst_safetensors.
class SaveSafetensorsTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

private Q_SLOTS:
    void whatIsWrittenIsReadBackWhateverItsShape()
    {
        std::mt19937 random(seedOfTest());
        const auto below = [&](uint32_t n) { return int64_t(random() % n); };
        const std::filesystem::path path = m_folder.filePath(QStringLiteral("r")).toStdString();
        for (int round = 0; round < 20; ++round) {
            std::map<std::string, Tensor> tensors;
            for (const at::ScalarType type :
                 {at::kBool, at::kByte, at::kChar, at::kShort, at::kInt, at::kLong, at::kHalf,
                  at::kBFloat16, at::kFloat, at::kDouble}) {
                std::vector<int64_t> shape(size_t(below(6)));
                for (int64_t& side : shape)
                    side = below(12) == 0 ? 0 : 1 + below(6);
                // Any bits, numbers that are none among them; a bool has two values.
                const Tensor made = at::empty(shape, type);
                auto* bytes = static_cast<uint8_t*>(made.mutable_data_ptr());
                for (size_t i = 0; i < made.nbytes(); ++i)
                    bytes[i] = uint8_t(below(type == at::kBool ? 2 : 256));
                tensors[std::string(c10::toString(type)) + std::to_string(random())] = made;
            }
            saveSafetensors(path, tensors, {});
            const auto read = loadSafetensors(path);
            QCOMPARE(read.size(), tensors.size());
            for (const auto& [name, tensor] : tensors)
                QVERIFY2(sameBytes(read.at(name), tensor), name.c_str());
        }
    }

    void whatIsWrittenIsReadBack()
    {
        std::map<std::string, Tensor> tensors;
        for (const at::ScalarType type :
             {at::kBool, at::kByte, at::kChar, at::kShort, at::kInt, at::kLong, at::kHalf,
              at::kBFloat16, at::kFloat, at::kDouble})
            tensors[c10::toString(type)] = at::arange(15).reshape({3, 5}).to(type);
        tensors["none"] = at::empty({0, 2});
        tensors["transposed"] = at::arange(6).reshape({2, 3}).t();
        const std::filesystem::path path = m_folder.filePath(QStringLiteral("a")).toStdString();
        saveSafetensors(path, tensors, {{"format", "pt"}, {"\"quoted\"", "ü"}});
        const SafetensorsFile file(path);
        const std::string absent = failure([&] { file.tensor("absent"); });
        QVERIFY2(absent.find("has no tensor \"absent\"") != absent.npos, absent.c_str());
        QCOMPARE(file.metadata().at("\"quoted\""), std::string("ü"));
        QCOMPARE(file.entries().size(), tensors.size());
        for (const auto& [name, tensor] : tensors)
            QVERIFY2(sameBytes(file.tensor(name), tensor.contiguous()), name.c_str());
        for (const auto& [name, entry] : file.entries())
            QCOMPARE(entry.begin % (bitsOfDtype(entry.dtype) / 8), 0u);
    }

    void aFileOfTheReferenceIsWrittenAgainByteForByte()
    {
        const std::string expected = TEST_DATA "/single-file-sd1/subset-expected.safetensors";
        const auto tensors = loadSafetensors(expected);
        const QString again = m_folder.filePath(QStringLiteral("again"));
        saveSafetensors(again.toStdString(), {tensors.begin(), tensors.end()}, {});
        QFile a(again), b(QString::fromStdString(expected));
        QVERIFY(a.open(QFile::ReadOnly) && b.open(QFile::ReadOnly));
        QVERIFY(a.readAll() == b.readAll());
    }

    void aFailedWriteLeavesTheOldFileAlone()
    {
        const std::filesystem::path path = m_folder.filePath(QStringLiteral("x")).toStdString();
        writeFileAtomically(path, std::as_bytes(std::span("old", 3)));
        const Tensor complex = at::empty({2}, at::kComplexFloat);
        const std::string said = failure([&] { saveSafetensors(path, {{"a", complex}}); });
        QVERIFY2(said.find("x cannot hold a tensor of type Complex") != said.npos, said.c_str());
        QFile file(QString::fromStdString(path.string()));
        QVERIFY(file.open(QFile::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("old"));
        QVERIFY_EXCEPTION_THROWN(saveSafetensors("/proc/none/x", {}), Error);
    }

    /// As the helper writes, which may open no files.
    void aFileThatSomebodyElseOpenedIsWrittenInItsPlace()
    {
        const std::filesystem::path path = m_folder.filePath(QStringLiteral("lent")).toStdString();
        const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL, 0600);
        QVERIFY(descriptor >= 0);
        const Tensor numbers = at::arange(6).reshape({2, 3}).to(at::kFloat);
        // The name is for messages alone: nothing of it is looked up.
        saveSafetensors("/nowhere/name", descriptor, {{"b", numbers.t()}, {"a", at::arange(3)}});
        QVERIFY(::close(descriptor) == 0); // it stayed open
        const SafetensorsFile file(path);
        QCOMPARE(file.metadata(), (std::map<std::string, std::string> {{"format", "pt"}}));
        QCOMPARE(file.entries().size(), size_t(2));
        QVERIFY(sameBytes(file.tensor("b"), numbers.t().contiguous()));
        QVERIFY(sameBytes(file.tensor("a"), at::arange(3)));
        QVERIFY(file.entries().at("a").begin < file.entries().at("b").begin); // the wide first

        const int readOnly = ::open(path.c_str(), O_RDONLY);
        const std::string said = failure([&] {
            saveSafetensors("/nowhere/name", readOnly, {{"a", numbers}});
        });
        QVERIFY(::close(readOnly) == 0);
        QVERIFY2(said.find("/nowhere/name") != said.npos && said.ends_with('.'), said.c_str());
        const std::string other = failure([&] {
            saveSafetensors("/nowhere/name", -1, {{"a", at::empty({2}, at::kComplexFloat)}});
        });
        QVERIFY2(other.find("/nowhere/name cannot hold a tensor") != other.npos, other.c_str());
        QCOMPARE(loadSafetensors(path).size(), size_t(2)); // as it was
    }
};

QTEST_GUILESS_MAIN(SaveSafetensorsTest)
#include "tst_savesafetensors.moc"
