// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sweep.h"

#include <QDialog>

#include <array>
#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

/// Asks which one or two parameters a sweep goes over, and their values.
class SweepDialog : public QDialog
{
    Q_OBJECT

public:
    /// @p seconds: of one run; 0: not known.
    SweepDialog(const Method& method, double seconds, QWidget* parent = nullptr);

    /// Of an axis, 0 across and 1 down.
    QComboBox& what(int axis) const { return *m_rows[std::size_t(axis)].what; }
    QLineEdit& values(int axis) const { return *m_rows[std::size_t(axis)].values; }
    QPushButton& button() const { return *m_start; }
    QString message() const;

Q_SIGNALS:
    void chosen(const std::vector<SweepAxis>& axes);

private:
    struct Row
    {
        QComboBox* what = nullptr;
        QLineEdit* values = nullptr;
    };

    std::optional<SweepAxis> axis(const Row& row) const;
    std::vector<SweepAxis> axes() const;
    void refresh();

    Method m_method;
    double m_seconds;
    std::array<Row, 2> m_rows;
    QLabel* m_said;
    QPushButton* m_start;
};
