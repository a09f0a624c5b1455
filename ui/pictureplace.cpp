// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pictureplace.h"

#include "app/ownpresets.h"
#include "ui/baretext.h"
#include "ui/dragout.h"
#include "ui/recentfiles.h"
#include "ui/savepicture.h"
#include "ui/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDropEvent>
#include <QFileInfo>
#include <QHelpEvent>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QTextLayout>
#include <QToolTip>
#include <QUrl>

#include <algorithm>

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

QStringList linesIn(const QString& text, const QFont& font, const QSize& room)
{
    const QFontMetrics metrics(font);
    const auto most = std::max(1, room.height() / metrics.lineSpacing());
    QTextLayout layout(text, font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    QStringList lines;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        if (lines.size() == most) {
            const qsizetype behind = text.size() - lines.join(QString()).size();
            lines.last() =
                metrics.elidedText(lines.last() + text.last(behind), Qt::ElideRight, room.width());
            break;
        }
        line.setLineWidth(room.width());
        lines << text.mid(line.textStart(), line.textLength());
    }
    layout.endLayout();
    return lines;
}

bool holdsPictures(const QMimeData* mime)
{
    return mime && (mime->hasImage() || !filesIn(mime).isEmpty());
}

PicturePlace::PicturePlace(const QString& label, const QString& help, QWidget* parent)
    : QWidget(parent)
    , m_label(label)
    , m_help(help)
{
    setAcceptDrops(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Picture %1").arg(label));
    setToolTip(help);
    describe();
}

void PicturePlace::setLabel(const QString& label)
{
    m_label = label;
    setAccessibleName(tr("Picture %1").arg(label));
    refresh();
}

void PicturePlace::setImage(const QImage& image, const QString& name)
{
    m_image = image;
    m_name = name;
    setNote({}, false);
}

void PicturePlace::describe()
{
    const QString holds = m_image.isNull()
        ? tr("Empty. Drop, paste or press Enter to choose a picture.")
        : tr("%1, %2 by %3").arg(m_name).arg(m_image.width()).arg(m_image.height());
    setAccessibleDescription(m_note.isEmpty() ? holds : m_note + QLatin1Char(' ') + holds);
}

void PicturePlace::setNote(const QString& note, bool error)
{
    m_note = note;
    m_noteIsError = error;
    describe();
    refresh();
    Q_EMIT noteChanged();
}

void PicturePlace::setMoves(bool before, bool behind)
{
    m_before = before;
    m_behind = behind;
}

void PicturePlace::setIncoming(const QString& name)
{
    m_incoming = name;
    refresh();
}

void PicturePlace::setFixed(const QString& why)
{
    setEnabled(why.isEmpty());
    setAcceptDrops(why.isEmpty());
    setToolTip(why.isEmpty() ? m_help : why);
}

void PicturePlace::refresh()
{
    update();
}

bool PicturePlace::take(const QMimeData* mime)
{
    if (!mime)
        return false;
    if (const QStringList files = filesIn(mime); !files.isEmpty()) {
        QStringList all = files;
        for (const QUrl& url : mime->urls())
            if (!url.isLocalFile())
                all << url.toString();
        Q_EMIT filesGiven(all);
        return true;
    }
    // Read as a file is, with its limits, its orientation and its colours.
    for (const char* name :
         {"image/png", "image/jpeg", "image/webp", "image/tiff", "image/bmp", "image/gif"}) {
        const QString kind = QString::fromLatin1(name);
        if (!mime->hasFormat(kind))
            continue;
        const QByteArray bytes = mime->data(kind);
        if (!bytes.isEmpty())
            Q_EMIT fileGiven(bytes);
        else // what is asked next would be waited for as long, five seconds
            saySourceIsGone();
        return !bytes.isEmpty();
    }
    const QImage image = qvariant_cast<QImage>(mime->imageData());
    if (image.isNull()) {
        if (mime->hasUrls())
            setNote(tr("This is an address: save the picture as a file, and drop that."), true);
        else if (mime->hasText())
            setNote(tr("This is text: drop or paste a picture or its file."), true);
        else if (mime->hasImage())
            saySourceIsGone();
        return false;
    }
    Q_EMIT imageGiven(image);
    return true;
}

void PicturePlace::saySourceIsGone()
{
    setNote(
        tr("There is no picture any more: the program that it was copied from gives none. Copy it "
           "again."),
        true);
}

QString PicturePlace::dropText() const
{
    if (!m_incoming.isEmpty())
        return tr("%1\nbecomes %2").arg(m_incoming, m_label);
    if (!m_swapFrom.isEmpty())
        for (const auto& [name, label] : m_swaps)
            if (name == m_swapFrom)
                return tr("Swap %1 and %2").arg(label, m_label);
    if (m_refused)
        return tr("Only pictures and files");
    if (m_preset)
        return tr("Take in\nthe preset");
    if (m_dropping > 1)
        return tr("Fill the slots\nwith %n pictures", nullptr, m_dropping);
    return m_image.isNull() ? tr("Put into %1").arg(m_label) : tr("Replace %1").arg(m_label);
}

void PicturePlace::paintDrop(QPainter& painter, const QRectF& place) const
{
    QColor cover = theme().accent;
    cover.setAlpha(225);
    painter.setPen(Qt::NoPen);
    painter.setBrush(cover);
    painter.drawRoundedRect(place, 5, 5);
    painter.setPen(theme().onAccent);
    painter.drawText(
        place.adjusted(4, 4, -4, -4), Qt::AlignCenter | Qt::TextWrapAnywhere, dropText());
}

void PicturePlace::paintNote(QPainter& painter) const
{
    if (m_note.isEmpty())
        return;
    const QFont small = smaller(font());
    const QRect inside = rect().adjusted(8, 30, -8, -8);
    const QStringList lines = linesIn(breakable(m_note), small, inside.size());
    const int line = QFontMetrics(small).lineSpacing(), height = int(lines.size()) * line;
    QRect text(inside.left(), inside.bottom() + 1 - height, inside.width(), height);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().panel);
    painter.drawRoundedRect(text.adjusted(-3, -3, 3, 3), 3, 3);
    painter.setPen(m_noteIsError ? theme().error : theme().warning);
    painter.setFont(small);
    for (const QString& each : lines) {
        painter.drawText(text, Qt::AlignTop | Qt::AlignLeading, each);
        text.setTop(text.top() + line);
    }
}

bool PicturePlace::event(QEvent* event)
{
    // Copy and paste are meant for the place that has the focus, not for the window.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::Copy) || key->matches(QKeySequence::Paste)) {
            event->accept();
            return true;
        }
    }
    if (event->type() == QEvent::ToolTip) {
        QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), tip(), this);
        return true;
    }
    return QWidget::event(event);
}

void PicturePlace::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const bool alt = event->modifiers() & Qt::AltModifier;
    if (alt && event->key() == Qt::Key_Left && m_before)
        Q_EMIT moveRequested(-1);
    else if (alt && event->key() == Qt::Key_Right && m_behind)
        Q_EMIT moveRequested(1);
    else if (event->matches(QKeySequence::Paste))
        take(QApplication::clipboard()->mimeData());
    else if (event->matches(QKeySequence::Copy) && !m_image.isNull())
        QApplication::clipboard()->setImage(m_image);
    else if (event->key() == Qt::Key_Delete && !m_image.isNull() && m_foreign.isEmpty())
        Q_EMIT clearRequested();
    else if (enter && !(event->modifiers() & ~Qt::KeypadModifier))
        Q_EMIT openRequested();
    else
        QWidget::keyPressEvent(event);
}

void PicturePlace::dragEnterEvent(QDragEnterEvent* event)
{
    const QString from = placeIn(event->mimeData());
    const bool swaps =
        std::ranges::any_of(m_swaps, [&](const auto& swap) { return swap.first == from; });
    if (event->source() == this || (!from.isEmpty() && !swaps))
        return;
    const bool refused = !holdsPictures(event->mimeData());
    // What comes from elsewhere may be dropped to be told why not.
    if (refused
        && (event->source() || !(event->mimeData()->hasUrls() || event->mimeData()->hasText())))
        return;
    m_refused = refused;
    const QStringList files = filesIn(event->mimeData());
    m_swapFrom = swaps ? from : QString();
    m_dropping = std::max(1, int(files.size()));
    m_preset = files.size() == 1 && isPresetFile(files.first());
    event->acceptProposedAction();
    if (m_dropping > 1)
        Q_EMIT hovered(files);
    refresh();
}

void PicturePlace::stopDropping()
{
    m_dropping = 0;
    m_refused = false;
    m_swapFrom.clear();
    Q_EMIT hovered({});
    refresh();
}

void PicturePlace::dragLeaveEvent(QDragLeaveEvent*)
{
    stopDropping();
}

void PicturePlace::dropEvent(QDropEvent* event)
{
    const QString from = m_swapFrom;
    stopDropping();
    if (!from.isEmpty()) {
        event->acceptProposedAction();
        Q_EMIT swapRequested(from);
    } else if (take(event->mimeData())) {
        event->acceptProposedAction();
    }
}

/// Writes the very bytes that the picture was read from.
void PicturePlace::saveOriginal(const ReadFile& original)
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

/// What changes the picture that is there.
void PicturePlace::addEdits(QMenu& menu)
{
    if (!m_foreign.isEmpty()) {
        menu.addAction(m_foreign, this, &PicturePlace::bringRequested);
        return;
    }
    QList<QAction*> edits;
    for (const auto& [name, label] : m_swaps)
        menu.addAction(tr("Swap with %1").arg(label), this, [this, name = name] {
            Q_EMIT swapRequested(name);
        });
    if (m_before || m_behind) {
        menu.addAction(tr("Move forward\tAlt+Left"), this, [this] { Q_EMIT moveRequested(-1); })
            ->setEnabled(m_before);
        menu.addAction(tr("Move back\tAlt+Right"), this, [this] { Q_EMIT moveRequested(1); })
            ->setEnabled(m_behind);
    }
    edits << menu.addAction(icon(QStringLiteral("turn-left")), tr("Turn left"), this, [this] {
        Q_EMIT turnRequested(true);
    });
    edits << menu.addAction(icon(QStringLiteral("turn-right")), tr("Turn right"), this, [this] {
        Q_EMIT turnRequested(false);
    });
    edits << menu.addAction(tr("Crop..."), this, &PicturePlace::cropRequested);
    if (!m_paint.isEmpty())
        menu.addAction(m_paint, this, &PicturePlace::paintRequested);
    menu.addSeparator();
    edits << menu.addAction(tr("Clear"), this, &PicturePlace::clearRequested);
    for (QAction* edit : edits)
        edit->setEnabled(!m_image.isNull());
}

void PicturePlace::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Open..."), this, &PicturePlace::openRequested);
    QAction* paste =
        menu->addAction(tr("Paste"), this, [this] { take(QApplication::clipboard()->mimeData()); });
    paste->setEnabled(holdsPictures(QApplication::clipboard()->mimeData()));
    fillRecentFiles(*menu->addMenu(tr("Recent pictures")), [this](const QString& path) {
        Q_EMIT filesGiven({path});
    });
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
    copy->setEnabled(!m_image.isNull());
    save->setEnabled(!m_image.isNull());
    menu->addSeparator();
    addEdits(*menu);
    menu->popup(event->globalPos());
}
