// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVBoxLayout>

#include <map>
#include <vector>

/// Rows of a label and a field below each other, or of a field alone, that come and go. A row is a
/// widget of its own: a QFormLayout whose rows come and go lays some over each other.
class FormRows : public QVBoxLayout
{
    Q_OBJECT

public:
    /// @p labels: how wide the labels are at least.
    explicit FormRows(int labels);

    void addRow(const QString& label, QWidget* field); ///< an empty label leaves its place free
    void addRow(QWidget* field);                       ///< over the whole width
    /// Shows or hides the row of a field.
    void setRowVisible(QWidget* field, bool shown);
    /// Hides all rows but those of these fields, which stay as they are.
    void hideAllBut(const std::vector<QWidget*>& fields);

private:
    int m_labels;
    std::map<QWidget*, QWidget*> m_rows; ///< by field; of a field alone itself
};
