// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/wordchips.h"

#include "app/translated.h"
#include "core/bounded.h"
#include "ui/colormap.h"
#include "ui/theme.h"

#include <QKeyEvent>
#include <QToolButton>

#include <algorithm>
#include <array>

namespace {

/// What core calls the tokens that are no words.
[[maybe_unused]] constexpr std::array marks {
    QT_TRANSLATE_NOOP("core", "start"), QT_TRANSLATE_NOOP("core", "end"),
    QT_TRANSLATE_NOOP("core", "padding")};

constexpr int chipsApart = 4, chipHeight = 24;

} // namespace

std::vector<ContextWord> wordsOf(const std::vector<ContextToken>& tokens)
{
    std::vector<ContextWord> words;
    for (int i = 0; i < int(tokens.size()); ++i) {
        const ContextToken& token = tokens[std::size_t(i)];
        const QString text = QString::fromStdString(token.text);
        const ContextToken* before = i > 0 ? &tokens[std::size_t(i) - 1] : nullptr;
        if (before && token.word >= 0 && before->word == token.word) {
            words.back().text += text.trimmed();
            words.back().tokens.push_back(i);
        } else if (before && token.word < 0 && before->word < 0 && before->text == token.text) {
            words.back().tokens.push_back(i); // the marks that fill a context up are one
        } else {
            words.push_back({.text = text.trimmed(), .tokens = {i}, .mark = token.word < 0});
        }
    }
    return words;
}

WordChips::WordChips(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Words of the prompt"));
}

void WordChips::setTokens(const std::vector<ContextToken>& tokens)
{
    const std::vector<ContextWord> words = wordsOf(tokens);
    const bool same = std::ranges::equal(words, m_words, [](const auto& a, const auto& b) {
        return a.text == b.text && a.tokens == b.tokens;
    });
    if (same)
        return;
    QStringList on;
    for (const int word : m_chosen)
        on << m_words[std::size_t(word)].text;
    for (const Word& word : m_words)
        word.chip->deleteLater();
    m_words.clear();
    m_chosen.clear();
    for (int i = 0; i < int(words.size()); ++i) {
        const ContextWord& word = words[std::size_t(i)];
        auto* chip = new QToolButton(this);
        chip->setProperty("role", QStringLiteral("chip"));
        chip->setCheckable(true);
        const QString shown = word.mark ? translated(inWords(word.text.toStdString())) : word.text;
        chip->setText(shown);
        chip->setFixedHeight(chipHeight);
        const QString kind = word.mark ? tr("Mark %1").arg(shown) : shown;
        chip->setAccessibleName(kind);
        chip->setToolTip(
            tr("%1, %n token(s). A click shows or hides its map; a double click shows it alone. "
               "Left and right go to the next word.",
               nullptr, int(word.tokens.size()))
                .arg(kind));
        chip->installEventFilter(this);
        QFont small = font();
        small.setPixelSize(12);
        small.setItalic(word.mark);
        chip->setFont(small);
        connect(chip, &QToolButton::clicked, this, [this, i](bool checked) { toggle(i, checked); });
        chip->show();
        m_words.push_back({.text = word.text, .tokens = word.tokens, .chip = chip});
    }
    take(m_wanted.isEmpty() ? on : m_wanted);
    const auto first =
        std::ranges::find_if(words, [](const ContextWord& word) { return !word.mark; });
    if (m_chosen.empty() && !words.empty())
        m_chosen = {first == words.end() ? 0 : int(first - words.begin())};
    mark();
    arrange();
    Q_EMIT changed();
}

std::vector<std::vector<int>> WordChips::groups() const
{
    std::vector<std::vector<int>> groups;
    for (const int word : m_chosen)
        groups.push_back(m_words[std::size_t(word)].tokens);
    return groups;
}

void WordChips::setGroups(const std::vector<std::vector<int>>& groups)
{
    m_chosen.clear();
    for (const auto& group : groups)
        for (int i = 0; i < int(m_words.size()); ++i)
            if (m_words[std::size_t(i)].tokens == group)
                m_chosen.push_back(i);
    mark();
}

std::vector<QToolButton*> WordChips::chips() const
{
    std::vector<QToolButton*> chips;
    for (const Word& word : m_words)
        chips.push_back(word.chip);
    return chips;
}

/// The first word that is read so, of each text.
void WordChips::take(const QStringList& texts)
{
    for (const QString& text : texts)
        for (int i = 0; i < int(m_words.size()); ++i)
            if (m_words[std::size_t(i)].text == text && !std::ranges::count(m_chosen, i)) {
                m_chosen.push_back(i);
                break;
            }
}

void WordChips::choose(const QStringList& texts)
{
    m_wanted = texts;
    m_chosen.clear();
    take(texts);
    mark();
    Q_EMIT changed();
}

void WordChips::toggle(int word, bool on)
{
    m_wanted.clear();
    std::erase(m_chosen, word);
    if (on)
        m_chosen.push_back(word);
    mark();
    Q_EMIT changed();
}

/// Gives every word that is on the colour of its map; a word alone is seen in the map's own
/// colours.
void WordChips::mark()
{
    for (int i = 0; i < int(m_words.size()); ++i) {
        QToolButton* chip = m_words[std::size_t(i)].chip;
        const auto at = std::ranges::find(m_chosen, i);
        const bool on = at != m_chosen.end();
        chip->setChecked(on);
        const QColor color =
            m_chosen.size() > 1 && on ? markColor(int(at - m_chosen.begin())) : theme().accent;
        chip->setStyleSheet(
            on ? QStringLiteral("QToolButton { border: 2px solid %1; }").arg(color.name())
               : QString());
    }
}

/// Sets the chips one behind the other in lines, and is as high as they are.
void WordChips::arrange()
{
    int x = 0, y = 0;
    for (const Word& word : m_words) {
        const int wide = std::min(word.chip->sizeHint().width(), std::max(width(), 40));
        if (x > 0 && x + wide > width()) {
            x = 0;
            y += chipHeight + chipsApart;
        }
        word.chip->setGeometry(x, y, wide, chipHeight);
        x += wide + chipsApart;
    }
    setFixedHeight(y + chipHeight);
}

void WordChips::resizeEvent(QResizeEvent*)
{
    arrange();
}

void WordChips::showEvent(QShowEvent*)
{
    arrange();
}

bool WordChips::eventFilter(QObject* watched, QEvent* event)
{
    const auto at = std::ranges::find(m_words, watched, &Word::chip);
    if (at == m_words.end())
        return false;
    const int word = int(at - m_words.begin());
    if (event->type() == QEvent::MouseButtonDblClick) {
        m_wanted.clear();
        m_chosen = {word};
        mark();
        Q_EMIT changed();
        return true;
    }
    if (event->type() != QEvent::KeyPress)
        return false;
    const int key = static_cast<QKeyEvent*>(event)->key();
    const int by = key == Qt::Key_Left ? -1 : key == Qt::Key_Right ? 1 : 0;
    if (by == 0)
        return false;
    const int next = bounded(word + by, 0, int(m_words.size()) - 1);
    m_words[std::size_t(next)].chip->setFocus(Qt::TabFocusReason);
    return true;
}
