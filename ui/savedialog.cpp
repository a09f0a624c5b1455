// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/savedialog.h"

#include "app/settings.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

namespace {

QString startFolder(const Settings& settings)
{
    const QString folder = settings.resultFolder();
    // The usual one is not there in a new home.
    return QDir().mkpath(folder) ? folder : QDir::homePath();
}

} // namespace

SaveDialog::SaveDialog(Settings& settings, const QString& name, QWidget* parent)
    : QDialog(parent)
    , m_settings(settings)
    , m_path(new QLineEdit(QDir(startFolder(settings)).filePath(name), this))
    , m_full(new QRadioButton(tr("&Full"), this))
    , m_only(new QRadioButton(tr("&Settings only"), this))
    , m_none(new QRadioButton(tr("&None"), this))
    , m_sentence(new QLabel(this))
    , m_clash(new QLabel(this))
{
    setWindowTitle(tr("Save result"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_path->setMinimumWidth(380);
    m_path->setAccessibleName(tr("File"));
    auto* browse = new QPushButton(tr("&Browse..."), this);
    auto* file = new QHBoxLayout;
    file->addWidget(m_path, 1);
    file->addWidget(browse);
    auto* choices = new QHBoxLayout;
    for (QRadioButton* choice : {m_full, m_only, m_none}) {
        choices->addWidget(choice);
        connect(choice, &QRadioButton::toggled, this, &SaveDialog::explain);
    }
    choices->addStretch();
    const Embed last = lastEmbed(settings);
    (last == Embed::None ? m_none : last == Embed::Settings ? m_only : m_full)->setChecked(true);
    auto* form = new QFormLayout;
    form->addRow(tr("File"), file);
    form->addRow(tr("Metadata"), choices);
    for (QLabel* label : {m_sentence, m_clash}) {
        label->setWordWrap(true);
        form->addRow(QString(), label);
    }
    m_sentence->setProperty("role", QStringLiteral("dim"));
    m_clash->setProperty("role", QStringLiteral("warning"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(buttons);
    connect(browse, &QPushButton::clicked, this, &SaveDialog::browse);
    connect(m_path, &QLineEdit::textChanged, this, &SaveDialog::explain);
    connect(buttons, &QDialogButtonBox::accepted, this, &SaveDialog::finish);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    explain();
}

Embed lastEmbed(const Settings& settings)
{
    const QString last = settings.embed();
    return last == QLatin1String("none")    ? Embed::None
        : last == QLatin1String("settings") ? Embed::Settings
                                            : Embed::Full;
}

Embed SaveDialog::embed() const
{
    return m_full->isChecked() ? Embed::Full : m_only->isChecked() ? Embed::Settings : Embed::None;
}

void SaveDialog::explain()
{
    switch (embed()) {
    case Embed::Full:
        m_sentence->setText(tr("The file carries all settings and the input pictures: it alone is "
                               "enough to restore the run and repeat it."));
        break;
    case Embed::Settings:
        m_sentence->setText(tr("The file carries all settings; of the input pictures only a "
                               "checksum and the bare name."));
        break;
    case Embed::None:
        m_sentence->setText(tr("The file carries the picture and nothing else."));
        break;
    }
    const bool exists = QFileInfo::exists(path());
    m_clash->setText(exists ? tr("This file exists and will be replaced.") : QString());
    m_clash->setVisible(exists);
}

void SaveDialog::browse()
{
    auto* dialog = new QFileDialog(this, tr("Save result"), m_path->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("PNG pictures (*.png)"));
    dialog->setDefaultSuffix(QStringLiteral("png"));
    dialog->setOption(QFileDialog::DontConfirmOverwrite); // this dialog says so itself
    dialog->selectFile(QFileInfo(m_path->text()).fileName());
    connect(dialog, &QFileDialog::fileSelected, m_path, &QLineEdit::setText);
    dialog->open();
}

QString SaveDialog::path() const
{
    const QString path = m_path->text().trimmed();
    const bool png =
        QFileInfo(path).suffix().compare(QLatin1String("png"), Qt::CaseInsensitive) == 0;
    return path.isEmpty() || png ? path : path + QStringLiteral(".png");
}

void SaveDialog::finish()
{
    const QString path = this->path();
    if (path.isEmpty())
        return;
    m_settings.setResultFolder(QFileInfo(path).absolutePath());
    m_settings.setEmbed(
        embed() == Embed::Full           ? QStringLiteral("full")
            : embed() == Embed::Settings ? QStringLiteral("settings")
                                         : QStringLiteral("none"));
    Q_EMIT chosen(path, embed());
    accept();
}
