// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

/// A few lines of text. What is pasted or dropped is cut to what fits: Qt lays a paragraph out as a
/// whole at each key, so that a megabyte in one would take a second a key, and without a space
/// minutes.
class TextField : public QPlainTextEdit
{
    Q_OBJECT

public:
    static constexpr qsizetype most = 20'000; ///< in UTF-16

    explicit TextField(QWidget* parent = nullptr);
    /// Shows a text in place of another, its first @ref most. What both have at their beginning and
    /// end stays, so that the cursor ends behind what is different; without the focus the beginning
    /// is seen. Gives how much of it is not shown.
    qsizetype showText(const QString& text);

Q_SIGNALS:
    /// So much of what was given was left out.
    void cut(qsizetype characters);

protected:
    void insertFromMimeData(const QMimeData* given) override;
};
