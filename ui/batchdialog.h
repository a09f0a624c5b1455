// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/batchplan.h"

#include <QDialog>
#include <QTimer>

class BatchList;
class BatchRunner;
class Forecasts;
class QCheckBox;
class QDialogButtonBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

/// Asks what a batch makes of what, lists it before anything is made, and shows how far it is. It
/// can be closed: the batch goes on.
class BatchDialog : public QDialog
{
    Q_OBJECT

public:
    /// @p plan is what stands there first. @p forecasts may be null: nothing is known.
    BatchDialog(
        BatchRunner& runner, const BatchPlan& plan, const Forecasts* forecasts,
        QWidget* parent = nullptr);

    BatchPlan plan() const;
    QPushButton& makeButton() const { return *m_make; }
    QString said() const; ///< what stands below the list

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void build();
    QWidget* fromRow();
    void browseTable();
    void edited();
    void relist();
    void proposeFolder();
    QString example() const;
    QString before() const;
    QString took() const;
    void refresh();

    BatchRunner& m_runner;
    const Forecasts* m_forecasts;
    QLineEdit *m_from, *m_into, *m_name, *m_seed;
    QLabel *m_example, *m_said;
    BatchList* m_list;
    QProgressBar* m_progress;
    QCheckBox* m_failedOnly;
    QPushButton *m_make, *m_stop, *m_folder, *m_close;
    QTimer m_soon; ///< one list for what is typed together
    QString m_proposed;
};

/// Opens it with what was chosen last, or with the batch that is running.
void showBatch(
    BatchRunner& runner, quint64 seed, bool seedLocked, const Forecasts* forecasts,
    QWidget* parent);
