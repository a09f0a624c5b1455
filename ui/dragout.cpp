// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/dragout.h"

#include "core/file/files.h"
#include "ui/convert.h"
#include "ui/savepicture.h"

#include <QDir>
#include <QDrag>
#include <QMimeData>
#include <QTemporaryDir>
#include <QUrl>
#include <QWidget>
#include <QtConcurrentRun>

#include <atomic>

namespace {

const QString placeFormat = QStringLiteral("application/x-simile-place");

/// A new path in a folder that goes with the program.
QString freshPath(const QString& name)
{
    static const QTemporaryDir folder;
    static std::atomic<int> count = 0;
    QString bare = name.isEmpty() ? QStringLiteral("picture") : name;
    bare.replace(QLatin1Char('/'), QLatin1Char('-'));
    const QString own = folder.filePath(QString::number(++count));
    return folder.isValid() && QDir().mkpath(own)
        ? QDir(own).filePath(bare + QStringLiteral(".png"))
        : QString();
}

} // namespace

QFuture<QString> writeForDrag(
    const std::function<std::vector<std::byte>()>& encode, const QString& name)
{
    return QtConcurrent::run([encode, path = freshPath(name)] {
        try {
            writeFileAtomically(path.toStdString(), encode());
            return path;
        } catch (const std::exception&) {
            return QString(); // the picture itself can still be dragged
        }
    });
}

QFuture<QString> writeForDrag(const QImage& image, const QString& name)
{
    return writeForDrag([image] { return pngOf(image); }, name);
}

QMimeData* pictureMime(const QImage& image, const QString& file)
{
    auto* mime = new QMimeData;
    mime->setImageData(image);
    if (!file.isEmpty())
        mime->setUrls({QUrl::fromLocalFile(file)});
    return mime;
}

QString placeIn(const QMimeData* mime)
{
    return mime ? QString::fromUtf8(mime->data(placeFormat)) : QString();
}

void dragOut(
    QWidget* source, const QImage& image, const QFuture<QString>& file, const QString& place)
{
    if (image.isNull())
        return;
    auto* drag = new QDrag(source);
    const bool written = file.isFinished() && file.resultCount() > 0;
    QMimeData* mime = pictureMime(image, written ? file.result() : QString());
    if (!place.isEmpty())
        mime->setData(placeFormat, place.toUtf8());
    drag->setMimeData(mime);
    drag->setPixmap(QPixmap::fromImage(scaledToShow(image, {96, 96}, Qt::KeepAspectRatio)));
    drag->exec(Qt::CopyAction);
}
