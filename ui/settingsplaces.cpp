// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settingsplaces.h"

#include "app/modelstore.h"
#include "app/sessions.h"
#include "app/settings.h"
#include "core/file/resources.h"
#include "ui/settingsdialog.h"
#include "ui/settingspage.h"
#include "ui/styled.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>

PlaceField::PlaceField(Kind kind, const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_kind(kind)
    , m_title(title)
    , m_path(new QLineEdit(this))
{
    auto* browse = new QPushButton(tr("&Browse..."), this);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->addWidget(m_path, 1);
    row->addWidget(browse);
    setFocusProxy(m_path);
    m_path->setAccessibleName(kind == Folder ? tr("Folder") : tr("File"));
    connect(m_path, &QLineEdit::textEdited, this, &PlaceField::take);
    connect(browse, &QPushButton::clicked, this, &PlaceField::browse);
}

void PlaceField::setPath(const QString& path)
{
    m_path->setText(QDir::toNativeSeparators(path));
    take(path);
}

/// What is none of its kind is marked, and the one before stays.
void PlaceField::take(const QString& path)
{
    const QFileInfo place(path.trimmed());
    const bool none = m_kind == File && path.trimmed().isEmpty();
    const bool there = (m_kind == Folder ? place.isDir() : place.isFile()) && place.isAbsolute();
    // The usual folder is made when it is needed.
    const bool wrong = !there && !none && m_path->isModified();
    setStyled(*m_path, "invalid", wrong);
    m_path->setToolTip(
        !wrong                 ? QString()
            : m_kind == Folder ? tr("There is no such folder: the one before counts.")
                               : tr("There is no such file: the one before counts."));
    if ((there || none) && m_path->isModified())
        Q_EMIT chosen(none ? QString() : place.absoluteFilePath());
}

void PlaceField::browse()
{
    auto* dialog = new QFileDialog(this, m_title, m_path->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (m_kind == Folder) {
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly);
    } else {
        dialog->setFileMode(QFileDialog::ExistingFile);
        dialog->setNameFilter(tr("Certificates (*.pem *.crt *.cer *.der)"));
    }
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        setPath(path);
        Q_EMIT chosen(path);
    });
    dialog->open();
}

SettingsPage* privacy(SettingsDialog& dialog)
{
    auto* page =
        new SettingsPage(QStringLiteral("privacy"), SettingsDialog::tr("Privacy"), &dialog);
    page->addText(
        SettingsDialog::tr("Network"),
        SettingsDialog::tr(
            "Simile looks for no updates and sends nothing: pictures, prompts, models and results "
            "stay on this computer. It asks huggingface.co and its content host for models when a "
            "button that names them is pressed, or the command get is used, and for nothing else. "
            "Links in the help and to licences open your browser when they are clicked."));
    auto* certificates = new PlaceField(
        PlaceField::File, SettingsDialog::tr("Certificate of your own network"), page);
    QObject::connect(certificates, &PlaceField::chosen, page, [](const QString& file) {
        Settings().setCertificates(file);
    });
    page->addField(
        SettingsDialog::tr("Certificate of your own network"),
        SettingsDialog::tr(
            "A file (PEM or DER) that is trusted besides those of the system when models are "
            "fetched, where a network signs itself what comes from outside. Mostly empty. It "
            "counts from the next start on."),
        certificates, [certificates] { certificates->setPath(Settings().certificates()); });
    page->addText(
        SettingsDialog::tr("On this computer"),
        SettingsDialog::tr(
            "A second start hands the names of its files to the window that is open, through a "
            "socket that nobody else can open. The desktop is told how far the work is, to stay "
            "awake, and the end of a run, without prompts or pictures."));
    page->addText(
        SettingsDialog::tr("In saved pictures"),
        SettingsDialog::tr(
            "A PNG file says how it was made as far as is chosen under Files: with the input "
            "pictures and their names, without the pictures, or nothing of it. Folders are never "
            "named in it. JPEG, WebP and TIFF files say nothing."));
    page->addText(
        SettingsDialog::tr("In sessions"),
        SettingsDialog::tr(
            "All runs, pictures and values, those taken away lately, too, and the files that the "
            "pictures came from as they are, with what a camera wrote into them. Where models and "
            "files lie is not in a session that was saved to pass on."));
    page->addText(
        SettingsDialog::tr("In presets of your own"),
        SettingsDialog::tr(
            "The values that were chosen for them, and no files. A prompt is among them only where "
            "it was chosen."));
    page->addText(
        SettingsDialog::tr("Remembered besides"),
        SettingsDialog::tr(
            "Where the pictures (unless that is switched off under Files), models, LoRAs and "
            "sessions lie that were used lately. What can be computed again is in the cache "
            "folder. "
            "Advanced names the places."));
    return page;
}

void addPlaces(SettingsPage& page)
{
    const auto add = [&page](const QString& name, const QString& path) {
        page.addText(name, QDir::toNativeSeparators(path));
    };
    const auto text = [](const std::filesystem::path& path) {
        return QString::fromStdString(path.string());
    };
    add(SettingsDialog::tr("Settings file"), QSettings().fileName());
    add(SettingsDialog::tr("Sessions"), Sessions::folder());
    add(SettingsDialog::tr("Presets of your own"), text(userFolder() / "presets"));
    add(SettingsDialog::tr("Models that were fetched"), text(modelsFolder()));
    add(SettingsDialog::tr("Cache"), Settings::cacheFolder());
    add(SettingsDialog::tr("Results kept aside"), text(Settings::keptResultsFolder()));
}
