// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/plaintext.h"

#include <QApplication>
#include <QLabel>
#include <QMessageBox>
#include <QTest>
#include <QToolTip>

class PlainTextTest : public QObject
{
    Q_OBJECT

    const QString m_hostile = QStringLiteral("<a href='file:///etc/passwd'>x</a><img src='x.png'>");

private Q_SLOTS:
    void whatLooksLikeHtmlIsShownAsItStands()
    {
        QLabel without(m_hostile);
        without.show();
        QCOMPARE(without.textFormat(), Qt::AutoText); // what it is needed for
        PlainText plain(qApp);
        QLabel label(m_hostile);
        label.show();
        QCOMPARE(label.textFormat(), Qt::PlainText);
        // As wide as its characters, not as the one letter of a link.
        QVERIFY(label.sizeHint().width() > 5 * without.sizeHint().width());
        QLabel rich(m_hostile);
        rich.setTextFormat(Qt::RichText);
        rich.show();
        QCOMPARE(rich.textFormat(), Qt::RichText);
    }

    void toolTipsAndQuestionsToo()
    {
        PlainText plain(qApp);
        QWidget widget;
        widget.show();
        QToolTip::showText({}, m_hostile, &widget);
        QMessageBox box(QMessageBox::NoIcon, QString(), m_hostile);
        box.setInformativeText(m_hostile);
        box.show();
        int found = 0;
        for (QWidget* each : QApplication::allWidgets())
            if (auto* label = qobject_cast<QLabel*>(each); label && label->text() == m_hostile) {
                QCOMPARE(label->textFormat(), Qt::PlainText);
                ++found;
            }
        QCOMPARE(found, 3);
        QToolTip::hideText();
    }
};

QTEST_MAIN(PlainTextTest)
#include "tst_plaintext.moc"
