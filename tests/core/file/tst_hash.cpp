// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/file/files.h"
#include "core/file/hash.h"
#include "core/stopping.h"

#include <QTemporaryDir>
#include <QTest>

class HashTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // FIPS 180-4's examples.
    void knownTextsHaveTheirKnownHashes()
    {
        const auto hash = [](std::string_view text) {
            return sha256(std::as_bytes(std::span(text.data(), text.size())));
        };
        QCOMPARE(
            hash(""),
            std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
        QCOMPARE(
            hash("abc"),
            std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        QCOMPARE(
            hash(std::string(1'000'000, 'a')),
            std::string("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"));
    }

    void aFileHasTheHashOfItsBytes()
    {
        const QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath("file").toStdString();
        for (const std::size_t size : {0, 1, (1 << 20) - 1, 1 << 20, (5 << 19) + 3}) {
            std::vector<std::byte> bytes(size);
            for (std::size_t i = 0; i < size; ++i)
                bytes[i] = std::byte(i * 7 >> 3);
            writeFileAtomically(path, bytes);
            QCOMPARE(sha256(path), sha256(bytes));
        }
    }

    void aHashIsStopped()
    {
        const QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath("large").toStdString();
        writeFileAtomically(path, std::vector<std::byte>(3 << 20));
        int pieces = 0;
        const Stopping stopping([&] { return ++pieces == 2; });
        QCOMPARE(sha256(path), std::string());
        QCOMPARE(pieces, 2);
    }

    void aMissingFileIsNamed()
    {
        try {
            sha256(std::filesystem::path("/nowhere/model.safetensors"));
            QFAIL("no error");
        } catch (const Error& error) {
            QCOMPARE(
                std::string(error.what()),
                std::string("/nowhere/model.safetensors could not be read: there is no such file "
                            "or folder."));
        }
    }
};

QTEST_GUILESS_MAIN(HashTest)
#include "tst_hash.moc"
