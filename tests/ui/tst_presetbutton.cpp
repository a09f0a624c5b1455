// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/presetbutton.h"

#include "core/file/files.h"
#include "core/file/resources.h"
#include "core/picture/imagefile.h"
#include "tests/app/emptyhome.h"
#include "tests/ui/modesfixture.h"
#include "ui/actions.h"
#include "ui/ownpresetsdialog.h"
#include "ui/parametersdock.h"
#include "ui/pictureplace.h"
#include "ui/pictureplaces.h"
#include "ui/recentfiles.h"
#include "ui/savepresetdialog.h"

#include <QContextMenuEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QTemporaryDir>

namespace {

struct Fixture : ModesFixture
{
    QTemporaryDir folder;
    PresetButton& button {*window.parameters().presets()};

    Fixture()
        : ModesFixture("analogy")
    {
        session.editor().resetValue("steps");
        session.editor().setValue("steps", 8);
        session.editor().setValue("prompt", std::string("a star"));
    }

    const Method& method() const { return session.editor().method(); }
    QAction* entry(const QString& text)
    {
        Q_EMIT button.menu()->aboutToShow();
        for (QAction* action : button.menu()->actions())
            if (action->text() == text)
                return action;
        return nullptr;
    }
    template<typename Dialog>
    Dialog* opened(const char* text)
    {
        entry(QString::fromLatin1(text))->trigger();
        return window.findChild<Dialog*>();
    }
    static QPushButton* button_(const QWidget& dialog, const char* text)
    {
        for (auto* each : dialog.findChildren<QPushButton*>())
            if (each->text().remove(QLatin1Char('&')) == QLatin1String(text))
                return each;
        return nullptr;
    }
    QString notice() const { return window.pane().notices().text(); }
    void answer(const char* text) const
    {
        for (auto* each : window.pane().notices().findChildren<QPushButton*>())
            if (each->text() == QLatin1String(text))
                return each->click();
        QFAIL(text);
    }
    QString write(const OwnPreset& preset, const char* method) const
    {
        const QString path = folder.filePath(QStringLiteral("shared.json"));
        writeFileAtomically(path.toStdString(), presetBytes(method, preset));
        return path;
    }
    std::vector<PresetFile> own() const { return ownPresets(method(), methods).presets; }
};

const OwnPreset shared {QStringLiteral("Shared"), {{"steps", 3}}};

} // namespace

class PresetButtonTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void init()
    {
        QSettings().clear();
        std::filesystem::remove_all(userFolder());
    }

    void theValuesAreSavedUnderAFreeNameAndThePromptWhereItIsWanted()
    {
        Fixture f;
        auto* dialog = f.opened<SavePresetDialog>("&Save as preset...");
        QVERIFY(dialog);
        auto* name = dialog->findChild<QLineEdit*>();
        QCOMPARE(name->text(), QStringLiteral("Own preset"));
        auto* values = dialog->findChild<QListWidget*>();
        QStringList checked, unchecked;
        for (int i = 0; i < values->count(); ++i)
            (values->item(i)->checkState() == Qt::Checked ? checked : unchecked)
                << values->item(i)->text();
        QVERIFY2(
            checked.contains(QStringLiteral("Steps: 8")),
            qPrintable(checked.join(QLatin1Char(';'))));
        QCOMPARE(unchecked, QStringList {QStringLiteral("Prompt: a star")});
        auto* save = f.button_(*dialog, "Save");
        name->setText(QStringLiteral("Soft"));
        QVERIFY(!save->isEnabled()); // one that comes with the method
        name->setText(QStringLiteral(" My steps "));
        save->click();
        QCOMPARE(f.own().size(), size_t(1));
        QVERIFY(!f.own()[0].preset.values.contains("prompt"));
        QCOMPARE(f.button.text(), QStringLiteral("My steps \u25BE"));
        QVERIFY(f.entry(QStringLiteral("My steps"))->isChecked());
        QVERIFY(!f.entry(QStringLiteral("Recommended"))->isChecked());
        f.entry(QStringLiteral("Recommended"))->trigger();
        QCOMPARE(f.button.text(), QStringLiteral("Recommended \u25BE"));
        QVERIFY(!f.session.editor().setByHand("steps"));
        QVERIFY(f.session.editor().setByHand("prompt"));
        f.entry(QStringLiteral("My steps"))->trigger();
        QCOMPARE(f.session.editor().value("steps"), Value(8));
        QCOMPARE(f.button.text(), QStringLiteral("My steps \u25BE"));
    }

    void aFileIsTakenInAndItsNameGetsANumber()
    {
        Fixture f;
        keepPreset(f.method(), {shared.name, {{"steps", 2}}}, f.methods);
        f.window.open({f.write(shared, "analogy")});
        QTRY_COMPARE(
            f.notice(), QStringLiteral("The preset Shared 2 is among your own for Analogy now."));
        f.answer("Use it");
        QCOMPARE(f.session.editor().value("steps"), Value(3));
        QCOMPARE(f.own().size(), size_t(2));
    }

    void oneOfAnotherModeSaysSoAndLeadsThere()
    {
        Fixture f;
        f.window.open({f.write(shared, "prompt-free")});
        QTRY_VERIFY(f.notice().contains(QStringLiteral("for Prompt-free")));
        QCOMPARE(f.session.editor().method().id, std::string("analogy"));
        f.answer("Switch to Prompt-free and use it");
        QCOMPARE(f.session.editor().method().id, std::string("prompt-free"));
        QCOMPARE(f.session.editor().value("steps"), Value(3));
        f.session.history().undo(); // one step
        QCOMPARE(f.session.editor().method().id, std::string("analogy"));
        f.window.open({f.folder.filePath(QStringLiteral("shared.json"))});
        QTRY_VERIFY(f.notice().contains(QStringLiteral("already")));
    }

    void whatIsNoPresetIsSaid()
    {
        Fixture f;
        const QString path = f.folder.filePath(QStringLiteral("broken.json"));
        writeFileAtomically(path.toStdString(), std::vector<std::byte>(3));
        f.window.open({path});
        QTRY_VERIFY(f.notice().contains(QStringLiteral("broken.json")));
    }

    void aDamagedFileIsNamedAtTheStartOnce()
    {
        const auto file = userFolder() / "presets" / "analogy" / "broken.json";
        std::filesystem::create_directories(file.parent_path());
        writeFileAtomically(file, std::vector<std::byte>(3));
        Fixture f;
        QVERIFY2(f.notice().contains(QStringLiteral("broken.json")), qPrintable(f.notice()));
        int said = 0;
        connect(&f.button, &PresetButton::told, this, [&] { ++said; });
        f.button.tellDamaged();
        QCOMPARE(said, 0);
        f.session.setMethod("prompt-free");
        QVERIFY(f.entry(QStringLiteral("Recommended")));
    }

    void theyAreRenamedDeletedAndComeBack()
    {
        Fixture f;
        keepPreset(f.method(), shared, f.methods);
        f.entry(QStringLiteral("Shared"))->trigger();
        auto* dialog = f.opened<OwnPresetsDialog>("&Own presets...");
        QVERIFY(dialog);
        auto* list = dialog->findChild<QListWidget*>();
        list->item(0)->setText(QStringLiteral("Renamed"));
        QTRY_COMPARE(list->item(0)->text(), QStringLiteral("Renamed"));
        QCOMPARE(f.own()[0].preset.name, QStringLiteral("Renamed"));
        QCOMPARE(f.button.text(), QStringLiteral("Renamed \u25BE"));
        QCoreApplication::processEvents();
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Delete);
        QVERIFY(f.own().empty());
        QCOMPARE(f.session.editor().value("steps"), Value(3)); // the values stay
        QCOMPARE(f.button.text(), QStringLiteral("Recommended \u25BE"));
        auto* back = f.button_(*dialog, "Take back");
        QVERIFY(back->isVisible());
        back->click();
        QCOMPARE(f.own().size(), size_t(1));
        QVERIFY(!back->isVisible());
    }

    void recentPicturesAreOfferedInTheFileMenuAndAtEachPlace()
    {
        Fixture f;
        const QString path = f.folder.filePath(QStringLiteral("a & b.png"));
        writeFileAtomically(path.toStdString(), encodePng(filled(64, 32, {200, 0, 0}), {}));
        f.settings.addRecentFile(path);
        QMenu* recent = nullptr;
        for (QMenu* menu : f.window.findChildren<QMenu*>())
            if (menu->title() == QLatin1String("Open &recent"))
                recent = menu;
        QVERIFY(recent);
        Q_EMIT recent->aboutToShow();
        QAction* first = recent->actions().at(0);
        QCOMPARE(first->text(), QStringLiteral("a && b.png"));
        QTRY_VERIFY(first->icon().pixmap(32, 32).toImage().pixelColor(16, 16) == QColor(200, 0, 0));
        first->trigger();
        QTRY_COMPARE(f.session.inputs().at("a").name, std::string("a & b.png"));

        PicturePlace& second = *f.window.places().at("a_prime");
        QContextMenuEvent event(QContextMenuEvent::Mouse, {5, 5}, second.mapToGlobal(QPoint(5, 5)));
        QApplication::sendEvent(&second, &event);
        for (QMenu* menu : second.findChildren<QMenu*>())
            if (menu->title() == QLatin1String("Recent pictures"))
                menu->actions().at(0)->trigger();
        QTRY_COMPARE(f.session.inputs().at("a_prime").name, std::string("a & b.png"));

        Q_EMIT recent->aboutToShow();
        recent->actions().constLast()->trigger(); // Clear list
        QVERIFY(f.settings.recentFiles().isEmpty());
        Q_EMIT recent->aboutToShow();
        QVERIFY(!recent->actions().at(0)->isEnabled());
    }
};

QTEST_MAIN(PresetButtonTest)
#include "tst_presetbutton.moc"
