// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/parametermaker.h"

#include "app/translated.h"
#include "core/errors.h"
#include "ui/baretext.h"
#include "ui/choicebox.h"
#include "ui/numberbox.h"
#include "ui/textfield.h"
#include "ui/wheelguard.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScopedValueRollback>
#include <QSlider>
#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <memory>

namespace {

constexpr int promptLines = 4, textLines = 2;

double stepOf(const Parameter& p, bool whole)
{
    return p.step > 0 ? p.step : whole ? 1 : (p.maximum - p.minimum) / 100;
}

/// Asks for a file or a folder, beginning where the one that stands there is.
void choosePath(const QLineEdit& edit, bool folder, const std::function<void(const QString&)>& take)
{
    const QString before = edit.text().section(QLatin1Char(';'), -1);
    auto* dialog = new QFileDialog(
        edit.window(),
        folder ? ParameterForm::tr("Choose a folder") : ParameterForm::tr("Choose a file"),
        before.isEmpty() ? QString() : QFileInfo(before).path());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    dialog->setOption(QFileDialog::ShowDirsOnly, folder);
    QObject::connect(dialog, &QFileDialog::fileSelected, &edit, take);
    dialog->open();
}

} // namespace

void ParameterForm::Maker::make()
{
    const NetworkSlot* slot = p.file && form.m_networks.slot ? form.m_networks.slot(p.id) : nullptr;
    const auto number = [this](bool whole, Value (*make)(double)) { this->number(whole, make); };
    if (std::holds_alternative<bool>(p.initial))
        flag();
    else if (std::holds_alternative<int>(p.initial))
        number(true, [](double x) { return Value(int(std::llround(x))); });
    else if (std::holds_alternative<double>(p.initial))
        number(false, [](double x) { return Value(x); });
    else if (!std::holds_alternative<std::string>(p.initial))
        line([](const Parameter& p, const std::string& s) { return parseValue(p, s); });
    else if (!p.choices.empty())
        choice();
    else if (p.multiline)
        paragraph();
    else if (slot)
        network(*slot);
    else if (p.file)
        file();
    else
        line([](const Parameter&, const std::string& s) { return Value(s); });
}

void ParameterForm::Maker::flag()
{
    auto* box = new QCheckBox(&form);
    connect(box, &QCheckBox::toggled, &form, [&form = form, id = p.id](bool on) {
        form.take(id, [on] { return Value(on); });
    });
    row.show = [box](const Value& value) { box->setChecked(std::get<bool>(value)); };
    row.editor = widget = box;
}

void ParameterForm::Maker::number(bool whole, Value (*make)(double))
{
    auto* box = new NumberBox(p.minimum, p.maximum, p.step, whole, &form);
    auto* slider = new QSlider(Qt::Horizontal, &form);
    const double step = stepOf(p, whole), minimum = p.minimum, maximum = p.maximum;
    const auto offered = std::make_shared<std::vector<double>>();
    const auto toSlider = [=](double x) {
        const auto above = std::ranges::lower_bound(*offered, x);
        return offered->empty() ? int(std::lround((x - minimum) / step))
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
    box->setFixedWidth(box->fontMetrics().horizontalAdvance(QStringLiteral("0.0000")) + 18);
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

void ParameterForm::Maker::choice()
{
    auto* box = new ChoiceBox(&form);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    for (const Choice& c : p.choices)
        box->addItem(translated(c.label.empty() ? c.value : c.label), qString(c.value));
    connect(box, &QComboBox::activated, &form, [box, &form = form, id = p.id] {
        const std::string chosen = box->currentData().toString().toStdString();
        form.take(id, [&] { return Value(chosen); });
    });
    row.show = [box](const Value& value) {
        box->setCurrentIndex(box->findData(qString(std::get<std::string>(value))));
    };
    row.editor = widget = box;
}

void ParameterForm::Maker::paragraph()
{
    auto* edit = new TextField(&form);
    const int lines = p.role == Role::Prompt ? promptLines : textLines;
    edit->setFixedHeight(edit->fontMetrics().lineSpacing() * lines + 18);
    edit->setPlaceholderText(tr("In a few words"));
    connect(edit, &QPlainTextEdit::textChanged, &form, [edit, &form = form, id = p.id] {
        form.take(id, [edit] { return Value(edit->toPlainText().toStdString()); });
    });
    const auto note = [&form = form, id = p.id](const QString& text) {
        QLabel& message = *form.m_rows.at(id).message;
        message.setText(text);
        message.show();
    };
    connect(edit, &TextField::cut, &form, [note](qsizetype characters) {
        note(tr("%1 characters were left out: %2 fit here.").arg(characters).arg(TextField::most));
    });
    row.show = [edit, note](const Value& value) {
        if (const qsizetype more = edit->showText(qString(std::get<std::string>(value))))
            note(tr("%1 more characters are not shown. If you change the text, they are gone.")
                     .arg(more));
    };
    row.editor = widget = edit;
}

void ParameterForm::Maker::line(Value (*parse)(const Parameter&, const std::string&))
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
        const QString text = qString(toText(value));
        if (edit->text() == text)
            return;
        edit->setText(text);
        if (!edit->hasFocus())
            edit->setCursorPosition(0); // of a long text the beginning is seen
    };
    row.editor = widget = edit;
}

/// The file of a network, from those that there are.
void ParameterForm::Maker::network(const NetworkSlot& slot)
{
    auto* field = new NetworkField(
        slot, form.m_networks,
        [&form = form, id = p.id] { return form.m_recent ? form.m_recent(id) : QStringList(); },
        translated(p.label), &form);
    connect(
        field, &NetworkField::chosen, &form,
        [&form = form, id = p.id, field](const QString& value, const QString& path) {
            field->show(value);
            form.take(id, [&] { return Value(value.toStdString()); });
            Q_EMIT form.pathChosen(id, path);
        });
    row.show = [field](const Value& value) { field->show(qString(std::get<std::string>(value))); };
    row.editor = field->button();
    widget = field;
}

/// A path with a button that lists those chosen before and opens a dialogue.
void ParameterForm::Maker::file()
{
    line([](const Parameter&, const std::string& s) { return Value(s); });
    auto* edit = static_cast<QLineEdit*>(widget);
    edit->setPlaceholderText(tr("None chosen"));
    auto* browse = new QToolButton(&form);
    browse->setText(tr("Browse"));
    browse->setAccessibleName(tr("Choose %1").arg(translated(p.label)));
    browse->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(browse);
    browse->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, &form, [&form = form, p = &p, menu, edit] {
        const auto take = [&form, p, edit](const QString& path) {
            edit->setText(path);
            form.take(p->id, [&] { return Value(path.toStdString()); });
            Q_EMIT form.pathChosen(p->id, path);
        };
        menu->clear();
        menu->addAction(tr("File..."), edit, [edit, take] { choosePath(*edit, false, take); });
        menu->addAction(tr("Folder..."), edit, [edit, take] { choosePath(*edit, true, take); });
        const QStringList recent = form.m_recent ? form.m_recent(p->id) : QStringList();
        if (!recent.isEmpty())
            menu->addSeparator();
        for (const QString& path : recent)
            menu->addAction(QFileInfo(path).fileName(), edit, [path, take] { take(path); })
                ->setToolTip(path);
        menu->addSeparator();
        menu->addAction(tr("None"), edit, [take] { take({}); })
            ->setEnabled(!edit->text().isEmpty());
    });
    menu->setToolTipsVisible(true);
    widget = new QWidget(&form);
    auto* layout = new QHBoxLayout(widget);
    layout->setContentsMargins({});
    layout->setSpacing(6);
    layout->addWidget(edit, 1);
    layout->addWidget(browse);
    // The name of a file is at the end of its path.
    row.show = [show = row.show, edit](const Value& value) {
        show(value);
        if (!edit->hasFocus())
            edit->setCursorPosition(int(edit->text().size()));
    };
}
