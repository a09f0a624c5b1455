// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/file/files.h"
#include "tests/app/emptyhome.h"
#include "tests/app/sessionfixture.h"
#include "tests/app/toolmethods.h"

#include <QScopeGuard>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <atomic>
#include <span>

namespace {

Method translateMethod()
{
    Method method = countingMethod();
    method.id = "translate";
    method.onGrid = false;
    method.slots = {{.id = "source", .label = "Source", .main = true}};
    for (const char* id : {"feature_until", "attention_until", "guidance"})
        method.parameters.push_back({.id = id, .label = id, .initial = 0.5, .maximum = 9});
    return method;
}

struct Fixture : SessionFixture
{
    Fixture()
        : SessionFixture({promptFreeMethod(), countingMethod(), translateMethod()})
    {
    }

    void runOnce()
    {
        session.inputs().set("reference", filled(2, 2, {}), QStringLiteral("r"));
        session.start();
        QTRY_VERIFY(!session.runs().running());
    }
};

} // namespace

class SessionToolsTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void aModelThatCannotBeLoadedIsForgottenWithTheWindow()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("cut.safetensors"));
        writeFileAtomically(path.toStdString(), std::as_bytes(std::span("cut off")));
        Fixture f;
        f.session.model().choose(path);
        QTRY_VERIFY(!f.session.model().problem().isEmpty()); // it is shown with its reason
        QCOMPARE(f.settings.model(), QString());
        QVERIFY(f.settings.recentModels().isEmpty());
        QVERIFY(!f.session.missing().isEmpty());
        f.session.model().choose({});
        QTRY_VERIFY(f.session.model().problem().isEmpty());
    }

    void aChosenPredictionGoesWithTheRequestAndItsModel()
    {
        Fixture f;
        QCOMPARE(f.session.request().prediction, std::string("auto"));
        f.session.model().setPrediction(QStringLiteral("epsilon"));
        QCOMPARE(f.session.request().prediction, std::string("epsilon"));
        const Fixture again;
        QCOMPARE(again.session.editor().document().prediction, QStringLiteral("epsilon"));
    }

    void notesFollowTheRequest()
    {
        Fixture f;
        QTRY_COMPARE(f.session.notes().all().value(0), QStringLiteral("0 slots are filled."));
        f.session.inputs().set("reference", filled(2, 2, {}), QStringLiteral("r"));
        QTRY_COMPARE(f.session.notes().all().value(0), QStringLiteral("1 slots are filled."));
        f.session.editor().setValue("steps", 9);
        QTRY_COMPARE(f.session.notes().all().value(1), QStringLiteral("Steps: 9"));
        f.session.setMethod("analogy");
        QTRY_VERIFY(f.session.notes().all().isEmpty());
    }

    void whatIsSaidOfOneMethodIsNotReadAsOfAnotherDuringARun()
    {
        std::atomic<bool> goesOn = false;
        Method waiting = promptFreeMethod();
        waiting.run = [&goesOn, run = waiting.run](
                          const Request& request, Models& models, const Report& report) {
            while (!goesOn)
                QThread::msleep(1);
            return run(request, models, report);
        };
        SessionFixture f({waiting, countingMethod(), translateMethod()});
        const auto end = qScopeGuard([&] { goesOn = true; });
        f.session.inputs().set("reference", filled(2, 2, {}), QStringLiteral("r"));
        QTRY_COMPARE(f.session.notes().all().value(0), QStringLiteral("1 slots are filled."));
        f.session.start();
        QTRY_VERIFY(f.session.runs().running());
        f.session.setMethod("translate");
        QTRY_VERIFY(f.session.notes().all().isEmpty());
        QVERIFY(f.session.runs().running());
    }

    void quickChangesAskOnce()
    {
        Fixture f;
        QTRY_VERIFY(!f.session.notes().all().isEmpty());
        QSignalSpy changed(&f.session.notes(), &Notes::changed);
        for (int steps = 10; steps < 20; ++steps)
            f.session.editor().setValue("steps", steps);
        QTRY_COMPARE(f.session.notes().all().value(1), QStringLiteral("Steps: 19"));
        QCOMPARE(changed.size(), 1);
    }

    void whyThereAreNoNotesIsSaid()
    {
        Fixture f;
        f.session.editor().setValue("prompt", std::string("error"));
        QTRY_COMPARE(
            f.session.notes().all(), QStringList {QStringLiteral("The prompt says error.")});
        f.session.editor().setValue("steps", 0); // not possible: the form says so
        QTRY_VERIFY(f.session.notes().all().isEmpty());
    }

    void everyModeHasASample()
    {
        Fixture f;
        f.session.setMethod("analogy");
        QSignalSpy done(&f.session.restorer(), &Restorer::restored);
        f.session.restorer().loadSample();
        QTRY_COMPARE(done.size(), 1);
        QVERIFY(f.session.missing().isEmpty());
        f.session.setMethod("translate");
        f.session.restorer().loadSample();
        QTRY_COMPARE(done.size(), 2);
        QVERIFY(f.session.missing().isEmpty());
        QVERIFY(f.session.editor().setByHand("prompt"));
    }
};

QTEST_GUILESS_MAIN(SessionToolsTest)
#include "tst_sessiontools.moc"
