// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/methodlist.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

class MethodListTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPluginOfTheBuildIsLoadedWithItsPresets()
    {
        const MethodList list;
        QCOMPARE(list.failures(), QStringList());
        const auto files = QDir(QStringLiteral(PLUGINS)).entryList({QStringLiteral("*.so")});
        const auto modes = std::ranges::count(list.methods(), false, &Method::tool);
        QCOMPARE(modes, files.size()); // each has one, and maybe tools towards it
        const Method* analogy = list.find("analogy");
        QVERIFY(analogy);
        QCOMPARE(list.methods().front().id, std::string("analogy"));
        QCOMPARE(analogy->slots.size(), std::size_t(3));
        QVERIFY(analogy->presets.size() > 3);
        QVERIFY(analogy->run && analogy->decode && analogy->refuses);
        QVERIFY(!list.find("none"));
    }

    void whatIsNoPluginIsNamedWithTheReason()
    {
        const QTemporaryDir folder;
        QFile text(folder.filePath(QStringLiteral("text.so")));
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.write("This is no library.");
        text.close();
        QVERIFY(QFile::copy(QStringLiteral(OLD_PLUGIN), folder.filePath(QStringLiteral("old.so"))));
        const MethodList list(folder.path());
        QVERIFY(list.methods().empty());
        QCOMPARE(list.failures().size(), 2);
        QVERIFY2(
            list.failures().at(0).contains(QStringLiteral("old.so was not loaded: it was built for "
                                                          "another version")),
            qPrintable(list.failures().at(0)));
        QVERIFY(list.failures().at(1).contains(QStringLiteral("text.so")));
    }

    void theSameMethodTwiceIsTakenOnce()
    {
        const QTemporaryDir folder;
        for (const char* name : {"one.so", "two.so"})
            QVERIFY(QFile::copy(
                QStringLiteral(PLUGINS "/analogist.so"), folder.filePath(QLatin1String(name))));
        const MethodList list(folder.path());
        QCOMPARE(list.methods().size(), std::size_t(1));
        QCOMPARE(list.failures().size(), 1);
        QVERIFY(list.failures().at(0).contains(QStringLiteral("two.so")));
    }
};

QTEST_APPLESS_MAIN(MethodListTest)
#include "tst_methodlist.moc"
