// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/getmodelspanel.h"

#include "app/methodlist.h"
#include "app/modelstore.h"
#include "app/translated.h"
#include "core/file/freespace.h"
#include "ui/baretext.h"
#include "ui/fetchlist.h"
#include "ui/fold.h"
#include "ui/getmodels.h"
#include "ui/licencebox.h"
#include "ui/styled.h"

#include <QComboBox>
#include <QDesktopServices>
#include <QDir>
#include <QFile>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace {

QString native(const std::filesystem::path& path)
{
    return QDir::toNativeSeparators(qString(path.string()));
}

} // namespace

GetModelsPanel::GetModelsPanel(GetModels& models, QWidget* parent)
    : QScrollArea(parent)
    , m_models(models)
    , m_body(new QWidget(this))
    , m_facts(new QWidget(m_body))
    , m_title(wrappedLabel({}, "title", m_body))
    , m_purpose(wrappedLabel({}, "text", m_body))
    , m_for(wrappedLabel({}, "text", m_facts))
    , m_size(wrappedLabel({}, "text", m_facts))
    , m_from(wrappedLabel({}, "text", m_facts))
    , m_file(wrappedLabel({}, "text", m_facts))
    , m_state(wrappedLabel({}, "dim", m_body))
    , m_licence(new LicenceBox(m_body))
    , m_files(new QComboBox(m_body))
    , m_ask(button(tr("Ask %1 for its files").arg(models.site()), &GetModelsPanel::ask))
    , m_get(button(tr("Get from %1 and its content host").arg(models.site()), &GetModelsPanel::get))
    , m_use(button(tr("Use it"), &GetModelsPanel::use))
    , m_folder(button(tr("Show in folder"), &GetModelsPanel::showInFolder))
    , m_verify(button(tr("Verify again"), &GetModelsPanel::verifyAgain))
    , m_delete(button(tr("Delete"), &GetModelsPanel::remove))
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMinimumWidth(300);
    setAccessibleName(tr("About the chosen one"));
    build();
    connect(m_licence, &LicenceBox::acceptedChanged, this, &GetModelsPanel::refresh);
    connect(m_files, &QComboBox::currentIndexChanged, this, &GetModelsPanel::refresh);
    connect(&models.downloads(), &Downloads::changed, this, &GetModelsPanel::refresh);
}

GetModelsPanel::~GetModelsPanel() = default;

QCheckBox* GetModelsPanel::acceptBox() const
{
    return m_licence->acceptBox();
}

QPushButton* GetModelsPanel::button(const QString& text, void (GetModelsPanel::*act)())
{
    auto* made = new QPushButton(text, m_body);
    made->setAutoDefault(false); // Return in the field above is to do nothing here
    connect(made, &QPushButton::clicked, this, act);
    return made;
}

void GetModelsPanel::build()
{
    m_body->setProperty("role", QStringLiteral("panel"));
    auto* grid = new QGridLayout(m_facts);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    const auto add = [&](const QString& title, QLabel* fact) {
        const int row = grid->rowCount();
        grid->addWidget(new QLabel(title, m_facts), row, 0, Qt::AlignTop);
        grid->addWidget(fact, row, 1);
    };
    add(tr("For"), m_for);
    add(tr("Size"), m_size);
    add(tr("From"), m_from);
    add(tr("File"), m_file);
    for (QLabel* label : {m_from, m_file, m_state})
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_files->setAccessibleName(tr("File"));
    m_files->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_delete->setToolTip(tr("Into the bin of the desktop, where there is one"));
    auto* rows = new QVBoxLayout(m_body);
    rows->setContentsMargins(16, 4, 8, 4);
    rows->setSpacing(10);
    for (QWidget* widget : std::initializer_list<QWidget*> {
             m_title, m_purpose, m_facts, m_files, m_licence, m_state, m_ask, m_get, m_use})
        rows->addWidget(widget);
    for (QPushButton* main : {m_ask, m_get, m_use})
        main->setProperty("role", QStringLiteral("primary"));
    auto* others = new QHBoxLayout;
    others->setSpacing(6);
    for (QPushButton* other : {m_folder, m_verify, m_delete})
        others->addWidget(other);
    rows->addLayout(others);
    rows->addStretch();
    setWidget(m_body);
}

void GetModelsPanel::begin(const CatalogueEntry* entry, const PublishedFile& link)
{
    m_lookup.reset();
    m_asking = m_listed = false;
    m_entry = entry;
    m_link = link;
}

void GetModelsPanel::showEntry(const CatalogueEntry& entry)
{
    begin(&entry, {});
    m_title->setText(translated(entry.title));
    m_purpose->setText(translated(entry.purpose));
    Terms terms;
    if (const Licence* licence = m_models.catalogue().licence(entry.licence))
        terms = {
            .id = licence->id,
            .name = qString(licence->name),
            .restrictions = translated(licence->restrictions),
            .link = qString(licence->link),
            .nonCommercial = licence->nonCommercial,
            .asks = entry.canBeFetched()};
    m_licence->showTerms(terms);
    refresh();
    ensureVisible(0, 0);
}

void GetModelsPanel::showLink(const PublishedFile& link)
{
    if (!m_entry && m_link == link)
        return;
    begin(nullptr, link);
    m_title->setText(qString(link.repository));
    m_purpose->setText(
        tr("A link that was pasted. What it holds, and under which licence, the site is asked "
           "first."));
    refresh();
}

void GetModelsPanel::showText(const QString& text)
{
    begin(nullptr, {});
    m_title->clear();
    m_purpose->setText(text);
    refresh();
}

void GetModelsPanel::ask()
{
    m_asking = true;
    m_lookup = std::make_unique<RepositoryLookup>(m_models.downloads().sharedRules());
    connect(
        m_lookup.get(), &RepositoryLookup::listed, this,
        [this](const PublishedFile&, const RepositoryList& list) { takeList(list); });
    connect(m_lookup.get(), &RepositoryLookup::failed, this, [this](const Sentence& why) {
        m_asking = false;
        refresh();
        say(translated(why), "error");
    });
    m_lookup->look(m_link);
    refresh();
}

void GetModelsPanel::takeList(const RepositoryList& list)
{
    m_asking = false;
    m_listed = true;
    m_list = list;
    m_files->clear();
    for (const auto& file : list.files)
        m_files->addItem(
            file.bytes > 0 ? tr("%1 (%2)").arg(qString(file.file), amountText(file.bytes))
                           : qString(file.file));
    const auto wanted = std::ranges::find(list.files, m_link.file, &RepositoryList::File::file);
    m_files->setCurrentIndex(wanted == list.files.end() ? 0 : int(wanted - list.files.begin()));
    const Licence* known = m_models.catalogue().licence(list.licence);
    m_licence->showTerms(
        {.id = list.licence,
         .name = known ? qString(known->name) : qString(list.licence),
         .restrictions = known ? translated(known->restrictions) : QString(),
         .link = QStringLiteral("https://%1/%2").arg(m_models.site(), qString(m_link.repository)),
         .nonCommercial = known && known->nonCommercial});
    refresh();
}

FetchSource GetModelsPanel::source() const
{
    if (m_entry)
        return sourceOf(*m_entry);
    PublishedFile file = m_link;
    const int at = m_files->currentIndex();
    if (m_listed && at >= 0 && at < int(m_list.files.size()))
        file.file = m_list.files[std::size_t(at)].file;
    return sourceOf(file);
}

std::filesystem::path GetModelsPanel::there() const
{
    if (m_entry)
        return fetchedFile(*m_entry);
    const auto target = source().target;
    std::error_code none;
    return m_listed && std::filesystem::is_regular_file(target, none) ? target
                                                                      : std::filesystem::path();
}

QString GetModelsPanel::sizeText() const
{
    if (!m_entry || m_entry->bytes == 0)
        return tr("Not known");
    const QString bytes = amountText(m_entry->bytes);
    const QString size = m_entry->about ? tr("About %1").arg(bytes) : bytes;
    const auto wanted = spaceFor(source().target, m_entry->bytes, 0, source().target.parent_path());
    if (wanted.size() < 2)
        return size;
    return tr("%1, and as much again for the copy that is made of it when it is used first")
        .arg(size);
}

QString GetModelsPanel::fileText() const
{
    if (m_entry && !m_entry->canBeFetched())
        return qString(m_entry->name);
    return m_entry && !m_entry->sha256.empty()
        ? tr("%1; its SHA-256 is known and is checked").arg(qString(m_entry->name))
        : tr("%1; what it should hold is not independently known, so what its publisher "
             "says is checked")
              .arg(qString(source().name()));
}

void GetModelsPanel::say(const QString& text, const char* role)
{
    m_state->setText(text);
    m_state->setVisible(!text.isEmpty());
    setStyled(*m_state, "role", QLatin1String(role));
}

/// What the last look at a file that is there gave.
QString GetModelsPanel::checkedText(const std::filesystem::path& file, bool& damaged) const
{
    const auto checked = checkedFile(file);
    if (!checked)
        return tr("It is there, and was not verified: %1").arg(native(file));
    const bool known = m_entry && !m_entry->sha256.empty();
    damaged = known && checked->sha256 != m_entry->sha256;
    const QString day = QLocale().toString(checked->when.toLocalTime(), QLocale::ShortFormat);
    if (damaged)
        return tr("It is there and damaged: its SHA-256 is not that of the published file. Delete "
                  "it and get it again.");
    return known
        ? tr("It is there, as it was published (verified on %1): %2").arg(day, native(file))
        : tr("It is there (read whole on %1): %2").arg(day, native(file));
}

void GetModelsPanel::showState(const std::filesystem::path& file)
{
    const FetchItem* item = m_models.downloads().itemFor(source().target);
    bool damaged = false;
    if (m_asking)
        say(tr("%1 is being asked...").arg(m_models.site()), "dim");
    else if (item && item->state == FetchItem::Failed)
        say(translated(item->why), "error");
    else if (item)
        say(tr("It is in the list below."), "dim");
    else if (!file.empty())
        say(checkedText(file, damaged), "dim");
    else if (m_entry && !m_entry->canBeFetched())
        say(tr("Where it is published is not known here, so there is no Get. Put it into %1, or "
               "drop it on this window.")
                .arg(native(placeOf(*m_entry))),
            "dim");
    else if (m_listed && m_list.gated)
        say(tr("%1 gives it only to those who have an account there and accepted its terms. Fetch "
               "it with a browser and drop it on this window.")
                .arg(m_models.site()),
            "warning");
    else if (m_listed && m_list.files.empty())
        say(tr("There is no single file of weights in it."), "warning");
    else
        say({}, "dim");
    if (damaged)
        setStyled(*m_state, "role", QStringLiteral("error"));
}

void GetModelsPanel::refresh()
{
    const bool link = !m_entry && !m_link.repository.empty(), shown = m_entry || link;
    const auto file = shown ? there() : std::filesystem::path();
    const bool queued = shown && m_models.downloads().itemFor(source().target);
    m_title->setVisible(shown);
    m_facts->setVisible(m_entry);
    if (m_entry) {
        QStringList modes;
        for (const std::string& id : m_entry->modes)
            modes << m_models.modeName(id);
        m_for->setText(modes.join(QStringLiteral(", ")));
        m_size->setText(sizeText());
        m_from->setText(
            m_entry->canBeFetched()
                ? QStringLiteral("%1/%2").arg(m_models.site(), qString(m_entry->repository))
                : tr("Not known"));
        m_file->setText(fileText());
    }
    m_files->setVisible(m_listed && !m_list.files.empty());
    m_licence->setVisible(m_entry ? !m_entry->licence.empty() : m_listed);
    if (shown)
        showState(file);
    else
        say({}, "dim");
    m_ask->setVisible(link && !m_listed);
    m_ask->setEnabled(!m_asking);
    const bool offered =
        m_entry ? m_entry->canBeFetched() : m_listed && !m_list.files.empty() && !m_list.gated;
    m_get->setVisible(offered && file.empty() && !queued);
    m_get->setEnabled(m_licence->accepted());
    m_get->setToolTip(m_get->isEnabled() ? QString() : tr("Accept the licence first"));
    const std::string folder = file.parent_path().filename().string();
    m_use->setVisible(!file.empty() && GetModels::canUse(folder));
    m_use->setText(folder == "loras" ? tr("Add it as a LoRA") : tr("Use it"));
    for (QPushButton* button : {m_folder, m_verify, m_delete})
        button->setVisible(!file.empty());
    m_verify->setEnabled(!queued);
}

void GetModelsPanel::get()
{
    Q_EMIT fetched(); // before the button goes, with the focus
    m_models.downloads().add(source());
}

void GetModelsPanel::use()
{
    m_models.use(m_entry, there());
    Q_EMIT used();
}

void GetModelsPanel::showInFolder()
{
    QDesktopServices::openUrl(QUrl::fromLocalFile(qString(there().parent_path().string())));
}

void GetModelsPanel::verifyAgain()
{
    FetchSource wanted = source();
    wanted.kind = FetchSource::Verify;
    m_models.downloads().add(wanted);
}

void GetModelsPanel::remove()
{
    const QString file = qString(there().string());
    if (QFile::moveToTrash(file)) {
        refresh();
        Q_EMIT changed();
        return;
    }
    auto* box = new QMessageBox(
        QMessageBox::Question, tr("Delete a model"),
        tr("There is no bin for %1. Delete it for good?").arg(QDir::toNativeSeparators(file)),
        QMessageBox::Cancel, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    connect(
        box->addButton(tr("Delete for good"), QMessageBox::DestructiveRole), &QPushButton::clicked,
        this, [this, file] {
            QFile::remove(file);
            refresh();
            Q_EMIT changed();
        });
    box->open();
}
