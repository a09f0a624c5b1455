// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/candidatestrip.h"

#include "ui/theme.h"

#include <QIcon>
#include <QPainter>
#include <QPainterPath>

namespace {

constexpr int thumbSide = 56;

QPixmap drawn(const QImage& image, int thumbSide, const QString& chip, double pixelRatio)
{
    QPixmap pixmap(QSize(thumbSide, thumbSide) * pixelRatio);
    pixmap.setDevicePixelRatio(pixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF place(0, 0, thumbSide, thumbSide);
    QPainterPath outline;
    outline.addRoundedRect(place, 4, 4);
    painter.setClipPath(outline);
    painter.fillRect(place, theme().raised);
    if (!image.isNull()) {
        const QImage scaled =
            image.scaled(pixmap.size(), Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
        const QPoint cut(
            (scaled.width() - pixmap.width()) / 2, (scaled.height() - pixmap.height()) / 2);
        painter.drawImage(place, scaled, QRectF(QRect(cut, pixmap.size())));
    }
    if (chip.isEmpty())
        return pixmap;
    QFont font = painter.font();
    font.setPixelSize(10);
    painter.setFont(font);
    const double width = QFontMetricsF(font).horizontalAdvance(chip) + 8;
    const QRectF label(thumbSide - width - 3, thumbSide - 18, width, 15);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().chip);
    painter.drawRoundedRect(label, 3, 3);
    painter.setPen(theme().onChip);
    painter.drawText(label, Qt::AlignCenter, chip);
    return pixmap;
}

} // namespace

QIcon thumbnail(const QImage& image, int thumbSide, const QString& chip, double pixelRatio)
{
    const QPixmap pixmap = drawn(image, thumbSide, chip, pixelRatio);
    QIcon icon(pixmap);
    icon.addPixmap(pixmap, QIcon::Selected); // else the style tints the chosen one
    return icon;
}

CandidateStrip::CandidateStrip(QWidget* parent)
    : QListWidget(parent)
{
    setViewMode(QListView::IconMode);
    setFlow(QListView::TopToBottom);
    setWrapping(false);
    setMovement(QListView::Static);
    setIconSize({thumbSide, thumbSide});
    setSpacing(3);
    setFixedWidth(88);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Candidates"));
    hide();
}

void CandidateStrip::setPictures(const std::vector<QImage>& pictures)
{
    while (count() > int(pictures.size()))
        delete takeItem(count() - 1);
    while (count() < int(pictures.size()))
        addItem(new QListWidgetItem);
    for (int i = 0; i < count(); ++i) {
        item(i)->setIcon(
            thumbnail(pictures[i], thumbSide, QString::number(i + 1), devicePixelRatioF()));
        item(i)->setToolTip(tr("Candidate %1 of %2").arg(i + 1).arg(count()));
        item(i)->setData(Qt::AccessibleTextRole, item(i)->toolTip());
    }
    if (currentRow() < 0 && count() > 0)
        setCurrentRow(0);
    setVisible(count() > 1);
}
