// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/trace.h"

#include <QStringList>
#include <QWidget>

#include <vector>

class QToolButton;

/// The words of a prompt, each as a button that is on or off; the marks of start and end, too. A
/// word that is on has the colour in which its map is seen.
class WordChips : public QWidget
{
    Q_OBJECT

public:
    explicit WordChips(QWidget* parent = nullptr);

    /// The tokens of a context. Words that were on stay on where the new ones have them, too; where
    /// none is left, the first is.
    void setTokens(const std::vector<ContextToken>& tokens);
    /// The tokens of each word that is on, in the order in which they were chosen.
    std::vector<std::vector<int>> groups() const;
    /// Chooses words by their tokens, as groups() gives them; what is no word is left out.
    void setGroups(const std::vector<std::vector<int>>& groups);
    /// Chooses words by what is read, also of tokens that come later.
    void choose(const QStringList& texts);
    std::vector<QToolButton*> chips() const;

    QSize minimumSizeHint() const override { return {80, height()}; }

Q_SIGNALS:
    void changed();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Word
    {
        QString text = {};
        std::vector<int> tokens = {};
        QToolButton* chip = nullptr;
    };

    void arrange();
    void take(const QStringList& texts);
    void toggle(int word, bool on);
    void mark();

    std::vector<Word> m_words;
    std::vector<int> m_chosen; ///< words
    QStringList m_wanted;      ///< to be chosen as soon as there are tokens
};

/// A word of a context: what is read, and its tokens. Tokens of one word belong together, and so do
/// equal marks behind each other.
struct ContextWord
{
    QString text = {};
    std::vector<int> tokens = {};
    bool mark = false;
};
std::vector<ContextWord> wordsOf(const std::vector<ContextToken>& tokens);
