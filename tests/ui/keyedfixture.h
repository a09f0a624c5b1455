// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/keeper.h"
#include "app/sessions.h"
#include "core/file/files.h"
#include "core/picture/imagefile.h"
#include "tests/app/sessionstate.h"
#include "tests/ui/undofixture.h"
#include "ui/pictureplace.h"
#include "ui/pictureplaces.h"
#include "ui/queuelist.h"
#include "ui/runsdock.h"
#include "ui/sessiondialog.h"

#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QDropEvent>
#include <QListWidget>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QTemporaryDir>

#include <functional>
#include <vector>

/// An edit by what a hand does in the window, and what the history calls it.
struct KeyedEdit
{
    const char* label = nullptr;
    std::function<void()> make;
    bool lists = false; ///< it also lists a run, which stays, as one that is made does
};

/// The window with a session on disk, in which edits are made as a hand makes them.
struct KeyedFixture : UndoFixture
{
    QTemporaryDir folder;
    Keeper keeper {session};
    Sessions sessions {keeper, settings};
    std::vector<SessionState> states;

    KeyedFixture()
    {
        window.setSessions(sessions, keeper);
        keeper.open(folder.filePath(QStringLiteral("a.simile")).toStdString());
        fill();
        session.editor().setValue("steps", 2);
    }

    static void keys(QWidget* field, const char* text)
    {
        field->setFocus();
        QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(field, QLatin1String(text));
    }
    void slotKey(const Place& place, Qt::Key key, Qt::KeyboardModifiers with = {}) const
    {
        PicturePlace& slot = *window.places().at(place);
        slot.setFocus();
        QTest::keyClick(&slot, key, with);
    }
    void viewKey(Qt::Key key) const
    {
        view().setFocus();
        QTest::keyClick(&view(), key);
    }
    void paste(const Place& place, QColor color, int size = 8) const
    {
        QImage image(size, size, QImage::Format_RGB888);
        image.fill(color);
        QApplication::clipboard()->setImage(image);
        slotKey(place, Qt::Key_V, Qt::ControlModifier);
    }
    void drop(const Place& place, uint8_t gray, int size = 8) const
    {
        const QString path = folder.filePath(QStringLiteral("%1.png").arg(gray));
        writeFileAtomically(
            path.toStdString(), encodePng(filled(size, size, {gray, gray, gray}), {}));
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(path)});
        PicturePlace& slot = *window.places().at(place);
        QDragEnterEvent enter({5, 5}, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&slot, &enter);
        QDropEvent event({5, 5}, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&slot, &event);
    }
    void click(const Place& place, const char* text) const
    {
        QToolButton* there = button(place, text);
        QVERIFY2(there, text);
        QTest::mouseClick(there, Qt::LeftButton);
    }
    QDoubleSpinBox* box(const Place& place, const char* name) const
    {
        for (auto* box : cell(place)->findChildren<QDoubleSpinBox*>())
            if (box->accessibleName().startsWith(QLatin1String(name)))
                return box;
        return nullptr;
    }
    void choosePreset(const char* name) const
    {
        for (auto* button : window.parameters().findChildren<QToolButton*>())
            if (button->accessibleName() == QLatin1String("Preset"))
                for (QAction* action : button->menu()->actions())
                    if (action->text() == QLatin1String(name))
                        action->trigger();
    }
    void reset(const char* label) const
    {
        for (auto* button : window.parameters().findChildren<QToolButton*>())
            if (button->accessibleName() == QStringLiteral("Reset ") + QLatin1String(label))
                button->click();
    }

    QListView& list() const { return window.runs().list(); }
    void runsKey(int row, Qt::Key key) const
    {
        chooseRows(list(), {row});
        QTest::keyClick(&list(), key);
    }
    void nameRun(int row, const char* name) const
    {
        runsKey(row, Qt::Key_F2);
        auto* editor = list().findChild<QLineEdit*>();
        QVERIFY(editor);
        QTest::keyClick(editor, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(editor, QLatin1String(name));
        QTest::keyClick(editor, Qt::Key_Return);
    }
    /// By an entry of the menu of a run, of those below "Restore".
    void restorePart(int row, const char* part)
    {
        const QRect where = list().visualRect(list().model()->index(row, 0));
        Q_EMIT list().customContextMenuRequested(where.center());
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        QVERIFY(menu);
        for (QAction* entry : menu->actions())
            if (entry->menu())
                for (QAction* action : entry->menu()->actions())
                    if (action->text() == QLatin1String(part))
                        action->trigger();
        menu->close();
        activate();
    }
    void activate()
    {
        window.activateWindow();
        QTRY_VERIFY(QApplication::activeWindow() == &window);
        list().setFocus();
    }
    /// All runs get old, and those without a star are deleted in the session's dialogue.
    void deleteOldRuns()
    {
        for (const auto& run : session.runs().all())
            run->started = QDateTime::currentDateTime().addYears(-1);
        auto* dialog = new SessionDialog(session, keeper, nullptr);
        dialog->show();
        for (auto* button : dialog->findChildren<QPushButton*>())
            if (button->text() == QLatin1String("&Delete"))
                button->click();
        activate();
    }
    void runOnce(const char* prompt)
    {
        session.editor().setValue("prompt", std::string(prompt));
        QTRY_VERIFY(window.actions()("run")->isEnabled());
        const auto before = session.runs().all().size();
        QTest::keyClick(&window, Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(session.runs().all().size() > before && !session.runs().running());
    }
    QListWidget& waiting() const { return window.runs().queue().list(); }
    void queueKey(int row, Qt::Key key, Qt::KeyboardModifiers with = {}) const
    {
        waiting().setFocus();
        waiting().setCurrentRow(row);
        QTest::keyClick(&waiting(), key, with);
    }

    /// Where the keyboard is when the keys are pressed.
    std::vector<QWidget*> places() const
    {
        std::vector<QWidget*> all = {field("prompt"), field("steps"), &seed(), &list()};
        all.push_back(pane().isOpen() ? static_cast<QWidget*>(&canvas()) : &view());
        for (const Slot& slot : session.editor().method().slots)
            all.push_back(window.places().at(slot.id));
        return all;
    }
    void press(bool back) const
    {
        QWidget* at = QApplication::focusWidget();
        const auto with = back ? Qt::ControlModifier : Qt::ControlModifier | Qt::ShiftModifier;
        QTest::keyClick(at ? at : const_cast<MainWindow*>(&window), Qt::Key_Z, with);
        finishConversions();
    }
    bool is(const SessionState& state) const { return SessionState(session) == state; }

    /// What prepares an edit is none that is looked at.
    void begin()
    {
        finishConversions();
        session.history().restore({}, 0);
        states = {SessionState(session)};
    }

    /// Makes an edit, which is one step, and undoes and makes it again with the keyboard here and
    /// there.
    void check(const KeyedEdit& edit)
    {
        QVERIFY2(is(states.back()), edit.label);
        session.history().seal();
        edit.make();
        const History& history = session.history();
        QTRY_COMPARE(history.position(), int(states.size()));
        finishConversions();
        QCOMPARE(history.undoText(), QString::fromUtf8(edit.label));
        QCOMPARE(history.position(), int(states.size()));
        const SessionState after(session);
        for (SessionState& state : states)
            if (edit.lists)
                state.runs.push_back(after.runs.back());
        const SessionState before = states.back();
        QVERIFY2(!(after == before), edit.label);
        states.push_back(after);
        backAndForth(edit.label, before, after); // where the edit left the keyboard
        int tried = 0;
        for (std::size_t i = 0; i < places().size(); ++i) {
            QWidget* place = places()[i];
            if (!place->isVisible() || !place->isEnabled())
                continue;
            place->setFocus();
            QCOMPARE(QApplication::focusWidget(), place);
            backAndForth(edit.label, before, after);
            ++tried;
        }
        QVERIFY2(tried >= 5, edit.label);
    }

    void backAndForth(const char* label, const SessionState& before, const SessionState& after)
    {
        QAction *undo = window.actions()("undo"), *redo = window.actions()("redo");
        QCOMPARE(undo->text(), QStringLiteral("&Undo: ") + QString::fromUtf8(label));
        press(true);
        QVERIFY2(is(before), label);
        QCOMPARE(redo->text(), QStringLiteral("R&edo: ") + QString::fromUtf8(label));
        press(false);
        QVERIFY2(is(after), label);
    }

    /// All of it by the keys, to the start and to the end again.
    void allBackAndForth()
    {
        window.setFocus();
        for (auto state = states.rbegin(); state != states.rend(); ++state) {
            QVERIFY(is(*state));
            press(true);
        }
        QVERIFY(!session.history().canUndo());
        for (const SessionState& state : states) {
            QVERIFY(is(state));
            press(false);
        }
        QVERIFY(!session.history().canRedo());
    }

    void checkAll(const std::vector<KeyedEdit>& edits)
    {
        begin();
        for (const KeyedEdit& edit : edits) {
            check(edit);
            if (QTest::currentTestFailed())
                return qWarning("it was: %s", edit.label);
        }
        allBackAndForth();
    }
};
