// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/errorcard.h"

#include "app/ending.h"
#include "app/runs.h"
#include "core/halves.h"
#include "tests/app/countingmethod.h"
#include "tests/app/emptyhome.h"
#include "tests/app/sessionfixture.h"
#include "ui/offers.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

class ErrorCardTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

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

    /// Where memory did not suffice: each offer changes the document and runs.
    void whatNeedsLessMemoryIsOffered()
    {
        Method method = countingMethod();
        method.parameters.push_back(
            {.id = "g", .initial = 7.5, .maximum = 30, .role = Role::Guidance});
        method.parameters.push_back(
            {.id = "side",
             .initial = 512,
             .minimum = 256,
             .maximum = 1024,
             .step = 128,
             .role = Role::Size});
        method.parameters.back().unit = "px";
        method.parameters.push_back(halvesParameter("More"));
        SessionFixture f({method});
        f.fill();
        f.session.setPrecision(QStringLiteral("fp32"));
        f.session.editor().setValue("prompt", std::string("memory"));
        f.runOnce();
        const auto offersOf = [&](int number) {
            return offersFor(f.session, *f.session.runs().run(number));
        };
        const auto texts = [&](int number) {
            QStringList all;
            for (const Offer& offer : offersOf(number))
                all << offer.text;
            return all;
        };
        const QString halves = QStringLiteral("Guidance in two halves");
        QCOMPARE(
            texts(1),
            (QStringList {
                QStringLiteral("Size 384"), halves, QStringLiteral("Half precision (bf16)")}));
        offersOf(1).at(1).take();
        QTRY_VERIFY(f.session.runs().run(2) && !f.session.runs().running());
        QVERIFY(halvesApart(f.session.runs().run(2)->values()));
        QVERIFY(!texts(2).contains(halves));
        f.session.editor().setValue("g", 1.);
        f.session.editor().setValue("guidance_apart", false);
        f.runOnce();
        QVERIFY(!texts(3).contains(halves)); // there is one half
    }

    /// Where a method has two of them, and the one is as small as it can be.
    void bothSidesAreMadeSmaller()
    {
        Method method = countingMethod();
        for (const char* id : {"across", "down"})
            method.parameters.push_back(
                {.id = id,
                 .unit = "px",
                 .initial = 256,
                 .minimum = 256,
                 .maximum = 1536,
                 .step = 64});
        SessionFixture f({method});
        f.fill();
        f.session.editor().setValue("across", 1536);
        f.session.editor().setValue("prompt", std::string("memory"));
        f.runOnce();
        const Offer offer = offersFor(f.session, *f.session.runs().run(1)).at(0);
        QCOMPARE(offer.text, QStringLiteral("Size 1152 x 256"));
        offer.take();
        QTRY_VERIFY(f.session.runs().run(2) && !f.session.runs().running());
        QCOMPARE(std::get<int>(f.session.runs().run(2)->values().at("across")), 1152);
        QVERIFY(!offersFor(f.session, *f.session.runs().run(2)).empty());
    }

    void aGpuThatNoLongerAnswersIsLeftOrTheProgramBegunAgain()
    {
        SessionFixture f({countingMethod()});
        f.fill();
        f.session.setDevice(QStringLiteral("cuda"));
        f.session.editor().setValue("prompt", std::string("lost"));
        f.runOnce();
        const auto offers = offersFor(f.session, *f.session.runs().run(1));
        QCOMPARE(offers.size(), std::size_t(2));
        QCOMPARE(offers.at(0).text, QStringLiteral("Start Simile again"));
        QCOMPARE(offers.at(1).text, QStringLiteral("On the processor"));
        QWidget window;
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        offers.at(0).take();
        QVERIFY(!window.isVisible());
        QVERIFY(startsAgain());
        offers.at(1).take();
        QTRY_VERIFY(f.session.runs().run(2) && !f.session.runs().running());
        QCOMPARE(f.session.runs().run(2)->request().device, std::string("cpu"));
    }
};

QTEST_MAIN(ErrorCardTest)
#include "tst_errorcard.moc"
