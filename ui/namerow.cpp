// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/namerow.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>

namespace {

struct NameWords
{
    Q_DECLARE_TR_FUNCTIONS(NameRow)
};

QWidget* rowOf(QLineEdit& field, QPushButton& button, QWidget* parent)
{
    auto* row = new QWidget(parent);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    layout->addWidget(&field, 1);
    layout->addWidget(&button);
    return row;
}

} // namespace

QWidget* nameRow(QLineEdit& name, const std::vector<NameField>& fields, QWidget* parent)
{
    name.setAccessibleName(NameWords::tr("Name"));
    name.setToolTip(NameWords::tr("What stands in braces is put in by the program"));
    auto* insert = new QPushButton(NameWords::tr("&Insert"), parent);
    auto* menu = new QMenu(insert);
    for (const NameField& field : fields)
        menu->addAction(
            QStringLiteral("%1\t%2").arg(field.field, field.means), &name,
            [&name, text = field.field] {
                name.insert(text);
                name.setFocus();
            });
    insert->setMenu(menu);
    insert->setProperty("menu", true); // with room for its arrow
    return rowOf(name, *insert, parent);
}

QWidget* folderRow(QLineEdit& folder, const QString& name, const QString& title, QWidget* parent)
{
    folder.setAccessibleName(name);
    auto* browse = new QPushButton(NameWords::tr("&Browse..."), parent);
    QObject::connect(browse, &QPushButton::clicked, &folder, [&folder, title] {
        browseFolder(folder, title, folder.window());
    });
    return rowOf(folder, *browse, parent);
}

void browseFolder(QLineEdit& folder, const QString& title, QWidget* parent)
{
    auto* dialog = new QFileDialog(parent, title, folder.text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    QObject::connect(dialog, &QFileDialog::fileSelected, &folder, &QLineEdit::setText);
    dialog->open();
}
