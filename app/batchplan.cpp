// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/batchplan.h"

#include "app/batch.h"
#include "core/errors.h"

#include <QSettings>

BatchPlan keptBatchPlan()
{
    const QSettings settings;
    const auto text = [&](const char* key) {
        return settings.value(QLatin1String("batch/") + QLatin1String(key)).toString();
    };
    BatchPlan plan {
        .from = text("from"),
        .folder = text("into"),
        .name = text("name"),
        .seed = text("seed").toULongLong()};
    try {
        checkBatchName(plan.name);
    } catch (const Error&) {
        plan.name = usualBatchName();
    }
    return plan;
}

void keepBatchPlan(const BatchPlan& plan)
{
    QSettings settings;
    settings.setValue(QStringLiteral("batch/from"), plan.from);
    settings.setValue(QStringLiteral("batch/into"), plan.folder);
    settings.setValue(QStringLiteral("batch/name"), plan.name);
    settings.setValue(QStringLiteral("batch/seed"), QString::number(plan.seed));
}
