// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/savepicture.h"

#include "core/errors.h"
#include "core/files.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFileDialog>
#include <QWidget>
#include <QtConcurrent>

#include <span>

namespace {

std::vector<std::byte> pngOf(const QImage& image)
{
    QBuffer buffer;
    if (!buffer.open(QIODevice::WriteOnly) || !image.save(&buffer, "PNG"))
        throw Error("The picture could not be packed as PNG.");
    const auto bytes = std::as_bytes(std::span(buffer.data()));
    return {bytes.begin(), bytes.end()};
}

} // namespace

QFuture<QString> writeInBackground(
    const QString& path, const std::function<std::vector<std::byte>()>& encode)
{
    return QtConcurrent::run([path, encode] {
        try {
            writeFileAtomically(path.toStdString(), encode());
            return QString();
        } catch (const std::exception& error) {
            return QString::fromUtf8(error.what());
        }
    });
}

void savePicture(
    QWidget* parent, const QImage& image, const QString& name,
    const std::function<void(const QString& sentence)>& failed)
{
    const auto tr = [](const char* text) { return QCoreApplication::translate("Saver", text); };
    auto* dialog = new QFileDialog(parent->window(), tr("Save the picture"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("PNG pictures (*.png)"));
    dialog->setDefaultSuffix(QStringLiteral("png"));
    dialog->selectFile(
        QString(name).replace(QLatin1Char('/'), QLatin1Char('-')) + QStringLiteral(".png"));
    QObject::connect(
        dialog, &QFileDialog::fileSelected, parent, [parent, image, failed](const QString& path) {
            writeInBackground(path, [image] {
                return pngOf(image);
            }).then(parent, [failed](const QString& problem) {
                if (!problem.isEmpty())
                    failed(problem);
            });
        });
    dialog->open();
}
