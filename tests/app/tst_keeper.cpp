// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/keeper.h"

#include "app/commands.h"
#include "app/engine.h"
#include "app/methodlist.h"
#include "app/session.h"
#include "app/sessions.h"
#include "app/settings.h"
#include "app/store/database.h"
#include "app/store/sessionfile.h"
#include "core/errors.h"
#include "core/file/files.h"
#include "core/picture/imagefile.h"
#include "tests/app/keepingprogram.h"
#include "tests/app/statefolder.h"
#include "tests/failure.h"
#include "tests/noroom.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTest>

class KeeperTest : public QObject
{
    Q_OBJECT

    StateFolder m_state;

    QString path(const char* name = "a.simile") const { return m_state.path(name); }

private Q_SLOTS:
    void init() { m_state.renew(); }

    void aPictureOfOursThatWasOpenedIsThereNextTime()
    {
        const SharedImage picture = filled(6, 4, {1, 2, 3});
        {
            Program program(path());
            program.fill();
            program.run(2);
            Record record {.request = program.session.runs().current()->request()};
            record.resolved = program.session.runs().current()->values();
            program.session.runs().addOpened(record, picture);
            QVERIFY(program.keeper.flush());
            QVERIFY2(program.said.isEmpty(), qPrintable(program.said.join(QLatin1Char(' '))));
        }
        const Program again(path());
        QCOMPARE(again.session.runs().all().size(), size_t(2));
        QCOMPARE(again.session.runs().current()->candidates.size(), size_t(1));
        QVERIFY(again.session.runs().current()->candidates[0].image == picture);
    }

    void whatWasDoneIsThereNextTime()
    {
        std::vector<float> last;
        Document document;
        {
            Program program(path());
            program.fill();
            program.session.editor().setValue("prompt", std::string("red"));
            program.session.editor().setValue("net", std::string("/somewhere/net.pth"));
            program.run(4);
            program.run(3);
            last = program.numbers(3);
            document = program.session.editor().document();
        }
        Program again(path());
        QVERIFY(again.session.editor().document() == document);
        const Runs& runs = again.session.runs();
        QCOMPARE(runs.all().size(), size_t(2));
        const auto first = runs.all().at(0), second = runs.current();
        QVERIFY(first->away && !second->away); // only what is shown is read
        QVERIFY(!first->thumbnail.empty());
        QCOMPARE(first->stepsDone(), 4);
        QCOMPARE(second->state, Run::Done);
        QCOMPARE(second->steps.size(), size_t(4));
        QCOMPARE(again.numbers(3), last);
        QVERIFY(second->steps.at(2).clean && second->steps.at(2).prediction);
        QVERIFY(second->steps.at(2).previews == (std::vector {filled(2, 2, {2, 0, 0})}));
        QCOMPARE(second->candidates.size(), size_t(1));
        QVERIFY(second->candidates.at(0).canvas == filled(8, 8, {uint8_t(int(last[0])), 9, 9}));
        QVERIFY(second->request().images.at("a").at(0).image == filled(3, 2, {5, 'a', 3}));
        QCOMPARE(second->request().images.at("a").at(0).name, std::string("x.png"));
        QCOMPARE(second->request().values.at("net"), Value(std::string("/somewhere/net.pth")));
        QCOMPARE(second->values().at("prompt"), Value(std::string("red")));
        QVERIFY(second->computed == computedHere(second->request()));
        again.session.runs().show(first->number);
        QVERIFY(!first->away);
        QCOMPARE(first->steps.size(), size_t(5));
    }

    void aRunThatWasInterruptedGoesOnBitForBit()
    {
        std::vector<float> whole;
        {
            Program program(path("whole"));
            program.fill();
            program.session.editor().setSeed(77);
            program.run(9);
            whole = program.numbers(9);
        }
        {
            Program program(path());
            program.fill();
            program.session.editor().setSeed(77);
            program.run(9, 4);
        }
        // As a kill leaves it: in progress.
        {
            SessionFile file(path().toStdString(), SessionFile::Own);
            KeptRun run = file.runs().at(0);
            run.state = Run::Running;
            file.putRun(run, {});
            file.putDocument({}, {});
        }
        Program program(path());
        auto run = program.session.runs().all().at(0);
        QCOMPARE(run->state, Run::Stopped);
        QVERIFY(run->canGoOn());
        const int at = run->stepsDone(); // the step in progress may have ended when it was stopped
        QVERIFY(at == 4 || at == 5);
        QCOMPARE(
            run->notes,
            QStringList {QStringLiteral("It was interrupted after step %1 of 9.").arg(at)});
        QSignalSpy ended(&program.session.runs(), &Runs::ended);
        program.session.goOn(run->number);
        QVERIFY(ended.wait());
        QCOMPARE(run->state, Run::Done);
        QCOMPARE(program.numbers(9), whole);
        QVERIFY(program.keeper.flush());
        const auto kept = SessionFile(path().toStdString(), SessionFile::Own).runs().at(0);
        QCOMPARE(kept.state, int(Run::Done));
        QCOMPARE(kept.stepsKept, 10);
    }

    void aCommandGoesOnWithARunAndLeavesItsMarks()
    {
        {
            Program program(path());
            program.fill();
            program.run(9, 3);
            program.session.setStarred({1}, true);
            program.session.setName(1, QStringLiteral("best"));
        }
        const MethodList methods(std::vector {walkingMethod()});
        const GoOnCommand command {.session = path().toStdString()};
        const KeptRun before = SessionFile(command.session, SessionFile::Own).runs().at(0);
        {
            Database tamper(command.session, Database::ReadWrite);
            tamper.execute("UPDATE run SET record = json_set(record, '$.model.name', 'Else')");
            QCOMPARE(goOn(command, methods), int(ExitModelMissing));
            tamper.prepare("UPDATE run SET record = ?").with(before.record).run();
        }
        GoOnCommand elsewhere = command;
        elsewhere.out = path().toStdString() + "-none/x.png";
        QCOMPARE(goOn(elsewhere, methods), int(ExitBadArguments)); // before the work
        elsewhere.out = path().toStdString() + "-made.jpg";
        QCOMPARE(goOn(elsewhere, methods), int(ExitDone));
        QVERIFY(readFile(elsewhere.out, 1 << 20).at(0) == std::byte(0xff)); // a JPEG picture
        const KeptRun run = SessionFile(command.session, SessionFile::Own).runs().at(0);
        QCOMPARE(run.state, int(Run::Done));
        QCOMPARE(run.stepsKept, 10);
        QVERIFY(run.star);
        QCOMPARE(run.name, std::string("best"));
        QCOMPARE(run.started, before.started);
    }

    void aStopLeavesARunThatWentOn()
    {
        Program program(path());
        program.fill();
        program.run(9, 3);
        const auto run = program.session.runs().current();
        connect(&program.session.runs(), &Runs::stepAdded, &program.session, [&](int, int step) {
            if (step == 6)
                program.session.runs().stop(false);
        });
        QSignalSpy ended(&program.session.runs(), &Runs::ended);
        program.session.goOn(run->number);
        QVERIFY(ended.wait());
        QCOMPARE(program.session.runs().all().size(), size_t(1));
        QCOMPARE(run->state, Run::Stopped);
        QVERIFY(run->stepsDone() >= 6);
    }

    void whatIsRemovedIsGone()
    {
        {
            Program program(path());
            program.fill();
            program.run(2);
            program.run(2);
            program.session.runs().remove(1);
        }
        Program again(path());
        QCOMPARE(again.session.runs().all().size(), size_t(1));
    }

    void runsThatWereLookedAtBeforeLeaveTheMemory()
    {
        Program program(path());
        program.fill();
        for (int i = 0; i < 9; ++i) {
            program.run(1);
            QVERIFY(program.keeper.flush());
        }
        program.session.runs().show(9);
        program.session.runs().show(8);
        int away = 0;
        for (const auto& run : program.session.runs().all())
            away += run->away && run->steps.empty() && !run->thumbnail.empty();
        QVERIFY2(away >= 2, std::to_string(away).c_str());
        program.session.runs().show(1);
        QCOMPARE(program.session.runs().current()->steps.size(), size_t(2));
        QCOMPARE(program.session.runs().current()->request().images.size(), size_t(3));
    }

    void aRunOfACommandAppearsWhileTheSessionIsOpen()
    {
        Program program(path());
        MakeCommand command {.request = {.method = "analogy"}, .session = path().toStdString()};
        for (const char* slot : {"a", "a_prime", "b"}) {
            const std::string file = path(slot).toStdString() + ".png";
            writeFileAtomically(file, encodePng(filled(3, 2, {7, 8, 9})));
            command.pictures[slot] = {{.file = file}};
        }
        command.out = path("out.png").toStdString();
        QCOMPARE(make(walkingMethod(), command, program.methods), int(ExitDone));
        QTRY_COMPARE_WITH_TIMEOUT(program.session.runs().all().size(), size_t(1), 10000);
        program.session.runs().show(1);
        QCOMPARE(program.session.runs().current()->state, Run::Done);
        const auto run = program.session.runs().current();
        QVERIFY(run->stepCount > 1);
        const SharedImage& a = run->request().images.at("a").at(0).image;
        QVERIFY(
            SessionFile(path().toStdString(), SessionFile::Own).pictureFile(pixelHash(a))
            == readFile(path("a").toStdString() + ".png", 1 << 20));
        QCOMPARE(int(run->steps.size()), run->stepCount + 1);
        QCOMPARE(listRuns({.session = path().toStdString()}, program.methods), int(ExitDone));
        QCOMPARE(
            listRuns({.session = path("none").toStdString()}, program.methods),
            int(ExitInputRefused));
    }

    void aPictureIsKeptWithTheFileThatItCameFrom()
    {
        const SharedImage image = filled(5, 4, {1, 2, 3});
        const auto file = encodePng(image, {{.keyword = "note", .text = "of this file"}});
        writeFileAtomically(path("photo.png").toStdString(), file);
        const auto bytes =
            QByteArray(reinterpret_cast<const char*>(file.data()), qsizetype(file.size()));
        const std::string hash = pixelHash(image);
        {
            Program program(path());
            Inputs& inputs = program.session.inputs();
            inputs.load("a", {{.path = path("photo.png")}});
            inputs.load("b", {{.bytes = bytes, .name = QStringLiteral("pasted.png")}});
            inputs.set("a_prime", filled(5, 4, {4, 4, 4}), QStringLiteral("drawn"));
            QTRY_VERIFY(!inputs.at("a").image.empty() && !inputs.at("b").image.empty());
            QVERIFY(program.keeper.flush());
            QVERIFY(SessionFile(path().toStdString(), SessionFile::Own).pictureFile(hash) == file);
            QCOMPARE(program.saveAs(path("saved")), QString());
            // The document goes along to a new session, and the file with it.
            program.keeper.open(path("new").toStdString());
            QVERIFY(program.keeper.flush());
            QVERIFY(inputs.original("a"));
        }
        QVERIFY(QFile::remove(path("photo.png")));
        for (const char* name : {"a.simile", "saved", "new"}) {
            Program program(path(name));
            const Inputs& inputs = program.session.inputs();
            const ReadFile original = inputs.original("a");
            QVERIFY2(original, name);
            QVERIFY(original() == file);
            QVERIFY(inputs.original("b")() == file);
            QVERIFY(!inputs.original("a_prime") && !inputs.original("reference"));
        }
    }

    /// A limit of files' size is what a test has in place of a full disk.
    void whatCannotBeWrittenIsSaidAndWrittenLater()
    {
        Program program(path());
        program.fill();
        program.run(1);
        QVERIFY(program.keeper.flush());
        {
            const NoRoom full(4096);
            program.run(2);
            QTRY_COMPARE(program.said.size(), 1);
            QVERIFY(!program.keeper.flush());
        }
        QVERIFY2(
            program.said.at(0).startsWith(QStringLiteral("The session ")),
            qPrintable(program.said.at(0)));
        QTRY_COMPARE_WITH_TIMEOUT(program.said.size(), 2, 20000);
        QCOMPARE(program.said.at(1), QString()); // it works again
        QVERIFY(program.keeper.flush());
        const SessionFile kept(path().toStdString(), SessionFile::Own);
        QCOMPARE(kept.runs().size(), size_t(2));
        QCOMPARE(kept.runs().at(1).stepsKept, 3);
    }

    void aCopyIsWrittenWhileTheWindowAnswersAndRunsGoOn()
    {
        Program program(path());
        program.fill();
        program.run(2);
        QStringList told;
        connect(&program.keeper, &Keeper::saving, &program.session, [&](int percent) {
            told.append(QString::number(percent));
        });
        QSignalSpy saved(&program.keeper, &Keeper::saved);
        QVERIFY(program.sessions.saveAs(path("saved")));
        QVERIFY(program.keeper.isSaving());                 // it did not wait for it
        program.keeper.saveAs(path("other").toStdString()); // one at a time
        program.run(2);
        QTRY_COMPARE(saved.size(), 1);
        QVERIFY2(told.size() >= 2, qPrintable(told.join(QLatin1Char(' '))));
        QVERIFY(!QFile::exists(path("other")) && !QFile::exists(path("saved.part")));
        QVERIFY(SessionFile(path("saved").toStdString(), SessionFile::Foreign).runs().size() >= 1);
        QCOMPARE(SessionFile(path().toStdString(), SessionFile::Own).runs().size(), size_t(2));
    }

    void theEndOfTheProgramStopsACopyAndLeavesNothingOfIt()
    {
        {
            Program program(path());
            program.fill();
            program.run(1);
            QVERIFY(program.sessions.saveAs(path("saved")));
        }
        QVERIFY(!QFile::exists(path("saved.part")));
        if (QFile::exists(path("saved"))) // it was done already
            SessionFile(path("saved").toStdString(), SessionFile::Foreign);
    }

    void aFileThatIsRemovedOrReplacedWhileItIsOpenIsToldAndSavedUnderAnotherName()
    {
        for (const bool replaced : {false, true}) {
            m_state.renew();
            {
                Program program(path());
                program.fill();
                program.run(2);
                QVERIFY(program.keeper.flush());
                QVERIFY(QFile::remove(path()));
                QFile another(path());
                QVERIFY(
                    !replaced || (another.open(QFile::WriteOnly) && another.write("another") > 0));
                another.close();
                QTRY_COMPARE(program.said.size(), 1);
                QVERIFY(program.said.at(0).contains(QStringLiteral("removed or replaced")));
                program.run(1);
                QCOMPARE(program.saveAs(path("saved")), QString());
                QTest::qWait(0);
                QCOMPARE(program.said.size(), 1);
            }
            QFile another(path());
            QCOMPARE(another.exists(), replaced);
            QVERIFY(!replaced || (another.open(QFile::ReadOnly) && another.readAll() == "another"));
            Program other;
            QVERIFY(other.open(path("saved")));
            QCOMPARE(other.session.runs().all().size(), size_t(2));
        }
    }
};

QTEST_GUILESS_MAIN(KeeperTest)
#include "tst_keeper.moc"
