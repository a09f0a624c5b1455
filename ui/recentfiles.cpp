// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/recentfiles.h"

#include "app/background.h"
#include "app/ending.h"
#include "app/settings.h"
#include "core/errors.h"
#include "core/picture/imagefile.h"
#include "ui/convert.h"

#include <QAction>
#include <QCache>
#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QIcon>
#include <QMenu>
#include <QPainter>
#include <QtConcurrentRun>

namespace {

struct RecentWords
{
    Q_DECLARE_TR_FUNCTIONS(RecentFiles)
};

constexpr int recentSide = 32, mostKept = 64;

/// Those that were made, by file and time.
QCache<QString, QPixmap>& thumbnails()
{
    static QCache<QString, QPixmap> made(mostKept);
    return made;
}

/// In the middle of a square, so that all texts begin in one line.
QImage squared(const QImage& image)
{
    constexpr int fine = 2 * recentSide; // for screens of high resolution
    const QImage small = image.scaled(fine, fine, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    QImage square(fine, fine, QImage::Format_ARGB32_Premultiplied);
    square.fill(Qt::transparent);
    QPainter painter(&square);
    painter.drawImage((fine - small.width()) / 2, (fine - small.height()) / 2, small);
    return square;
}

/// Empty where it cannot be read.
QImage thumbnailOf(const QString& path)
{
    constexpr int64_t enough = 1'000'000; // a JPEG picture becomes smaller while it is decoded
    for (const ImageLimits& limits : {ImageLimits {.pixels = enough}, Settings().imageLimits()}) {
        try {
            const Image image = loadImage(path.toStdString(), limits, programEnds()).image;
            return image.empty() ? QImage() : squared(toQImage(image));
        } catch (const Error&) { // of another kind, and larger
        }
    }
    return {};
}

/// An icon at once, so that nothing moves when the picture comes.
void addThumbnail(QAction& action, const QFileInfo& file)
{
    const QString key = file.absoluteFilePath() + QLatin1Char('\n')
        + QString::number(file.lastModified().toMSecsSinceEpoch());
    if (const QPixmap* made = thumbnails().object(key))
        return action.setIcon(QIcon(*made));
    QPixmap empty(recentSide, recentSide);
    empty.fill(Qt::transparent);
    action.setIcon(QIcon(empty));
    whenDone(
        QtConcurrent::run([path = file.absoluteFilePath()] { return thumbnailOf(path); }), &action,
        [&action, key](const QImage& image) {
            if (image.isNull())
                return;
            const auto made = QPixmap::fromImage(image);
            thumbnails().insert(key, new QPixmap(made));
            action.setIcon(QIcon(made));
        });
}

} // namespace

void fillRecentFiles(QMenu& menu, const std::function<void(const QString& path)>& open)
{
    menu.clear();
    menu.setToolTipsVisible(true);
    const Settings settings;
    for (const QString& path : settings.recentFiles()) {
        const QFileInfo file(path);
        QAction* action =
            menu.addAction(file.fileName().replace(QLatin1Char('&'), QStringLiteral("&&")));
        action->setToolTip(QDir::toNativeSeparators(path));
        action->setStatusTip(action->toolTip());
        addThumbnail(*action, file);
        QObject::connect(action, &QAction::triggered, &menu, [open, path] { open(path); });
    }
    if (menu.isEmpty()) {
        menu.addAction(
                settings.remembersFiles()
                    ? RecentWords::tr("None yet")
                    : RecentWords::tr("Not remembered (Edit > Settings, Files)"))
            ->setEnabled(false);
        return;
    }
    menu.addSeparator();
    menu.addAction(RecentWords::tr("&Clear list"), &menu, [] { Settings().forgetRecentFiles(); });
}
