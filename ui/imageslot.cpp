// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/imageslot.h"

#include "ui/dragout.h"
#include "ui/savepicture.h"
#include "ui/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDropEvent>
#include <QFileInfo>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QPainterPath>
#include <QToolButton>
#include <QUrl>

QStringList filesIn(const QMimeData* mime)
{
    QStringList files;
    if (!mime)
        return files;
    for (const QUrl& url : mime->urls())
        if (url.isLocalFile())
            files << url.toLocalFile();
    return files;
}

bool holdsPictures(const QMimeData* mime)
{
    return mime && (mime->hasImage() || !filesIn(mime).isEmpty());
}

ImageSlot::ImageSlot(const QString& label, const QString& help, QWidget* parent)
    : QWidget(parent)
    , m_label(label)
    , m_clear(new QToolButton(this))
{
    setAcceptDrops(true);
    setFocusPolicy(Qt::StrongFocus);
    updateSize();
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setLabel(label);
    setAccessibleDescription(tr("Empty. Drop, paste or press Enter to choose a picture."));
    setToolTip(help);
    m_clear->setIcon(icon(QStringLiteral("close")));
    m_clear->setIconSize({12, 12});
    m_clear->setFixedSize(22, 22);
    m_clear->setFocusPolicy(Qt::NoFocus); // Del does the same
    m_clear->hide();
    connect(m_clear, &QToolButton::clicked, this, &ImageSlot::clearRequested);
}

void ImageSlot::setLabel(const QString& label)
{
    m_label = label;
    setAccessibleName(tr("Picture %1").arg(label));
    m_clear->setToolTip(tr("Clear %1 (Del)").arg(label));
    m_clear->setAccessibleName(tr("Clear %1").arg(label));
    update();
}

void ImageSlot::setOptional(bool optional)
{
    m_optional = optional;
    updateSize();
}

void ImageSlot::updateSize()
{
    setMinimumSize(100, isSmall() ? smallHeight : 100);
    setMaximumSize(124, isSmall() ? smallHeight : 124);
    updateGeometry();
    update();
}

void ImageSlot::setImage(const QImage& image, const QString& name)
{
    m_image = image;
    m_name = name;
    m_note.clear();
    m_scaled = {};
    m_file = {};
    setAccessibleDescription(
        image.isNull() ? tr("Empty. Drop, paste or press Enter to choose a picture.")
                       : tr("%1, %2 by %3").arg(name).arg(image.width()).arg(image.height()));
    updateClear();
    updateSize();
}

void ImageSlot::setNote(const QString& note, bool error)
{
    m_note = note;
    m_noteIsError = error;
    updateSize();
}

bool ImageSlot::take(const QMimeData* mime)
{
    if (!mime)
        return false;
    if (const QStringList files = filesIn(mime); !files.isEmpty()) {
        Q_EMIT filesGiven(files);
        return true;
    }
    // Read as a file is, with its limits, its orientation and its colours.
    for (const char* kind : {"image/png", "image/jpeg", "image/webp", "image/tiff", "image/bmp"})
        if (const QByteArray bytes = mime->data(QLatin1String(kind)); !bytes.isEmpty()) {
            Q_EMIT fileGiven(bytes);
            return true;
        }
    const QImage image = qvariant_cast<QImage>(mime->imageData());
    if (image.isNull())
        return false;
    Q_EMIT imageGiven(image);
    return true;
}

QString ImageSlot::dropText() const
{
    if (m_dropping > 1)
        return tr("Fill the slots\nwith %n pictures", nullptr, m_dropping);
    return m_image.isNull() ? tr("Put into %1").arg(m_label) : tr("Replace %1").arg(m_label);
}

void ImageSlot::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF place = QRectF(rect()).adjusted(1, 1, -1, -1);
    QPainterPath outline;
    outline.addRoundedRect(place, 5, 5);
    if (!m_image.isNull()) {
        painter.setClipPath(outline);
        painter.fillRect(place, theme().field);
        if (m_scaled.isNull()) {
            const QSize size = (place.size() * devicePixelRatioF()).toSize();
            m_scaled = QPixmap::fromImage(
                m_image.scaled(size, Qt::KeepAspectRatio, Qt::SmoothTransformation));
            m_scaled.setDevicePixelRatio(devicePixelRatioF());
        }
        const QSizeF size = m_scaled.deviceIndependentSize();
        painter.setOpacity(isEnabled() ? 1 : 0.55);
        painter.drawPixmap(place.center() - QPointF(size.width(), size.height()) / 2, m_scaled);
        painter.setOpacity(1);
        painter.setClipping(false);
    } else {
        painter.setPen(theme().dim);
        if (m_optional)
            painter.drawText(place.adjusted(0, 20, 0, 0), Qt::AlignCenter, tr("Optional"));
        else
            painter.drawText(place, Qt::AlignCenter, tr("Drop, paste\nor click"));
    }
    const QColor line = hasFocus() ? theme().accent
        : m_image.isNull()         ? theme().dim
                                   : theme().border;
    painter.setPen(QPen(line, hasFocus() ? 2 : 1, m_image.isNull() ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(outline);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    bold.setPixelSize(12);
    painter.setFont(bold);
    const QRectF chip(
        place.topLeft() + QPointF(6, 5),
        QSizeF(QFontMetricsF(bold).horizontalAdvance(m_label) + 12, 18));
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_image.isNull() ? theme().raised : theme().chip);
    painter.drawRoundedRect(chip, 3, 3);
    painter.setPen(m_image.isNull() ? theme().text : theme().onChip);
    painter.drawText(chip, Qt::AlignCenter, m_label);
    painter.setFont(font());
    paintNote(painter);
    if (m_dropping > 0) {
        QColor cover = theme().accent;
        cover.setAlpha(225);
        painter.setPen(Qt::NoPen);
        painter.setBrush(cover);
        painter.drawPath(outline);
        painter.setPen(theme().onAccent);
        painter.drawText(place, Qt::AlignCenter | Qt::TextWordWrap, dropText());
    }
}

void ImageSlot::paintNote(QPainter& painter)
{
    if (m_note.isEmpty())
        return;
    QFont small = font();
    small.setPixelSize(11);
    painter.setFont(small);
    const QRect inside = rect().adjusted(5, 26, -5, -5);
    QRect text =
        painter.fontMetrics().boundingRect(inside, Qt::AlignBottom | Qt::TextWordWrap, m_note);
    text = QRect(inside.left(), std::max(inside.top(), text.top()), inside.width(), 0)
               .united(QRect(inside.left(), inside.bottom(), inside.width(), 1));
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().panel);
    painter.drawRoundedRect(text.adjusted(-3, -3, 3, 3), 3, 3);
    painter.setPen(m_noteIsError ? theme().error : theme().warning);
    painter.drawText(text, Qt::AlignBottom | Qt::TextWordWrap, m_note);
}

void ImageSlot::resizeEvent(QResizeEvent*)
{
    m_scaled = {};
    m_clear->move(width() - m_clear->width() - 5, 5);
}

void ImageSlot::updateClear()
{
    m_clear->setVisible(!m_image.isNull() && (underMouse() || hasFocus()));
}

void ImageSlot::mousePressEvent(QMouseEvent* event)
{
    m_down = event->button() == Qt::LeftButton;
    m_pressed = event->pos();
    // The file for a drag is written while the pointer is still on its way.
    if (m_down && !m_image.isNull() && m_file.resultCount() == 0)
        m_file = writeForDrag(m_image, QFileInfo(m_name).completeBaseName());
}

void ImageSlot::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_down || (event->pos() - m_pressed).manhattanLength() < QApplication::startDragDistance())
        return;
    m_down = false;
    dragOut(this, m_image, m_file);
}

void ImageSlot::mouseReleaseEvent(QMouseEvent* event)
{
    if (std::exchange(m_down, false) && rect().contains(event->pos()))
        Q_EMIT openRequested();
}

bool ImageSlot::event(QEvent* event)
{
    // Copy and paste are meant for the slot that has the focus, not for the window.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::Copy) || key->matches(QKeySequence::Paste)) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void ImageSlot::keyPressEvent(QKeyEvent* event)
{
    const bool alt = event->modifiers() & Qt::AltModifier;
    if (alt && event->key() == Qt::Key_Left && m_before)
        Q_EMIT moveRequested(-1);
    else if (alt && event->key() == Qt::Key_Right && m_behind)
        Q_EMIT moveRequested(1);
    else if (event->matches(QKeySequence::Paste))
        take(QApplication::clipboard()->mimeData());
    else if (event->matches(QKeySequence::Copy) && !m_image.isNull())
        QApplication::clipboard()->setImage(m_image);
    else if (event->key() == Qt::Key_Delete && !m_image.isNull())
        Q_EMIT clearRequested();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Space)
        Q_EMIT openRequested();
    else
        QWidget::keyPressEvent(event);
}

void ImageSlot::enterEvent(QEnterEvent*)
{
    updateClear();
}

void ImageSlot::leaveEvent(QEvent*)
{
    m_clear->setVisible(!m_image.isNull() && hasFocus());
}

void ImageSlot::focusInEvent(QFocusEvent*)
{
    updateClear();
    update();
}

void ImageSlot::focusOutEvent(QFocusEvent*)
{
    updateClear();
    update();
}

void ImageSlot::dragEnterEvent(QDragEnterEvent* event)
{
    if (!holdsPictures(event->mimeData()) || event->source() == this)
        return;
    m_dropping = std::max(1, int(filesIn(event->mimeData()).size()));
    event->acceptProposedAction();
    update();
}

void ImageSlot::dragLeaveEvent(QDragLeaveEvent*)
{
    m_dropping = 0;
    update();
}

void ImageSlot::dropEvent(QDropEvent* event)
{
    m_dropping = 0;
    update();
    if (take(event->mimeData()))
        event->acceptProposedAction();
}

/// Writes the very bytes that the picture was read from.
void ImageSlot::saveOriginal(const ReadFile& original)
{
    const QFileInfo name(m_name);
    const QByteArray suffix = name.suffix().toUtf8();
    saveEncoded(
        this,
        {.title = tr("Save the original file"),
         .filter = tr("The file as it was (*%1)")
                       .arg(suffix.isEmpty() ? QString() : QStringLiteral(".") + name.suffix()),
         .name = name.completeBaseName(),
         .suffix = suffix.constData()},
        [bytes = std::make_shared<std::vector<std::byte>>(original())] {
            return std::move(*bytes);
        },
        [this](const QString& why) { setNote(why, true); });
}

void ImageSlot::setMoves(bool before, bool behind)
{
    m_before = before;
    m_behind = behind;
}

void ImageSlot::addMoves(QMenu& menu)
{
    if (!m_before && !m_behind)
        return;
    const auto add = [&](const QString& text, bool on, int by) {
        menu.addAction(text, this, [this, by] { Q_EMIT moveRequested(by); })->setEnabled(on);
    };
    add(tr("Move forward\tAlt+Left"), m_before, -1);
    add(tr("Move back\tAlt+Right"), m_behind, 1);
}

void ImageSlot::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Open..."), this, &ImageSlot::openRequested);
    if (!m_paint.isEmpty())
        menu->addAction(m_paint, this, &ImageSlot::paintRequested);
    QAction* paste =
        menu->addAction(tr("Paste"), this, [this] { take(QApplication::clipboard()->mimeData()); });
    paste->setEnabled(holdsPictures(QApplication::clipboard()->mimeData()));
    QAction* copy =
        menu->addAction(tr("Copy"), this, [this] { QApplication::clipboard()->setImage(m_image); });
    QAction* save = menu->addAction(tr("Save as PNG..."), this, [this] {
        savePicture(this, m_image, QFileInfo(m_name).completeBaseName(), [this](const auto& why) {
            setNote(why, true);
        });
    });
    if (const ReadFile original = m_original && !m_image.isNull() ? m_original() : nullptr)
        menu->addAction(
            tr("Save the original file..."), this, [this, original] { saveOriginal(original); });
    addMoves(*menu);
    QAction* clear = menu->addAction(tr("Clear"), this, &ImageSlot::clearRequested);
    copy->setEnabled(!m_image.isNull());
    save->setEnabled(!m_image.isNull());
    clear->setEnabled(!m_image.isNull());
    menu->popup(event->globalPos());
}
