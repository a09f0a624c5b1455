// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/replacetext.h"

#include <QPlainTextEdit>
#include <QTextCursor>

#include <algorithm>

void replaceText(QPlainTextEdit& edit, const QString& shown)
{
    const QString before = edit.toPlainText();
    if (before == shown)
        return;
    const qsizetype least = std::min(before.size(), shown.size());
    qsizetype head = 0, tail = 0;
    while (head < least && before[head] == shown[head])
        ++head;
    while (tail < least - head
           && before[before.size() - 1 - tail] == shown[shown.size() - 1 - tail])
        ++tail;
    QTextCursor cursor = edit.textCursor();
    cursor.setPosition(int(head));
    cursor.setPosition(int(before.size() - tail), QTextCursor::KeepAnchor);
    cursor.insertText(shown.mid(head, shown.size() - head - tail));
    if (!edit.hasFocus())
        cursor.setPosition(0);
    edit.setTextCursor(cursor);
}
