// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/baretext.h"

#include <QTest>

class BareTextTest : public QObject
{
    Q_OBJECT

    const QChar m_break = QChar(0x200B);

    QString without(QString text) const { return text.remove(m_break); }

private Q_SLOTS:
    void aNameForAButtonHasNoKey()
    {
        QCOMPARE(bareText(QStringLiteral("&Export...")), QStringLiteral("Export"));
        QCOMPARE(bareText(keyless(QStringLiteral("Cats & dogs"))), QStringLiteral("Cats & dogs"));
    }

    void shortWordsStayAsTheyAre()
    {
        const QString text = QStringLiteral("The file cat.png could not be read.");
        QCOMPARE(breakable(text), text);
    }

    void aLongNameIsBrokenAtItsMarks()
    {
        const QString name = QStringLiteral("holidays-by-the-sea_2024-evening.png");
        const QString broken = breakable(name, 24);
        QCOMPARE(without(broken), name);
        QVERIFY(broken.contains(m_break));
        for (const QString& part : broken.split(m_break)) {
            QVERIFY(part.size() <= 24);
            QVERIFY(!part.isEmpty());
        }
        QVERIFY(QStringLiteral("-_./").contains(broken[broken.indexOf(m_break) - 1]));
    }

    void aNameWithoutMarksIsBrokenWhereALineEnds()
    {
        const QString name(50, QLatin1Char('x'));
        const QString broken = breakable(name, 24);
        QCOMPARE(without(broken), name);
        QCOMPARE(broken.count(m_break), 2);
    }

    void aCharacterOfTwoPartsStaysWhole()
    {
        QString name;
        for (int i = 0; i < 30; ++i)
            name += QStringLiteral("\U0001F431");
        const QString broken = breakable(name, 25); // a break would fall into the middle of one
        QCOMPARE(without(broken), name);
        QVERIFY(broken.contains(m_break));
        for (qsizetype at = broken.indexOf(m_break); at >= 0; at = broken.indexOf(m_break, at + 1))
            QVERIFY(!broken[at - 1].isHighSurrogate());
    }
};

QTEST_GUILESS_MAIN(BareTextTest)
#include "tst_baretext.moc"
