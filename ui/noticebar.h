// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include <functional>
#include <utility>
#include <vector>

class QHBoxLayout;
class QLabel;

/// A line above the pictures: something to know, or a question with its answers as buttons. Stays
/// until it is answered.
class NoticeBar : public QFrame
{
    Q_OBJECT

public:
    using Answers = std::vector<std::pair<QString, std::function<void()>>>;

    explicit NoticeBar(QWidget* parent = nullptr);

    void say(const QString& sentence, bool error, const Answers& answers = {});
    QString text() const;
    /// Another sentence with the same answers.
    void setText(const QString& sentence);

Q_SIGNALS:
    void said();

private:
    QString m_sentence;
    QLabel* m_text;
    QHBoxLayout* m_buttons;
};
