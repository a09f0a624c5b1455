// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/savepicture.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileDialog>
#include <QWidget>
#include <QtConcurrent>

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
        dialog, &QFileDialog::fileSelected, parent,
        [parent, image, failed, tr](const QString& path) {
            QtConcurrent::run([image, path] {
                return image.save(path, "PNG");
            }).then(parent, [failed, path, tr](bool written) {
                if (!written)
                    failed(tr("%1 could not be written: choose another folder or name.")
                               .arg(QDir::toNativeSeparators(path)));
            });
        });
    dialog->open();
}
