// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/founddialog.h"

#include "app/foundfolders.h"
#include "app/foundmodels.h"
#include "app/session.h"
#include "app/settings.h"
#include "app/translated.h"
#include "ui/baretext.h"
#include "ui/fold.h"
#include "ui/foundtable.h"
#include "ui/styled.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDesktopServices>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTreeView>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace {

/// Those that can be chosen, in the order of the list.
constexpr NetworkUse uses[] = {
    NetworkUse::Model,        NetworkUse::ControlNet,  NetworkUse::Lora,
    NetworkUse::SeeCoder,     NetworkUse::Autoencoder, NetworkUse::MapNetwork,
    NetworkUse::SmallDecoder, NetworkUse::Embedding,   NetworkUse::Other};

const NetworkSlot* slotOf(const Session& session, NetworkUse use)
{
    const Editor& editor = session.editor();
    for (const NetworkSlot& slot : editor.methods().networks())
        if (slot.method == editor.method().id && slot.use == use)
            return &slot;
    return nullptr;
}

} // namespace

void useNetwork(
    Session& session, Settings& settings, const FoundNetwork& found, const NetworkSlot* slot)
{
    const QString path = qString(found.card.path.string());
    if (!slot && found.use == NetworkUse::Model)
        return session.model().choose(path);
    if (!slot && found.use == NetworkUse::Lora)
        return session.loras().add(path);
    if (!slot)
        slot = slotOf(session, found.use);
    if (!slot)
        return;
    std::string value = chosenFor(*slot, found).string();
    settings.addRecentPath(slot->parameter, qString(value));
    if (slot->several)
        if (const Value now = session.editor().value(slot->parameter);
            !std::get<std::string>(now).empty())
            value = std::get<std::string>(now) + ";" + value;
    session.editor().setValue(slot->parameter, value);
}

FoundDialog::FoundDialog(
    Session& session, Settings& settings, FoundModels& found, const NetworkSlot* slot,
    QWidget* parent)
    : QDialog(parent)
    , m_session(session)
    , m_settings(settings)
    , m_found(found)
    , m_slot(slot)
    , m_table(new FoundTable(found, session.editor(), slot, this))
    , m_filter(new FoundFilter(*m_table, this))
    , m_words(new QLineEdit(this))
    , m_uses(new QComboBox(this))
    , m_fitting(new QCheckBox(tr("Only what &fits"), this))
    , m_list(new QTreeView(this))
    , m_stack(new QStackedWidget(this))
    , m_empty(wrappedLabel({}, "dim", this))
    , m_said(wrappedLabel({}, "dim", this))
    , m_state(wrappedLabel({}, "dim", this))
    , m_progress(new QProgressBar(this))
    , m_use(new QPushButton(tr("&Use"), this))
    , m_favourite(new QPushButton(tr("&Favourite"), this))
    , m_folder(new QPushButton(tr("Show in fol&der"), this))
    , m_again(new QPushButton(tr("&Look again"), this))
    , m_get(new QPushButton(tr("&Get models..."), this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Models on this computer"));
    resize(860, 560);
    build();
    connect(&found, &FoundModels::changed, this, &FoundDialog::follow);
    connect(&session.editor(), &Editor::cardChanged, this, &FoundDialog::follow);
    connect(&session.editor(), &Editor::methodChanged, this, &FoundDialog::follow);
    if (slot)
        filter(slot->use, true);
    found.lookOnce();
    follow();
    m_words->setFocus();
}

void FoundDialog::build()
{
    m_list->setModel(m_filter);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setSortingEnabled(true);
    m_list->sortByColumn(FoundTable::Name, Qt::AscendingOrder);
    m_list->setAccessibleName(tr("Networks"));
    m_list->setAlternatingRowColors(true);
    m_list->setTextElideMode(Qt::ElideMiddle);
    QHeaderView& header = *m_list->header();
    header.setStretchLastSection(false);
    header.setSectionResizeMode(FoundTable::Name, QHeaderView::Stretch);
    const int letter = fontMetrics().averageCharWidth();
    for (const auto& [column, letters] :
         {std::pair(FoundTable::What, 30), std::pair(FoundTable::Modes, 26),
          std::pair(FoundTable::Size, 11), std::pair(FoundTable::From, 18)})
        header.resizeSection(column, letter * letters);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setContentsMargins(40, 20, 40, 20);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_empty);
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(4);
    m_progress->setAccessibleName(tr("Looking"));
    m_said->setMinimumHeight(fontMetrics().lineSpacing() * 3);
    m_said->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_use->setDefault(true);
    auto* folders = new QPushButton(tr("F&olders"), this);
    auto* menu = new QMenu(folders);
    folders->setMenu(menu);
    folders->setProperty("menu", true); // with room for its arrow
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fillFolders(*menu); });
    auto* close = new QPushButton(tr("Close"), this);
    auto* buttons = new QHBoxLayout;
    for (QPushButton* button : {m_again, folders, m_get})
        buttons->addWidget(button);
    buttons->addStretch();
    for (QPushButton* button : {m_favourite, m_folder, m_use, close})
        buttons->addWidget(button);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(filterRow());
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_progress);
    layout->addWidget(m_state);
    layout->addWidget(m_said);
    layout->addLayout(buttons);
    connect(
        m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        &FoundDialog::describe);
    connect(m_list, &QTreeView::activated, this, &FoundDialog::use);
    connect(m_use, &QPushButton::clicked, this, &FoundDialog::use);
    connect(m_get, &QPushButton::clicked, this, &FoundDialog::getRequested);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_again, &QPushButton::clicked, this, [this] {
        m_found.looking() ? m_found.stop() : m_found.look();
    });
    connect(m_favourite, &QPushButton::clicked, this, [this] {
        const FoundNetwork* network = marked();
        setFavouriteNetwork(qString(network->card.path.string()), !m_table->isFavourite(*network));
        follow();
    });
    connect(m_folder, &QPushButton::clicked, this, [this] {
        const QFileInfo file(qString(marked()->card.path.string()));
        QDesktopServices::openUrl(QUrl::fromLocalFile(file.path()));
    });
}

QWidget* FoundDialog::filterRow()
{
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    m_words->setPlaceholderText(tr("Words of the name, the kind or the folder"));
    m_words->setAccessibleName(tr("Filter"));
    m_words->setClearButtonEnabled(true);
    m_uses->setAccessibleName(tr("Kind"));
    m_uses->addItem(tr("All kinds"), -1);
    for (const NetworkUse use : uses)
        m_uses->addItem(useLabel(use), int(use));
    m_fitting->setChecked(true);
    m_fitting->setToolTip(tr("Only what can be used in this mode, beside the chosen model"));
    layout->addWidget(m_words, 1);
    layout->addWidget(m_uses);
    layout->addWidget(m_fitting);
    connect(m_words, &QLineEdit::textChanged, this, [this](const QString& words) {
        m_filter->setWords(words);
        refresh();
    });
    connect(m_uses, &QComboBox::currentIndexChanged, this, [this] {
        const int use = m_uses->currentData().toInt();
        m_filter->setUse(use < 0 ? std::nullopt : std::optional(NetworkUse(use)));
        refresh();
    });
    connect(m_fitting, &QCheckBox::toggled, this, [this](bool on) {
        m_filter->setFittingOnly(on);
        refresh();
    });
    return row;
}

void FoundDialog::filter(NetworkUse use, bool fittingOnly)
{
    m_uses->setCurrentIndex(m_uses->findData(int(use)));
    m_fitting->setChecked(fittingOnly);
}

QString FoundDialog::said() const
{
    return m_stack->currentWidget() == m_empty ? m_empty->text() : m_said->text();
}

const FoundNetwork* FoundDialog::marked() const
{
    const QModelIndex index = m_list->currentIndex();
    return index.isValid() ? m_table->at(m_filter->mapToSource(index).row()) : nullptr;
}

/// Takes over what is known now, with what is marked and where the list stands.
void FoundDialog::follow()
{
    const FoundNetwork* before = marked();
    const QString path = before ? qString(before->card.path.string()) : QString();
    const int scrolled = m_list->verticalScrollBar()->value();
    m_table->refresh();
    if (const int row = path.isEmpty() ? -1 : m_table->row(path); row >= 0)
        m_list->setCurrentIndex(m_filter->mapFromSource(m_table->index(row, 0)));
    m_list->verticalScrollBar()->setValue(scrolled);
    refresh();
}

QString FoundDialog::emptyText() const
{
    if (!m_found.list().empty())
        return m_words->text().isEmpty()
            ? tr("Of what was found nothing fits here. Untick \"Only what fits\" to see all of it "
                 "with the reasons.")
            : tr("Nothing in the list has these words.");
    if (m_found.looking())
        return tr("Looking where programs keep their networks...");
    return tr("No networks were found in the places where Hugging Face, ComfyUI, AUTOMATIC1111, "
              "Forge, SD.Next, InvokeAI, Krita AI Diffusion and Fooocus keep them. Add your own "
              "folder under Folders, or get some with Get models.");
}

void FoundDialog::refresh()
{
    const int shown = m_filter->rowCount();
    m_stack->setCurrentWidget(shown > 0 ? static_cast<QWidget*>(m_list) : m_empty);
    m_empty->setText(emptyText());
    if (shown > 0 && !m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_filter->index(0, 0));
    m_progress->setVisible(m_found.looking());
    m_again->setText(m_found.looking() ? tr("&Stop looking") : tr("&Look again"));
    QStringList lines;
    lines << tr("%1 of %2 shown").arg(shown).arg(m_found.list().size());
    if (!m_found.looking())
        lines += translated(m_found.notes());
    m_state->setText(lines.join(QStringLiteral(". ")));
    m_state->setToolTip(lines.join(QLatin1Char('\n')));
    describe();
}

void FoundDialog::describe()
{
    const FoundNetwork* network = m_stack->currentWidget() == m_list ? marked() : nullptr;
    const QString problem = network ? translated(m_table->problem(*network)) : QString();
    m_use->setEnabled(network && problem.isEmpty());
    m_favourite->setEnabled(network);
    m_folder->setEnabled(network);
    m_favourite->setText(
        network && m_table->isFavourite(*network) ? tr("No &favourite") : tr("&Favourite"));
    QStringList lines;
    if (network) {
        lines << qString(network->card.path.string());
        lines
            << (problem.isEmpty() ? translated(network->card.notes).join(QLatin1Char(' '))
                                  : problem);
    }
    m_said->setText(lines.join(QLatin1Char('\n')));
    setStyled(*m_said, "role", problem.isEmpty() ? QStringLiteral("dim") : QStringLiteral("error"));
}

void FoundDialog::use()
{
    const FoundNetwork* network = marked();
    if (!network || !m_use->isEnabled())
        return;
    useNetwork(m_session, m_settings, *network, m_slot);
    accept();
}

void FoundDialog::fillFolders(QMenu& menu)
{
    menu.clear();
    menu.addAction(tr("&Add a folder..."), this, &FoundDialog::addFolder);
    menu.addSeparator();
    for (const QString& folder : foundFolders())
        menu.addAction(
            tr("Leave out %1").arg(QString(folder).replace(QLatin1Char('&'), QStringLiteral("&&"))),
            this, [this, folder] {
                QStringList folders = foundFolders();
                folders.removeAll(folder);
                setFoundFolders(folders);
                m_found.look();
            });
}

void FoundDialog::addFolder()
{
    auto* dialog = new QFileDialog(this, tr("Add a folder of networks"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& folder) {
        setFoundFolders(foundFolders() << folder);
        m_found.look();
    });
    dialog->open();
}
