// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/sourcefile.h"

#include "core/file/files.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

class SourceFileTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QString path() const { return m_folder.filePath(QStringLiteral("a.jpg")); }
    void write(const QByteArray& content)
    {
        writeFileAtomically(path().toStdString(), std::as_bytes(std::span(content)));
    }
    static QByteArray bytesOf(const SourceFile& source)
    {
        QByteArray all("nothing");
        useBytes(source, [&](std::span<const std::byte> bytes) {
            all = QByteArray(reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size()));
        });
        return all;
    }

private Q_SLOTS:
    void theBytesAreThoseOfTheFileThatWasRead()
    {
        write("first");
        const SourceFile source = sourceAt(path());
        QCOMPARE(bytesOf(source), QByteArray("first"));
        write("longer");
        QCOMPARE(bytesOf(source), QByteArray("nothing"));
        write("other");
        QFile file(path());
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.setFileTime(
            QDateTime::fromMSecsSinceEpoch(source.modified + 5),
            QFileDevice::FileModificationTime));
        file.close();
        QCOMPARE(bytesOf(source), QByteArray("nothing"));
        QVERIFY(QFile::remove(path()));
        QCOMPARE(bytesOf(source), QByteArray("nothing"));
    }

    void whatCameAsBytesIsNotCopied()
    {
        const SourceFile source {.bytes = QByteArray(1000, 'x')};
        const void* seen = nullptr;
        useBytes(source, [&](std::span<const std::byte> bytes) { seen = bytes.data(); });
        QCOMPARE(seen, static_cast<const void*>(source.bytes.constData()));
    }

    void whatIsTooLargeIsLeft()
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.resize(largestSource + 1)); // without a byte on the disk
        file.close();
        QCOMPARE(bytesOf(sourceAt(path())), QByteArray("nothing"));
    }
};

QTEST_GUILESS_MAIN(SourceFileTest)
#include "tst_sourcefile.moc"
