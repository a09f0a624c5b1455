// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/imageslot.h"

#include <QDockWidget>

#include <map>
#include <string>

class QGridLayout;
class QToolButton;
class Session;

/// The slots of the method.
class InputsDock : public QDockWidget
{
    Q_OBJECT

public:
    explicit InputsDock(Session& session, QWidget* parent = nullptr);

    ImageSlot* slot(const std::string& id) const;
    /// Where a picture without a place of its own goes: the slot with the focus, else the first
    /// empty one, else the last.
    std::string target() const;
    void focusSlot(const std::string& id);

Q_SIGNALS:
    void openRequested(const std::string& slot);
    void filesGiven(const std::string& slot, const QStringList& paths);
    /// A slot shows another picture.
    void pictureChanged(const std::string& slot);

private:
    void build();
    void addSlot(QGridLayout& grid, int at);
    void showInput(const std::string& id);

    Session& m_session;
    QToolButton* m_swap;
    std::map<std::string, ImageSlot*> m_slots;
    std::map<std::string, int> m_changes; ///< by slot, to drop conversions that come too late
};
