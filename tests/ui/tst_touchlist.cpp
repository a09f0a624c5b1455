// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/touchlist.h"

#include "app/document.h"
#include "app/methodlist.h"
#include "core/touchtext.h"
#include "tests/app/toolmethods.h"
#include "tests/ui/shownlabels.h"

#include <QLabel>
#include <QLineEdit>
#include <QTest>
#include <QToolButton>

namespace {

struct Fixture
{
    MethodList methods {std::vector {countingMethod(), promptFreeMethod()}};
    Editor editor {methods};
    TouchList list {editor};

    void type(const char* text)
    {
        list.entry()->clear();
        QTest::keyClicks(list.entry(), QString::fromUtf8(text));
        QTest::keyClick(list.entry(), Qt::Key_Return);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    QStringList shown(const char* role) const { return shownLabels(list, role); }
};

} // namespace

class TouchListTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsTypedIsAddedAndSaid()
    {
        Fixture f;
        QVERIFY(f.list.findChild<QToolButton*>()->text() == QLatin1String("Touches"));
        f.type("cross:8:head=3:0");
        QVERIFY(f.editor.touches() == std::vector {parseTouch("cross:8:head=3:0")});
        QCOMPARE(
            f.shown("touch"), QStringList {QStringLiteral("Head 3 of cross-attention 8, times 0")});
        QCOMPARE(f.list.entry()->text(), QString());
        QCOMPARE(f.list.findChild<QToolButton*>()->text(), QStringLiteral("Touches (1)"));
        QVERIFY(f.list.findChild<QToolButton*>()->isChecked());
    }

    void whatIsWrongStaysAndIsExplained()
    {
        Fixture f;
        f.type("cross:16:head=3:0");
        QVERIFY(f.editor.touches().empty());
        QVERIFY2(
            f.list.message().contains(QStringLiteral("0 to 15")), qPrintable(f.list.message()));
        QCOMPARE(f.list.entry()->text(), QStringLiteral("cross:16:head=3:0"));
        QTest::keyClick(f.list.entry(), Qt::Key_Backspace);
        QCOMPARE(f.list.message(), QString());
    }

    void oneThatFitsNoLongerSaysSo()
    {
        Fixture f;
        f.editor.setValue("prompt", std::string("a circle"));
        f.type("word=circle:2");
        QVERIFY(f.shown("error").isEmpty());
        f.editor.setValue("prompt", std::string("a square"));
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCOMPARE(f.shown("error").size(), 1);
        QVERIFY(f.shown("error").front().contains(QStringLiteral("not in the prompt")));
    }

    void aButtonTakesEachOut()
    {
        Fixture f;
        f.type("cross:8:head=3:0");
        f.type("cross:8:head=4:0");
        for (auto* button : f.list.findChildren<QToolButton*>())
            if (button->accessibleName().contains(QStringLiteral("Head 3")))
                button->click();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QVERIFY(f.editor.touches() == std::vector {parseTouch("cross:8:head=4:0")});
        QCOMPARE(f.shown("touch").size(), 1);
    }
};

QTEST_MAIN(TouchListTest)
#include "tst_touchlist.moc"
