// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/npy.h"

#include <QTest>

#include <cstring>
#include <string>

class NpyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFileIsWhatNumpyWrites()
    {
        // What numpy.save writes of numpy.arange(6, dtype='f4').reshape(2, 3).
        std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";
        header.resize(128 - 10 - 1, ' ');
        const std::string expected = "\x93NUMPY" + std::string {1, 0, 'v', 0} + header + "\n";
        const auto file = encodeNpy({{2, 3}, {0, 1, 2, 3, 4, 5}});
        const std::string text(reinterpret_cast<const char*>(file.data()), file.size());
        QCOMPARE(text.substr(0, 128), expected);
        QCOMPARE(text.size(), size_t(128 + 24));
        float last = 0;
        std::memcpy(&last, text.data() + 148, 4);
        QCOMPARE(last, 5.f);
    }

    void aListHasAComma()
    {
        const auto file = encodeNpy({{2}, {1, 2}});
        const std::string text(reinterpret_cast<const char*>(file.data()), file.size());
        QVERIFY(text.find("'shape': (2,), }") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(NpyTest)
#include "tst_npy.moc"
