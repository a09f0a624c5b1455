// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/savepresetdialog.h"

#include "app/translated.h"
#include "ui/fold.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace {

constexpr int longestText = 60; // of a value in the list

/// The value as the form shows it, on one line.
QString shown(const Parameter& p, const Value& value)
{
    if (const auto* on = std::get_if<bool>(&value))
        return *on ? SavePresetDialog::tr("on") : SavePresetDialog::tr("off");
    const std::string text = toText(value);
    const auto choice = std::ranges::find(p.choices, text, &Choice::value);
    const QString line = choice != p.choices.end() && !choice->label.empty()
        ? translated(choice->label)
        : QString::fromStdString(text).simplified();
    if (line.isEmpty())
        return SavePresetDialog::tr("nothing");
    return line.size() > longestText ? line.left(longestText - 1) + QChar(0x2026) : line;
}

} // namespace

SavePresetDialog::SavePresetDialog(const Editor& editor, QWidget* parent)
    : QDialog(parent)
    , m_editor(editor)
    , m_there(ownPresets(editor.method(), editor.methods()).presets)
    , m_name(new QLineEdit(this))
    , m_values(new QListWidget(this))
    , m_said(wrappedLabel({}, "warning", this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Save as preset"));
    m_name->setMaxLength(longestPresetName);
    m_name->setText(freePresetName(editor.method(), m_there, tr("Own preset")));
    m_name->selectAll();
    m_values->setAccessibleName(tr("Values in the preset"));
    m_said->setMinimumHeight(m_said->fontMetrics().lineSpacing());
    list();
    auto* form = new QFormLayout;
    form->addRow(tr("&Name"), m_name);
    auto* title = new QLabel(tr("&Values in it"), this);
    title->setBuddy(m_values);
    form->addRow(title, m_values);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_save = buttons->addButton(tr("&Save"), QDialogButtonBox::AcceptRole);
    m_save->setDefault(true);
    auto* rows = new QVBoxLayout(this);
    rows->addLayout(form, 1);
    rows->addWidget(wrappedLabel(
        tr("Files that values name are not among them, so that the preset can be passed on."),
        "dim", this));
    rows->addWidget(m_said);
    rows->addWidget(buttons);
    connect(m_name, &QLineEdit::textChanged, this, &SavePresetDialog::refresh);
    connect(m_values, &QListWidget::itemChanged, this, &SavePresetDialog::refresh);
    connect(buttons, &QDialogButtonBox::accepted, this, &SavePresetDialog::finish);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    resize(440, 420);
    refresh();
    m_name->setFocus();
}

void SavePresetDialog::list()
{
    m_offered = presetValues(m_editor);
    for (const Parameter& p : m_editor.method().parameters) {
        if (!m_offered.contains(p.id))
            continue;
        auto* item = new QListWidgetItem(
            tr("%1: %2").arg(translated(p.label), shown(p, m_offered.at(p.id))), m_values);
        item->setData(Qt::UserRole, QString::fromStdString(p.id));
        item->setCheckState(p.role == Role::Prompt ? Qt::Unchecked : Qt::Checked);
    }
}

OwnPreset SavePresetDialog::preset() const
{
    OwnPreset preset {.name = presetName(m_name->text())};
    for (int i = 0; i < m_values->count(); ++i) {
        const QListWidgetItem* item = m_values->item(i);
        const std::string id = item->data(Qt::UserRole).toString().toStdString();
        if (item->checkState() == Qt::Checked)
            preset.values[id] = m_offered.at(id);
    }
    return preset;
}

void SavePresetDialog::refresh()
{
    const OwnPreset now = preset();
    const bool shipped = isShipped(m_editor.method(), now.name);
    const bool there = std::ranges::any_of(m_there, [&](const PresetFile& file) {
        return file.preset.name.compare(now.name, Qt::CaseInsensitive) == 0;
    });
    m_said->setText(
        m_offered.empty()        ? tr("All values are the method's own: there is nothing to keep.")
            : now.values.empty() ? tr("Choose a value at least.")
            : now.name.isEmpty() ? tr("The preset needs a name.")
            : shipped            ? tr("A preset that comes with Simile is called so.")
            : there              ? tr("The preset that is called so is replaced.")
                                 : QString());
    m_save->setText(there ? tr("&Replace") : tr("&Save"));
    m_save->setEnabled(!now.name.isEmpty() && !now.values.empty() && !shipped);
}

void SavePresetDialog::finish()
{
    if (!m_save->isEnabled())
        return;
    Q_EMIT chosen(preset());
    accept();
}
