// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/loralist.h"

#include "app/foundmodels.h"
#include "app/session.h"
#include "app/settings.h"
#include "app/translated.h"
#include "ui/baretext.h"
#include "ui/fold.h"
#include "ui/numberbox.h"
#include "ui/theme.h"
#include "ui/wheelguard.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

LoraList::LoraList(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_fold(new QToolButton(this))
    , m_body(new QWidget(this))
    , m_rows(new QWidget(m_body))
    , m_list(new QVBoxLayout(m_rows))
    , m_add(new QToolButton(m_body))
    , m_message(wrappedLabel({}, "error", m_body))
    , m_said(wrappedLabel({}, "dim", m_body))
{
    makeFold(*m_fold, *m_body);
    m_fold->setToolTip(tr("Files that teach the model a style, a person or a thing"));
    m_add->setText(tr("Add a LoRA\u2026"));
    m_add->setProperty("role", QStringLiteral("flat"));
    m_message->hide();
    m_said->hide();

    auto* body = new QVBoxLayout(m_body);
    m_list->setContentsMargins({});
    m_list->setSpacing(8);
    body->setContentsMargins({});
    body->setSpacing(6);
    body->addWidget(m_rows);
    body->addWidget(m_add, 0, Qt::AlignLeft);
    body->addWidget(m_message);
    body->addWidget(m_said);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(6);
    layout->addWidget(m_fold);
    layout->addWidget(m_body);

    connect(m_add, &QToolButton::clicked, this, &LoraList::choose);
    connect(&session.loras(), &LoraChoice::changed, this, &LoraList::refresh);
    connect(&session.loras(), &LoraChoice::failed, this, &LoraList::say);
    connect(&session.loras(), &LoraChoice::said, this, [this](const QString& sentence) {
        m_said->setText(sentence);
        m_said->setVisible(!sentence.isEmpty());
    });
    refresh();
    m_fold->setChecked(!session.loras().list().empty());
}

void LoraList::setFound(FoundModels* found)
{
    m_found = found;
    if (!found || m_add->menu())
        return;
    auto* menu = new QMenu(m_add);
    menu->setToolTipsVisible(true);
    m_add->setMenu(menu);
    m_add->setPopupMode(QToolButton::InstantPopup);
    connect(menu, &QMenu::aboutToShow, this, &LoraList::fillMenu);
}

/// The LoRAs that fit the model, as far as their headers tell.
void LoraList::fillMenu()
{
    constexpr int most = 12;
    QMenu& menu = *m_add->menu();
    menu.clear();
    m_found->lookOnce();
    const Editor& editor = m_session.editor();
    int offered = 0;
    for (const FoundNetwork& found : m_found->list()) {
        const bool fits = found.use == NetworkUse::Lora
            && misfit(found, editor.method(), editor.card(), m_found->methods()).empty();
        if (!fits || ++offered > most)
            continue;
        const QString path = QString::fromStdString(found.card.path.string());
        menu.addAction(
                keyless(QString::fromStdString(found.card.name)), this,
                [this, path] {
                    say({});
                    m_session.loras().add(path);
                })
            ->setToolTip(path);
    }
    if (offered > 0)
        menu.addSeparator();
    menu.addAction(tr("On this &computer..."), this, &LoraList::foundRequested);
    menu.addAction(tr("&File..."), this, &LoraList::choose);
}

QString LoraList::message() const
{
    return m_message->text();
}

void LoraList::setFixed(const QString& why)
{
    m_body->setEnabled(why.isEmpty());
    m_body->setToolTip(why);
}

/// What makes rows of their own; a row that is edited stays, and keeps the focus.
QStringList LoraList::looks() const
{
    QStringList all;
    const LoraChoice& loras = m_session.loras();
    for (int i = 0; i < int(loras.list().size()); ++i) {
        all.append(QString::fromStdString(loras.list()[std::size_t(i)].lora.file));
        if (const LoraCard* card = loras.card(i)) {
            all.append(QString::fromStdString(card->triggers));
            all.append(translated(card->problem));
            all += translated(card->notes);
        }
        all.append(QString());
    }
    return all;
}

void LoraList::build()
{
    m_made.clear();
    clearRows(*m_rows);
    for (int i = 0; i < int(m_session.loras().list().size()); ++i)
        m_made.push_back(addRow(i));
}

void LoraList::refresh()
{
    const auto& list = m_session.loras().list();
    if (const QStringList now = looks(); now != m_looks || m_made.size() != list.size()) {
        m_looks = now;
        build();
    }
    for (std::size_t i = 0; i < list.size(); ++i) {
        const QSignalBlocker checking(m_made[i].on), weighing(m_made[i].weight);
        m_made[i].on->setChecked(list[i].on);
        m_made[i].weight->setEnabled(list[i].on);
        if (m_made[i].weight->value() != list[i].lora.weight)
            m_made[i].weight->setValue(list[i].lora.weight);
    }
    m_rows->setVisible(!list.empty());
    const auto on = std::ranges::count(list, true, &ListedLora::on);
    m_fold->setText(on > 0 ? tr("LoRAs (%1)").arg(on) : tr("LoRAs"));
    m_add->setText(
        m_session.loras().reading() ? tr("Reading the file\u2026") : tr("Add a LoRA\u2026"));
    m_add->setEnabled(!m_session.loras().reading());
    if (on > 0)
        m_fold->setChecked(true);
}

LoraList::Row LoraList::addRow(int at)
{
    LoraChoice& loras = m_session.loras();
    const ListedLora& listed = loras.list().at(std::size_t(at));
    const LoraCard* card = loras.card(at);
    const QFileInfo file(QString::fromStdString(listed.lora.file));
    auto* row = new QWidget(m_rows);
    auto* grid = new QGridLayout(row);
    grid->setContentsMargins({});
    grid->setSpacing(4);
    auto* on = new QCheckBox(row);
    const QString name = file.completeBaseName();
    on->setText(keyless(fontMetrics().elidedText(name, Qt::ElideMiddle, 150)));
    on->setAccessibleName(name);
    on->setToolTip(file.fileName());
    connect(on, &QCheckBox::toggled, this, [&loras, at](bool to) { loras.setOn(at, to); });
    constexpr double step = .05;
    auto* weight = new NumberBox(-mostLoraWeight, mostLoraWeight, step, false, row);
    weight->setKeyboardTracking(false);
    weight->setFixedWidth(76);
    weight->setAccessibleName(tr("Weight of %1").arg(name));
    weight->setToolTip(tr("How much of it is added; 1 is as it was trained, less than 0 the "
                          "opposite."));
    weight->setValue(listed.lora.weight);
    connect(weight, &QDoubleSpinBox::valueChanged, this, [&loras, at](double to) {
        loras.setWeight(at, to);
    });
    auto* remove = new QToolButton(row);
    remove->setProperty("role", QStringLiteral("flat"));
    remove->setIcon(icon(QStringLiteral("close")));
    remove->setIconSize({12, 12});
    remove->setToolTip(tr("Take it out of the list"));
    remove->setAccessibleName(tr("Take out: %1").arg(name));
    connect(remove, &QToolButton::clicked, this, [&loras, at] { loras.remove(at); });
    guardFromWheel(*weight);
    grid->addWidget(on, 0, 0);
    grid->addWidget(weight, 0, 1);
    grid->addWidget(remove, 0, 2);
    grid->setColumnStretch(0, 1);
    int next = 1;
    if (card && !card->triggers.empty()) {
        const QString words = QString::fromStdString(card->triggers);
        grid->addWidget(wrappedLabel(tr("Words: %1").arg(words), "dim", row), next, 0, 1, 2);
        auto* take = new QToolButton(row);
        take->setProperty("role", QStringLiteral("flat"));
        take->setText(QStringLiteral("+"));
        take->setToolTip(tr("Put these words behind the prompt"));
        take->setAccessibleName(tr("Put the words of %1 behind the prompt").arg(name));
        connect(take, &QToolButton::clicked, this, [&loras, at] { loras.addTriggers(at); });
        grid->addWidget(take, next++, 2, Qt::AlignTop);
    }
    if (card && !card->problem.empty())
        grid->addWidget(wrappedLabel(translated(card->problem), "error", row), next++, 0, 1, 3);
    if (card)
        for (const Sentence& note : card->notes)
            grid->addWidget(wrappedLabel(translated(note), "dim", row), next++, 0, 1, 3);
    m_list->addWidget(row);
    return {.on = on, .weight = weight};
}

void LoraList::choose()
{
    say({});
    const QStringList recent = Settings().recentLoras();
    const QString folder = recent.isEmpty() ? QString() : QFileInfo(recent.first()).path();
    auto* dialog = new QFileDialog(
        window(), tr("Add a LoRA"), folder,
        tr("LoRAs (*.safetensors *.pt *.pth *.bin *.ckpt);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList& files) {
        for (const QString& file : files)
            m_session.loras().add(file);
    });
    dialog->open();
}

void LoraList::say(const QString& message)
{
    m_message->setText(message);
    m_message->setVisible(!message.isEmpty());
    m_fold->setChecked(m_fold->isChecked() || !message.isEmpty());
}
