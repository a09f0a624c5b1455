// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/found/networkslot.h"

#include <QStringList>
#include <QWidget>

#include <functional>
#include <vector>

class QLabel;
class QMenu;
class QToolButton;

/// What a form asks about the networks that its parameters are files of.
struct FormNetworks
{
    /// The slot of a parameter; null: it is no network's file.
    std::function<const NetworkSlot*(const std::string& parameter)> slot = {};
    /// Those on this computer that fit.
    std::function<std::vector<FoundNetwork>(const NetworkSlot&)> fitting = {};
    /// What is missing in the usual place; empty: nothing is known to be.
    std::function<QString(const NetworkSlot&)> lacks = {};
    /// Opens the list of all, to choose one for the slot.
    std::function<void(const NetworkSlot&)> list = {};
    /// Opens what is offered to be fetched; none: nothing is.
    std::function<void(const NetworkSlot&)> get = {};
};

/// The network that a parameter is the file of: chosen from those that were found, or by a
/// dialogue. What is chosen and is not there any more is marked, and so is what is needed and
/// missing.
class NetworkField : public QWidget
{
    Q_OBJECT

public:
    /// @p recent tells the paths that were chosen before. @p slot must outlive the field.
    NetworkField(
        const NetworkSlot& slot, const FormNetworks& networks, std::function<QStringList()> recent,
        const QString& name, QWidget* parent = nullptr);

    QToolButton* button() const { return m_button; }
    QMenu* menu() const { return m_menu; } ///< filled when it opens
    void show(const QString& value);       ///< chosen() does not follow
    QString said() const;                  ///< of what is missing; empty: nothing
    /// Looks again at what is there.
    void refresh();

Q_SIGNALS:
    /// The whole value, and the path that is new in it (empty: none is).
    void chosen(const QString& value, const QString& path);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fill();
    void elide();
    void take(const QString& path);
    void choosePath(bool folder);
    QStringList paths() const;

    const NetworkSlot& m_slot;
    FormNetworks m_networks;
    std::function<QStringList()> m_recent;
    QToolButton *m_button, *m_browse;
    QMenu* m_menu;
    QLabel* m_said;
    QString m_value;
    QString m_shown; ///< the names of what is chosen, as long as they are
};
