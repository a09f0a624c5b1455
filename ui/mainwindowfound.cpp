// SPDX-License-Identifier: GPL-3.0-or-later

// Of the window: the networks that are on this computer already.

#include "app/foundmodels.h"
#include "app/session.h"
#include "ui/actions.h"
#include "ui/founddialog.h"
#include "ui/mainwindow.h"
#include "ui/parametersdock.h"

#include <QAction>

void MainWindow::connectFound()
{
    connect(
        m_parameters, &ParametersDock::getRequested, (*m_actions)("get-models"), &QAction::trigger);
    connect(m_parameters, &ParametersDock::foundRequested, this, &MainWindow::showFound);
    connect((*m_actions)("found"), &QAction::triggered, this, [this] {
        showFound(nullptr, NetworkUse::Model);
    });
}

/// The list of them, to choose one for a slot, or one of that use.
void MainWindow::showFound(const NetworkSlot* slot, NetworkUse use)
{
    auto* dialog = new FoundDialog(m_session, m_settings, *m_found, slot, this);
    connect(dialog, &FoundDialog::getRequested, this, [this, dialog] {
        dialog->reject();
        (*m_actions)("get-models")->trigger();
    });
    if (!slot)
        dialog->filter(use, true);
    dialog->open();
}
