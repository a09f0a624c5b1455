// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/lorachoice.h"
#include "app/store/database.h"
#include "core/file/files.h"
#include "tests/app/keepingprogram.h"
#include "tests/app/statefolder.h"

#include <QDir>

/// A session that names what is not there any more, or is something else by now: it opens with all
/// else, each thing is named, and choosing it again is enough.
class MissingFilesTest : public QObject
{
    Q_OBJECT

    StateFolder m_state;

    static QString all(const QStringList& sentences) { return sentences.join(QLatin1Char(' ')); }
    /// A session with a run, in which that is edited.
    void edited(const std::function<void(Document&)>& edit) const
    {
        Program program(m_state.path());
        program.fill();
        program.run(1);
        program.session.editor().change(edit);
        QVERIFY(program.keeper.flush());
    }

private Q_SLOTS:
    void init() { m_state.renew(); }

    void aModelThatIsGoneIsNamedAndAnotherCanBeChosen()
    {
        edited([&](Document& d) { d.model = m_state.path("gone.safetensors"); });
        Program program(m_state.path());
        QCOMPARE(program.session.runs().all().size(), std::size_t(1));
        QTRY_VERIFY(!program.session.model().problem().isEmpty());
        QVERIFY2(
            program.session.model().problem().contains(QLatin1String("gone.safetensors")),
            qPrintable(program.session.model().problem()));
        QVERIFY(!program.session.missing().isEmpty());
        program.session.model().choose(QString());
        program.run(1);
        QCOMPARE(program.session.runs().all().size(), std::size_t(2));
    }

    void aLoraThatIsGoneIsNamedInItsList()
    {
        const std::string file = m_state.file("gone.safetensors");
        edited([&](Document& d) {
            d.loras = {{.lora = {.file = file, .sha256 = std::string(64, '7'), .weight = 0.5}}};
        });
        Program program(m_state.path());
        const auto& loras = program.session.editor().document().loras;
        QCOMPARE(loras.size(), std::size_t(1));
        QCOMPARE(loras[0].lora.weight, 0.5);
        const LoraChoice& choice = program.session.loras();
        QTRY_VERIFY(choice.card(0) && !choice.card(0)->problem.empty());
        const std::string problem = english(choice.card(0)->problem);
        QVERIFY2(problem.find("gone.safetensors") != std::string::npos, problem.c_str());
    }

    void aPictureThatIsGoneIsAnEmptyPlace()
    {
        edited([](Document&) {});
        Database(m_state.file(), Database::ReadWrite)
            .execute("DELETE FROM input WHERE hash IN (SELECT hash FROM input LIMIT 1)");
        Program program(m_state.path());
        QCOMPARE(program.session.runs().all().size(), std::size_t(1));
        QVERIFY(program.session.runs().all()[0]->state == Run::Done);
        int empty = 0;
        for (const char* slot : {"a", "a_prime", "b"})
            empty += program.session.inputs().at(slot).image.empty();
        QCOMPARE(empty, 1);
        QVERIFY2(
            all(program.session.missing()).contains(QLatin1String("a picture for ")),
            qPrintable(all(program.session.missing())));
        program.fill();
        program.run(1);
    }
};

QTEST_GUILESS_MAIN(MissingFilesTest)
#include "tst_missingfiles.moc"
