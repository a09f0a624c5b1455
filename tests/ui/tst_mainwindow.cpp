// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/keeper.h"
#include "app/runrecord.h"
#include "app/sessions.h"
#include "core/file/files.h"
#include "tests/app/emptyhome.h"
#include "tests/ui/gatedwindow.h"
#include "ui/errorcard.h"
#include "ui/noticebar.h"
#include "ui/parameterform.h"
#include "ui/parametersdock.h"
#include "ui/pictureplace.h"
#include "ui/pictureplaces.h"
#include "ui/runsdock.h"
#include "ui/stepaxis.h"

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QListWidget>
#include <QMimeData>
#include <QPushButton>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QUrl>

namespace {

bool drop(QWidget& widget, const QStringList& paths)
{
    QMimeData mime;
    QList<QUrl> urls;
    for (const QString& path : paths)
        urls << QUrl::fromLocalFile(path);
    mime.setUrls(urls);
    QDragEnterEvent enter({5, 5}, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&widget, &enter);
    QDropEvent event({5, 5}, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&widget, &event);
    return event.isAccepted();
}

} // namespace

class MainWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStatusTipHidesTheProgressBehindIt()
    {
        Fixture f;
        f.fillSlots();
        QStatusBar* bar = f.window.statusBar();
        bar->showMessage(QStringLiteral("a tip"));
        f.finishRun();
        const auto labels = bar->findChildren<QLabel*>();
        QVERIFY(std::ranges::any_of(
            labels, [](auto* l) { return l->text().contains(QStringLiteral("Done")); }));
        for (const QLabel* label : labels)
            QVERIFY2(!label->isVisible() || label->text().isEmpty(), qPrintable(label->text()));
        bar->clearMessage();
        QVERIFY(std::ranges::any_of(
            labels, [](auto* l) { return l->isVisible() && !l->text().isEmpty(); }));
    }

    void whatIsMissingIsSaidAndLinked()
    {
        Fixture f;
        QVERIFY(f.hint().contains(QStringLiteral("a picture for A\u2032")));
        QVERIFY(!f.window.actions()("run")->isEnabled());
        Q_EMIT f.window.pane().missingLink(QStringLiteral("a picture for B"));
        QCOMPARE(f.window.focusWidget(), static_cast<QWidget*>(f.window.places().at("b")));
        f.fillSlots();
        QVERIFY(f.window.actions()("run")->isEnabled());
        QVERIFY(!f.hint().contains(QStringLiteral("a picture")));
    }

    void aRunShowsItsStepsAndItsResult()
    {
        Fixture f;
        f.beginRun();
        QVERIFY(f.window.pane().showsPreview());
        QVERIFY(!f.window.actions()("copy")->isEnabled());
        f.gate.release(steps - 1);
        QTRY_COMPARE(f.session.runs().current()->state, Run::Done);
        QVERIFY(!f.window.pane().showsPreview());
        QCOMPARE(f.window.pane().picture().size(), QSize(64, 64));
        QCOMPARE(f.window.pane().axis().maximum(), steps);
        QCOMPARE(f.window.runs().list().model()->rowCount(), 1);
        QVERIFY(f.window.actions()("save")->isEnabled());
    }

    void scrubbingShowsThePreviewOfTheStep()
    {
        Fixture f;
        f.fillSlots();
        f.finishRun();
        QTest::keyClick(&f.window.pane().axis(), Qt::Key_Home);
        QVERIFY(f.window.pane().showsPreview());
        QTest::keyClick(&f.window.pane().axis(), Qt::Key_Right);
        const GridView& grid = f.window.pane().grid();
        QCOMPARE(grid.image(grid.resultCell()).pixelColor(0, 0), QColor(0, 1, 0));
        QCOMPARE(grid.image(grid.resultCell()).size(), QSize(2, 2));
        QTest::keyClick(&f.window.pane().axis(), Qt::Key_End);
        QVERIFY(!f.window.pane().showsPreview());
    }

    void theAxisShowsTheSpansThatTheMethodTells()
    {
        Fixture f;
        f.fillSlots();
        f.finishRun();
        const auto& spans = f.window.pane().axis().spans();
        QCOMPARE(spans.size(), std::size_t(2));
        QCOMPARE(spans[0].label, QStringLiteral("Early"));
        QCOMPARE(spans[0].end, 2);
        QCOMPARE(spans[1].label, QStringLiteral("Never off"));
        QCOMPARE(spans[1].end, 0);
    }

    void stopSaysSoAtOnceAndKeeps()
    {
        Fixture f;
        f.fillSlots();
        auto* stop = f.window.findChild<QToolButton*>(QStringLiteral("stop"));
        QVERIFY(!stop->isEnabled());
        f.window.actions()("run")->trigger();
        f.gate.release(2);
        QTRY_COMPARE(f.window.pane().axis().maximum(), 1);
        QVERIFY(stop->isEnabled());
        f.window.actions()("keep")->trigger();
        QVERIFY(stop->text().startsWith(QStringLiteral("Stopping after this step")));
        f.gate.release(1);
        QTRY_COMPARE(f.session.runs().current()->state, Run::Stopped);
        QVERIFY(!f.window.pane().picture().isNull());
    }

    void aDiscardedRunLeavesNothing()
    {
        Fixture f;
        f.beginRun();
        f.window.actions()("discard")->trigger();
        f.gate.release(1);
        QTRY_COMPARE(f.window.runs().list().model()->rowCount(), 0);
        QVERIFY(!f.session.runs().current());
    }

    void aFailureIsACardInPlace()
    {
        Fixture f;
        f.fillSlots();
        f.session.editor().setValue("prompt", std::string("fail"));
        f.window.actions()("run")->trigger();
        QTRY_VERIFY(f.window.pane().card().isVisible());
        QVERIFY(f.window.pane().card().report().contains(QStringLiteral("unet.safetensors")));
        QVERIFY(!QApplication::activeModalWidget());
        Q_EMIT f.window.pane().card().dismissed();
        QVERIFY(!f.window.pane().card().isVisible());
        QVERIFY(f.window.actions()("run")->isEnabled());
    }

    void threeFilesAtOnceFillTheSlotsByName()
    {
        Fixture f;
        const QStringList names {
            QStringLiteral("10.png"), QStringLiteral("2.png"), QStringLiteral("9.png")};
        QStringList paths;
        for (const QString& name : names) {
            paths << m_folder.filePath(name);
            QImage image(8, 8, QImage::Format_RGB888);
            image.fill(Qt::red);
            QVERIFY(image.save(paths.last()));
        }
        QVERIFY(drop(f.window, paths));
        QTRY_COMPARE(f.session.inputs().at("b").name, std::string("10.png"));
        QTRY_COMPARE(f.session.inputs().at("a").name, std::string("2.png"));
        QTRY_COMPARE(f.session.inputs().at("a_prime").name, std::string("9.png"));
        QTRY_VERIFY(!f.window.places().at("b")->image().isNull());
    }

    void aFileThatIsNoPictureIsExplainedInItsSlot()
    {
        Fixture f;
        const QString path = m_folder.filePath(QStringLiteral("text.png"));
        writeFileAtomically(path.toStdString(), std::as_bytes(std::span("words", 5)));
        QVERIFY(drop(*f.window.places().at("a"), {path}));
        QTRY_VERIFY(f.window.places().at("a")->note().contains(QStringLiteral("text.png")));
        QVERIFY(f.session.inputs().at("a").image.empty());
    }

    void aResultOfOursIsAskedAboutAndRestored()
    {
        Fixture f;
        f.fillSlots();
        f.session.editor().setValue("prompt", std::string("palm"));
        f.finishRun();
        const QString path = m_folder.filePath(QStringLiteral("ours.png"));
        writeFileAtomically(path.toStdString(), encoder(f.session.runs(), 0, -1, Embed::Full)());
        f.session.inputs().clear("a");
        f.session.editor().setValue("prompt", std::string("cat"));
        QVERIFY(drop(f.window, {path}));
        NoticeBar& notices = f.window.pane().notices();
        QTRY_VERIFY(notices.isVisible());
        QCOMPARE(std::get<std::string>(f.session.editor().value("prompt")), std::string("cat"));
        for (QPushButton* answer : notices.findChildren<QPushButton*>())
            if (answer->text() == QStringLiteral("Restore run"))
                QTest::mouseClick(answer, Qt::LeftButton);
        QTRY_COMPARE(
            std::get<std::string>(f.session.editor().value("prompt")), std::string("palm"));
        QVERIFY(!f.session.inputs().at("a").image.empty());
    }

    void theFormWritesToTheSession()
    {
        Fixture f;
        QTest::keyClicks(f.window.parameters().form()->editor("prompt"), QStringLiteral("palm"));
        QCOMPARE(std::get<std::string>(f.session.editor().value("prompt")), std::string("palm"));
        QVERIFY(f.session.editor().setByHand("prompt"));
    }

    void everyActionHasATipAndNoShortcutIsTakenTwice()
    {
        Fixture f;
        const Actions& actions = f.window.actions();
        QVERIFY(actions.all().size() > 40);
        for (const QAction* action : actions.all() + actions.painting()) {
            QVERIFY(!action->statusTip().isEmpty());
            for (const QKeySequence& key : action->shortcuts()) {
                const Actions::Holder holder = actions.holder(*action, key);
                QVERIFY2(!holder.action && holder.fixed.isEmpty(), qPrintable(key.toString()));
            }
        }
    }

    void aSessionIsOpenedByItsFileButNotDuringARun()
    {
        Fixture f;
        Keeper keeper(f.session);
        Sessions sessions(keeper, f.settings);
        f.window.setSessions(sessions, keeper);
        const QString one = m_folder.filePath(QStringLiteral("one.simile"));
        const QString other = m_folder.filePath(QStringLiteral("other.simile"));
        keeper.open(one.toStdString());
        keeper.open(other.toStdString());
        f.window.open({one});
        QTRY_COMPARE(sessions.path(), one);
        f.fillSlots();
        f.window.actions()("run")->trigger();
        f.window.open({other});
        QCOMPARE(sessions.path(), one);
        QVERIFY(f.window.pane().notices().text().contains(QStringLiteral("is a session")));
    }

    void everyIconButtonHasAName()
    {
        Fixture f;
        for (const QToolButton* button : f.window.findChildren<QToolButton*>())
            if (button->text().isEmpty() && !button->objectName().startsWith(QStringLiteral("qt_")))
                QVERIFY(!button->accessibleName().isEmpty());
    }

private:
    EmptyHome m_home;
    QTemporaryDir m_folder;
};

QTEST_MAIN(MainWindowTest)
#include "tst_mainwindow.moc"
