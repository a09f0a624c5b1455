// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sweepdialog.h"

#include "app/engine.h"
#include "app/translated.h"
#include "core/errors.h"
#include "ui/choicebox.h"
#include "ui/styled.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace {

constexpr int nothing = -2, seeds = -1; // else the place of the parameter

} // namespace

SweepDialog::SweepDialog(const Method& method, double seconds, QWidget* parent)
    : QDialog(parent)
    , m_method(method)
    , m_seconds(seconds)
    , m_said(new QLabel(this))
    , m_start(nullptr)
{
    setWindowTitle(tr("Sweep"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* intro = new QLabel(
        tr("Makes the picture with every combination of these values, and one sheet of all of "
           "them. Everything else is as it is set now."),
        this);
    intro->setWordWrap(true);
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    const QString names[] = {tr("&Across"), tr("&Down")};
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        Row& row = m_rows[i];
        row.what = choiceBox(
            this, {}, i == 0 ? tr("What goes across") : tr("What goes down"),
            tr("A parameter, or the seed"), 14);
        if (i > 0)
            row.what->addItem(tr("nothing"), nothing);
        row.what->addItem(tr("Seed"), seeds);
        for (std::size_t at = 0; at < method.parameters.size(); ++at)
            if (canSweep(method.parameters[at]))
                row.what->addItem(
                    translated(Sentence(std::string(method.parameters[at].label))), int(at));
        row.values = new QLineEdit(this);
        row.values->setMinimumWidth(320);
        row.values->setAccessibleName(i == 0 ? tr("Values across") : tr("Values down"));
        row.values->setToolTip(tr("Numbers with commas between, or from - to : step, as in 1 - 9 : "
                                  "2. Texts with | between."));
        form->addRow(names[i], row.what);
        form->addRow(QString(), row.values);
        connect(row.what, &QComboBox::currentIndexChanged, this, &SweepDialog::refresh);
        connect(row.values, &QLineEdit::textChanged, this, &SweepDialog::refresh);
    }
    m_said->setWordWrap(true);
    m_said->setMinimumHeight(fontMetrics().lineSpacing() * 2);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_start = buttons->addButton(tr("&Start"), QDialogButtonBox::AcceptRole);
    m_start->setDefault(true);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(intro);
    layout->addLayout(form);
    layout->addWidget(m_said);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        try {
            Q_EMIT chosen(axes());
            accept();
        } catch (const Error&) { // it stands there already
        }
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    refresh();
}

QString SweepDialog::message() const
{
    return m_said->text();
}

std::optional<SweepAxis> SweepDialog::axis(const Row& row) const
{
    const int what = row.what->currentData().toInt();
    const std::string text = row.values->text().toStdString();
    if (what == nothing)
        return {};
    return what == seeds ? parseSeeds(text)
                         : parseSweep(m_method.parameters.at(std::size_t(what)), text);
}

/// Throws ValueError where one cannot be read.
std::vector<SweepAxis> SweepDialog::axes() const
{
    std::vector<SweepAxis> all;
    for (const Row& row : m_rows)
        if (const std::optional<SweepAxis> one = axis(row)) {
            if (!all.empty() && all.front().parameter == one->parameter)
                throw ValueError("Both are the same: choose another one, or nothing, down.");
            all.push_back(*one);
        }
    std::size_t count = 1;
    for (const SweepAxis& one : all)
        count *= one.size();
    if (count > std::size_t(mostOfSweep))
        throw ValueError(
            "These are %1 pictures, and a sweep makes at most %2: take fewer values.", int(count),
            mostOfSweep);
    return all;
}

void SweepDialog::refresh()
{
    if (!m_start)
        return; // it is being built
    m_rows[1].values->setEnabled(m_rows[1].what->currentData().toInt() != nothing);
    QString said;
    bool good = false;
    try {
        int count = 1;
        for (const SweepAxis& one : axes())
            count *= int(one.size());
        const double seconds = m_seconds * count;
        said = m_seconds <= 0 ? tr("%1 pictures.").arg(count)
            : seconds < 90
            ? tr("%1 pictures, in about %2 s.")
                  .arg(count)
                  .arg(std::max(1, int(std::lround(seconds))))
            : tr("%1 pictures, in about %2 min.").arg(count).arg(int(std::lround(seconds / 60)));
        good = true;
    } catch (...) {
        said = currentFailure().sentence;
    }
    const bool untouched = m_rows[0].values->text().isEmpty();
    m_said->setText(
        untouched ? tr("Numbers with commas between, or from - to : step, as in 1 - 9 : 2.")
                  : said);
    setStyled(*m_said, "role", QLatin1String(good || untouched ? "dim" : "error"));
    m_start->setEnabled(good);
}
