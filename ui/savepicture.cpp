// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/savepicture.h"

#include "app/background.h"
#include "core/arrayfile.h"
#include "core/errors.h"
#include "core/file/files.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFileDialog>
#include <QWidget>

#include <span>

namespace {

struct SaveWords
{
    Q_DECLARE_TR_FUNCTIONS(Saver)
};

/// Asks where to, then writes there.
void ask(
    QWidget* parent, const SaveQuestion& asked,
    const std::function<QFuture<QString>(const QString& path)>& write,
    const std::function<void(const QString& sentence)>& failed)
{
    auto* dialog = new QFileDialog(parent->window(), asked.title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(asked.filter);
    dialog->setDefaultSuffix(QString::fromLatin1(asked.suffix));
    const QString name = QString(asked.name).replace(QLatin1Char('/'), QLatin1Char('-'));
    dialog->selectFile(name + QLatin1Char('.') + QString::fromLatin1(asked.suffix));
    QObject::connect(
        dialog, &QFileDialog::fileSelected, parent, [parent, write, failed](const QString& path) {
            whenDone(write(path), parent, [failed](const QString& problem) {
                if (!problem.isEmpty())
                    failed(problem);
            });
        });
    dialog->open();
}

} // namespace

std::vector<std::byte> pngOf(const QImage& image)
{
    QBuffer buffer;
    if (!buffer.open(QIODevice::WriteOnly) || !image.save(&buffer, "PNG"))
        throw Error("The picture could not be packed as PNG.");
    const auto bytes = std::as_bytes(std::span(buffer.data()));
    return {bytes.begin(), bytes.end()};
}

QFuture<QString> writeInBackground(
    const QString& path, const std::function<std::vector<std::byte>()>& encode)
{
    return problemOf([path, encode] { writeFileAtomically(path.toStdString(), encode()); });
}

void saveEncoded(
    QWidget* parent, const SaveQuestion& question,
    const std::function<std::vector<std::byte>()>& encode,
    const std::function<void(const QString& sentence)>& failed)
{
    ask(
        parent, question, [encode](const QString& path) { return writeInBackground(path, encode); },
        failed);
}

void savePicture(
    QWidget* parent, const QImage& image, const QString& name,
    const std::function<void(const QString& sentence)>& failed)
{
    saveEncoded(
        parent,
        {SaveWords::tr("Save the picture"), SaveWords::tr("PNG pictures (*.png)"), name, "png"},
        [image] { return pngOf(image); }, failed);
}

void saveNumbers(
    QWidget* parent, const std::map<std::string, Array>& arrays, const QString& name,
    const std::function<void(const QString& sentence)>& failed)
{
    const auto write = [arrays](const QString& path) {
        return problemOf([arrays, path] { saveArrays(path.toStdString(), arrays); });
    };
    ask(parent,
        {SaveWords::tr("Save the numbers"), SaveWords::tr("Tensors (*.safetensors)"), name,
         "safetensors"},
        write, failed);
}
