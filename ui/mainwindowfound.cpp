// SPDX-License-Identifier: GPL-3.0-or-later

// Of the window: the networks that are on this computer already.

#include "app/foundmodels.h"
#include "app/session.h"
#include "ui/actions.h"
#include "ui/founddialog.h"
#include "ui/mainwindow.h"
#include "ui/parametersdock.h"

#include <QAction>

#include <algorithm>

namespace {

/// The action that opens what fetches models; null: there is none.
QAction* getAction(const Actions& actions)
{
    const QList<QAction*> all = actions.all();
    const auto found = std::ranges::find_if(all, [](const QAction* action) {
        return action->objectName() == QLatin1String("get-models");
    });
    return found == all.end() ? nullptr : *found;
}

} // namespace

void MainWindow::connectFound()
{
    m_found = new FoundModels(m_session.editor().methods(), this);
    m_parameters->setFound(*m_found);
    QAction* get = getAction(*m_actions);
    m_parameters->setCanGet(get != nullptr);
    if (get)
        connect(m_parameters, &ParametersDock::getRequested, get, &QAction::trigger);
    connect(m_parameters, &ParametersDock::foundRequested, this, &MainWindow::showFound);
    connect((*m_actions)("found"), &QAction::triggered, this, [this] {
        showFound(nullptr, NetworkUse::Model);
    });
}

/// The list of them, to choose one for a slot, or one of that use.
void MainWindow::showFound(const NetworkSlot* slot, NetworkUse use)
{
    auto* dialog = new FoundDialog(m_session, m_settings, *m_found, slot, this);
    QAction* get = getAction(*m_actions);
    dialog->setCanGet(get != nullptr);
    if (get)
        connect(dialog, &FoundDialog::getRequested, get, [dialog, get] {
            dialog->reject();
            get->trigger();
        });
    if (!slot)
        dialog->filter(use, true);
    dialog->open();
}
