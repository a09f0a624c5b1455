// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/noticebar.h"

class Session;

/// Says how far a run is verified, with a button that stops that, and then what came of it.
class VerifyBar : public NoticeBar
{
    Q_OBJECT

public:
    explicit VerifyBar(Session& session, QWidget* parent = nullptr);

private:
    void refresh();

    Session& m_session;
    int m_run = 0; ///< that it tells of as being verified
};
