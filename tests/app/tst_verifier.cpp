// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/verifier.h"

#include "tests/app/branchingmethod.h"
#include "tests/app/emptyhome.h"
#include "tests/app/sessionfixture.h"

#include <QSemaphore>
#include <QSettings>
#include <QTest>

namespace {

struct Networked
{
    Network network;
};

struct Fixture : Networked, SessionFixture // the network is there as long as the engine
{
    Verifier& verifier = session.verifier();
    QStringList said;
    QStringList stages;

    Fixture()
        : SessionFixture({branchingMethod(network)})
    {
        fill();
        session.editor().setValue("steps", 5);
        QObject::connect(
            &verifier, &Verifier::said, [this](int, bool equal, const QStringList& sentences) {
                said << (equal ? QStringLiteral("=") : QStringLiteral("!"))
                        + sentences.join(QLatin1Char(' '));
            });
        QObject::connect(&verifier, &Verifier::failed, [this](int, const QString& sentence) {
            said << sentence;
        });
        QObject::connect(&verifier, &Verifier::changed, [this] { stages << verifier.stage(); });
    }
    void run()
    {
        session.start();
        QTRY_VERIFY(!session.runs().running());
    }
    QString verified(int number)
    {
        said.clear();
        verifier.verify(number);
        for (int i = 0; i < 500 && said.isEmpty(); ++i)
            QTest::qWait(10);
        return said.join(QLatin1Char('\n'));
    }
};

} // namespace

class VerifierTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void aRunThatComesOutTheSameIsEqual()
    {
        Fixture f;
        f.run();
        QCOMPARE(
            f.verified(1),
            QStringLiteral("=Equal: the latents of the start and of all 5 steps are the same, bit "
                           "for bit."));
        QVERIFY(f.stages.contains(QStringLiteral("step 3 of 5")));
        QCOMPARE(f.verifier.run(), 0);
        QCOMPARE(f.session.runs().all().size(), std::size_t(1)); // it is no run of its own
    }

    void whereItPartsTheStepIsSaidAndNoMoreIsComputed()
    {
        Fixture f;
        f.run();
        f.network.calls = 0;
        f.network.error = 0.5;
        const QString said = f.verified(1);
        QVERIFY2(
            said.startsWith(QStringLiteral("!Different: the latents part at step 3 of 5.")),
            qPrintable(said));
        QCOMPARE(f.network.calls.load(), 3);
    }

    void aBranchIsMadeAgainFromItsStart()
    {
        Fixture f;
        f.run();
        f.session.restorer().branchFrom(1, 2);
        f.session.editor().setValue("prompt", std::string("other"));
        QTRY_VERIFY(f.session.missing().isEmpty());
        f.run();
        f.network.calls = 0;
        // What "auto" meant then counts for the run that it goes on from, too.
        f.session.runs().run(2)->computed.precision = "fp32";
        const QString said = f.verified(2);
        QVERIFY2(said.startsWith(QStringLiteral("=Equal")), qPrintable(said));
        QCOMPARE(f.network.calls.load(), 5);
    }

    void itHasItsTurnBehindTheRunInProgressAndCanBeStopped()
    {
        Fixture f;
        f.run();
        QSemaphore gate;
        f.network.beforeStep = [&gate](int) { gate.acquire(); };
        f.session.start();
        f.verifier.verify(1);
        QCOMPARE(f.verifier.run(), 1);
        QVERIFY(f.verifier.stage().isEmpty());
        gate.release(5);
        QTRY_VERIFY(!f.session.runs().running());
        gate.release(2);
        QTRY_COMPARE(f.verifier.stage(), QStringLiteral("step 2 of 5"));
        f.verifier.stop();
        gate.release(20);
        QTRY_COMPARE(f.verifier.run(), 0);
        QVERIFY(f.said.isEmpty());
        f.network.beforeStep = {};
        QVERIFY(f.verified(1).startsWith(QStringLiteral("=Equal")));
    }

    void whatCannotBeMadeAgainIsSaid()
    {
        Fixture f;
        Record record {.request = {.method = "analogy"}, .model = "tiny"};
        record.resolved = {{"prompt", std::string("x")}, {"steps", 5}};
        record.absent = {{.slot = "b", .name = "b.png"}};
        f.session.runs().addOpened(record, filled(2, 2, {}));
        QCOMPARE(
            f.verified(1),
            QStringLiteral("B is not in the picture. It can be given on the command line: simile "
                           "verify PICTURE --help."));
    }
};

QTEST_GUILESS_MAIN(VerifierTest)
#include "tst_verifier.moc"
