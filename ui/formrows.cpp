// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/formrows.h"

#include <QHBoxLayout>
#include <QLabel>

#include <algorithm>

FormRows::FormRows(int labels)
    : m_labels(labels)
{
    setContentsMargins({});
    setSpacing(6);
}

void FormRows::addRow(const QString& label, QWidget* field)
{
    auto* row = new QWidget(field->parentWidget());
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    layout->setSpacing(10);
    auto* name = new QLabel(label, row);
    name->setMinimumWidth(m_labels);
    name->setBuddy(field);
    layout->addWidget(name);
    layout->addWidget(field, 1);
    addWidget(row);
    m_rows[field] = row;
}

void FormRows::addRow(QWidget* field)
{
    addWidget(field);
    m_rows[field] = field;
}

void FormRows::setRowVisible(QWidget* field, bool shown)
{
    m_rows.at(field)->setVisible(shown);
}

void FormRows::hideAllBut(const std::vector<QWidget*>& fields)
{
    for (const auto& [field, row] : m_rows)
        if (!std::ranges::count(fields, field))
            row->hide();
}
