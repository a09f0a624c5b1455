// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/ownpresetsdialog.h"

#include "app/engine.h"
#include "app/exportname.h"
#include "app/translated.h"
#include "core/bounded.h"
#include "ui/fold.h"
#include "ui/savepicture.h"
#include "ui/styled.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

OwnPresetsDialog::OwnPresetsDialog(const Editor& editor, QWidget* parent)
    : QDialog(parent)
    , m_editor(editor)
    , m_list(new QListWidget(this))
    , m_said(wrappedLabel({}, "dim", this))
    , m_rename(new QPushButton(tr("&Rename"), this))
    , m_share(new QPushButton(tr("&Share as a file..."), this))
    , m_bin(new QPushButton(tr("&Delete"), this))
    , m_back(new QPushButton(tr("&Take back"), this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Own presets of %1").arg(translated(editor.method().name)));
    m_list->setAccessibleName(tr("Own presets"));
    m_list->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::DoubleClicked);
    auto* takeIn = new QPushButton(tr("Take &in..."), this);
    auto* column = new QVBoxLayout;
    for (QPushButton* button : {m_rename, m_share, m_bin, takeIn})
        column->addWidget(button);
    column->addStretch();
    auto* middle = new QHBoxLayout;
    middle->addWidget(m_list, 1);
    middle->addLayout(column);
    auto* told = new QHBoxLayout;
    told->addWidget(m_said, 1);
    told->addWidget(m_back);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* rows = new QVBoxLayout(this);
    rows->addLayout(middle, 1);
    rows->addLayout(told);
    rows->addWidget(buttons);
    m_back->hide();
    for (QPushButton* button : findChildren<QPushButton*>())
        button->setAutoDefault(false); // Return ends the editing of a name
    connect(m_list, &QListWidget::currentRowChanged, this, &OwnPresetsDialog::refresh);
    connect(m_list, &QListWidget::itemChanged, this, &OwnPresetsDialog::rename);
    connect(
        m_rename, &QPushButton::clicked, this, [this] { m_list->editItem(m_list->currentItem()); });
    connect(m_share, &QPushButton::clicked, this, &OwnPresetsDialog::share);
    connect(m_bin, &QPushButton::clicked, this, &OwnPresetsDialog::bin);
    connect(m_back, &QPushButton::clicked, this, &OwnPresetsDialog::putBack);
    connect(takeIn, &QPushButton::clicked, this, &OwnPresetsDialog::takeInRequested);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* del = new QShortcut(QKeySequence::Delete, m_list);
    del->setContext(Qt::WidgetShortcut); // not while a name is edited
    connect(del, &QShortcut::activated, this, &OwnPresetsDialog::bin);
    resize(460, 340);
    fill();
    m_list->setFocus();
}

void OwnPresetsDialog::fill()
{
    const QSignalBlocker quiet(m_list);
    const int row = m_list->currentRow();
    m_there = ownPresets(m_editor.method(), m_editor.methods()).presets;
    m_list->clear();
    for (const PresetFile& file : m_there) {
        auto* item = new QListWidgetItem(file.preset.name, m_list);
        item->setFlags(item->flags() | Qt::ItemIsEditable);
    }
    m_list->setCurrentRow(bounded(row, 0, m_list->count() - 1));
    refresh();
    if (m_there.empty() && !m_binned)
        say(tr("There is none yet. Save as preset, in the list of presets, makes one of the values "
               "as they are."),
            false);
}

const PresetFile* OwnPresetsDialog::chosen() const
{
    const int row = m_list->currentRow();
    return row >= 0 && row < int(m_there.size()) ? &m_there[std::size_t(row)] : nullptr;
}

void OwnPresetsDialog::refresh()
{
    for (QPushButton* button : {m_rename, m_share, m_bin})
        button->setEnabled(chosen());
}

void OwnPresetsDialog::say(const QString& sentence, bool error)
{
    m_said->setText(sentence);
    setStyled(*m_said, "role", error ? QStringLiteral("error") : QStringLiteral("dim"));
    m_back->hide();
}

void OwnPresetsDialog::rename(QListWidgetItem* item)
{
    const PresetFile before = m_there[std::size_t(m_list->row(item))];
    const QString name = presetName(item->text());
    try {
        if (!name.isEmpty() && name != before.preset.name) {
            renamePreset(m_editor.method(), before, name, m_editor.methods());
            say({}, false);
            Q_EMIT changed();
        }
    } catch (...) {
        say(currentFailure().sentence, true);
    }
    // Not now: the list is still at the end of the editing.
    QMetaObject::invokeMethod(this, &OwnPresetsDialog::fill, Qt::QueuedConnection);
}

void OwnPresetsDialog::share()
{
    const PresetFile file = *chosen();
    saveEncoded(
        this,
        {.title = tr("Share the preset"),
         .filter = tr("Presets (*.json)"),
         .name = asFileName(file.preset.name),
         .suffix = "json"},
        [file] { return presetBytes(file.method, file.preset); },
        [this](const QString& why) { say(why, true); });
}

void OwnPresetsDialog::bin()
{
    if (!chosen())
        return;
    const PresetFile file = *chosen();
    try {
        binPreset(file);
    } catch (...) {
        return say(currentFailure().sentence, true);
    }
    m_binned = file.preset;
    fill();
    Q_EMIT changed();
    say(tr("%1 is in the trash.").arg(file.preset.name), false);
    m_back->show();
}

void OwnPresetsDialog::putBack()
{
    if (!m_binned)
        return;
    try {
        keepPreset(m_editor.method(), *m_binned, m_editor.methods());
    } catch (...) {
        return say(currentFailure().sentence, true);
    }
    m_binned.reset();
    say({}, false);
    fill();
    Q_EMIT changed();
    m_list->setFocus();
}
