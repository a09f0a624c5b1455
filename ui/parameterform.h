// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"
#include "ui/networkfield.h"

#include <QMap>
#include <QStringList>
#include <QWidget>

#include <functional>
#include <map>
#include <string>
#include <vector>

class QGridLayout;
class QLabel;
class QToolButton;

/// One row per Parameter: a label, an editor for its type, an arrow back where the value was set by
/// hand, and below it why a value is not accepted.
class ParameterForm : public QWidget
{
    Q_OBJECT

public:
    /// @p networks says which parameters are files of networks, and what there is for them.
    explicit ParameterForm(
        std::vector<Parameter> parameters, QWidget* parent = nullptr, FormNetworks networks = {});

    /// Shows a value; edited() does not follow. @p origin tells where it comes from.
    void setValue(
        const std::string& id, const Value& value, bool byHand, const QString& origin = {});
    /// What a number may be, the least first; empty: whatever its range allows. Its slider stops at
    /// these alone, and another number is told below it.
    void setOffered(const std::string& id, const std::vector<double>& numbers);
    /// Greys a row, and says there why it cannot be edited; an empty text lets it be edited.
    void setFixed(const std::string& id, const QString& why);
    /// Puts what else there is to set below the groups.
    void addBelow(QWidget* widget);
    /// Moves the focus into a row, unfolding its group.
    void focusParameter(const std::string& id);
    QWidget* editor(const std::string& id) const;
    /// Why what stands in a row is not accepted; empty: it is.
    QString message(const std::string& id) const;
    /// All of that, by the labels of the rows.
    const QMap<QString, QString>& problems() const { return m_problems; }
    /// Looks again at which networks are there.
    void refreshNetworks();
    /// Who tells the paths that were chosen for a row before, the last first.
    void setRecent(std::function<QStringList(const std::string& id)> recent);

Q_SIGNALS:
    void edited(const std::string& id, const Value& value);
    void resetRequested(const std::string& id);
    void problemsChanged();
    void pathChosen(const std::string& id, const QString& path); ///< by hand, in a dialogue

private:
    struct Row
    {
        const Parameter* parameter = nullptr;
        QLabel* label = nullptr;
        QWidget* editor = nullptr; ///< what takes the focus
        QWidget* whole = nullptr;  ///< with what is beside it
        QLabel* message = nullptr;
        QToolButton* reset = nullptr;
        QToolButton* fold = nullptr; ///< of its group
        QString fixed = {};          ///< why it is; empty: it is not
        std::function<void(const Value&)> show = {};
        std::function<void(const std::vector<double>&)> offer = {}; ///< of numbers
    };
    struct Maker;

    QGridLayout* addGroup(const std::string& title, QToolButton*& fold);
    void addRow(const Parameter& parameter, QGridLayout* grid, QToolButton* fold);
    void take(const std::string& id, const std::function<Value()>& read);
    void say(const Row& row, const QString& message); ///< why a value is not accepted; empty: it is

    std::vector<Parameter> m_parameters;
    std::map<std::string, Row> m_rows;
    QMap<QString, QString> m_problems;
    std::function<QStringList(const std::string&)> m_recent;
    FormNetworks m_networks;
    bool m_showing = false; ///< a value from outside is being put in
};
