// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/gridinputs.h"

#include "tests/app/emptyhome.h"
#include "tests/ui/modesfixture.h"
#include "ui/actions.h"
#include "ui/cropdialog.h"
#include "ui/gridview.h"
#include "ui/imageview.h"
#include "ui/noticebar.h"
#include "ui/pictureplace.h"
#include "ui/pictureplaces.h"
#include "ui/shownpictures.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QHelpEvent>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QTemporaryDir>
#include <QToolTip>
#include <QUrl>

namespace {

/// The window with a method on a grid, whose pictures come in over its cells.
struct Fixture : ModesFixture
{
    Fixture()
        : ModesFixture("analogy")
    {
    }

    PicturePlace& at(const char* slot) { return *window.places().at(slot); }
    std::string name(const char* slot) { return session.inputs().at(slot).name; }

    void fill()
    {
        int shade = 0;
        for (const char* slot : {"a", "a_prime", "b"})
            session.inputs().set(
                slot, filled(8, 4, {uint8_t(shade += 50), 0, 0}),
                QString::fromLatin1(slot) + QStringLiteral(".png"));
        finishConversions();
    }
    /// Chooses an entry of the menu of a cell.
    void choose(PicturePlace& cell, const QString& text)
    {
        QContextMenuEvent event(
            QContextMenuEvent::Mouse, cell.rect().center(), cell.mapToGlobal(QPoint(5, 5)));
        QApplication::sendEvent(&cell, &event);
        auto* menu = cell.findChild<QMenu*>();
        QVERIFY(menu);
        for (QAction* action : menu->actions())
            if (action->text() == text) {
                QVERIFY2(action->isEnabled(), qPrintable(text));
                action->trigger();
                menu->close();
                return;
            }
        QFAIL(qPrintable(QStringLiteral("There is no entry ") + text));
    }
};

struct Drag
{
    QMimeData mime;

    explicit Drag(const QStringList& paths)
    {
        QList<QUrl> urls;
        for (const QString& path : paths)
            urls << QUrl::fromLocalFile(path);
        mime.setUrls(urls);
    }
    /// A picture that is dragged from a place of the window.
    explicit Drag(const QString& place)
    {
        QImage image(4, 4, QImage::Format_RGB888);
        image.fill(Qt::red);
        mime.setImageData(image);
        mime.setData(QStringLiteral("application/x-simile-place"), place.toUtf8());
    }
    bool enter(QWidget& widget)
    {
        QDragEnterEvent event(
            widget.rect().center(), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        event.ignore();
        QApplication::sendEvent(&widget, &event);
        return event.isAccepted();
    }
    void leave(QWidget& widget)
    {
        QDragLeaveEvent event;
        QApplication::sendEvent(&widget, &event);
    }
    bool drop(QWidget& widget)
    {
        if (!enter(widget))
            return false;
        QDropEvent event(
            widget.rect().center(), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&widget, &event);
        return event.isAccepted();
    }
};

} // namespace

class GridInputsTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;
    QTemporaryDir m_folder;

    QString file(const QString& name) const
    {
        const QString path = m_folder.filePath(name);
        QImage image(8, 8, QImage::Format_RGB888);
        image.fill(Qt::red);
        return image.save(path) ? path : QString();
    }
    QStringList files(const QStringList& names) const
    {
        QStringList paths;
        for (const QString& name : names)
            paths << file(name);
        return paths;
    }

private Q_SLOTS:
    void everyInputHasItsPlaceOverItsCell()
    {
        Fixture f;
        int cell = 0;
        for (const char* slot : {"a", "a_prime", "b"}) {
            const QRect place = f.at(slot).geometry();
            QVERIFY(f.at(slot).isVisible());
            QCOMPARE(place, f.grid().view().tileRect(cell++).toRect());
            QVERIFY(!f.at(slot).accessibleName().isEmpty());
        }
        QVERIFY(!f.window.inputs().isVisible()); // nothing is there twice
        f.session.setMethod("prompt-free");
        QVERIFY(f.window.inputs().isVisible());
        QVERIFY(f.window.places().at("reference"));
        f.session.setMethod("analogy");
        QVERIFY(!f.window.inputs().isVisible() && f.at("a").isVisible());
    }

    void placesFollowZoomAndTheCellThatFillsTheView()
    {
        Fixture f;
        f.grid().enlarge(1);
        QVERIFY(f.at("a_prime").isVisible() && !f.at("a").isVisible());
        f.grid().enlarge(-1);
        f.grid().view().zoomBy(3, f.grid().view().tileRect(2).center());
        QVERIFY(f.grid().view().rect().contains(f.at("b").geometry()));
    }

    void aFileComesIntoTheCellUnderThePointer()
    {
        Fixture f;
        QVERIFY(Drag(files({QStringLiteral("one.png")})).drop(f.at("a_prime")));
        QTRY_COMPARE(f.name("a_prime"), std::string("one.png"));
        QVERIFY(f.session.inputs().at("a").image.empty());
    }

    void severalFilesAreShownInTheirCellsBeforeTheyCount()
    {
        Fixture f;
        Drag drag(files(
            {QStringLiteral("b.png"), QStringLiteral("a-prime.png"), QStringLiteral("a.png")}));
        const QImage before = f.at("a_prime").grab().toImage();
        QVERIFY(drag.enter(f.at("b")));
        QVERIFY(f.at("a_prime").grab().toImage() != before);
        QVERIFY(f.session.inputs().at("a").image.empty());
        drag.leave(f.at("b"));
        QCOMPARE(f.at("a_prime").grab().toImage(), before);
        const int steps = f.session.history().position();
        QVERIFY(drag.drop(f.at("b")));
        QTRY_COMPARE(f.name("a"), std::string("a.png"));
        QCOMPARE(f.name("a_prime"), std::string("a-prime.png"));
        QCOMPARE(f.name("b"), std::string("b.png"));
        QCOMPARE(f.session.history().position(), steps + 1);
        const QString said = f.window.pane().notices().text();
        QVERIFY2(said.contains(QStringLiteral("a-prime.png as A\u2032")), qPrintable(said));
    }

    void filesOfTheDialogueAreAskedAboutFirst()
    {
        Fixture f;
        f.window.actions()("open")->trigger();
        auto* dialog = f.window.findChild<QFileDialog*>();
        QVERIFY(dialog);
        Q_EMIT dialog->filesSelected(files({QStringLiteral("x2.png"), QStringLiteral("x.png")}));
        dialog->close();
        NoticeBar& notices = f.window.pane().notices();
        QVERIFY(notices.isVisible());
        const auto answer = [&](const QString& text) {
            for (QPushButton* button : notices.findChildren<QPushButton*>())
                if (button->text() == text && button->isVisible())
                    return QTest::mouseClick(button, Qt::LeftButton);
        };
        answer(QStringLiteral("Exchange A and A\u2032"));
        QVERIFY(notices.isVisible() && f.session.inputs().at("a").image.empty());
        QVERIFY(notices.text().contains(QStringLiteral("x2.png as A,")));
        answer(QStringLiteral("Put them there"));
        QTRY_COMPARE(f.name("a"), std::string("x2.png"));
        QTRY_COMPARE(f.name("a_prime"), std::string("x.png"));
    }

    void whatIsAskedOfPlacesGoesWithTheirMode()
    {
        Fixture f;
        f.window.actions()("open")->trigger();
        auto* dialog = f.window.findChild<QFileDialog*>();
        QVERIFY(dialog);
        Q_EMIT dialog->filesSelected(files({QStringLiteral("x2.png"), QStringLiteral("x.png")}));
        dialog->close();
        QVERIFY(f.window.pane().notices().isVisible());
        f.session.setMethod("prompt-free");
        QVERIFY(!f.window.pane().notices().isVisible());
    }

    void aClickOnAnEmptyCellAsksForAFile()
    {
        Fixture f;
        QTest::mouseClick(&f.at("b"), Qt::LeftButton);
        auto* dialog = f.window.findChild<QFileDialog*>();
        QVERIFY(dialog);
        Q_EMIT dialog->fileSelected(file(QStringLiteral("chosen.png")));
        dialog->close();
        QTRY_COMPARE(f.name("b"), std::string("chosen.png"));
        QTRY_VERIFY(!f.window.findChild<QFileDialog*>());
        QTest::mouseClick(&f.at("b"), Qt::LeftButton); // it is full now
        QVERIFY(!f.window.findChild<QFileDialog*>());
    }

    void keysReachOpenCopyPasteAndClear()
    {
        Fixture f;
        f.fill();
        f.grid().view().setFocus();
        for (const char* slot : {"a", "a_prime", "b"}) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            QCOMPARE(QApplication::focusWidget(), static_cast<QWidget*>(&f.at(slot)));
        }
        QTest::keyClick(&f.at("b"), Qt::Key_C, Qt::ControlModifier);
        const int steps = f.session.history().position();
        QTest::keyClick(&f.at("b"), Qt::Key_Delete);
        QVERIFY(f.session.inputs().at("b").image.empty());
        QCOMPARE(f.session.history().position(), steps + 1);
        QTest::keyClick(&f.at("b"), Qt::Key_V, Qt::ControlModifier);
        QTRY_VERIFY(!f.session.inputs().at("b").image.empty());
        f.session.history().undo();
        f.session.history().undo();
        QCOMPARE(f.name("b"), std::string("b.png"));
        QTest::keyClick(&f.at("b"), Qt::Key_Return);
        QVERIFY(f.window.findChild<QFileDialog*>());
        f.window.findChild<QFileDialog*>()->close();
    }

    void theFocusIsSeen()
    {
        Fixture f;
        f.fill();
        f.grid().view().setFocus();
        const QImage before = f.at("a").grab().toImage();
        f.at("a").setFocus();
        QVERIFY(f.at("a").grab().toImage() != before);
    }

    void aCellDroppedOnAnotherIsExchangedWithIt()
    {
        Fixture f;
        f.fill();
        const int steps = f.session.history().position();
        QVERIFY(Drag(QStringLiteral("a")).drop(f.at("b")));
        QCOMPARE(f.name("b"), std::string("a.png"));
        QCOMPARE(f.name("a"), std::string("b.png"));
        QCOMPARE(f.session.history().position(), steps + 1);
        QCOMPARE(f.session.history().undoText(), QStringLiteral("Swap A and B"));
        QVERIFY(!Drag(QStringLiteral("b")).drop(f.at("b"))); // onto itself
    }

    void theMenuSwapsAndTurns()
    {
        Fixture f;
        f.fill();
        f.choose(f.at("a"), QStringLiteral("Swap with A\u2032"));
        QCOMPARE(f.name("a"), std::string("a_prime.png"));
        f.choose(f.at("a"), QStringLiteral("Turn left"));
        QTRY_COMPARE(f.session.inputs().at("a").image->width, 4);
        QCOMPARE(f.session.inputs().at("a").image->height, 8);
        QCOMPARE(f.session.history().undoText(), QStringLiteral("Turn A"));
        QTRY_COMPARE(f.at("a").image().size(), QSize(4, 8));
        f.session.history().undo();
        QCOMPARE(f.session.inputs().at("a").image->width, 8);
    }

    void whatIsCroppedIsChosenInAFrame()
    {
        Fixture f;
        f.fill();
        f.choose(f.at("b"), QStringLiteral("Crop..."));
        auto* dialog = f.window.findChild<CropDialog*>();
        QVERIFY(dialog);
        QCOMPARE(dialog->frame().chosen(), QRect(2, 0, 4, 4)); // the middle square
        for (QPushButton* button : dialog->findChildren<QPushButton*>())
            if (button->text() == QStringLiteral("&Crop"))
                QTest::mouseClick(button, Qt::LeftButton);
        QTRY_COMPARE(f.session.inputs().at("b").image->width, 4);
        QCOMPARE(f.session.history().undoText(), QStringLiteral("Crop B"));
    }

    void whatIsShownOfARunIsNotChangedInItsPlace()
    {
        Fixture f;
        f.fill();
        f.session.start();
        QTRY_VERIFY(!f.session.runs().running() && f.session.runs().current());
        f.session.inputs().set("a", filled(8, 8, {9, 9, 9}), QStringLiteral("other.png"));
        Q_EMIT f.window.pane().shown().linkActivated(QStringLiteral("own"));
        QVERIFY(f.window.pane().shown().foreign());
        QTest::keyClick(&f.at("a"), Qt::Key_Delete);
        QCOMPARE(f.name("a"), std::string("other.png"));
        f.choose(f.at("a"), QStringLiteral("Put the run's pictures here"));
        QTRY_COMPARE(f.name("a"), std::string("a.png"));
        QVERIFY(!f.window.pane().shown().foreign());
    }

    void theMouseStillZoomsPansAndEnlarges()
    {
        Fixture f;
        f.fill();
        ImageView& view = f.grid().view();
        const QPointF before = view.tileRect(0).center();
        PicturePlace& cell = f.at("a");
        QTest::mousePress(&cell, Qt::MiddleButton, {}, {40, 40});
        QTest::mouseMove(&cell, {60, 50});
        QTest::mouseRelease(&cell, Qt::MiddleButton, {}, {60, 50});
        QVERIFY(view.tileRect(0).center() != before);
        QTest::mouseDClick(&f.at("a_prime"), Qt::LeftButton);
        QCOMPARE(f.grid().enlarged(), 1);
    }

    void whyAFileWasRefusedStandsInItsCell()
    {
        Fixture f;
        const QString path = m_folder.filePath(QStringLiteral("words.png"));
        QFile words(path);
        QVERIFY(words.open(QFile::WriteOnly) && words.write("words") == 5);
        words.close();
        QVERIFY(Drag(QStringList {path}).drop(f.at("b")));
        QTRY_VERIFY(f.at("b").note().contains(QStringLiteral("words.png")));
        QVERIFY(f.at("b").noteIsError());
        // The cell may be small: the tool tip has the whole sentence.
        const QPoint middle = f.at("b").rect().center();
        QHelpEvent tip(QEvent::ToolTip, middle, f.at("b").mapToGlobal(middle));
        QApplication::sendEvent(&f.at("b"), &tip);
        QCOMPARE(QToolTip::text(), f.at("b").note());
        QToolTip::hideText();
    }
};

QTEST_MAIN(GridInputsTest)
#include "tst_gridinputs.moc"
