// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/getmodelsdialog.h"

#include "app/engine.h"
#include "app/modelstore.h"
#include "app/translated.h"
#include "core/file/freespace.h"
#include "ui/commandsearch.h"
#include "ui/fetchlist.h"
#include "ui/fold.h"
#include "ui/getmodels.h"
#include "ui/getmodelspanel.h"
#include "ui/theme.h"

#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QTreeWidget>
#include <QTreeWidgetItemIterator>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace {

enum Column { Name, Size, State };
constexpr int idRole = Qt::UserRole;

QStringList localFiles(const QMimeData& data)
{
    QStringList files;
    for (const QUrl& url : data.urls())
        if (url.isLocalFile() && hasWeightsName(url.toLocalFile().toStdString()))
            files << url.toLocalFile();
    return files;
}

} // namespace

GetModelsDialog::GetModelsDialog(GetModels& models, QWidget* parent)
    : QDialog(parent)
    , m_models(models)
    , m_find(new QLineEdit(this))
    , m_list(new QTreeWidget(this))
    , m_panel(new GetModelsPanel(models, this))
    , m_folder(wrappedLabel({}, "dim", this))
    , m_said(wrappedLabel({}, "error", this))
{
    setWindowTitle(tr("Get models"));
    setAttribute(Qt::WA_DeleteOnClose);
    setAcceptDrops(true);
    resize(920, 640);
    m_find->setPlaceholderText(tr("Find, or paste a link or owner/name of %1").arg(models.site()));
    m_find->setAccessibleName(tr("Find, or paste a link"));
    m_find->setClearButtonEnabled(true);
    m_list->setHeaderLabels({tr("What you want to do"), tr("Size"), tr("State")});
    m_list->setProperty("role", QStringLiteral("roomy"));
    m_list->setAccessibleName(tr("Models"));
    m_list->setRootIsDecorated(false);
    m_list->setIndentation(14);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(Name, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(Size, QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(State, QHeaderView::ResizeToContents);
    m_said->hide();
    auto* middle = new QHBoxLayout;
    middle->addWidget(m_list, 3);
    middle->addWidget(m_panel, 2);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_find);
    layout->addLayout(middle, 1);
    layout->addWidget(m_said);
    layout->addWidget(new FetchList(models, this));
    layout->addWidget(buildFolder());
    fill();
    connect(m_find, &QLineEdit::textChanged, this, &GetModelsDialog::find);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &GetModelsDialog::showChosen);
    connect(&models.downloads(), &Downloads::changed, this, &GetModelsDialog::refresh);
    connect(m_panel, &GetModelsPanel::changed, this, &GetModelsDialog::refresh);
    connect(m_panel, &GetModelsPanel::fetched, m_list, [this] { m_list->setFocus(); });
    connect(m_panel, &GetModelsPanel::used, this, &QDialog::accept);
    m_list->setFocus();
    refresh();
    showChosen();
}

QWidget* GetModelsDialog::buildFolder()
{
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    auto* take = new QPushButton(tr("&Take in a file..."), row);
    auto* change = new QPushButton(tr("Change the &folder..."), row);
    auto* close = new QPushButton(tr("&Close"), row);
    for (QPushButton* button : {take, change, close})
        button->setAutoDefault(false);
    take->setToolTip(tr("A file that you have already; it can be dropped on this window, too"));
    layout->addWidget(m_folder, 1);
    for (QPushButton* button : {take, change, close})
        layout->addWidget(button);
    connect(take, &QPushButton::clicked, this, &GetModelsDialog::browseFiles);
    connect(change, &QPushButton::clicked, this, &GetModelsDialog::chooseFolder);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    return row;
}

/// An entry stands under everything that it is for.
void GetModelsDialog::fill()
{
    for (const Purpose& purpose : m_models.catalogue().purposes) {
        auto* group = new QTreeWidgetItem(m_list, {translated(purpose.title)});
        QFont bold = m_list->font();
        bold.setBold(true);
        group->setFont(Name, bold);
        group->setFlags(Qt::ItemIsEnabled);
        group->setFirstColumnSpanned(true);
        for (const CatalogueEntry& entry : m_models.catalogue().entries) {
            if (std::ranges::find(entry.purposes, purpose.id) == entry.purposes.end())
                continue;
            auto* item = new QTreeWidgetItem(
                group,
                {translated(entry.title), entry.bytes > 0 ? amountText(entry.bytes) : QString()});
            item->setData(Name, idRole, QString::fromStdString(entry.id));
            item->setTextAlignment(Size, Qt::AlignRight | Qt::AlignVCenter);
            item->setToolTip(Name, translated(entry.purpose));
        }
        group->setExpanded(true);
    }
}

void GetModelsDialog::choose(const std::string& id)
{
    if (id.empty())
        return;
    m_find->clear();
    for (QTreeWidgetItemIterator at(m_list); *at; ++at)
        if ((*at)->data(Name, idRole).toString() == QString::fromStdString(id)) {
            m_list->setCurrentItem(*at);
            m_list->scrollToItem(*at, QTreeWidget::PositionAtCenter);
            return;
        }
}

void GetModelsDialog::find(const QString& words)
{
    const bool link = looksPublished(words.toStdString());
    m_list->setDisabled(link); // what is chosen there is not what is meant
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        QTreeWidgetItem* group = m_list->topLevelItem(i);
        bool any = false;
        for (int k = 0; k < group->childCount(); ++k) {
            QTreeWidgetItem* item = group->child(k);
            const QString all =
                QStringList {
                    group->text(Name), item->text(Name), item->toolTip(Name),
                    item->data(Name, idRole).toString()}
                    .join(QLatin1Char(' '));
            item->setHidden(!link && !hasWords(all, words));
            any |= !item->isHidden();
        }
        group->setHidden(!any);
    }
    showChosen();
}

void GetModelsDialog::showChosen()
{
    const std::string typed = m_find->text().trimmed().toStdString();
    if (looksPublished(typed)) {
        try {
            m_panel->showLink(publishedAt(typed, m_models.site().toStdString()));
        } catch (...) {
            m_panel->showText(currentFailure().sentence);
        }
        return;
    }
    const QTreeWidgetItem* item = m_list->currentItem();
    const CatalogueEntry* entry = item && !item->isHidden()
        ? m_models.catalogue().entry(item->data(Name, idRole).toString().toStdString())
        : nullptr;
    if (entry)
        m_panel->showEntry(*entry);
    else
        m_panel->showText(
            tr("Choose a model in the list to see what it is for, how large it is and under which "
               "licence it may be used. Nothing is asked or fetched before you press Get."));
}

QString GetModelsDialog::stateOf(const CatalogueEntry& entry, const char*& role) const
{
    const FetchItem* item = m_models.downloads().itemFor(placeOf(entry));
    if (item && item->state == FetchItem::Failed) {
        role = "error";
        return tr("failed");
    }
    if (item)
        return item->state == FetchItem::Paused ? tr("paused") : tr("in the list");
    if (const auto file = fetchedFile(entry); !file.empty()) {
        const auto checked = checkedFile(file);
        const bool damaged = checked && !entry.sha256.empty() && checked->sha256 != entry.sha256;
        role = damaged ? "error" : "good";
        return damaged ? tr("damaged") : tr("there");
    }
    return entry.canBeFetched() ? QString() : tr("by hand");
}

void GetModelsDialog::refresh()
{
    for (QTreeWidgetItemIterator at(m_list); *at; ++at) {
        const CatalogueEntry* entry =
            m_models.catalogue().entry((*at)->data(Name, idRole).toString().toStdString());
        if (!entry)
            continue;
        const char* role = "dim";
        (*at)->setText(State, stateOf(*entry, role));
        const Theme& t = theme();
        (*at)->setForeground(
            State,
            QLatin1String(role) == QLatin1String("error")      ? t.error
                : QLatin1String(role) == QLatin1String("good") ? t.good
                                                               : t.dim);
        (*at)->setForeground(Size, t.dim);
    }
    refreshFolder();
}

void GetModelsDialog::refreshFolder()
{
    const auto folder = modelsFolder();
    m_folder->setText(tr("Models are in %1 (free: %2)")
                          .arg(
                              QDir::toNativeSeparators(QString::fromStdString(folder.string())),
                              amountText(freeSpace(folder).bytes)));
}

void GetModelsDialog::chooseFolder()
{
    auto* dialog = new QFileDialog(
        this, tr("Folder for models"), QString::fromStdString(modelsFolder().string()));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &GetModelsDialog::setFolder);
    dialog->open();
}

/// What is there already may move along.
void GetModelsDialog::setFolder(const QString& folder)
{
    const std::filesystem::path to = folder.toStdString(), from = modelsFolder();
    if (to == from)
        return;
    const auto folders = movableFolders(m_models.catalogue());
    const bool any = std::ranges::any_of(folders, [&](const std::string& each) {
        std::error_code none;
        return std::filesystem::is_directory(from / each, none)
            && !std::filesystem::is_empty(from / each, none);
    });
    const auto onlySet = [this, to] {
        setModelsFolder(to);
        refresh();
        m_panel->refresh();
    };
    if (!any)
        return onlySet();
    auto* box = new QMessageBox(
        QMessageBox::Question, tr("Folder for models"),
        tr("There are models in %1. Shall they move to the new folder?")
            .arg(QDir::toNativeSeparators(QString::fromStdString(from.string()))),
        QMessageBox::Cancel, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    connect(
        box->addButton(tr("Move them"), QMessageBox::AcceptRole), &QPushButton::clicked, this,
        [this, from, to, folders] {
            m_models.downloads().add(
                {.kind = FetchSource::Move, .local = from, .target = to, .folders = folders});
        });
    connect(
        box->addButton(tr("Leave them"), QMessageBox::DestructiveRole), &QPushButton::clicked, this,
        onlySet);
    box->open();
}

void GetModelsDialog::browseFiles()
{
    auto* dialog = new QFileDialog(this, tr("Take in a file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters({tr("Models (*.safetensors *.ckpt *.pt *.pth *.bin)")});
    connect(dialog, &QFileDialog::filesSelected, this, &GetModelsDialog::takeIn);
    dialog->open();
}

void GetModelsDialog::takeIn(const QStringList& files)
{
    QStringList failures;
    for (const QString& file : files) {
        try {
            m_models.downloads().add(intakeOf(file.toStdString(), m_models.catalogue()));
        } catch (...) {
            failures << currentFailure().sentence;
        }
    }
    m_said->setText(failures.join(QLatin1Char('\n')));
    m_said->setVisible(!failures.isEmpty());
}

void GetModelsDialog::dragEnterEvent(QDragEnterEvent* event)
{
    if (!localFiles(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void GetModelsDialog::dropEvent(QDropEvent* event)
{
    takeIn(localFiles(*event->mimeData()));
    event->acceptProposedAction();
}
