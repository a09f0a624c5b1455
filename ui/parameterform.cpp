// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/parameterform.h"

#include "app/translated.h"
#include "core/errors.h"
#include "ui/fold.h"
#include "ui/numberbox.h"
#include "ui/parametermaker.h"
#include "ui/styled.h"
#include "ui/theme.h"
#include "ui/wheelguard.h"

#include <QGridLayout>
#include <QLabel>
#include <QScopedValueRollback>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace {

constexpr int labelCharacters = 14;

/// The three lines of help, then what it is measured in and where the value comes from.
QString helpOf(const Parameter& p, const QString& origin)
{
    QStringList lines;
    if (!p.help.empty())
        lines << translated(p.help);
    if (!p.unit.empty())
        lines << ParameterForm::tr("Unit: %1").arg(translated(p.unit));
    if (!origin.isEmpty())
        lines << ParameterForm::tr("Value: %1").arg(origin);
    return lines.join(QLatin1Char('\n'));
}

} // namespace

ParameterForm::ParameterForm(
    std::vector<Parameter> parameters, QWidget* parent, FormNetworks networks)
    : QWidget(parent)
    , m_parameters(std::move(parameters))
    , m_networks(std::move(networks))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 4, 8, 8);
    layout->setSpacing(6);
    std::vector<std::string> groups = {""};
    for (const Parameter& p : m_parameters)
        if (std::ranges::find(groups, p.group) == groups.end())
            groups.push_back(p.group);
    for (const std::string& group : groups) {
        QToolButton* fold = nullptr;
        QGridLayout* grid = addGroup(group, fold);
        for (const Parameter& p : m_parameters)
            if (p.group == group)
                addRow(p, grid, fold);
    }
    layout->addStretch();
}

QGridLayout* ParameterForm::addGroup(const std::string& title, QToolButton*& fold)
{
    auto* body = new QWidget(this);
    auto* grid = new QGridLayout(body);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(6);
    grid->setVerticalSpacing(6);
    grid->setColumnMinimumWidth(0, fontMetrics().averageCharWidth() * labelCharacters);
    grid->setColumnStretch(1, 1);
    grid->setColumnMinimumWidth(2, 18);
    if (!title.empty()) {
        fold = new QToolButton(this);
        fold->setText(translated(title));
        makeFold(*fold, *body);
        layout()->addWidget(fold);
    }
    layout()->addWidget(body);
    return grid;
}

void ParameterForm::setRecent(std::function<QStringList(const std::string&)> recent)
{
    m_recent = std::move(recent);
}

void ParameterForm::refreshNetworks()
{
    for (NetworkField* field : findChildren<NetworkField*>())
        field->refresh();
}

void ParameterForm::addBelow(QWidget* widget)
{
    auto* rows = static_cast<QVBoxLayout*>(layout());
    rows->insertWidget(rows->count() - 1, widget); // the last is the stretch
}

void ParameterForm::addRow(const Parameter& p, QGridLayout* grid, QToolButton* fold)
{
    Row row {.parameter = &p, .fold = fold};
    Maker maker {*this, p, row};
    maker.make();

    row.label = new QLabel(translated(p.label), this);
    row.label->setBuddy(row.editor);
    row.label->setWordWrap(true);
    row.editor->setAccessibleName(translated(p.label));
    row.editor->setAccessibleDescription(translated(p.help));
    row.editor->setFocusPolicy(Qt::StrongFocus);
    guardFromWheel(*row.editor);
    row.message = new QLabel(this);
    row.message->setProperty("role", QStringLiteral("error"));
    row.message->setWordWrap(true);
    row.message->hide();
    row.reset = new QToolButton(this);
    row.reset->setProperty("role", QStringLiteral("flat"));
    row.reset->setIcon(icon(QStringLiteral("reset")));
    row.reset->setIconSize({12, 12});
    row.reset->setMaximumHeight(fontMetrics().height() + 6);
    row.reset->setAccessibleName(tr("Reset %1").arg(translated(p.label)));
    QSizePolicy keep = row.reset->sizePolicy();
    keep.setRetainSizeWhenHidden(true);
    row.reset->setSizePolicy(keep);
    row.reset->hide();
    connect(
        row.reset, &QToolButton::clicked, this, [this, id = p.id] { Q_EMIT resetRequested(id); });

    const int at = grid->rowCount();
    if (p.multiline || p.file) { // needs the whole width: the label stands above it
        grid->addWidget(row.label, at, 0, 1, 2);
        grid->addWidget(row.reset, at, 2);
        grid->addWidget(maker.widget, at + 1, 0, 1, 3);
        grid->addWidget(row.message, at + 2, 0, 1, 3);
    } else {
        row.label->setFixedWidth(grid->columnMinimumWidth(0));
        grid->addWidget(row.label, at, 0);
        grid->addWidget(maker.widget, at, 1);
        grid->addWidget(row.reset, at, 2);
        grid->addWidget(row.message, at + 1, 0, 1, 3);
    }
    row.whole = maker.widget;
    m_rows[p.id] = std::move(row);
    setValue(p.id, p.initial, false);
}

void ParameterForm::take(const std::string& id, const std::function<Value()>& read)
{
    if (m_showing)
        return;
    const Row& row = m_rows.at(id);
    try {
        const Value value = read();
        checkValue(*row.parameter, value);
        say(row, {});
        Q_EMIT edited(id, value);
    } catch (const Error& error) {
        say(row, translated(error.sentence()));
    }
}

void ParameterForm::say(const Row& row, const QString& message)
{
    row.message->setText(message);
    row.message->setVisible(!message.isEmpty());
    setStyled(*row.editor, "invalid", !message.isEmpty());
    const QString label = translated(row.parameter->label);
    const bool change = message.isEmpty() ? m_problems.remove(label) > 0
                                          : std::exchange(m_problems[label], message) != message;
    if (change)
        Q_EMIT problemsChanged();
}

void ParameterForm::setOffered(const std::string& id, const std::vector<double>& numbers)
{
    const Row& row = m_rows.at(id);
    {
        const QScopedValueRollback showing(m_showing, true);
        row.offer(numbers);
    }
    const double value = static_cast<NumberBox*>(row.editor)->value();
    if (numbers.empty() || std::ranges::find(numbers, value) != numbers.end())
        return;
    QStringList list;
    for (const double number : numbers)
        list << locale().toString(number, 'g', 7);
    say(row, tr("With the other values it can be %1.").arg(list.join(QStringLiteral(", "))));
}

void ParameterForm::setValue(
    const std::string& id, const Value& value, bool byHand, const QString& origin)
{
    const Row& row = m_rows.at(id);
    const QScopedValueRollback showing(m_showing, true);
    say(row, {});
    row.show(value);
    const QString label = translated(row.parameter->label);
    const bool mine = byHand && row.fixed.isEmpty();
    row.label->setText(mine ? label + QStringLiteral("\u00a0\u2022") : label);
    row.reset->setVisible(mine);
    row.reset->setToolTip(tr("Back to the value that counts without your change"));
    const QString tip = row.fixed.isEmpty() ? helpOf(*row.parameter, origin) : row.fixed;
    for (QWidget* part : {static_cast<QWidget*>(row.label), row.whole, row.editor})
        part->setToolTip(tip);
}

void ParameterForm::setFixed(const std::string& id, const QString& why)
{
    Row& row = m_rows.at(id);
    row.fixed = why;
    row.label->setEnabled(why.isEmpty());
    row.whole->setEnabled(why.isEmpty());
}

void ParameterForm::focusParameter(const std::string& id)
{
    const Row& row = m_rows.at(id);
    if (row.fold)
        row.fold->setChecked(true);
    row.editor->setFocus(Qt::OtherFocusReason);
}

QWidget* ParameterForm::editor(const std::string& id) const
{
    return m_rows.at(id).editor;
}

QString ParameterForm::message(const std::string& id) const
{
    return m_rows.at(id).message->text();
}
