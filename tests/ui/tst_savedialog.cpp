// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/savedialog.h"

#include "app/settings.h"
#include "core/file/files.h"
#include "tests/app/emptyhome.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QRadioButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

namespace {

/// A dialogue that is open, and what it told. It deletes itself when it closes.
struct Fixture
{
    Settings settings = {};
    QPointer<SaveDialog> dialog = new SaveDialog(settings, QStringLiteral("analogy-7.png"));
    QStringList paths = {};
    std::vector<Embed> embeds = {};

    Fixture()
    {
        QObject::connect(
            dialog.data(), &SaveDialog::chosen, dialog.data(),
            [this](const QString& path, Embed e) {
                paths << path;
                embeds.push_back(e);
            });
        dialog->open();
    }
    ~Fixture() { delete dialog; }

    QLineEdit* path() const { return dialog->findChild<QLineEdit*>(); }

    void press(QDialogButtonBox::StandardButton button) const
    {
        dialog->findChild<QDialogButtonBox*>()->button(button)->click();
    }

    QRadioButton* choice(const QString& text) const
    {
        for (auto* button : dialog->findChildren<QRadioButton*>())
            if (button->text().remove(QLatin1Char('&')) == text)
                return button;
        return nullptr;
    }

    QString label(const char* role) const
    {
        for (const QLabel* label : dialog->findChildren<QLabel*>())
            if (label->property("role").toString() == QLatin1String(role))
                return label->isVisible() ? label->text() : QString();
        return {};
    }
};

} // namespace

class SaveDialogTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;
    QTemporaryDir m_folder;

    QString path(const char* name) const { return m_folder.filePath(QLatin1String(name)); }

private Q_SLOTS:
    void init()
    {
        QSettings().clear();
        Settings().setResultFolder(m_folder.path());
    }

    void theNameIsProposedInTheFolderOfLastTime()
    {
        const Fixture f;
        QCOMPARE(f.path()->text(), path("analogy-7.png"));
        QVERIFY(f.choice(QStringLiteral("Full"))->isChecked());
    }

    void howMuchTheFileCarriesIsToldAndRemembered_data()
    {
        QTest::addColumn<QString>("choice");
        QTest::addColumn<Embed>("embed");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("all") << "Full" << Embed::Full << "the input pictures: it alone";
        QTest::newRow("settings") << "Settings only" << Embed::Settings << "only a checksum";
        QTest::newRow("nothing") << "None" << Embed::None << "nothing else";
    }

    void howMuchTheFileCarriesIsToldAndRemembered()
    {
        QFETCH(QString, choice);
        QFETCH(Embed, embed);
        QFETCH(QString, sentence);
        {
            Fixture f;
            f.choice(choice)->click();
            QVERIFY2(f.label("dim").contains(sentence), qPrintable(f.label("dim")));
            f.press(QDialogButtonBox::Save);
            QCOMPARE(f.paths, QStringList(path("analogy-7.png")));
            QVERIFY(f.embeds == std::vector<Embed> {embed});
            QVERIFY(lastEmbed(f.settings) == embed);
            QTRY_VERIFY(!f.dialog);
        }
        const Fixture next;
        QVERIFY(next.choice(choice)->isChecked());
    }

    void theFolderIsRemembered()
    {
        Fixture f;
        QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("deeper")));
        f.path()->setText(path("deeper/a.png"));
        f.press(QDialogButtonBox::Save);
        QCOMPARE(f.settings.resultFolder(), path("deeper"));
    }

    void theSuffixIsAddedWhereItIsMissing_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("written");
        const auto row = [](const char* typed, const char* written) {
            QTest::newRow(typed) << QString::fromLatin1(typed) << QString::fromLatin1(written);
        };
        row("a", "a.png");
        row("a.png", "a.png");
        row("A.PNG", "A.PNG");
        row("a.jpg", "a.jpg.png");
        row("v1.2", "v1.2.png");
        row("a.png ", "a.png");
    }

    void theSuffixIsAddedWhereItIsMissing()
    {
        QFETCH(QString, typed);
        QFETCH(QString, written);
        Fixture f;
        f.path()->setText(m_folder.filePath(typed));
        f.press(QDialogButtonBox::Save);
        QCOMPARE(f.paths, QStringList(m_folder.filePath(written)));
    }

    void aFileThatWouldBeReplacedIsSaid()
    {
        writeFileAtomically(path("there.png").toStdString(), std::as_bytes(std::span("x", 1)));
        const Fixture f;
        QCOMPARE(f.label("warning"), QString());
        f.path()->setText(path("there.png"));
        QVERIFY(f.label("warning").contains(QStringLiteral("will be replaced")));
        // As it will be named, not as it is typed.
        const QString typed = f.path()->text();
        for (const QString& other : {typed.chopped(4), typed + QLatin1Char(' ')}) {
            f.path()->setText(other);
            QVERIFY2(
                f.label("warning").contains(QStringLiteral("will be replaced")), qPrintable(other));
        }
        f.path()->setText(typed);
        f.path()->setText(path("other.png"));
        QCOMPARE(f.label("warning"), QString());
    }

    void withoutANameNothingIsSaved()
    {
        Fixture f;
        f.path()->setText(QStringLiteral("  "));
        f.press(QDialogButtonBox::Save);
        QCOMPARE(f.paths, QStringList());
        QVERIFY(f.dialog && f.dialog->isVisible());
    }

    void cancelledNothingIsToldNorRemembered()
    {
        Fixture f;
        f.choice(QStringLiteral("None"))->click();
        f.press(QDialogButtonBox::Cancel);
        QTRY_VERIFY(!f.dialog);
        QCOMPARE(f.paths, QStringList());
        QVERIFY(lastEmbed(f.settings) == Embed::Full);
    }

    void aFileThatIsLookedForIsTaken()
    {
        Fixture f;
        for (auto* button : f.dialog->findChildren<QPushButton*>())
            if (button->text() == QStringLiteral("&Browse..."))
                button->click();
        auto* files = f.dialog->findChild<QFileDialog*>();
        QVERIFY(files);
        QCOMPARE(files->acceptMode(), QFileDialog::AcceptSave);
        Q_EMIT files->fileSelected(path("found.png"));
        files->reject();
        QCOMPARE(f.path()->text(), path("found.png"));
        QCOMPARE(f.paths, QStringList());
    }
};

QTEST_MAIN(SaveDialogTest)
#include "tst_savedialog.moc"
