// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/batchdialog.h"

#include "app/batchrunner.h"
#include "core/file/files.h"
#include "core/picture/imagefile.h"
#include "tests/app/emptyhome.h"
#include "tests/ui/modesfixture.h"
#include "ui/actions.h"
#include "ui/batchbar.h"
#include "ui/batchlist.h"

#include <QAction>
#include <QCheckBox>
#include <QDir>
#include <QDropEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>

namespace {

/// The window with an example, and a folder of three pictures and a damaged one.
struct Fixture : ModesFixture
{
    QTemporaryDir folder;
    BatchRunner& runner;

    Fixture()
        : ModesFixture("analogy")
        , runner(*window.findChild<BatchRunner*>())
    {
        for (const char* slot : {"a", "a_prime"})
            session.inputs().set(slot, filled(8, 8, {0, 0, 200}), QStringLiteral("p.png"));
        QDir(folder.path()).mkdir(QStringLiteral("in"));
        for (const char* name : {"one", "two", "three"})
            write(
                QStringLiteral("in/%1.png").arg(QLatin1String(name)), encodePng(filled(8, 8, {})));
        write(QStringLiteral("in/x.png"), {});
    }
    void write(const QString& name, const std::vector<std::byte>& bytes) const
    {
        writeFileAtomically(folder.filePath(name).toStdString(), bytes);
    }
    BatchDialog* ask() const
    {
        window.actions()("batch")->trigger();
        return window.findChild<BatchDialog*>();
    }
    void drop(BatchDialog& dialog, const QString& name) const
    {
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(folder.filePath(name))});
        QDragEnterEvent enter({9, 9}, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&dialog, &enter);
        QDropEvent event(QPointF(9, 9), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&dialog, &event);
    }
    int rows(const BatchDialog& dialog) const
    {
        return dialog.findChild<BatchList*>()->model()->rowCount();
    }
    bool isMade(const char* name) const
    {
        return QFile::exists(folder.filePath(QStringLiteral("in-simile/") + QLatin1String(name)));
    }
};

} // namespace

class BatchDialogTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void cleanup() { QSettings().clear(); }

    void aFolderThatIsDroppedIsListedAndMade()
    {
        Fixture f;
        BatchDialog* dialog = f.ask();
        QVERIFY(dialog);
        QVERIFY(!dialog->makeButton().isEnabled());
        f.drop(*dialog, QStringLiteral("in"));
        QTRY_COMPARE(f.rows(*dialog), 4);
        QTRY_VERIFY2(
            dialog->said().startsWith(QStringLiteral("To be made: 3. Cannot be made: 1.")),
            qPrintable(dialog->said()));
        QCOMPARE(dialog->plan().folder, f.folder.filePath(QStringLiteral("in-simile")));
        QVERIFY(!f.isMade("one.png")); // it is only listed
        QTRY_VERIFY(dialog->makeButton().isEnabled());
        QTest::mouseClick(&dialog->makeButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!f.runner.running(), 20000);
        QVERIFY(f.isMade("one.png") && f.isMade("two.png") && f.isMade("three.png"));
        QTRY_VERIFY(f.isMade("index.html"));
        QVERIFY2(dialog->said().contains(QStringLiteral("1 failed")), qPrintable(dialog->said()));
        QCOMPARE(dialog->makeButton().text(), QStringLiteral("&Try again"));
        dialog->findChild<QCheckBox*>()->click();
        QCOMPARE(f.rows(*dialog), 1);
    }

    void whatFailedIsTriedAgain()
    {
        Fixture f;
        BatchDialog* dialog = f.ask();
        f.drop(*dialog, QStringLiteral("in"));
        QTRY_VERIFY(dialog->makeButton().isEnabled() && !f.runner.looking());
        dialog->makeButton().click();
        QTRY_VERIFY_WITH_TIMEOUT(!f.runner.running(), 20000);
        f.write(QStringLiteral("in/x.png"), encodePng(filled(8, 8, {})));
        dialog->makeButton().click();
        QTRY_VERIFY_WITH_TIMEOUT(f.isMade("x.png") && !f.runner.running(), 20000);
        QCOMPARE(f.runner.counts().failed, 0);
    }

    void theBarTellsOfItWhileTheDialogIsClosedAndTheNextOneRemembers()
    {
        Fixture f;
        f.session.editor().setValue("steps", 100'000);
        BatchDialog* dialog = f.ask();
        f.drop(*dialog, QStringLiteral("in"));
        QTRY_VERIFY(dialog->makeButton().isEnabled());
        const BatchPlan plan = dialog->plan();
        dialog->makeButton().click();
        QTRY_VERIFY(f.session.runs().running());
        dialog->close();
        auto* bar = f.window.findChild<BatchBar*>();
        QTRY_VERIFY(bar->isVisible());
        QVERIFY2(bar->text().startsWith(QStringLiteral("0 of 4")), qPrintable(bar->text()));
        f.runner.stop();
        QTRY_VERIFY(!f.session.runs().running());
        QVERIFY(bar->text().startsWith(QStringLiteral("Stopped.")));
        QTRY_VERIFY(!f.window.findChild<BatchDialog*>());
        dialog = f.ask();
        QCOMPARE(dialog->plan(), plan);
        QTRY_COMPARE(f.rows(*dialog), 4);
    }

    void whatIsWrongStandsInTheDialog()
    {
        Fixture f;
        f.session.inputs().clear("a_prime");
        BatchDialog* dialog = f.ask();
        f.drop(*dialog, QStringLiteral("in"));
        QTRY_COMPARE(dialog->said(), QStringLiteral("Still needed: a picture for A'"));
        QVERIFY(!dialog->makeButton().isEnabled());
        f.drop(*dialog, QStringLiteral("nowhere"));
        QTRY_VERIFY2(
            dialog->said().startsWith(QStringLiteral("There is neither")),
            qPrintable(dialog->said()));
        QVERIFY(!dialog->makeButton().isEnabled());
    }
};

QTEST_MAIN(BatchDialogTest)
#include "tst_batchdialog.moc"
