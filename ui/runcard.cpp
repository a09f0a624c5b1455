// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/runcard.h"

#include "ui/runsmodel.h"
#include "ui/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace {

constexpr int width = 92, margin = 4, lineHeight = 17;
constexpr int height = RunsModel::side + lineHeight + 2 * margin + 4;

QRect pictureIn(const QRect& card)
{
    return {
        card.left() + (card.width() - RunsModel::side) / 2, card.top() + margin, RunsModel::side,
        RunsModel::side};
}

QRect wordsIn(const QRect& card)
{
    return {
        card.left() + 3, card.top() + margin + RunsModel::side + 2, card.width() - 6, lineHeight};
}

/// A word on a picture, at its left or right edge.
void paintChip(QPainter& painter, const QRect& picture, const QString& word, Qt::Alignment where)
{
    if (word.isEmpty())
        return;
    const int wide = painter.fontMetrics().horizontalAdvance(word) + 8;
    QRect chip(0, 0, wide, 15);
    chip.moveTopLeft(picture.topLeft() + QPoint(2, 2));
    if (where & Qt::AlignRight)
        chip.moveRight(picture.right() - 2);
    if (where & Qt::AlignBottom)
        chip.moveBottom(picture.bottom() - 2);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().chip);
    painter.drawRoundedRect(chip, 3, 3);
    painter.setPen(theme().onChip);
    painter.drawText(chip, Qt::AlignCenter, word);
}

} // namespace

void RunCard::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter->save();
    painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    // The list gives a row its whole height.
    const QRect card = QRect(option.rect.topLeft(), QSize(width, height)).adjusted(1, 1, -1, -1);
    const QRect picture = pictureIn(card);
    if (option.state & QStyle::State_Selected) {
        painter->setPen(QPen(theme().accent, 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(card, 5, 5);
    } else if (option.state & QStyle::State_HasFocus) {
        painter->setPen(QPen(theme().dim, 1, Qt::DotLine));
        painter->drawRoundedRect(card, 5, 5);
    }
    QPainterPath outline;
    outline.addRoundedRect(picture, 4, 4);
    painter->fillPath(outline, theme().raised);
    painter->setClipPath(outline);
    if (const auto pixmap = index.data(Qt::DecorationRole).value<QPixmap>(); !pixmap.isNull())
        painter->drawPixmap(picture, pixmap);
    painter->setClipping(false);
    QFont font = option.font;
    font.setPixelSize(10);
    painter->setFont(font);
    paintChip(
        *painter, picture, index.data(RunsModel::ModeRole).toString().left(1),
        Qt::AlignLeft | Qt::AlignTop);
    paintChip(
        *painter, picture, index.data(RunsModel::StateRole).toString(),
        Qt::AlignRight | Qt::AlignBottom);
    if (index.data(RunsModel::StarRole).toBool())
        paintChip(*painter, picture, QStringLiteral("\u2605"), Qt::AlignRight | Qt::AlignTop);
    font.setPixelSize(11);
    painter->setFont(font);
    painter->setPen(theme().text);
    const QRect words = wordsIn(card);
    painter->drawText(
        words, Qt::AlignCenter,
        painter->fontMetrics().elidedText(
            index.data(Qt::DisplayRole).toString(), Qt::ElideRight, words.width()));
    painter->restore();
}

QSize RunCard::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {width, height};
}

void RunCard::updateEditorGeometry(
    QWidget* editor, const QStyleOptionViewItem& option, const QModelIndex&) const
{
    editor->setGeometry(wordsIn(option.rect).adjusted(-3, -2, 3, 3));
}
