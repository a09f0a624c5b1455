// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/batchsheet.h"

#include "core/file/files.h"
#include "tests/app/countingmethod.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

class BatchSheetTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void somebodyElsesPageStays()
    {
        const QTemporaryDir folder;
        const auto path = [&](const char* name) {
            return folder.filePath(QString::fromLatin1(name)).toStdString();
        };
        const std::string mine = "<html>mine</html>";
        writeFileAtomically(path("index.html"), std::as_bytes(std::span(mine)));
        QCOMPARE(::mkfifo(path("index-2.html").c_str(), 0600), 0); // nor is it waited for
        const std::vector<BatchItem> items = {{.picture = "<b>.png", .out = path("b.png")}};
        for (int i = 0; i < 2; ++i)
            QCOMPARE(
                writeSheet(countingMethod(), folder.path().toStdString(), items)
                    .filename()
                    .string(),
                std::string("index-3.html"));
        QCOMPARE(readText(path("index.html")), mine);
        QVERIFY(readText(path("index-3.html")).find("&lt;b&gt;") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(BatchSheetTest)
#include "tst_batchsheet.moc"
