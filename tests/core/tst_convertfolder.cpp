// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/convert.h"
#include "core/file/hash.h"
#include "core/models.h"
#include "core/weights/checkpoint.h"
#include "core/weights/safetensors.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

namespace fs = std::filesystem;

namespace {

const fs::path pickle = fs::path(TEST_DATA) / "single-file-sd1" / "subset.ckpt";

void write(const fs::path& path, const std::string& text)
{
    fs::create_directories(path.parent_path());
    std::ofstream(path) << text;
}

/// A pipeline's folder: the UNet and the text encoder pickled, the autoencoder not.
struct Fixture
{
    QTemporaryDir folder;
    fs::path in = fs::path(folder.path().toStdString()) / "model 1.5";
    fs::path out = fs::path(folder.path().toStdString()) / "converted";

    Fixture()
    {
        write(in / "model_index.json", "{}");
        write(in / "unet" / "config.json", R"({"unet": 1})");
        fs::copy_file(pickle, in / "unet" / "diffusion_pytorch_model.bin");
        write(in / "text_encoder" / "config.json", R"({"text": 1})");
        fs::copy_file(pickle, in / "text_encoder" / "pytorch_model.fp16.bin");
        write(in / "vae" / "config.json", R"({"vae": 1})");
        write(in / "vae" / "diffusion_pytorch_model.safetensors", "weights");
        write(in / "vae" / "diffusion_pytorch_model.bin", "the same, pickled");
        write(in / "tokenizer" / "vocab.json", "{}");
    }
};

void convertFolder(const fs::path& in, const fs::path& out)
{
    for (const PickledPart& part : beginFolder(in, out))
        convertCheckpoint(part.pickle, part.safetensors);
}

} // namespace

/// A pipeline's folder with pickled parts, as it was usual before safetensors.
class ConvertFolderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFolderIsKnownByAPartThatIsPickledAlone()
    {
        const Fixture f;
        QVERIFY(hasPickledParts(f.in));
        fs::remove(f.in / "unet" / "diffusion_pytorch_model.bin");
        QVERIFY(hasPickledParts(f.in));
        fs::remove(f.in / "text_encoder" / "pytorch_model.fp16.bin");
        QVERIFY(!hasPickledParts(f.in)); // the autoencoder is there both ways
        QVERIFY(!hasPickledParts("/no/such/folder"));
    }

    void picklesAreConvertedAndTheRestIsTheSame()
    {
        const Fixture f;
        convertFolder(f.in, f.out);
        const auto expected = loadCheckpoint(pickle);
        for (const char* file :
             {"unet/diffusion_pytorch_model.safetensors", "text_encoder/model.safetensors"}) {
            const auto tensors = loadSafetensors(f.out / file);
            QCOMPARE(tensors.size(), expected.size());
            for (const auto& [name, tensor] : expected)
                QVERIFY(tensors.at(name).equal(tensor));
        }
        for (const char* file :
             {"model_index.json", "unet/config.json", "text_encoder/config.json", "vae/config.json",
              "vae/diffusion_pytorch_model.safetensors", "tokenizer/vocab.json"})
            QVERIFY2(fs::exists(f.out / file), file);
        QVERIFY(!fs::exists(f.out / "unet" / "diffusion_pytorch_model.bin"));
        QVERIFY(fs::is_symlink(f.out / "vae")); // gigabytes are not copied
        QVERIFY(!hasPickledParts(f.out) || fs::exists(f.out / "vae"));
    }

    void itsIdentityIsThatOfThePickleThatIsUsed()
    {
        const Fixture f;
        const fs::path cache = f.folder.path().toStdString() + "/cache";
        QCOMPARE(modelHash({.path = f.in}, cache), sha256(pickle));
    }
};

QTEST_GUILESS_MAIN(ConvertFolderTest)
#include "tst_convertfolder.moc"
