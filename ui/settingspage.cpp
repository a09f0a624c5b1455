// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settingspage.h"

#include "ui/choicebox.h"
#include "ui/commandsearch.h"
#include "ui/fold.h"
#include "ui/wheelguard.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QSpinBox>

#include <algorithm>

namespace {

constexpr int nameWidth = 140;

} // namespace

SettingsPage::SettingsPage(const QString& id, const QString& title, QWidget* parent)
    : QScrollArea(parent)
    , m_title(title)
{
    setObjectName(id);
    setAccessibleName(title);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    auto* body = new QWidget(this);
    body->setProperty("role", QStringLiteral("panel"));
    auto* rows = new QVBoxLayout(body);
    rows->setContentsMargins(16, 4, 12, 8);
    m_layout = new QVBoxLayout;
    m_layout->setSpacing(16);
    rows->addLayout(m_layout);
    rows->addStretch();
    setWidget(body);
}

void SettingsPage::addRow(const QString& name, const QString& help, QWidget* field, Row row)
{
    row.widget = new QWidget(widget());
    row.field = field;
    auto* grid = new QGridLayout(row.widget);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    auto* label = new QLabel(name, row.widget); // also without a name, so that all stand in line
    label->setWordWrap(true);
    label->setFixedWidth(nameWidth);
    label->setBuddy(field);
    // Beside the first line of what stands at its right.
    label->setContentsMargins(0, qobject_cast<QLabel*>(field) ? 0 : 5, 0, 0);
    grid->addWidget(label, 0, 0, help.isEmpty() ? 1 : 2, 1, Qt::AlignTop);
    if (field->accessibleName().isEmpty())
        field->setAccessibleName(name);
    field->setAccessibleDescription(help);
    // One that does not grow would let the column of names grow in its place.
    const bool grows = field->sizePolicy().horizontalPolicy() != QSizePolicy::Maximum;
    grid->addWidget(field, 0, 1, grows ? Qt::AlignTop : Qt::AlignTop | Qt::AlignLeft);
    if (!help.isEmpty())
        grid->addWidget(wrappedLabel(help, "dim", row.widget), 1, 1);
    row.words += QLatin1Char(' ') + name + QLatin1Char(' ') + help;
    guardFromWheel(*row.widget);
    m_layout->addWidget(row.widget);
    m_rows.push_back(std::move(row));
    if (m_rows.back().show)
        m_rows.back().show();
}

void SettingsPage::addChoice(
    const QString& name, const QString& help, const Entries& entries,
    const std::function<QString()>& read, const std::function<void(const QString&)>& write)
{
    QComboBox* box = choiceBox(widget(), {}, name, {}, 22);
    QString words;
    for (const auto& [value, label] : entries) {
        box->addItem(label, value);
        words += QLatin1Char(' ') + label;
    }
    box->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    connect(box, &QComboBox::activated, this, [box, write](int at) {
        write(box->itemData(at).toString());
    });
    addRow(name, help, box, {.words = words, .show = [box, read] {
                                 box->setCurrentIndex(box->findData(read()));
                             }});
}

void SettingsPage::addSwitch(
    const QString& text, const QString& help, const std::function<bool()>& read,
    const std::function<void(bool)>& write)
{
    auto* box = new QCheckBox(text, widget());
    box->setAccessibleName(text);
    connect(box, &QCheckBox::clicked, this, write);
    addRow({}, help, box, {.words = text, .show = [box, read] { box->setChecked(read()); }});
}

void SettingsPage::addNumber(
    const QString& name, const QString& help, const Numbers& numbers,
    const std::function<int()>& read, const std::function<void(int)>& write)
{
    auto* box = new QSpinBox(widget());
    box->setRange(numbers.least, numbers.most);
    box->setSingleStep(numbers.step);
    box->setSuffix(numbers.unit);
    box->setKeyboardTracking(false); // a number that is half typed would delete what is beyond it
    box->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    connect(box, &QSpinBox::valueChanged, this, write);
    addRow(name, help, box, {.show = [box, read] {
               const QSignalBlocker quiet(box);
               box->setValue(read());
           }});
}

void SettingsPage::addField(
    const QString& name, const QString& help, QWidget* field, const std::function<void()>& show)
{
    addRow(name, help, field, {.show = show});
}

void SettingsPage::addText(const QString& name, const QString& text)
{
    QLabel* label = wrappedLabel(text, "", widget());
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    addRow(name, {}, label, {.words = text});
}

bool SettingsPage::filter(const QString& words)
{
    const bool all = hasWords(m_title, words);
    bool any = false;
    for (const Row& row : m_rows) {
        const bool shown = all || hasWords(m_title + QLatin1Char(' ') + row.words, words);
        row.widget->setVisible(shown);
        any |= shown;
    }
    return any;
}

void SettingsPage::reload()
{
    for (const Row& row : m_rows)
        if (row.show)
            row.show();
}
