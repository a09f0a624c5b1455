// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/branchdraft.h"

#include "app/engine.h"
#include "app/keeper.h"
#include "app/methodlist.h"
#include "app/session.h"
#include "app/settings.h"
#include "tests/app/branchingmethod.h"
#include "tests/app/emptyhome.h"
#include "tests/app/toolmethods.h"

#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

namespace {

struct Fixture
{
    Network network;
    Engine engine;
    MethodList methods {std::vector {branchingMethod(network), promptFreeMethod()}};
    Settings settings;
    Session session {engine, methods, settings};
    Keeper keeper {session};
    BranchDraft& branch = session.branch();

    explicit Fixture(const QString& file = {})
    {
        if (!file.isEmpty())
            keeper.open(file.toStdString());
        QTRY_VERIFY_WITH_TIMEOUT(!session.model().card().path.empty(), 20000);
    }

    /// A run of five steps.
    void runOne(const char* prompt = "one")
    {
        for (const char* slot : {"a", "a_prime", "b"})
            session.inputs().set(
                slot, filled(3, 2, {1, uint8_t(slot[0]), 3}), QStringLiteral("x.png"));
        session.editor().setValue("prompt", std::string(prompt));
        session.editor().setValue("steps", 5);
        start();
    }
    void start()
    {
        QTRY_VERIFY2_WITH_TIMEOUT(
            session.missing().isEmpty(), qPrintable(session.missing().join(QLatin1Char(' '))),
            20000); // the model is read
        session.start();
        QTRY_VERIFY(!session.runs().running());
    }
    std::vector<std::vector<float>> latents(int number) const
    {
        std::vector<std::vector<float>> all;
        for (const RunStep& step : session.runs().run(number)->steps)
            all.push_back(step.latent->values);
        return all;
    }
};

} // namespace

class BranchDraftTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void aBranchWithNothingChangedIsItsParentAndTakesItsStepsOver()
    {
        Fixture f;
        f.runOne();
        QCOMPARE(f.network.calls.exchange(0), 5);
        f.session.editor().setValue("steps", 9); // it comes back
        f.session.restorer().branchFrom(1, 3);
        QVERIFY(f.branch.on());
        QCOMPARE(f.branch.run(), 1);
        QCOMPARE(f.branch.step(), 3);
        f.start();
        const auto made = f.session.runs().run(2);
        QCOMPARE(made->state, Run::Done);
        QVERIFY(made->request().branch && made->request().branch->step == 3);
        QVERIFY(made->from && made->from->run == f.session.runs().run(1)->id);
        QCOMPARE(f.latents(2), f.latents(1));
        QVERIFY(made->candidates[0].image == f.session.runs().run(1)->candidates[0].image);
        QCOMPARE(f.network.calls.load(), 2);
    }

    void fromItsStepOnWhatWasChangedActs()
    {
        Fixture f;
        f.runOne();
        f.session.restorer().branchFrom(1, 3);
        f.session.editor().setValue("prompt", std::string("something else"));
        f.start();
        const auto was = f.latents(1), is = f.latents(2);
        for (size_t step = 0; step < 6; ++step)
            QCOMPARE(is[step] == was[step], step <= 3);
        // A branch of a branch, with the prompt of the first: nothing is the same from there on.
        f.session.restorer().branchFrom(2, 4);
        f.session.editor().setValue("prompt", std::string("one"));
        f.start();
        for (size_t step = 0; step < 6; ++step)
            QCOMPARE(f.latents(3)[step] == is[step], step <= 4);
        QCOMPARE(f.session.runs().run(3)->from->run, f.session.runs().run(2)->id);
    }

    void itIsAStepThatCanBeUndone()
    {
        Fixture f;
        f.runOne();
        f.session.editor().setValue("prompt", std::string("later"));
        f.session.editor().setValue("strength", 0.5);
        const Document before = f.session.editor().document();
        f.session.restorer().branchFrom(1, 2);
        QTRY_VERIFY(f.session.model().awaited().isEmpty());
        const Document branch = f.session.editor().document();
        QCOMPARE(f.session.history().undoText(), QStringLiteral("Branch from step 2 of run 1"));
        f.session.history().undo();
        QVERIFY(!f.branch.on());
        QVERIFY(f.session.editor().document() == before);
        f.session.history().redo();
        QVERIFY(f.session.editor().document() == branch);
        f.branch.leave();
        QVERIFY(!f.branch.on() && !f.session.request().branch);
        QCOMPARE(f.session.editor().value("prompt"), Value(std::string("one")));
        f.session.history().undo();
        QVERIFY(f.branch.on());
    }

    void whatHasToStayIsFixedAndNamedWhereItWasChanged()
    {
        Fixture f;
        f.runOne();
        const Method& method = f.session.editor().method();
        QVERIFY(!f.branch.fixes(parameter(method, "steps")));
        f.session.restorer().branchFrom(1, 2);
        QVERIFY(f.branch.fixes(parameter(method, "steps")));
        QVERIFY(!f.branch.fixes(parameter(method, "prompt")));
        QVERIFY(f.branch.fixes(*slot(method, "a")));
        QTRY_VERIFY(f.session.missing().isEmpty());
        f.session.editor().setValue("steps", 7);
        QCOMPARE(
            f.session.missing(),
            QStringList(QStringLiteral("for a branch of run 1, as it was there: Steps")));
        f.session.editor().setValue("steps", 5);
        QVERIFY(f.session.missing().isEmpty());
        const SharedImage before = f.session.inputs().at("a").image;
        QString said;
        connect(&f.session.inputs(), &Inputs::failed, this, [&](const Place&, const QString& text) {
            said = text;
        });
        f.session.inputs().load("a", {{.path = QStringLiteral("other.png")}});
        QCOMPARE(said, QStringLiteral("In a branch this picture stays."));
        QVERIFY(f.session.inputs().at("a").image.same(before));
    }

    void whereItsRunIsDeletedItWaitsForIt()
    {
        Fixture f;
        f.runOne();
        f.session.restorer().branchFrom(1, 2);
        QTRY_VERIFY(f.session.missing().isEmpty());
        f.session.bin({1});
        QCOMPARE(f.branch.run(), 0);
        QCOMPARE(
            f.session.missing(),
            QStringList(
                QStringLiteral("the run that this branch goes on from, which was deleted")));
        f.session.history().undo();
        QCOMPARE(f.branch.run(), 1);
        QVERIFY(f.session.missing().isEmpty());
    }

    void anotherModeAnotherRunAndTheSampleLeaveIt()
    {
        Fixture f;
        f.runOne();
        f.session.restorer().branchFrom(1, 2);
        f.session.setMethod("prompt-free");
        QVERIFY(!f.branch.on());
        f.session.history().undo();
        QVERIFY(f.branch.on());
        f.session.restorer().restoreRun(1, Restorer::Part::Prompt);
        QVERIFY(f.branch.on());
        f.session.restorer().restoreRun(1);
        QVERIFY(!f.branch.on());
        f.session.restorer().branchFrom(1, 5); // nothing is left to be done behind it
        QVERIFY(!f.branch.on());
    }

    void theDraftAndTheTreeAreThereNextTime()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("a.simile"));
        std::vector<std::vector<float>> first;
        {
            Fixture f(file);
            f.runOne();
            f.session.restorer().branchFrom(1, 3);
            f.session.editor().setValue("prompt", std::string("two"));
            f.start();
            f.session.editor().setValue("prompt", std::string("one"));
            first = f.latents(1);
        }
        Fixture f(file);
        const auto& all = f.session.runs().all();
        QCOMPARE(all.size(), size_t(2));
        QVERIFY(!all[0]->from);
        QVERIFY(all[1]->from && all[1]->from->run == all[0]->id && all[1]->from->step == 3);
        QCOMPARE(f.branch.run(), all[0]->number);
        QCOMPARE(f.branch.step(), 3);
        f.start();
        QCOMPARE(f.session.runs().current()->number, all[2]->number);
        QCOMPARE(f.latents(all[2]->number), first);
        QCOMPARE(f.network.calls.load(), 2);
    }
};

QTEST_GUILESS_MAIN(BranchDraftTest)
#include "tst_branchdraft.moc"
