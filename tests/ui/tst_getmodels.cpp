// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/getmodels.h"

#include "app/engine.h"
#include "app/licences.h"
#include "app/methodlist.h"
#include "app/modelstore.h"
#include "app/session.h"
#include "app/settings.h"
#include "core/file/files.h"
#include "core/file/hash.h"
#include "tests/app/network/fileserver.h"
#include "tests/app/statefolder.h"
#include "ui/fetchlist.h"
#include "ui/getmodelsdialog.h"
#include "ui/getmodelspanel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMainWindow>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>
#include <QTreeWidgetItemIterator>

namespace {

QByteArray someBytes()
{
    QByteArray bytes(20000, 'x');
    bytes[7] = 'y';
    return bytes;
}

/// A window without anything in it, a server, and a catalogue of what that has.
struct Fixture
{
    QTemporaryDir folder;
    Settings settings = {};
    Engine engine;
    MethodList methods;
    Session session {engine, methods, settings};
    QMainWindow window;
    GetModels* models = new GetModels(session, window);
    Published file {.bytes = someBytes()};
    FileServer server {[this](const Asked& asked) {
        return asked.path.startsWith("/api/") ? Served {.body = listed}
                                              : file.answer(asked, server);
    }};
    QByteArray listed = R"({"sha": "01", "tags": ["license:mit"], "siblings": [
        {"rfilename": "b.safetensors", "size": 20000}, {"rfilename": "a.ckpt"}]})";

    Fixture()
    {
        setModelsFolder(folder.path().toStdString());
        Catalogue catalogue = readCatalogue();
        for (CatalogueEntry& entry : catalogue.entries)
            if (entry.id == "lcm-lora") {
                entry.bytes = uint64_t(file.bytes.size());
                entry.sha256 = sha256(
                    std::as_bytes(std::span(file.bytes.data(), std::size_t(file.bytes.size()))));
            }
        models->setPlace(server.rules(), catalogue);
        window.show();
    }

    GetModelsDialog& open(const char* id = "")
    {
        models->open(id);
        return *models->dialog();
    }
    GetModelsPanel& panel() const { return models->dialog()->panel(); }
    QString said() const
    {
        QStringList all;
        for (const QLabel* label : panel().findChildren<QLabel*>())
            if (label->isVisibleTo(models->dialog()))
                all << label->text();
        return all.join(QLatin1Char('\n'));
    }
    QString stateOf(const char* id) const
    {
        for (QTreeWidgetItemIterator at(&models->dialog()->list()); *at; ++at)
            if ((*at)->data(0, Qt::UserRole).toString() == QLatin1String(id))
                return (*at)->text(2);
        return QStringLiteral("not listed");
    }
    QPushButton* button(const QString& text) const
    {
        for (auto* button : models->dialog()->findChildren<QPushButton*>())
            if (button->text() == text && button->isVisibleTo(models->dialog()))
                return button;
        return nullptr;
    }
};

} // namespace

class GetModelsTest : public QObject
{
    Q_OBJECT

    StateFolder m_state;

private Q_SLOTS:
    void init() { m_state.renew(); }

    void nobodyIsAskedBeforeTheButton()
    {
        Fixture f;
        GetModelsDialog& dialog = f.open();
        for (QTreeWidgetItemIterator at(&dialog.list()); *at; ++at)
            dialog.list().setCurrentItem(*at);
        dialog.field().setText(QStringLiteral("owner/name"));
        QTest::qWait(1);
        QCOMPARE(f.server.connections(), 0);
        QCOMPARE(f.panel().askButton()->text(), QStringLiteral("Ask site.test for its files"));
    }

    void aModelIsFetchedWhenItsLicenceIsAccepted()
    {
        Fixture f;
        GetModelsDialog& dialog = f.open("lcm-lora");
        QPushButton* get = f.panel().getButton();
        QCOMPARE(get->text(), QStringLiteral("Get from site.test and its content host"));
        QVERIFY(!get->isEnabled());
        QVERIFY(f.said().contains(QLatin1String("OpenRAIL++")));
        QTest::mouseClick(f.panel().acceptBox(), Qt::LeftButton, {}, {5, 8});
        QCOMPARE(acceptedOn("openrail++"), QDate::currentDate());
        QVERIFY(get->isEnabled());
        get->click();
        QTRY_COMPARE(f.stateOf("lcm-lora"), QStringLiteral("there"));
        const auto place = f.folder.filePath(QStringLiteral("loras/lcm-lora-sdv1-5.safetensors"));
        QVERIFY(QFile::exists(place));
        QVERIFY2(f.said().contains(QLatin1String("as it was published")), qPrintable(f.said()));
        QVERIFY(!get->isVisibleTo(&dialog));
        QVERIFY(f.panel().useButton()->isVisibleTo(&dialog));
        // Another time the licence is accepted already.
        f.open("hyper-lora");
        QVERIFY(get->isEnabled());
        QVERIFY(f.said().contains(QLatin1String("Accepted on")));
    }

    void whatIsDamagedIsSeenWhenItIsVerifiedAgain()
    {
        Fixture f;
        acceptLicence("openrail++");
        f.open("lcm-lora");
        f.panel().getButton()->click();
        QTRY_COMPARE(f.stateOf("lcm-lora"), QStringLiteral("there"));
        f.button(QStringLiteral("Verify again"))->click();
        QTRY_VERIFY(!f.models->downloads().busy());
        QCOMPARE(f.stateOf("lcm-lora"), QStringLiteral("there"));
        QFile file(f.folder.filePath(QStringLiteral("loras/lcm-lora-sdv1-5.safetensors")));
        QVERIFY(file.open(QFile::ReadWrite));
        file.write("z");
        file.close();
        f.button(QStringLiteral("Verify again"))->click();
        QTRY_COMPARE(f.stateOf("lcm-lora"), QStringLiteral("failed"));
        QVERIFY2(f.said().contains(QLatin1String("damaged")), qPrintable(f.said()));
    }

    void whatNobodyPublishedHasNoGet()
    {
        Fixture f;
        GetModelsDialog& dialog = f.open("hed");
        QVERIFY(!f.panel().getButton()->isVisibleTo(&dialog));
        QVERIFY(f.said().contains(QLatin1String("ControlNetHED.pth")));
        QVERIFY(f.said().contains(QLatin1String("so there is no Get")));
        QCOMPARE(f.stateOf("hed"), QStringLiteral("by hand"));
        f.open("pidinet");
        QVERIFY(f.said().contains(QLatin1String("Not for commercial use")));
        f.open("seecoder");
        QVERIFY(f.said().contains(QLatin1String("not independently known")));
    }

    void aPastedLinkIsAskedForAndFetched()
    {
        Fixture f;
        GetModelsDialog& dialog = f.open();
        dialog.field().setText(QStringLiteral("https://example.org/owner/name"));
        QVERIFY2(f.said().contains(QLatin1String("another site")), qPrintable(f.said()));
        dialog.field().setText(QStringLiteral("owner/name/b.safetensors"));
        f.panel().askButton()->click();
        QTRY_VERIFY(f.panel().getButton()->isVisibleTo(&dialog));
        const auto* files = f.panel().findChild<QComboBox*>();
        QCOMPARE(files->count(), 2);
        QVERIFY(files->currentText().startsWith(QLatin1String("b.safetensors")));
        QVERIFY(!f.panel().getButton()->isEnabled());
        f.panel().acceptBox()->click();
        f.panel().getButton()->click();
        QTRY_VERIFY(QFile::exists(f.folder.filePath(QStringLiteral("others/name-b.safetensors"))));
        QTRY_VERIFY2(f.said().contains(QLatin1String("It is there")), qPrintable(f.said()));
    }

    void wordsFindWhatIsMeant()
    {
        Fixture f;
        GetModelsDialog& dialog = f.open();
        dialog.field().setText(QStringLiteral("soft outlines"));
        int shown = 0;
        for (QTreeWidgetItemIterator at(&dialog.list()); *at; ++at)
            if ((*at)->parent() && !(*at)->isHidden() && !(*at)->parent()->isHidden())
                ++shown;
        QCOMPARE(shown, 3); // a ControlNet, PiDiNet, HED
    }

    void aFileOfOnesOwnIsTakenIn()
    {
        Fixture f;
        GetModelsDialog& dialog = f.open();
        const QString mine = f.folder.filePath(QStringLiteral("downloaded.bin"));
        writeFileAtomically(
            mine.toStdString(),
            std::as_bytes(std::span(f.file.bytes.data(), std::size_t(f.file.bytes.size()))));
        dialog.takeIn({mine}); // by its size it may be the LoRA, and its hash says so
        QTRY_COMPARE(f.stateOf("lcm-lora"), QStringLiteral("there"));
        QVERIFY(QFile::exists(mine));
        QCOMPARE(f.server.connections(), 0);
        dialog.takeIn({f.folder.filePath(QStringLiteral("nothing.ckpt"))});
        QCOMPARE(int(f.models->downloads().items().size()), 1);
    }

    void theListIsPausedAndGoesOn()
    {
        Fixture f;
        acceptLicence("openrail++");
        f.file.slow = 100;
        f.open("lcm-lora");
        f.panel().getButton()->click();
        QTRY_VERIFY(f.button(QStringLiteral("Pause")));
        QVERIFY(f.models->dialog()->findChild<FetchList*>()->isVisible());
        f.button(QStringLiteral("Pause"))->click();
        QTRY_COMPARE(f.stateOf("lcm-lora"), QStringLiteral("paused"));
        const FetchItem& item = f.models->downloads().items().front();
        QVERIFY(
            fetchText(item, QStringLiteral("site.test")).contains(QLatin1String("asks site.test")));
        f.file.slow = 0;
        QTRY_VERIFY(f.button(QStringLiteral("Go on")));
        f.button(QStringLiteral("Go on"))->click();
        QTRY_COMPARE(f.stateOf("lcm-lora"), QStringLiteral("there"));
    }
};

QTEST_MAIN(GetModelsTest)
#include "tst_getmodels.moc"
