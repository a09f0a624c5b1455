// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMenu>

class Session;

/// The samples of the mode, to be chosen; what each shows is its tip.
class SampleMenu : public QMenu
{
    Q_OBJECT

public:
    explicit SampleMenu(Session& session, QWidget* parent = nullptr);

private:
    void fill();

    Session& m_session;
};
