// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

#include <QWidget>

class QPushButton;
class QSpinBox;
class Session;
class Settings;

/// How much of what is kept between runs may stay on the disk, and the button that deletes it.
class KeptField : public QWidget
{
    Q_OBJECT

public:
    KeptField(Session& session, Settings& settings, const KeptFiles& kept, QWidget* parent);

    void reload();

private:
    void count();
    void empty();

    Session& m_session;
    Settings& m_settings;
    KeptFiles m_kept;
    QSpinBox* m_limit;
    QPushButton* m_delete;
};
