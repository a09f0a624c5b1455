// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <vector>

class Keeper;
class QComboBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QSpinBox;
class Session;

/// What the open session has and how much room it takes, and the way to delete its old runs.
class SessionDialog : public QDialog
{
    Q_OBJECT

public:
    SessionDialog(Session& session, const Keeper& keeper, QWidget* parent = nullptr);

Q_SIGNALS:
    void deleted(int runs);

private:
    void addFacts(QFormLayout& form);
    QLayout* buildAge();
    void count();
    void deleteOld();

    Session& m_session;
    const Keeper& m_keeper;
    QSpinBox* m_age;
    QComboBox* m_unit;
    QLabel* m_found;
    QPushButton* m_delete;
    std::vector<int> m_old; ///< the runs that are meant
};
