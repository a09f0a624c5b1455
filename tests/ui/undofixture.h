// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/paintfixture.h"
#include "ui/actions.h"
#include "ui/gridview.h"
#include "ui/imageview.h"
#include "ui/parameterform.h"
#include "ui/parametersdock.h"
#include "ui/toolbar.h"

#include <QAction>
#include <QLineEdit>

#include <functional>

/// The window, in which edits are made, undone and made again by its keys.
struct UndoFixture : PaintFixture
{
    const Document& document() const { return session.editor().document(); }
    QWidget* field(const char* id) const { return window.parameters().form()->editor(id); }
    QLineEdit& seed() const { return window.findChild<ToolBar*>()->seed(); }
    ImageView& view() const { return window.pane().grid().view(); }

    void pressUndo() const
    {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Z, Qt::ControlModifier);
    }
    void pressRedo() const
    {
        QTest::keyClick(
            QApplication::focusWidget(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    }
    void fill()
    {
        session.setMethod("analogy");
        for (const char* slot : {"a", "a_prime", "b"})
            session.inputs().set(
                slot, filled(8, 8, {uint8_t(slot[0]), uint8_t(slot[1]), 0}), QStringLiteral("p"));
        finishConversions();
    }
    PictureCell* cell(const Place& place) const { return window.inputs().cell(place); }

    /// One step, by that name: undone it gives the document before, made again the one after.
    void mustBeOneStep(const QString& label, const std::function<void()>& edit)
    {
        if (!QApplication::focusWidget())
            view().setFocus();
        session.history().seal();
        const Document before = document();
        const int steps = session.history().position();
        edit();
        QTRY_VERIFY2(document() != before, qPrintable(label));
        QTest::qWait(0);
        const Document after = document();
        QCOMPARE(session.history().position(), steps + 1);
        QAction* undo = window.actions()("undo");
        QCOMPARE(undo->text(), QStringLiteral("&Undo: ") + label);
        pressUndo();
        QVERIFY2(document() == before, qPrintable(label));
        QCOMPARE(window.actions()("redo")->text(), QStringLiteral("R&edo: ") + label);
        pressRedo();
        QVERIFY2(document() == after, qPrintable(label));
    }
};
