// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/modelchooser.h"

#include "app/engine.h"
#include "app/methodlist.h"
#include "app/session.h"
#include "app/settings.h"
#include "core/arrayfile.h"
#include "core/file/files.h"
#include "tests/app/emptyhome.h"

#include <QAction>
#include <QCheckBox>
#include <QFile>
#include <QLabel>
#include <QMenu>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

namespace {

QString unetOf(const char* recorded)
{
    return QStringLiteral(TEST_DATA "/%1/weights.safetensors").arg(QLatin1String(recorded));
}

/// The chooser with the plug-ins of the build and the default model.
struct Fixture
{
    Settings settings = {};
    Engine engine;
    MethodList methods;
    Session session {engine, methods, settings};
    ModelChooser chooser {session, settings};

    explicit Fixture(MethodList list = MethodList())
        : methods(std::move(list))
    {
        chooser.show();
        QTRY_VERIFY(!session.model().card().path.empty());
    }

    QCheckBox* paper() const { return chooser.findChild<QCheckBox*>(); }
    QString name() const { return chooser.findChild<QToolButton*>()->text(); }

    QLabel* label(const char* role) const
    {
        for (QLabel* label : chooser.findChildren<QLabel*>())
            if (label->property("role").toString() == QLatin1String(role))
                return label;
        return nullptr;
    }

    /// The menu as it opens: the names in it, the checked ones with a star.
    QStringList menu() const
    {
        Q_EMIT chooser.menu()->aboutToShow();
        QStringList names;
        for (const QAction* action : chooser.menu()->actions())
            names << action->text() + QLatin1String(action->isChecked() ? "*" : "");
        return names;
    }
};

} // namespace

class ModelChooserTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;
    QTemporaryDir m_folder;

    /// A file that is no model: an addition to one.
    QString addition(const char* name) const
    {
        const QString path = m_folder.filePath(QLatin1String(name));
        saveArrays(
            path.toStdString(),
            {{"unet.x.lora_down.weight", Array {.shape = {1, 1}, .values = {1}}}});
        return path;
    }

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void theDefaultModelIsToldAndWhatItLeavesOffOfThePaper()
    {
        const Fixture f;
        QVERIFY(f.name().startsWith(QStringLiteral("Simile mini (default)")));
        const QString said = f.chooser.description();
        QVERIFY2(
            said.startsWith(QStringLiteral(
                "A small model for drawn figures. Its values: cloning and masking off, guidance is "
                "1 (paper: 15), strength is 0.5 (paper: 0.98).")),
            qPrintable(said));
        QVERIFY(said.contains(QStringLiteral("For\u00a0photographs")));
        QVERIFY(!f.label("error")->isVisible());
    }

    void whatIsNeededForPhotographsIsUnfolded()
    {
        const Fixture f;
        const QString help = QStringLiteral("Stable Diffusion 1.x or 2.x inpainting model");
        QVERIFY(!f.chooser.description().contains(help));
        Q_EMIT f.label("dim")->linkActivated(QStringLiteral("help"));
        QVERIFY(f.chooser.description().contains(help));
        Q_EMIT f.label("dim")->linkActivated(QStringLiteral("help"));
        QVERIFY(!f.chooser.description().contains(help));
    }

    void whatIsNeededFollowsTheMethod()
    {
        Method any {.id = "any", .name = "Any"}, first {.id = "first", .name = "First"};
        first.needs.contextWidths = {768};
        Fixture f(MethodList(std::vector {any, first}));
        Q_EMIT f.label("dim")->linkActivated(QStringLiteral("help"));
        const auto says = [&](const char* model) {
            return f.chooser.description().contains(
                QStringLiteral("Get a Stable Diffusion ") + QLatin1String(model)
                + QLatin1Char(','));
        };
        QVERIFY2(says("1.x or 2.x model"), qPrintable(f.chooser.description()));
        f.session.setMethod("first");
        QVERIFY2(says("1.x model"), qPrintable(f.chooser.description()));
    }

    void whatIsNoPapersIsNotCalledSo()
    {
        Method own {.id = "own", .name = "Own"};
        own.parameters = {
            {.id = "guidance",
             .label = "Guidance",
             .initial = 7.5,
             .minimum = 0,
             .maximum = 30,
             .role = Role::Guidance}};
        Fixture f(MethodList(std::vector {own}));
        f.session.editor().setValue("guidance", 5.0);
        QCOMPARE(differencesFromPaper(f.session), QStringLiteral("guidance is 5 (usually: 7.5)"));
        QVERIFY(!f.paper()->isVisible());
    }

    void theSwitchTakesAllOfThePapersValuesAndGivesThemBack()
    {
        Fixture f;
        QVERIFY(f.paper()->isVisible() && !f.paper()->isChecked());
        const QString before = f.chooser.description();
        QTest::keyClick(f.paper(), Qt::Key_Space);
        QCOMPARE(f.session.editor().document().chosen().preset, std::string("paper"));
        QCOMPARE(f.session.editor().value("sac"), Value(Layers {{3, 11}}));
        QCOMPARE(f.session.editor().value("strength"), Value(0.98));
        QCOMPARE(differencesFromPaper(f.session), QString());
        QVERIFY(!f.chooser.description().contains(QStringLiteral("Its values")));
        QTest::keyClick(f.paper(), Qt::Key_Space);
        QCOMPARE(f.session.editor().document().chosen().preset, std::string());
        QCOMPARE(f.session.editor().value("sac"), Value(Layers {}));
        QCOMPARE(f.chooser.description(), before);
    }

    void theSwitchFollowsThePreset()
    {
        Fixture f;
        f.session.editor().setPreset("paper");
        QVERIFY(f.paper()->isChecked());
        f.session.editor().setPreset("deblur");
        QVERIFY(!f.paper()->isChecked());
        QCOMPARE(f.session.editor().document().chosen().preset, std::string("deblur"));
    }

    void whatIsSetByHandIsToldToo()
    {
        Fixture f;
        f.session.editor().setPreset("paper");
        f.session.editor().setValue("cam", Layers {});
        f.session.editor().setValue("strength", 0.9);
        QCOMPARE(
            differencesFromPaper(f.session),
            QStringLiteral("masking off, strength is 0.9 (paper: 0.98)"));
        QVERIFY(f.chooser.description().contains(differencesFromPaper(f.session)));
    }

    void aRefusedModelShowsItsReason_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("reason");
        const QString text = m_folder.filePath(QStringLiteral("text.safetensors"));
        writeFileAtomically(text.toStdString(), std::as_bytes(std::span("a few words", 11)));
        QTest::newRow("no model") << text << "text.safetensors";
        QTest::newRow("no whole model") << addition("lora.safetensors") << "is a LoRA";
        QTest::newRow("not for this method") << TEST_DATA "/unet-sd1/weights.safetensors"
                                             << "Analogy needs an inpainting model";
    }

    void aRefusedModelShowsItsReason()
    {
        QFETCH(QString, path);
        QFETCH(QString, reason);
        Fixture f;
        f.session.model().choose(path);
        QTRY_VERIFY(f.label("error")->isVisible());
        const QString text = f.label("error")->text().remove(QChar(0x200B)); // breakable()
        QVERIFY2(text.contains(reason), qPrintable(text));
        QVERIFY(f.name().startsWith(path.section(QLatin1Char('/'), -1)));
        QVERIFY(!f.chooser.description().contains(QStringLiteral("drawn figures")));
        f.session.model().choose({});
        QTRY_VERIFY(!f.label("error")->isVisible());
        QVERIFY(f.chooser.description().contains(QStringLiteral("drawn figures")));
    }

    void aModelThatIsGoneIsSaidAndTheOldOneStays()
    {
        Fixture f;
        f.session.model().choose(m_folder.filePath(QStringLiteral("gone.safetensors")));
        QVERIFY(f.label("error")->text().startsWith(QStringLiteral("There is no model ")));
        QVERIFY(f.label("error")->isVisible());
        QVERIFY(f.name().startsWith(QStringLiteral("Simile mini")));
    }

    void whatIsDoneToAModelStandsInPlaceOfItsDescription()
    {
        Fixture f;
        const QString before = f.chooser.description();
        Q_EMIT f.session.model().stage(QStringLiteral("Converting a.ckpt to safetensors"));
        QVERIFY(f.chooser.description().startsWith(QStringLiteral("Converting a.ckpt")));
        Q_EMIT f.session.model().stage({});
        QCOMPARE(f.chooser.description(), before);
    }

    void recentModelsAreListedTheNewestFirst()
    {
        Fixture f;
        const QString first = QStringLiteral("Default model (small, for drawn figures)");
        const QString chosen = first + QLatin1Char('*'),
                      older = QStringLiteral("older.safetensors"),
                      newer = QStringLiteral("newer.safetensors");
        const QStringList last = {
            QString(), QStringLiteral("Open &file..."), QStringLiteral("Open f&older..."),
            QStringLiteral("&Get models...")};
        QCOMPARE(f.menu(), QStringList(chosen) + last);
        for (const QString& name : {older, newer}) {
            QVERIFY(QFile::copy(unetOf("unet-sd1"), m_folder.filePath(name)));
            f.settings.addRecentModel(m_folder.filePath(name));
        }
        QCOMPARE(f.menu(), QStringList({chosen, newer, older}) + last);
        f.chooser.menu()->actions().at(2)->trigger();
        QTRY_VERIFY(f.name().startsWith(older));
        QCOMPARE(f.menu(), QStringList({first, older + QLatin1Char('*'), newer}) + last);
        f.chooser.menu()->actions().at(0)->trigger();
        QTRY_VERIFY(f.session.model().isDefault());
        QVERIFY(QFile::remove(m_folder.filePath(older)));
        QCOMPARE(f.menu(), QStringList({chosen, newer}) + last);
    }

    void whatCannotBeLoadedIsNotListed()
    {
        Fixture f;
        const QStringList before = f.menu();
        f.session.model().choose(addition("lora.safetensors"));
        QTRY_VERIFY(f.label("error")->isVisible());
        f.session.model().choose({});
        QTRY_VERIFY(!f.label("error")->isVisible());
        QCOMPARE(f.menu(), before);
    }
};

QTEST_MAIN(ModelChooserTest)
#include "tst_modelchooser.moc"
