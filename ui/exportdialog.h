// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/exportname.h"
#include "ui/exportplan.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSlider;
class QSpinBox;

/// Asks what of a run is exported, and how; shows by an example what the file will be called.
class ExportDialog : public QDialog
{
    Q_OBJECT

public:
    /// What the run that is exported has.
    struct Offer
    {
        std::vector<ExportWhat> whats = {};
        NameFields fields = {}; ///< of the picture that is shown
        int steps = 0;          ///< that are not decoded yet
        bool deep = false;      ///< 16 bits a channel can be had
    };

    ExportDialog(const ExportPlan& plan, Offer offer, QWidget* parent = nullptr);

    ExportPlan plan() const;
    QString example() const; ///< the file of the picture that is shown

Q_SIGNALS:
    void chosen(const ExportPlan& plan);

private:
    void build();
    void take(const ExportPlan& plan);
    void refresh();
    void finish();
    bool whole() const;

    Offer m_offer;
    QFormLayout* m_form;
    QComboBox *m_what, *m_format, *m_depth, *m_embed;
    QWidget* m_qualityRow;
    QSlider* m_quality;
    QLabel *m_qualityText, *m_help, *m_example, *m_warning;
    QSpinBox *m_side, *m_time;
    QLineEdit *m_folder, *m_name;
    QCheckBox* m_replace;
    QPushButton* m_export = nullptr;
};
