// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/arrayfile.h"
#include "core/errors.h"
#include "core/weights/safetensors.h"

#include <QTemporaryDir>
#include <QTest>

class ArrayFileTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    std::filesystem::path path(const char* name) const
    {
        return m_folder.filePath(QString::fromLatin1(name)).toStdString();
    }

private Q_SLOTS:
    void arraysComeBackWithNamesAndShapes()
    {
        saveArrays(
            path("x.safetensors"),
            {{"scores", {.shape = {2, 3}, .values = {1, 2, 3, 4, 5, -0.5f}}},
             {"none", {.shape = {0, 3}}},
             {"one", {.shape = {}, .values = {7}}}});
        const auto tensors = loadSafetensors(path("x.safetensors"));
        QCOMPARE(tensors.size(), std::size_t(3));
        QCOMPARE(tensors.at("scores").sizes().vec(), (std::vector<int64_t> {2, 3}));
        QCOMPARE(tensors.at("scores")[1][2].item<float>(), -0.5f);
        QCOMPARE(tensors.at("none").sizes().vec(), (std::vector<int64_t> {0, 3}));
        QCOMPARE(tensors.at("one").dim(), int64_t(0));
        const auto flat = readNoise(path("x.safetensors"));
        QCOMPARE(flat.at("scores"), (std::vector<float> {1, 2, 3, 4, 5, -0.5f}));
    }

    void aFolderThatIsNotThereIsNamed()
    {
        const auto file = path("none") / "x.safetensors";
        try {
            saveArrays(file, {});
            QFAIL("written");
        } catch (const Error& error) {
            QVERIFY(std::string(error.what()).find(file.string()) != std::string::npos);
        }
    }
};

QTEST_GUILESS_MAIN(ArrayFileTest)
#include "tst_arrayfile.moc"
