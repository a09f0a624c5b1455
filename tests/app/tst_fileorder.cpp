// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/fileorder.h"

#include <QTest>

class FileOrderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesHaveTheOrderThatPeopleMean_data()
    {
        QTest::addColumn<QStringList>("given");
        QTest::addColumn<QStringList>("ordered");
        const auto add = [](const char* name, const char* given, const char* ordered) {
            QTest::newRow(name) << QString::fromUtf8(given).split(QLatin1Char(' '))
                                << QString::fromUtf8(ordered).split(QLatin1Char(' '));
        };
        add("a number behind it", "b.png a2.png a.png", "a.png a2.png b.png");
        add("the word prime", "a-prime.png a.png b.png", "a.png a-prime.png b.png");
        add("prime without a dash", "b.png aprime.png a.png", "a.png aprime.png b.png");
        add("a stroke", "b.png a'.png a.png", "a.png a'.png b.png");
        add("a true prime", "a\u2032.png a.png b.png", "a.png a\u2032.png b.png");
        add("after", "a_after.png a_before.png b.png", "a_before.png a_after.png b.png");
        add("after alone", "a_after.png a.png b.png", "a.png a_after.png b.png");
        add("before and after", "after.jpg before.jpg photo.jpg", "before.jpg after.jpg photo.jpg");
        add("a name before the pair", "ant.png cat_after.png cat_before.png",
            "cat_before.png cat_after.png ant.png");
        add("in brackets", "dog.png cat(2).png cat.png", "cat.png cat(2).png dog.png");
        add("numbers alone", "10.png 2.png 9.png", "2.png 9.png 10.png");
        add("numbers of a camera", "img3.png img1.png img2.png", "img1.png img2.png img3.png");
        add("large letters", "B.PNG A2.PNG A.PNG", "A.PNG A2.PNG B.PNG");
        add("no pair at all", "c.png a.png b.png", "a.png b.png c.png");
        add("a word that ends so", "cabin.png dab.png", "cabin.png dab.png");
        add("after without before", "b2.png a.png c.png", "a.png b2.png c.png");
    }

    void namesHaveTheOrderThatPeopleMean()
    {
        QFETCH(QStringList, given);
        QFETCH(QStringList, ordered);
        QCOMPARE(inOrder(given), ordered);
        std::ranges::reverse(given);
        QCOMPARE(inOrder(given), ordered);
    }

    void foldersDoNotCount()
    {
        const QStringList paths {
            QStringLiteral("/x/2/b.png"), QStringLiteral("/z/a.png"), QStringLiteral("/y/a2.png")};
        QCOMPARE(
            inOrder(paths),
            (QStringList {
                QStringLiteral("/z/a.png"), QStringLiteral("/y/a2.png"),
                QStringLiteral("/x/2/b.png")}));
    }
};

QTEST_APPLESS_MAIN(FileOrderTest)
#include "tst_fileorder.moc"
