// SPDX-License-Identifier: GPL-3.0-or-later

// rendericon FILE.svg FOLDER NAME SIZE...: draws the icon in these sizes, each as
// FOLDER/SIZExSIZE/apps/NAME.png, as an icon theme has them.

#include <QDir>
#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <QSvgRenderer>

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QGuiApplication application(argc, argv);
    const QStringList arguments = QGuiApplication::arguments();
    QSvgRenderer svg(arguments.value(1));
    if (!svg.isValid())
        qFatal("%s cannot be read.", qPrintable(arguments.value(1)));
    for (const QString& size : arguments.mid(4)) {
        QImage image(size.toInt(), size.toInt(), QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        svg.render(&painter);
        painter.end();
        const QString folder = QStringLiteral("%1/%2x%2/apps").arg(arguments.value(2), size);
        const QString file = QStringLiteral("%1/%2.png").arg(folder, arguments.value(3));
        if (!QDir().mkpath(folder) || !image.save(file))
            qFatal("%s cannot be written.", qPrintable(file));
    }
}
