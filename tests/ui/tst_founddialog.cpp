// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/founddialog.h"

#include "app/engine.h"
#include "app/foundfolders.h"
#include "app/foundmodels.h"
#include "app/session.h"
#include "app/settings.h"
#include "tests/app/emptyhome.h"
#include "tests/core/found/foundtree.h"
#include "ui/modelchooser.h"
#include "ui/networkfield.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

namespace fs = std::filesystem;

namespace {

constexpr int patience = 60'000; // milliseconds, on a busy machine

QString text(const fs::path& path)
{
    return QString::fromStdString(path.string());
}

/// A home folder with networks, and the session beside it.
struct Fixture
{
    QTemporaryDir folder;
    fs::path home = fs::canonical(folder.path().toStdString());
    Settings settings;
    Engine engine;
    MethodList methods;
    Session session {engine, methods, settings};
    FoundModels found {methods};

    Fixture()
    {
        found.setSurroundings(
            {.home = home, .named = {home / "mine"}, .isRemote = [](const fs::path&) {
                 return false;
             }});
        fs::create_directory(home / "mine");
        QTRY_VERIFY_WITH_TIMEOUT(!session.model().card().path.empty(), patience);
    }

    /// An inpainting model, a UNet of four channels, two LoRAs, an autoencoder, and something else.
    void fill()
    {
        const int width = session.model().card().contextWidth;
        for (const auto& entry : fs::recursive_directory_iterator(MINI_MODEL)) {
            const fs::path link =
                home / "mine/inpainting" / entry.path().lexically_relative(MINI_MODEL);
            fs::create_directories(link.parent_path());
            if (entry.is_regular_file())
                fs::create_symlink(entry.path(), link);
        }
        fs::copy_file(TEST_DATA "/unet-sd1/weights.safetensors", home / "mine/plain.safetensors");
        writeTensors(home / "mine/style.safetensors", loraTensors(width));
        writeTensors(home / "mine/other.safetensors", loraTensors(width + 1));
        writeTensors(
            home / "mine/vae.safetensors",
            {{"encoder.conv_in.weight", {128, 3, 3, 3}},
             {"decoder.conv_in.weight", {512, 4, 3, 3}}});
        writeTensors(home / "mine/unknown.safetensors", {{"linear.weight", {2, 2}}});
        found.look();
        QTRY_VERIFY_WITH_TIMEOUT(!found.looking(), patience);
    }
};

QStringList names(const FoundDialog& dialog)
{
    QStringList all;
    const QAbstractItemModel& rows = *dialog.list().model();
    for (int row = 0; row < rows.rowCount(); ++row)
        all << rows.index(row, 0).data().toString();
    return all;
}

void mark(const FoundDialog& dialog, const QString& name)
{
    const int row = int(names(dialog).indexOf(name));
    QVERIFY2(row >= 0, qPrintable(name));
    dialog.list().setCurrentIndex(dialog.list().model()->index(row, 0));
}

QPushButton* button(const FoundDialog& dialog, const char* text)
{
    for (QPushButton* one : dialog.findChildren<QPushButton*>())
        if (one->text().remove(QLatin1Char('&')) == QLatin1String(text))
            return one;
    return nullptr;
}

} // namespace

/// The list of networks on this computer, and the places where one is chosen from it.
class FoundDialogTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void theListSaysWhatFitsAndWhyOtherDoesNot()
    {
        Fixture f;
        f.fill();
        FoundDialog dialog(f.session, f.settings, f.found);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        QCOMPARE(
            names(dialog),
            (QStringList {
                QStringLiteral("inpainting"), QStringLiteral("style.safetensors"),
                QStringLiteral("vae.safetensors")}));
        dialog.findChild<QCheckBox*>()->setChecked(false);
        QCOMPARE(names(dialog).size(), 6);
        QCOMPARE(names(dialog).last(), QStringLiteral("unknown.safetensors"));
        mark(dialog, QStringLiteral("plain.safetensors"));
        QVERIFY(dialog.said().contains(QStringLiteral("9 input channels")));
        QVERIFY(dialog.said().contains(text(f.home / "mine/plain.safetensors")));
        QVERIFY(!button(dialog, "Use")->isEnabled());
        mark(dialog, QStringLiteral("other.safetensors"));
        QVERIFY(dialog.said().contains(QStringLiteral("features")));
        mark(dialog, QStringLiteral("inpainting"));
        QVERIFY(button(dialog, "Use")->isEnabled());
        // Another mode takes others.
        f.session.setMethod("translate");
        mark(dialog, QStringLiteral("plain.safetensors"));
        QVERIFY(button(dialog, "Use")->isEnabled());
    }

    void wordsAndKindsFilterIt()
    {
        Fixture f;
        f.fill();
        FoundDialog dialog(f.session, f.settings, f.found);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.findChild<QLineEdit*>()->setText(QStringLiteral("STYLE mine"));
        QCOMPARE(names(dialog), QStringList {QStringLiteral("style.safetensors")});
        dialog.findChild<QLineEdit*>()->setText(QStringLiteral("nothing"));
        QCOMPARE(dialog.said(), QStringLiteral("Nothing in the list has these words."));
        dialog.findChild<QLineEdit*>()->clear();
        dialog.filter(NetworkUse::Lora, false);
        QCOMPARE(
            names(dialog),
            (QStringList {
                QStringLiteral("style.safetensors"), QStringLiteral("other.safetensors")}));
        dialog.filter(NetworkUse::SeeCoder, true);
        QVERIFY(dialog.said().contains(QStringLiteral("nothing fits here")));
    }

    void whatIsUsedIsChosen()
    {
        Fixture f;
        f.fill();
        const auto use = [&](const char* name) {
            FoundDialog dialog(f.session, f.settings, f.found);
            dialog.setAttribute(Qt::WA_DeleteOnClose, false);
            mark(dialog, QLatin1String(name));
            button(dialog, "Use")->click();
        };
        use("inpainting");
        QTRY_COMPARE_WITH_TIMEOUT(
            f.session.model().chosen(), text(f.home / "mine/inpainting"), patience);
        use("style.safetensors");
        QTRY_VERIFY_WITH_TIMEOUT(!f.session.loras().reading(), patience);
        const Method& method = f.session.editor().method();
        use("vae.safetensors");
        QCOMPARE(
            std::get<std::string>(
                f.session.editor().value(parameter(method, Role::Autoencoder)->id)),
            (f.home / "mine/vae.safetensors").string());
        // What was used lately stands first, a favourite before it.
        setFavouriteNetwork(text(f.home / "mine/style.safetensors"), true);
        FoundDialog dialog(f.session, f.settings, f.found);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        QCOMPARE(
            names(dialog),
            (QStringList {
                QStringLiteral("\u2605 style.safetensors"), QStringLiteral("inpainting"),
                QStringLiteral("vae.safetensors")}));
        mark(dialog, QStringLiteral("vae.safetensors"));
        button(dialog, "Favourite")->click();
        QCOMPARE(names(dialog).filter(QStringLiteral("\u2605")).size(), 2);
        button(dialog, "No favourite")->click();
        QCOMPARE(favouriteNetworks(), QStringList {text(f.home / "mine/style.safetensors")});
    }

    void whereNothingIsFoundItSaysWhatToDo()
    {
        Fixture f;
        FoundDialog dialog(f.session, f.settings, f.found);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        QTRY_VERIFY_WITH_TIMEOUT(!f.found.looking(), patience);
        QVERIFY(dialog.said().contains(QStringLiteral("Add your own folder under Folders,")));
        QPushButton* get = button(dialog, "Get models...");
        QVERIFY(dialog.said().contains(QStringLiteral("Get models")));
        QSignalSpy asked(&dialog, &FoundDialog::getRequested);
        get->click();
        QCOMPARE(asked.size(), 1);
    }

    /// A network is chosen from those that fit, and one that is gone is marked.
    void aFieldOffersWhatFits()
    {
        const NetworkSlot slot {.use = NetworkUse::Autoencoder};
        FoundNetwork vae {
            .card = {.path = TEST_DATA "/unet-sd1", .name = "A & B"}, .use = slot.use};
        FormNetworks networks;
        networks.fitting = [&](const NetworkSlot&) { return std::vector {vae}; };
        QString lacks;
        networks.lacks = [&](const NetworkSlot&) { return lacks; };
        int listed = 0;
        networks.list = [&](const NetworkSlot&) { ++listed; };
        NetworkField field(
            slot, networks, [] { return QStringList {QStringLiteral("/old/one")}; },
            QStringLiteral("Autoencoder"));
        QCOMPARE(field.button()->text(), QStringLiteral("None chosen \u25BE"));
        QSignalSpy chosen(&field, &NetworkField::chosen);
        Q_EMIT field.menu()->aboutToShow();
        QCOMPARE(field.menu()->actions().first()->text(), QStringLiteral("A && B"));
        field.menu()->actions().first()->trigger();
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.first().first().toString(), QStringLiteral(TEST_DATA "/unet-sd1"));
        field.show(chosen.first().first().toString());
        QCOMPARE(field.said(), QString());
        field.show(QStringLiteral("/gone/x.safetensors"));
        QVERIFY(field.said().contains(QStringLiteral("/gone/x.safetensors is not there")));
        QCOMPARE(field.button()->property("invalid").toBool(), true);
        lacks = QStringLiteral("It is missing.");
        field.show({});
        QCOMPARE(field.said(), lacks);
        QCOMPARE(field.button()->text(), QStringLiteral("Missing \u25BE"));
        for (QAction* action : field.findChildren<QToolButton*>().last()->menu()->actions())
            if (action->text().contains(QStringLiteral("computer")))
                action->trigger();
        QCOMPARE(listed, 1);
    }

    /// Of a slot for several, another is put behind, and one that is there is taken out.
    void aFieldForSeveralTakesThemInTheirOrder()
    {
        const NetworkSlot slot {.use = NetworkUse::ControlNet, .several = true};
        FormNetworks networks;
        networks.fitting = [&](const NetworkSlot&) {
            return std::vector<FoundNetwork> {
                {.card = {.path = "/a", .name = "a"}, .use = slot.use},
                {.card = {.path = "/b", .name = "b"}, .use = slot.use}};
        };
        NetworkField field(slot, networks, {}, QStringLiteral("ControlNet"));
        connect(&field, &NetworkField::chosen, &field, [&](const QString& value) {
            field.show(value);
        });
        QSignalSpy chosen(&field, &NetworkField::chosen);
        for (const int at : {1, 0, 1}) {
            Q_EMIT field.menu()->aboutToShow();
            field.menu()->actions().at(at)->trigger();
        }
        QCOMPARE(chosen.at(1).first().toString(), QStringLiteral("/b;/a"));
        QCOMPARE(chosen.at(2).first().toString(), QStringLiteral("/a"));
    }

    /// A model that does not serve the mode leads to those that do.
    void whereTheModelDoesNotServeThoseThatDoAreOffered()
    {
        Fixture f;
        f.fill();
        ModelChooser chooser(f.session, f.settings);
        chooser.setFound(f.found);
        QCOMPARE(chooser.offer(), QString());
        f.session.model().choose(text(f.home / "mine/plain.safetensors"));
        QTRY_COMPARE_WITH_TIMEOUT(
            f.session.model().chosen(), text(f.home / "mine/plain.safetensors"), patience);
        QVERIFY(!f.session.model().problem().isEmpty());
        QVERIFY(chooser.offer().contains(QStringLiteral(">inpainting</a>")));
        QVERIFY(!chooser.offer().contains(QStringLiteral("plain")));
        QSignalSpy listed(&chooser, &ModelChooser::foundRequested);
        QLabel* offer = nullptr;
        for (QLabel* label : chooser.findChildren<QLabel*>())
            if (label->text() == chooser.offer())
                offer = label;
        Q_EMIT offer->linkActivated(QStringLiteral("all"));
        QCOMPARE(listed.size(), 1);
        Q_EMIT offer->linkActivated(text(f.home / "mine/inpainting"));
        QTRY_COMPARE_WITH_TIMEOUT(
            f.session.model().chosen(), text(f.home / "mine/inpainting"), patience);
        QTRY_COMPARE_WITH_TIMEOUT(chooser.offer(), QString(), patience);
        // The menu has them, too, those of before once.
        Q_EMIT chooser.menu()->aboutToShow();
        QStringList entries;
        for (const QAction* action : chooser.menu()->actions())
            entries << action->text();
        QCOMPARE(entries.filter(QStringLiteral("inpainting")).size(), 1);
        QVERIFY(entries.contains(QStringLiteral("On this &computer...")));
    }
};

QTEST_MAIN(FoundDialogTest)
#include "tst_founddialog.moc"
