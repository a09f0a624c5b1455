// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/store/sessionblobs.h"

#include "tests/failure.h"

#include <QTest>

class SessionBlobsTest : public QObject
{
    Q_OBJECT

    const Latent m_latent {.shape = {1, 2, 1, 2}, .values = {1, -2.5f, 3e-9f, 4e9f}};
    const std::vector<std::byte> m_bytes = bytesOf(&m_latent);

    static std::string said(const std::vector<std::byte>& bytes)
    {
        return failure([&] { latentOf(bytes, "s.simile"); });
    }

private Q_SLOTS:
    void aLatentIsReadAsItWasWritten()
    {
        const auto read = latentOf(m_bytes, "s.simile");
        QVERIFY(read->shape == m_latent.shape && read->values == m_latent.values);
        QVERIFY(bytesOf(static_cast<const Latent*>(nullptr)).empty());
        QVERIFY(!latentOf({}, "s.simile"));
    }

    /// Gone on with, it would be another picture.
    void aLatentOfWhichOneBitIsAnotherIsDamaged()
    {
        for (std::size_t bit = 0; bit < m_bytes.size() * 8; ++bit) {
            auto other = m_bytes;
            other[bit / 8] ^= std::byte(1 << bit % 8);
            QVERIFY2(
                said(other).find("s.simile") != std::string::npos,
                qPrintable(QString::number(bit)));
        }
        auto longer = m_bytes;
        longer.push_back({});
        QVERIFY(!said(longer).empty());
    }

    void aLatentThatWasKeptWithoutItsSumIsRead()
    {
        auto older = m_bytes;
        older.resize(older.size() - sizeof(uint32_t));
        QVERIFY(latentOf(older, "s.simile")->values == m_latent.values);
    }
};

QTEST_GUILESS_MAIN(SessionBlobsTest)
#include "tst_sessionblobs.moc"
