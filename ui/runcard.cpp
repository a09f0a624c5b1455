// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/runcard.h"

#include "ui/runsmodel.h"
#include "ui/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QPixmapCache>

#include <algorithm>
#include <utility>

namespace {

constexpr int width = 92, cardMargin = 4, railGap = 3, mostRails = 3;

/// Where the parts of a card stand; the font says how high its lines are.
struct CardPlaces
{
    CardPlaces(const QRect& card, const QFont& font, bool branches)
        : wordsFont(smaller(font))
        , placeFont(smaller(wordsFont))
    {
        const int above = branches ? mostRails * railGap + 2 : 0; // room for the rails
        picture = {
            card.left() + (card.width() - RunsModel::side) / 2, card.top() + cardMargin + above,
            RunsModel::side, RunsModel::side};
        words = {
            card.left() + 3, picture.bottom() + 2, card.width() - 6,
            QFontMetrics(wordsFont).height()};
        place = {words.left(), words.bottom() + 1, words.width(), QFontMetrics(placeFont).height()};
    }
    QFont wordsFont, placeFont;
    QRect picture, words, place;
};

/// Whether, behind a row, another branch of the same run follows that stands at @p depth.
bool goesOn(const QModelIndex& index, int depth)
{
    const int root = index.data(RunsModel::RootRole).toInt();
    for (int row = index.row() + 1;; ++row) {
        const QModelIndex next = index.siblingAtRow(row);
        if (!next.isValid() || next.data(RunsModel::RootRole).toInt() != root)
            return false;
        const int there = next.data(RunsModel::DepthRole).toInt();
        if (there <= depth)
            return there == depth;
    }
}

/// Whether what a branch stands behind is seen: a filter may leave it out.
bool isLinked(const QModelIndex& index)
{
    const QModelIndex before = index.siblingAtRow(index.row() - 1);
    return before.isValid() && before.data(RunsModel::RootRole) == index.data(RunsModel::RootRole);
}

/// Rails above the cards lead from a run to its branches, one for each depth.
void paintRails(
    QPainter& painter, const QRect& cell, const QRect& picture, const QModelIndex& index)
{
    const int depth = index.data(RunsModel::DepthRole).toInt();
    const int middle = picture.center().x();
    painter.setPen(QPen(theme().dim, 1.5, Qt::SolidLine, Qt::FlatCap));
    const auto y = [&](int rail) {
        return cell.top() + 4.5 + (std::min(rail, mostRails) - 1) * railGap;
    };
    const auto line = [&](double x1, double y1, double x2, double y2) {
        painter.drawLine(QPointF(x1, y1), QPointF(x2, y2));
    };
    const bool linked = isLinked(index);
    for (int rail = 1; rail <= depth; ++rail) {
        const bool on = goesOn(index, rail), mine = rail == depth;
        if (linked && (mine || on))
            line(cell.left(), y(rail), mine && !on ? middle : cell.right() + 1, y(rail));
        if (linked && mine) { // an arrow down to the picture
            line(middle, y(rail), middle, picture.top() - 1);
            line(middle - 3, picture.top() - 4, middle, picture.top() - 1);
            line(middle + 3, picture.top() - 4, middle, picture.top() - 1);
        }
    }
    const QModelIndex next = index.siblingAtRow(index.row() + 1);
    const bool parent = next.isValid()
        && next.data(RunsModel::RootRole) == index.data(RunsModel::RootRole)
        && next.data(RunsModel::DepthRole).toInt() == depth + 1;
    if (!parent)
        return;
    const double from = depth > 0 ? picture.right() - 8 : middle;
    line(from, picture.top(), from, y(depth + 1));
    line(from, y(depth + 1), cell.right() + 1, y(depth + 1));
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

/// The drawing of the mode, where a word would stand.
void paintMode(QPainter& painter, const QRect& picture, const QString& mode)
{
    const QRect chip(picture.topLeft() + QPoint(2, 2), QSize(18, 16));
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().chip);
    painter.drawRoundedRect(chip, 3, 3);
    const double ratio = painter.device()->devicePixelRatioF();
    const QString key = QStringLiteral("mode %1 %2 %3").arg(mode, theme().onChip.name()).arg(ratio);
    QPixmap drawing;
    if (!QPixmapCache::find(key, &drawing)) {
        drawing = drawn(mode, theme().onChip, QSize(12, 12), ratio);
        QPixmapCache::insert(key, drawing);
    }
    painter.drawPixmap(chip.topLeft() + QPoint(3, 2), drawing);
}

} // namespace

void RunCard::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter->save();
    painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    // The list gives a row its whole height.
    const QRect cell(option.rect.topLeft(), sizeHint(option, index));
    const QRect card = cell.adjusted(1, 1, -1, -1);
    const CardPlaces places(card, option.font, m_branches);
    const QRect& picture = places.picture;
    if (option.state & QStyle::State_Selected) {
        painter->setPen(QPen(theme().accent, 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(card, 5, 5);
    } else if (option.state & QStyle::State_HasFocus) {
        painter->setPen(QPen(theme().dim, 1, Qt::DotLine));
        painter->drawRoundedRect(card, 5, 5);
    }
    if (m_branches)
        paintRails(*painter, cell, picture, index);
    QPainterPath outline;
    outline.addRoundedRect(picture, 4, 4);
    painter->fillPath(outline, theme().raised);
    painter->setClipPath(outline);
    if (const auto pixmap = index.data(Qt::DecorationRole).value<QPixmap>(); !pixmap.isNull())
        painter->drawPixmap(picture, pixmap);
    painter->setClipping(false);
    painter->setFont(places.placeFont);
    if (const QString mode = index.data(RunsModel::IconRole).toString(); !mode.isEmpty())
        paintMode(*painter, picture, mode);
    else
        paintChip(
            *painter, picture, index.data(RunsModel::ModeRole).toString().left(1),
            Qt::AlignLeft | Qt::AlignTop);
    paintChip(
        *painter, picture, index.data(RunsModel::StateRole).toString(),
        Qt::AlignRight | Qt::AlignBottom);
    if (index.data(RunsModel::StarRole).toBool())
        paintChip(*painter, picture, QStringLiteral("\u2605"), Qt::AlignRight | Qt::AlignTop);
    const auto write = [&](const QRect& line, const QString& text) {
        painter->drawText(
            line, Qt::AlignCenter,
            painter->fontMetrics().elidedText(text, Qt::ElideRight, line.width()));
    };
    painter->setFont(places.wordsFont);
    painter->setPen(theme().text);
    write(places.words, index.data(Qt::DisplayRole).toString());
    painter->setFont(places.placeFont);
    painter->setPen(theme().dim);
    write(places.place, index.data(RunsModel::PlaceRole).toString());
    painter->restore();
}

QSize RunCard::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    const CardPlaces places(QRect(0, 0, width, 0), option.font, m_branches);
    return {width, places.place.bottom() + 1 + cardMargin};
}

void RunCard::setBranches(bool branches)
{
    if (std::exchange(m_branches, branches) != branches)
        Q_EMIT sizeHintChanged({});
}

void RunCard::updateEditorGeometry(
    QWidget* editor, const QStyleOptionViewItem& option, const QModelIndex&) const
{
    const QRect card = QRect(option.rect).adjusted(1, 1, -1, -1);
    editor->setGeometry(CardPlaces(card, option.font, m_branches).words.adjusted(-3, -3, 3, 3));
}
