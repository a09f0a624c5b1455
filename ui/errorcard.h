// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include <functional>
#include <utility>
#include <vector>

class QVBoxLayout;
class QLabel;
class QPushButton;

/// What went wrong, in the place where the result would have been.
class ErrorCard : public QFrame
{
    Q_OBJECT

public:
    explicit ErrorCard(QWidget* parent = nullptr);

    /// @p title says what failed, @p sentence why and what to do, @p details the rest for a report.
    void setError(const QString& title, const QString& sentence, const QString& details);
    /// Buttons for what helps, by their words; dismissed() follows where one is pressed.
    void setOffers(const std::vector<std::pair<QString, std::function<void()>>>& offers);
    /// What Copy details puts onto the clipboard.
    QString report() const;

Q_SIGNALS:
    void dismissed();

private:
    QLabel* m_title;
    QLabel* m_sentence;
    QVBoxLayout* m_helping; ///< a button below the other, since their words are long
    std::vector<QPushButton*> m_offers;
    QString m_said, m_details;
};
