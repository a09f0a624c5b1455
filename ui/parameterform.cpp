// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/parameterform.h"

#include "app/translated.h"
#include "core/errors.h"
#include "ui/numberbox.h"
#include "ui/replacetext.h"
#include "ui/theme.h"
#include "ui/wheelguard.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScopedValueRollback>
#include <QSlider>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

namespace {

constexpr int labelWidth = 88, numberWidth = 54, textLines = 2;

void setInvalid(QWidget* editor, bool invalid)
{
    if (editor->property("invalid").toBool() == invalid)
        return;
    editor->setProperty("invalid", invalid);
    editor->style()->unpolish(editor);
    editor->style()->polish(editor);
}

double stepOf(const Parameter& p, bool whole)
{
    return p.step > 0 ? p.step : whole ? 1 : (p.maximum - p.minimum) / 100;
}

QString text(const std::string& s)
{
    return QString::fromStdString(s);
}

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

/// Makes the editor of a row, by the type of the parameter's value.
struct ParameterForm::Maker
{
    ParameterForm& form;
    const Parameter& p;
    Row& row;
    QWidget* widget = nullptr; ///< the whole editor

    void operator()(bool)
    {
        auto* box = new QCheckBox(&form);
        connect(box, &QCheckBox::toggled, &form, [&form = form, id = p.id](bool on) {
            form.take(id, [on] { return Value(on); });
        });
        row.show = [box](const Value& value) { box->setChecked(std::get<bool>(value)); };
        row.editor = widget = box;
    }

    void operator()(int)
    {
        number(true, [](double x) { return Value(int(std::llround(x))); });
    }

    void operator()(double)
    {
        number(false, [](double x) { return Value(x); });
    }

    void number(bool whole, Value (*make)(double))
    {
        auto* box = new NumberBox(p.minimum, p.maximum, p.step, whole, &form);
        auto* slider = new QSlider(Qt::Horizontal, &form);
        const double step = stepOf(p, whole), minimum = p.minimum, maximum = p.maximum;
        const auto offered = std::make_shared<std::vector<double>>();
        const auto toSlider = [=](double x) {
            const auto above = std::ranges::lower_bound(*offered, x);
            return offered->empty()
                ? int(std::lround((x - minimum) / step))
                : std::min(int(above - offered->begin()), int(offered->size()) - 1);
        };
        row.offer = [=](const std::vector<double>& numbers) {
            *offered = numbers;
            slider->setRange(0, numbers.empty() ? toSlider(maximum) : int(numbers.size()) - 1);
            slider->setPageStep(numbers.empty() ? 10 : 1);
            slider->setValue(toSlider(box->value()));
        };
        row.offer({});
        slider->setAccessibleName(translated(p.label));
        guardFromWheel(*slider);
        box->setFixedWidth(numberWidth);
        connect(slider, &QSlider::valueChanged, box, [=, &form = form](int at) {
            if (!form.m_showing)
                box->setValue(offered->empty() ? minimum + at * step : offered->at(at));
        });
        connect(box, &NumberBox::valueChanged, &form, [=, &form = form, id = p.id](double x) {
            form.take(id, [&] { return make(x); });
            const QScopedValueRollback showing(form.m_showing, true);
            slider->setValue(toSlider(x));
        });
        row.show = [=](const Value& value) {
            const int* n = std::get_if<int>(&value);
            const double x = n ? *n : std::get<double>(value);
            if (box->value() != x)
                box->setValue(x);
            slider->setValue(toSlider(x));
        };
        widget = new QWidget(&form);
        auto* layout = new QHBoxLayout(widget);
        layout->setContentsMargins({});
        layout->setSpacing(8);
        layout->addWidget(slider, 1);
        layout->addWidget(box);
        row.editor = box;
    }

    void operator()(const std::string&)
    {
        if (!p.choices.empty())
            choice();
        else if (p.multiline)
            paragraph();
        else
            line([](const Parameter&, const std::string& s) { return Value(s); });
    }

    void choice()
    {
        auto* box = new QComboBox(&form);
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        for (const Choice& c : p.choices)
            box->addItem(translated(c.label.empty() ? c.value : c.label), text(c.value));
        connect(box, &QComboBox::activated, &form, [box, &form = form, id = p.id] {
            const std::string chosen = box->currentData().toString().toStdString();
            form.take(id, [&] { return Value(chosen); });
        });
        row.show = [box](const Value& value) {
            box->setCurrentIndex(box->findData(text(std::get<std::string>(value))));
        };
        row.editor = widget = box;
    }

    void paragraph()
    {
        auto* edit = new QPlainTextEdit(&form);
        edit->setTabChangesFocus(true);
        edit->setUndoRedoEnabled(false); // the window has the one history
        edit->setFixedHeight(edit->fontMetrics().lineSpacing() * textLines + 18);
        edit->setPlaceholderText(tr("In a few words"));
        connect(edit, &QPlainTextEdit::textChanged, &form, [edit, &form = form, id = p.id] {
            form.take(id, [edit] { return Value(edit->toPlainText().toStdString()); });
        });
        row.show = [edit](const Value& value) {
            replaceText(*edit, text(std::get<std::string>(value)));
        };
        row.editor = widget = edit;
    }

    void operator()(const Range&)
    {
        line([](const Parameter& p, const std::string& s) { return parseValue(p, s); });
    }

    void operator()(const Layers&)
    {
        line([](const Parameter& p, const std::string& s) { return parseValue(p, s); });
    }

    void line(Value (*parse)(const Parameter&, const std::string&))
    {
        auto* edit = new QLineEdit(&form);
        const Parameter* parameter = &p;
        connect(edit, &QLineEdit::textEdited, &form, [=, &form = form](const QString& typed) {
            form.take(parameter->id, [&] { return parse(*parameter, typed.toStdString()); });
        });
        row.show = [=](const Value& value) {
            // What is being typed stays as typed as long as it means the same.
            try {
                if (edit->hasFocus() && parse(*parameter, edit->text().toStdString()) == value)
                    return;
            } catch (const Error&) {
                // It means nothing: the value takes its place.
            }
            edit->setText(text(toText(value)));
        };
        row.editor = widget = edit;
    }
};

ParameterForm::ParameterForm(std::vector<Parameter> parameters, QWidget* parent)
    : QWidget(parent)
    , m_parameters(std::move(parameters))
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
    grid->setColumnMinimumWidth(0, labelWidth);
    grid->setColumnStretch(1, 1);
    grid->setColumnMinimumWidth(2, 18);
    if (!title.empty()) {
        fold = new QToolButton(this);
        fold->setProperty("role", QStringLiteral("fold"));
        fold->setText(translated(title));
        fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        fold->setArrowType(Qt::RightArrow);
        fold->setCheckable(true);
        connect(fold, &QToolButton::toggled, body, [fold, body](bool open) {
            fold->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
            body->setVisible(open);
        });
        body->hide();
        layout()->addWidget(fold);
    }
    layout()->addWidget(body);
    return grid;
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
    std::visit([&](const auto& initial) { maker(initial); }, p.initial);

    row.label = new QLabel(translated(p.label), this);
    row.label->setBuddy(row.editor);
    row.label->setWordWrap(true);
    row.label->setFixedWidth(labelWidth);
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
    row.reset->setAccessibleName(tr("Reset %1").arg(translated(p.label)));
    QSizePolicy keep = row.reset->sizePolicy();
    keep.setRetainSizeWhenHidden(true);
    row.reset->setSizePolicy(keep);
    row.reset->hide();
    connect(
        row.reset, &QToolButton::clicked, this, [this, id = p.id] { Q_EMIT resetRequested(id); });

    const int at = grid->rowCount();
    grid->addWidget(row.label, at, 0, p.multiline ? Qt::AlignTop : Qt::AlignVCenter);
    grid->addWidget(maker.widget, at, 1);
    grid->addWidget(row.reset, at, 2, p.multiline ? Qt::AlignTop : Qt::AlignVCenter);
    grid->addWidget(row.message, at + 1, 0, 1, 3);
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
        say(row, QString::fromUtf8(error.what()));
    }
}

void ParameterForm::say(const Row& row, const QString& message)
{
    row.message->setText(message);
    row.message->setVisible(!message.isEmpty());
    setInvalid(row.editor, !message.isEmpty());
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
    row.show(value);
    say(row, {});
    const QString label = translated(row.parameter->label);
    const bool mine = byHand && row.fixed.isEmpty();
    row.label->setText(mine ? label + QStringLiteral(" \u2022") : label);
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
