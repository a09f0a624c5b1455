// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/usable.h"

#include "tests/app/keepingprogram.h"
#include "tests/app/statefolder.h"

class UsableTest : public QObject
{
    Q_OBJECT

    StateFolder m_state;

    QString path(const char* name = "a.simile") const { return m_state.path(name); }
    SessionFile file() const { return {m_state.file(), SessionFile::Own}; }

    /// Makes a session of the method "analogy": a run, two that wait, and a branch to be.
    Document makeSession() const
    {
        Program program(path());
        program.line({"b", "c"});
        program.session.editor().setValue("net", std::string("/somewhere/net.pth"));
        program.session.editor().addTouch({.head = 1});
        program.session.editor().change([&](Document& d) {
            d.branch = BranchPoint {.run = program.session.runs().all().at(0)->id, .step = 1};
        });
        (void)program.keeper.flush();
        return program.session.editor().document();
    }

    /// A program without the method that the session is of.
    struct Without : Program
    {
        explicit Without(const QString& file = {})
            : Program(file, {promptFreeMethod()})
        {
        }
    };

private Q_SLOTS:
    void init() { m_state.renew(); }

    void whatIsOfAMissingMethodStaysByteForByte()
    {
        makeSession();
        const std::string before = file().document();
        const auto waiting = file().waiting();
        {
            Without program(path());
            QCOMPARE(program.session.editor().method().id, std::string("prompt-free"));
            QCOMPARE(program.keeper.missingMethods(), std::set<std::string> {"analogy"});
            QVERIFY(program.keeper.flush());
        }
        QCOMPARE(file().document(), before);
        QCOMPARE(file().waiting().size(), size_t(2));
        for (size_t i = 0; i < waiting.size(); ++i) {
            QCOMPARE(file().waiting().at(i).run.record, waiting[i].run.record);
            QCOMPARE(file().waiting().at(i).run.places, waiting[i].run.places);
            QCOMPARE(file().waiting().at(i).place, waiting[i].place);
        }
    }

    void editingWithoutAMethodKeepsWhatIsOfIt()
    {
        const Document made = makeSession();
        {
            Without program(path());
            Session& session = program.session;
            session.editor().setValue("prompt", std::string("another"));
            session.inputs().set(
                "reference", filled(4, 4, {7, 7, 7}), QStringLiteral("reference.png"));
            while (session.history().canUndo()) // also the steps of the missing method
                session.history().undo();
            while (session.history().canRedo())
                session.history().redo();
            session.setStarred({1}, true);
            QVERIFY2(program.said.isEmpty(), qPrintable(program.said.join(QLatin1Char(' '))));
            QCOMPARE(program.saveAs(path("copy.simile")), QString());
        }
        {
            Program again(path());
            QVERIFY(again.keeper.missingMethods().empty());
            Document expected = made;
            expected.inputs["reference"] = again.session.editor().document().pictures("reference");
            expected.choices["prompt-free"].byHand["prompt"] = std::string("another");
            QVERIFY(again.session.editor().document() == expected);
            QCOMPARE(expected.pictures("reference").size(), size_t(1));
            QCOMPARE(again.waiting(), QStringLiteral("b c"));
            QVERIFY(again.session.runs().all().at(0)->marks.starred);
            again.session.history().undo(); // the star
            again.session.history().undo(); // the picture
            again.session.history().undo(); // the prompt
            QVERIFY(again.session.editor().document() == made);
        }
        Program copy(path("copy.simile"));
        QCOMPARE(copy.session.editor().method().id, std::string("analogy"));
        Choices passedOn = made.chosen();
        passedOn.byHand.erase("net"); // places are not passed on
        QVERIFY(copy.session.editor().document().chosen() == passedOn);
        QCOMPARE(copy.waiting(), QStringLiteral("b c"));
    }

    void aMethodThatIsChosenMeanwhileStaysTheChosenOne()
    {
        const Document made = makeSession();
        Method third = walkingMethod();
        third.id = "third";
        third.order = 9;
        {
            Program without(path(), {promptFreeMethod(), third});
            QCOMPARE(without.session.editor().method().id, std::string("prompt-free"));
            without.session.setMethod("third");
        }
        Program again(path(), {walkingMethod(), promptFreeMethod(), third});
        QCOMPARE(again.session.editor().method().id, std::string("third"));
        again.session.setMethod("analogy");
        QVERIFY(again.session.editor().document().chosen() == made.chosen());
    }

    void aRunThatWaitedForAMissingMethodFailsAndWaitsAgainNextTime()
    {
        makeSession();
        {
            Without program(path());
            program.session.queue().setPaused(false);
            const auto& runs = program.session.runs().all();
            QTRY_COMPARE(runs.size(), size_t(3));
            QVERIFY2(
                runs.at(1)->error.contains(QLatin1String("\"analogy\"")),
                qPrintable(runs.at(1)->error));
            program.session.bin({runs.at(1)->number});
            QVERIFY(program.keeper.flush());
        }
        Program again(path());
        QCOMPARE(again.waiting(), QStringLiteral("b c"));
        again.session.queue().setPaused(false);
        QTRY_COMPARE(again.session.runs().all().size(), size_t(3));
        QTRY_VERIFY(!again.session.runs().running());
        for (const auto& run : again.session.runs().all())
            QVERIFY2(run->state == Run::Done, qPrintable(run->error));
    }

    void picturesOfAMissingMethodAreNotCutToWhatAnotherTakes()
    {
        Method many = promptFreeMethod();
        many.id = "many";
        many.slots[0].id = "a"; // walkingMethod() takes one there
        {
            Program program(path(), {many, walkingMethod()});
            program.session.setMethod("many");
            for (int i = 0; i < 3; ++i)
                program.session.inputs().set(
                    {"a", i}, filled(2, 2, {uint8_t(i), 0, 0}), QStringLiteral("x.png"));
        }
        {
            Program without(path(), {walkingMethod()});
            QCOMPARE(without.session.request().images.at("a").size(), size_t(1));
        }
        Program again(path(), {many, walkingMethod()});
        QCOMPARE(again.session.inputs().in("a").size(), size_t(3));
    }

    void missingMethodsAreSaidOnceAndByTheirIds()
    {
        makeSession();
        Without program;
        QVERIFY(program.open(path()));
        QCOMPARE(program.said.size(), 1);
        QVERIFY2(
            program.said.first().contains(
                QLatin1String("missing here: \"analogy\". They are kept")),
            qPrintable(program.said.first()));
    }
};

QTEST_GUILESS_MAIN(UsableTest)
#include "tst_usable.moc"
