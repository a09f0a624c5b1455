// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// What a batch of the window makes of what, as it was chosen last, beside the Settings in the same
/// file: so that it can be gone on with.
struct BatchPlan
{
    QString from = {};   ///< a folder or a table
    QString folder = {}; ///< of the results
    QString name = {};   ///< template of their names, app/batch.h
    quint64 seed = 0;    ///< of all that have none of their own

    bool operator==(const BatchPlan&) const = default;
};

/// What was chosen last; empty: nothing, or damage.
BatchPlan keptBatchPlan();
void keepBatchPlan(const BatchPlan& plan);
