// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/errorcard.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

class ErrorCardTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void copyTakesTheSentenceAndTheDetails()
    {
        ErrorCard card;
        card.setError(
            QStringLiteral("The run failed"), QStringLiteral("The file is gone."),
            QStringLiteral("ENOENT"));
        QTest::mouseClick(card.findChild<QPushButton*>(QStringLiteral("copy")), Qt::LeftButton);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("The file is gone.\n\nENOENT"));
    }

    void theSentenceCanBeSelectedAndIsNeverMarkup()
    {
        ErrorCard card;
        card.setError(QStringLiteral("T"), QStringLiteral("<b>name</b>.png"), {});
        bool found = false;
        for (const QLabel* label : card.findChildren<QLabel*>())
            if (label->text() == QStringLiteral("<b>name</b>.png")) {
                found = true;
                QCOMPARE(label->textFormat(), Qt::PlainText);
                QVERIFY(label->textInteractionFlags() & Qt::TextSelectableByMouse);
                QVERIFY(label->textInteractionFlags() & Qt::TextSelectableByKeyboard);
            }
        QVERIFY(found);
    }

    void dismissIsTold()
    {
        ErrorCard card;
        QSignalSpy dismissed(&card, &ErrorCard::dismissed);
        QTest::mouseClick(card.findChild<QPushButton*>(QStringLiteral("dismiss")), Qt::LeftButton);
        QCOMPARE(dismissed.count(), 1);
    }
};

QTEST_MAIN(ErrorCardTest)
#include "tst_errorcard.moc"
