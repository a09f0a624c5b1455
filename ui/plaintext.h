// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

/// Shows the text of labels and tool tips as it stands, not as HTML: names of files, prompts and
/// what a record or a model says come from anywhere, and a label would guess that they are rich
/// text, follow their links and read their pictures. A label that is meant to be rich says so.
class PlainText : public QObject
{
    Q_OBJECT

public:
    /// Watches all widgets of the application, as long as it lives.
    explicit PlainText(QObject* parent);
    bool eventFilter(QObject* watched, QEvent* event) override;
};
