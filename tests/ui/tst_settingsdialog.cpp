// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cachefolder.h"
#include "core/file/files.h"
#include "tests/app/emptyhome.h"
#include "tests/ui/modesfixture.h"
#include "ui/parametersdock.h"
#include "ui/settingsdialog.h"
#include "ui/settingspage.h"
#include "ui/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QTemporaryDir>

namespace {

/// The window with its settings open, as a key opens them.
struct Fixture : ModesFixture
{
    SettingsDialog* dialog = nullptr;

    Fixture()
    {
        QTest::keyClick(&window, Qt::Key_Comma, Qt::ControlModifier);
        dialog = window.findChild<SettingsDialog*>();
        QVERIFY(dialog);
        QTRY_VERIFY(QApplication::activeWindow() == dialog);
    }
    ~Fixture() { applyAppearance(Appearance::Dark); }

    template<typename Field>
    Field* field(const char* name) const
    {
        for (auto* each : dialog->findChildren<Field*>())
            if (each->accessibleName() == QLatin1String(name))
                return each;
        return nullptr;
    }
    void choose(const char* name, const char* entry) const
    {
        auto* box = field<QComboBox>(name);
        QVERIFY2(box, name);
        const int at = box->findText(QLatin1String(entry));
        QVERIFY2(at >= 0, entry);
        box->setCurrentIndex(at);
        Q_EMIT box->activated(at);
    }
    void type(const char* name, const char* number) const
    {
        auto* box = field<QSpinBox>(name);
        QVERIFY2(box, name);
        box->setFocus();
        box->selectAll();
        QTest::keyClicks(box, QLatin1String(number));
        QTest::keyClick(box, Qt::Key_Return);
    }
    QPushButton* button(const char* text) const
    {
        for (auto* each : dialog->findChildren<QPushButton*>())
            if (each->text().remove(QLatin1Char('&')).startsWith(QLatin1String(text)))
                return each;
        return nullptr;
    }
    QStringList shownPages() const
    {
        QStringList names;
        const auto* list = dialog->findChild<QListWidget*>();
        for (int i = 0; i < list->count(); ++i)
            if (!list->item(i)->isHidden())
                names << list->item(i)->text();
        return names;
    }
};

} // namespace

class SettingsDialogTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void whatIsChangedCountsAtOnce()
    {
        Fixture f;
        f.choose("Appearance", "Light");
        QVERIFY(!theme().dark);
        f.choose("Language", "English");
        f.choose("Saved pictures tell", "Nothing");
        f.field<QCheckBox>("Tell when a run is over")->click();
        f.field<QCheckBox>("Remember the pictures that were used")->click();
        f.field<QCheckBox>("Record what the network holds")->click();
        f.type("Largest picture", "25");
        f.type("Recordings in memory", "64");
        const Settings now;
        QCOMPARE(now.appearance(), QStringLiteral("light"));
        QCOMPARE(now.language(), QStringLiteral("en"));
        QCOMPARE(now.embed(), QStringLiteral("none"));
        QVERIFY(!now.notifies());
        QVERIFY(!now.remembersFiles());
        QVERIFY(!now.records());
        QCOMPARE(now.largestPicture(), 25);
        QCOMPARE(now.traceLimits().memory, uint64_t(64) << 20);
        QCOMPARE(now.traceLimits().disk, Traces::Limits().disk);
    }

    void aFileCountsWhereItIsThereAndNoneIsAChoiceToo()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("own.pem"));
        Fixture f;
        auto* edit = f.field<QLineEdit>("File");
        QVERIFY(edit);
        const auto write = [&](const QString& text) {
            edit->selectAll();
            QTest::keyClick(edit, Qt::Key_Delete);
            QTest::keyClicks(edit, text);
        };
        write(file);
        QCOMPARE(Settings().certificates(), QString());
        QVERIFY(edit->property("invalid").toBool());
        QVERIFY(edit->toolTip().contains(QStringLiteral("no such file")));
        {
            QFile made(file);
            QVERIFY(made.open(QIODevice::WriteOnly));
        }
        write(file);
        QCOMPARE(Settings().certificates(), file);
        QVERIFY(!edit->property("invalid").toBool());
        write({});
        QCOMPARE(Settings().certificates(), QString());
        QVERIFY(!edit->property("invalid").toBool());
    }

    void aNumberThatIsHalfTypedDoesNotCount()
    {
        Fixture f;
        auto* box = f.field<QSpinBox>("Recordings in memory");
        box->setFocus();
        box->selectAll();
        QTest::keyClicks(box, QStringLiteral("2"));
        QCOMPARE(Settings().traceLimits().memory, Traces::Limits().memory);
    }

    void devicePrecisionAndWhatTheModelPredictsAreEditsThatAreUndone()
    {
        Fixture f;
        f.choose("Precision", "fp32: 32 bits");
        QCOMPARE(f.session.editor().document().precision, QStringLiteral("fp32"));
        f.choose("The model predicts", "Noise (epsilon)");
        QCOMPARE(f.session.editor().document().prediction, QStringLiteral("epsilon"));
        QVERIFY(f.field<QComboBox>("Device")->count() >= 1);
        f.session.history().undo();
        f.session.history().undo();
        QCOMPARE(f.session.editor().document().precision, QStringLiteral("auto"));
        QCOMPARE(f.session.editor().document().prediction, QStringLiteral("auto"));
    }

    void wordsFindSettingsOnAllPages()
    {
        Fixture f;
        QCOMPARE(f.dialog->page()->objectName(), QStringLiteral("general"));
        QTest::keyClicks(&f.dialog->words(), QStringLiteral("bits precision"));
        QCOMPARE(f.shownPages(), QStringList {QStringLiteral("Performance")});
        QCOMPARE(f.dialog->page()->objectName(), QStringLiteral("performance"));
        QVERIFY(f.field<QComboBox>("Precision")->isVisible());
        QVERIFY(!f.field<QComboBox>("Device")->isVisible());
        f.dialog->words().setText(QStringLiteral("performance")); // the page's own name
        QVERIFY(f.field<QComboBox>("Device")->isVisible());
        f.dialog->words().setText(QStringLiteral("no such thing"));
        QVERIFY(f.shownPages().isEmpty());
        QVERIFY(!f.dialog->page());
        f.dialog->words().clear();
        QCOMPARE(f.shownPages().size(), qsizetype(f.dialog->pages().size()));
        QVERIFY(f.dialog->page());
    }

    void theStatusLineLeadsToDeviceAndPrecision()
    {
        const ModesFixture f;
        for (auto* button : f.window.findChildren<QToolButton*>())
            if (button->text() == QLatin1String("Processor, automatic precision"))
                button->click();
        const auto* dialog = f.window.findChild<SettingsDialog*>();
        QVERIFY(dialog);
        QCOMPARE(dialog->page()->objectName(), QStringLiteral("performance"));
    }

    void whatIsKeptIsCountedLimitedAndDeleted()
    {
        const KeptFiles kept = promptFreeMethod().keeps.front();
        const auto file = keptFolder(kept) / "one";
        std::filesystem::create_directories(keptFolder(kept));
        writeFileAtomically(file, std::vector<std::byte>(3 << 20));
        Fixture f;
        auto* field = f.dialog->findChild<QWidget*>(QStringLiteral("kept.inversions"));
        QVERIFY(field);
        auto* empty = field->findChild<QPushButton*>();
        QTRY_VERIFY2(empty->text().contains(QStringLiteral("3")), qPrintable(empty->text()));
        f.session.notes().askSoon();
        QTRY_VERIFY(f.window.parameters().said().contains(QStringLiteral("3145728 bytes")));
        empty->click();
        QTRY_VERIFY(!std::filesystem::exists(file));
        QTRY_VERIFY(f.window.parameters().said().contains(QStringLiteral("\n0 bytes")));
        QTRY_VERIFY(!empty->isEnabled());
        f.type("Kept inversions", "256");
        QCOMPARE(f.settings.keptLimit(kept), 256);
    }

    void aResetCanBeTakenBack()
    {
        Fixture f;
        f.choose("Appearance", "Light");
        f.type("Largest picture", "25");
        f.button("Reset all settings")->click();
        QCOMPARE(Settings().largestPicture(), 268);
        QCOMPARE(f.field<QSpinBox>("Largest picture")->value(), 268);
        QCOMPARE(appearance(), Appearance::System);
        f.button("Take back")->click();
        QCOMPARE(Settings().largestPicture(), 25);
        QCOMPARE(f.field<QSpinBox>("Largest picture")->value(), 25);
        QCOMPARE(appearance(), Appearance::Light);
    }

    void itFitsASmallScreenAndAllIsReachedByKeys()
    {
        const Fixture f;
        f.dialog->resize(480, 320);
        QTRY_COMPARE(f.dialog->size(), QSize(480, 320));
        QVERIFY(f.dialog->minimumSizeHint().width() <= 480);
        for (const char* name : {"Appearance", "Language"}) {
            bool reached = false;
            f.dialog->words().setFocus();
            for (int i = 0; i < 12 && !reached; ++i) {
                QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
                reached = QApplication::focusWidget()->accessibleName() == QLatin1String(name);
            }
            QVERIFY2(reached, name);
        }
    }
};

QTEST_MAIN(SettingsDialogTest)
#include "tst_settingsdialog.moc"
