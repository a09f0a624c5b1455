// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/imageslot.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QHelpEvent>
#include <QMenu>
#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QToolTip>
#include <QUrl>

namespace {

QImage picture(QColor color = Qt::red)
{
    QImage image(20, 10, QImage::Format_RGB888);
    image.fill(color);
    return image;
}

/// Drags over a widget and drops; whether the drop was taken.
bool drop(QWidget& widget, QMimeData& mime)
{
    const QPoint middle = widget.rect().center();
    QDragEnterEvent enter(middle, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&widget, &enter);
    if (!enter.isAccepted())
        return false;
    QDropEvent event(middle, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&widget, &event);
    return event.isAccepted();
}

} // namespace

class ImageSlotTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPictureMovesByKeysWhereItCan()
    {
        ImageSlot slot(QStringLiteral("Reference 2"), {});
        QSignalSpy moves(&slot, &ImageSlot::moveRequested);
        const auto press = [&](Qt::Key key) { QTest::keyClick(&slot, key, Qt::AltModifier); };
        press(Qt::Key_Left);
        press(Qt::Key_Right);
        QCOMPARE(moves.size(), 0); // it is alone
        slot.setMoves(true, false);
        press(Qt::Key_Left);
        press(Qt::Key_Right);
        QCOMPARE(moves.size(), 1);
        QCOMPARE(moves.at(0).at(0).toInt(), -1);
        slot.setMoves(false, true);
        press(Qt::Key_Left);
        press(Qt::Key_Right);
        QCOMPARE(moves.size(), 2);
        QCOMPARE(moves.at(1).at(0).toInt(), 1);
    }

    void droppedFilesAreGivenAsPaths()
    {
        ImageSlot slot(QStringLiteral("A"), {});
        QSignalSpy files(&slot, &ImageSlot::filesGiven);
        QMimeData mime;
        mime.setUrls(
            {QUrl::fromLocalFile(QStringLiteral("/tmp/a.png")),
             QUrl::fromLocalFile(QStringLiteral("/tmp/b.png"))});
        QVERIFY(drop(slot, mime));
        QCOMPARE(files.count(), 1);
        QCOMPARE(
            files[0][0].toStringList(),
            QStringList({QStringLiteral("/tmp/a.png"), QStringLiteral("/tmp/b.png")}));
        // An address among them is told behind them.
        mime.setUrls(
            {QUrl(QStringLiteral("https://example.org/c.png")),
             QUrl::fromLocalFile(QStringLiteral("/tmp/a.png"))});
        QVERIFY(drop(slot, mime));
        QCOMPARE(
            files[1][0].toStringList(),
            QStringList(
                {QStringLiteral("/tmp/a.png"), QStringLiteral("https://example.org/c.png")}));
    }

    void droppedImageDataIsGivenAsAPicture()
    {
        ImageSlot slot(QStringLiteral("A"), {});
        QSignalSpy images(&slot, &ImageSlot::imageGiven);
        QMimeData mime;
        mime.setImageData(picture());
        QVERIFY(drop(slot, mime));
        QCOMPARE(images.count(), 1);
        QCOMPARE(images[0][0].value<QImage>().size(), QSize(20, 10));
    }

    void droppedTextIsRefused()
    {
        ImageSlot slot(QStringLiteral("A"), {});
        QSignalSpy images(&slot, &ImageSlot::imageGiven), files(&slot, &ImageSlot::filesGiven);
        QMimeData mime;
        mime.setText(QStringLiteral("not a picture"));
        QVERIFY(!drop(slot, mime));
        QCOMPARE(images.count() + files.count(), 0);
        QVERIFY(slot.accessibleDescription().startsWith(QStringLiteral("This is text: drop ")));
        slot.setNote({}, false);
        QApplication::clipboard()->setText(mime.text());
        QTest::keySequence(&slot, QKeySequence::Paste);
        QVERIFY(slot.accessibleDescription().startsWith(QStringLiteral("This is text: drop ")));
    }

    void aClipboardThatHoldsNothingGivesNoPicture()
    {
        ImageSlot slot(QStringLiteral("A"), {});
        QSignalSpy images(&slot, &ImageSlot::imageGiven), files(&slot, &ImageSlot::filesGiven);
        QVERIFY(!holdsPictures(nullptr));
        QVERIFY(!slot.take(nullptr));
        QCOMPARE(images.count() + files.count(), 0);
    }

    /// As a clipboard whose owner has ended: what there was is still told, and nothing comes.
    void aPictureThatIsAnnouncedAndNeverComesIsSaid()
    {
        struct Gone : QMimeData
        {
            QStringList formats() const override
            {
                return {QStringLiteral("image/png"), QStringLiteral("application/x-qt-image")};
            }
            QVariant retrieveData(const QString& format, QMetaType) const override
            {
                asked += hasFormat(format);
                return {};
            }
            bool hasFormat(const QString& format) const override
            {
                return formats().contains(format);
            }
            mutable int asked = 0; // each time may take seconds
        } gone;
        ImageSlot slot(QStringLiteral("A"), {});
        QSignalSpy images(&slot, &ImageSlot::imageGiven), files(&slot, &ImageSlot::fileGiven);
        QVERIFY(gone.hasImage());
        QVERIFY(!slot.take(&gone));
        QCOMPARE(gone.asked, 1);
        QCOMPARE(images.count() + files.count(), 0);
        QVERIFY(slot.accessibleDescription().startsWith(
            QStringLiteral("There is no picture any more: ")));
    }

    void aRemoteAddressIsRefused()
    {
        ImageSlot slot(QStringLiteral("A"), {});
        QMimeData mime;
        mime.setUrls({QUrl(QStringLiteral("https://example.org/a.png"))});
        QVERIFY(!drop(slot, mime));
        QVERIFY(
            slot.accessibleDescription().startsWith(QStringLiteral("This is an address: save ")));
    }

    void aClickAsksForAFile()
    {
        ImageSlot slot(QStringLiteral("A"), {});
        QSignalSpy open(&slot, &ImageSlot::openRequested);
        QTest::mouseClick(&slot, Qt::LeftButton);
        QCOMPARE(open.count(), 1);
        QTest::keyClick(&slot, Qt::Key_Return);
        QCOMPARE(open.count(), 2);
    }

    void pasteTakesThePictureFromTheClipboard()
    {
        ImageSlot slot(QStringLiteral("A"), {});
        QSignalSpy images(&slot, &ImageSlot::imageGiven);
        QApplication::clipboard()->setImage(picture(Qt::green));
        QTest::keySequence(&slot, QKeySequence::Paste);
        QCOMPARE(images.count(), 1);
        QCOMPARE(images[0][0].value<QImage>().pixelColor(0, 0), QColor(Qt::green));
    }

    void deleteClearsAFullSlotOnly()
    {
        ImageSlot slot(QStringLiteral("A"), {});
        QSignalSpy clear(&slot, &ImageSlot::clearRequested);
        QTest::keyClick(&slot, Qt::Key_Delete);
        QCOMPARE(clear.count(), 0);
        slot.setImage(picture(), QStringLiteral("red.png"));
        QTest::keyClick(&slot, Qt::Key_Delete);
        QCOMPARE(clear.count(), 1);
    }

    void theBytesOfAFileAreTakenAsTheyAre()
    {
        ImageSlot slot(QStringLiteral("A"), {});
        QSignalSpy bytes(&slot, &ImageSlot::fileGiven), images(&slot, &ImageSlot::imageGiven);
        QMimeData mime;
        mime.setImageData(picture());
        mime.setData(QStringLiteral("image/jpeg"), "what the file holds");
        QVERIFY(slot.take(&mime));
        QCOMPARE(bytes.size(), 1);
        QCOMPARE(bytes.at(0).at(0).toByteArray(), QByteArray("what the file holds"));
        QCOMPARE(images.size(), 0);
    }

    void aPictureDescribesItself()
    {
        ImageSlot slot(QStringLiteral("A"), {});
        slot.setImage(picture(), QStringLiteral("red.png"));
        QVERIFY(slot.accessibleDescription().contains(QStringLiteral("red.png, 20 by 10")));
        QVERIFY(!slot.accessibleName().isEmpty());
    }

    void aPictureIsSavedFromItsMenuOrItIsSaidWhyNot()
    {
        const QTemporaryDir folder;
        ImageSlot slot(QStringLiteral("A"), {});
        slot.setImage(picture(), QStringLiteral("red.png"));
        slot.show();
        const QString path = folder.filePath(QStringLiteral("map.png"));
        for (const QString& to : {path, QStringLiteral("/proc/map.png")}) {
            QContextMenuEvent event(QContextMenuEvent::Keyboard, {5, 5}, {5, 5});
            QApplication::sendEvent(&slot, &event);
            auto* menu = slot.findChild<QMenu*>();
            for (QAction* action : menu->actions())
                if (action->text().startsWith(QStringLiteral("Save")))
                    action->trigger();
            delete menu;
            auto* dialog = slot.findChild<QFileDialog*>();
            QVERIFY(dialog != nullptr);
            Q_EMIT dialog->fileSelected(to);
            delete dialog;
        }
        QTRY_VERIFY(QImage(path) == picture().convertToFormat(QImage(path).format()));
        QTRY_VERIFY(slot.note().contains(QStringLiteral("/proc/map.png")));
    }

    void anOptionalPlaceIsSmallUntilItIsFilled()
    {
        ImageSlot slot(QStringLiteral("A"), {});
        const int full = slot.sizeHint().height();
        slot.setOptional(true);
        QVERIFY(slot.sizeHint().height() < full);
        QVERIFY(slot.maximumHeight() < full);
        slot.setImage(picture(), QStringLiteral("red.png"));
        QCOMPARE(slot.sizeHint().height(), full);
        QVERIFY(slot.maximumHeight() >= full);
        slot.setImage({}, {});
        QVERIFY(slot.sizeHint().height() < full);
    }

    void theLabelStaysWholeUnderThePointer()
    {
        ImageSlot slot(QStringLiteral("Reference 12"), {});
        slot.setInRow(true);
        slot.setImage(picture(), QStringLiteral("red.png"));
        slot.resize(96, 96);
        slot.show();
        auto* clear = slot.findChild<QToolButton*>();
        clear->hide();
        const QRect label(3, 3, 90, 22);
        const QImage before = slot.grab(label).toImage();
        QEnterEvent enter({50, 50}, {50, 50}, {50, 50});
        QApplication::sendEvent(&slot, &enter);
        slot.setFocus(); // the button is there for the keyboard, too
        QTRY_VERIFY(clear->isVisible());
        QVERIFY(slot.rect().contains(clear->geometry()));
        QVERIFY(!clear->geometry().intersects(label));
        slot.clearFocus();
        clear->show();
        QCOMPARE(slot.grab(label).toImage(), before);
        const auto tip = [&slot] {
            QHelpEvent event(QEvent::ToolTip, {50, 50}, slot.mapToGlobal(QPoint(50, 50)));
            QApplication::sendEvent(&slot, &event);
            return QToolTip::text();
        };
        slot.setToolTip(QStringLiteral("What it is for"));
        const QString longer = QStringLiteral("A label that is longer than the place");
        slot.setLabel(longer);
        QCOMPARE(tip(), longer + QStringLiteral("\nWhat it is for"));
        slot.setLabel(QStringLiteral("A"));
        QCOMPARE(tip(), QStringLiteral("What it is for"));
        QVERIFY(clear->geometry().top() < 20); // beside it
    }

    void aNoteIsPartOfTheDescription()
    {
        ImageSlot slot(QStringLiteral("A"), {});
        slot.setNote(QStringLiteral("It is not a picture."), true);
        QVERIFY(slot.accessibleDescription().startsWith(QStringLiteral("It is not a picture.")));
    }

    void aTextThatIsTooLongForItsLinesEndsInDots()
    {
        const QFont font;
        const QFontMetrics metrics(font);
        const QString text = QStringLiteral("one two three four five ") + QString(50, u'x');
        const QSize room(metrics.horizontalAdvance(QStringLiteral("one two three ")) + 4, 0);
        const auto lines = [&](int count) {
            return linesIn(text, font, {room.width(), count * metrics.lineSpacing()});
        };
        QCOMPARE(lines(20).join(QString()), text); // also within the long word
        QCOMPARE(lines(2).size(), 2);
        QCOMPARE(lines(2).first(), QStringLiteral("one two three "));
        QVERIFY2(lines(2).last().endsWith(u'\u2026'), qPrintable(lines(2).last()));
        QVERIFY(lines(2).last().startsWith(QStringLiteral("four")));
        QCOMPARE(lines(0).size(), 1);
    }

    void aNewPictureDropsTheNoteOfTheOldOne()
    {
        ImageSlot slot(QStringLiteral("A"), {});
        slot.setNote(QStringLiteral("It is not a picture."), true);
        QCOMPARE(slot.note(), QStringLiteral("It is not a picture."));
        slot.setImage(picture(), QStringLiteral("red.png"));
        QVERIFY(slot.note().isEmpty());
    }
};

QTEST_MAIN(ImageSlotTest)
#include "tst_imageslot.moc"
