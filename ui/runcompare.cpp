// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/runcompare.h"

#include "app/rundifference.h"
#include "app/runs.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>

namespace {

struct CompareWords
{
    Q_DECLARE_TR_FUNCTIONS(RunCompare)
};

QTableWidget* tableOf(const std::vector<RunDifference>& found, int first, int second)
{
    auto* table = new QTableWidget(int(found.size()), 3);
    table->setHorizontalHeaderLabels(
        {QString(), CompareWords::tr("Run %1").arg(first), CompareWords::tr("Run %1").arg(second)});
    table->verticalHeader()->hide();
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setWordWrap(true);
    table->setAccessibleName(CompareWords::tr("What changed"));
    for (int row = 0; row < table->rowCount(); ++row) {
        const RunDifference& line = found[std::size_t(row)];
        int column = 0;
        for (const QString& text : {line.what, line.first, line.second}) {
            auto* item = new QTableWidgetItem(text);
            item->setToolTip(text);
            table->setItem(row, column++, item);
        }
    }
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    table->resizeRowsToContents();
    return table;
}

} // namespace

void showDifferences(const Runs& runs, int first, int second, QWidget* parent)
{
    const auto a = runs.run(first), b = runs.run(second);
    if (!a || !b)
        return;
    const auto found = differences(runs, *a, *b);
    auto* dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(
        CompareWords::tr("What changed from run %1 to run %2").arg(first).arg(second));
    auto* layout = new QVBoxLayout(dialog);
    if (found.empty()) {
        auto* same = new QLabel(
            CompareWords::tr("Nothing: both were asked for the same, with the same seed."), dialog);
        same->setWordWrap(true);
        layout->addWidget(same);
        layout->addStretch();
    } else {
        layout->addWidget(tableOf(found, first, second));
    }
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    layout->addWidget(buttons);
    dialog->resize(640, found.empty() ? 120 : 360);
    dialog->show();
}
