// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/getmodels.h"

#include "app/engine.h"
#include "app/methodlist.h"
#include "app/modelstore.h"
#include "app/session.h"
#include "app/settings.h"
#include "app/translated.h"
#include "ui/getmodelsdialog.h"

#include <QLocale>
#include <QMainWindow>
#include <QMessageBox>
#include <QStatusBar>
#include <QToolButton>

#include <algorithm>

QString amountText(uint64_t bytes)
{
    return QLocale().formattedDataSize(qint64(bytes), 1, QLocale::DataSizeSIFormat);
}

GetModels::GetModels(Session& session, QMainWindow& window)
    : QObject(&window)
    , m_session(session)
    , m_window(window)
{
}

GetModels::~GetModels() = default;

GetModels* GetModels::of(const QWidget& widget)
{
    for (const QWidget* parent = &widget; parent; parent = parent->parentWidget())
        if (auto* found = parent->findChild<GetModels*>(QString(), Qt::FindDirectChildrenOnly))
            return found;
    return nullptr;
}

void GetModels::setPlace(std::shared_ptr<const DownloadRules> rules, Catalogue catalogue)
{
    m_rules = std::move(rules);
    m_catalogue = std::move(catalogue);
}

GetModelsDialog* GetModels::dialog() const
{
    return m_dialog;
}

QString GetModels::site() const
{
    return siteName(*m_rules);
}

QString GetModels::modeName(const std::string& id) const
{
    const Method* method = m_session.editor().methods().find(id);
    return method ? translated(method->name) : QString::fromStdString(id);
}

void GetModels::prepare()
{
    if (m_downloads)
        return;
    if (m_catalogue.entries.empty())
        m_catalogue = readCatalogue();
    if (!m_rules)
        m_rules = usualRules(
            Settings::cacheFolder().toStdString(), Settings().certificates().toStdString());
    m_downloads = std::make_unique<Downloads>(m_rules, downloadList());
    connect(m_downloads.get(), &Downloads::done, this, &GetModels::take);
    connect(m_downloads.get(), &Downloads::changed, this, &GetModels::showProgress);
    connect(m_downloads.get(), &Downloads::progressed, this, &GetModels::showProgress);
}

void GetModels::open(const std::string& id)
{
    try {
        prepare();
    } catch (...) {
        QMessageBox::warning(&m_window, tr("Get models"), currentFailure().sentence);
        return;
    }
    if (!m_dialog)
        m_dialog = new GetModelsDialog(*this, &m_window);
    m_dialog->show();
    m_dialog->raise();
    m_dialog->activateWindow();
    m_dialog->choose(id);
    showProgress();
}

void GetModels::openFor(const std::string& mode)
{
    const bool opened = m_dialog;
    open();
    if (opened) // what is chosen there stays
        return;
    for (const CatalogueEntry& entry : m_catalogue.entries)
        if (m_dialog && entry.folder == "checkpoints" && !entry.modes.empty()
            && std::ranges::find(entry.modes, mode) != entry.modes.end())
            return m_dialog->choose(entry.id);
}

void GetModels::take(int number)
{
    const FetchItem* item = m_downloads->item(number);
    if (!item)
        return;
    if (item->source.kind == FetchSource::Move) {
        setModelsFolder(item->source.target);
        return;
    }
    keepChecked(item->source.target, item->sha256);
    if (item->source.kind != FetchSource::Verify)
        Q_EMIT arrived(item->source.target);
}

/// Made when it is needed: what is laid out anew in the status bar is seen behind a message there.
void GetModels::makeStatus()
{
    m_status = new QToolButton(m_window.statusBar());
    m_status->setProperty("role", QStringLiteral("flat"));
    m_status->setToolTip(tr("What is being fetched"));
    m_status->setAccessibleName(m_status->toolTip());
    m_window.statusBar()->addPermanentWidget(m_status);
    connect(m_status, &QToolButton::clicked, this, [this] { open(); });
}

void GetModels::showProgress()
{
    const auto& items = m_downloads->items();
    const auto running = std::ranges::find(items, FetchItem::Running, &FetchItem::state);
    const bool shown = running != items.end() && !(m_dialog && m_dialog->isVisible());
    if (shown && !m_status)
        makeStatus();
    if (m_status)
        m_status->setVisible(shown);
    if (!shown)
        return;
    const FetchProgress& now = running->progress;
    const QString name = QString::fromStdString(running->source.name());
    m_status->setText(
        now.bytes > 0 ? tr("%1: %2 %").arg(name).arg(100 * now.done / now.bytes)
                      : tr("%1: %2").arg(name, amountText(now.done)));
}

bool GetModels::canUse(const std::string& folder)
{
    return folder == "checkpoints" || folder == "loras";
}

void GetModels::use(const CatalogueEntry* entry, const std::filesystem::path& file)
{
    const QString path = QString::fromStdString(file.string());
    if (file.parent_path().filename() == "loras")
        return m_session.loras().add(path);
    const std::string now = m_session.editor().method().id;
    const bool fits = !entry || std::ranges::find(entry->modes, now) != entry->modes.end()
        || entry->modes.empty();
    if (!fits && m_session.editor().methods().find(entry->modes.front()))
        m_session.setMethod(entry->modes.front());
    m_session.model().choose(path);
}
