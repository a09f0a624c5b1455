// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/textfield.h"

#include <QMimeData>
#include <QTextCursor>

#include <algorithm>

namespace {

/// Its beginning; no pair of UTF-16 is taken apart.
QString beginOf(const QString& text, qsizetype most)
{
    if (text.size() <= most)
        return text;
    return text.left(most > 0 && text[most - 1].isHighSurrogate() ? most - 1 : most);
}

} // namespace

TextField::TextField(QWidget* parent)
    : QPlainTextEdit(parent)
{
    setTabChangesFocus(true);
    setUndoRedoEnabled(false); // the window has the one history
}

qsizetype TextField::showText(const QString& text)
{
    const QString before = toPlainText(), shown = beginOf(text, most);
    if (before == shown)
        return text.size() - shown.size();
    const qsizetype least = std::min(before.size(), shown.size());
    qsizetype head = 0, tail = 0;
    while (head < least && before[head] == shown[head])
        ++head;
    while (tail < least - head
           && before[before.size() - 1 - tail] == shown[shown.size() - 1 - tail])
        ++tail;
    QTextCursor cursor = textCursor();
    cursor.setPosition(int(head));
    cursor.setPosition(int(before.size() - tail), QTextCursor::KeepAnchor);
    cursor.insertText(shown.mid(head, shown.size() - head - tail));
    if (!hasFocus())
        cursor.setPosition(0);
    setTextCursor(cursor);
    return text.size() - shown.size();
}

void TextField::insertFromMimeData(const QMimeData* given)
{
    const QString text = given->text();
    const qsizetype selected = textCursor().selectionEnd() - textCursor().selectionStart();
    const qsizetype room = most - (document()->characterCount() - 1 - selected);
    const QString taken = beginOf(text, std::max<qsizetype>(room, 0));
    insertPlainText(taken);
    ensureCursorVisible();
    if (taken.size() < text.size())
        Q_EMIT cut(text.size() - taken.size());
}
