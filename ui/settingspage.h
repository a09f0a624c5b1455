// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

#include <functional>
#include <utility>
#include <vector>

class QGridLayout;
class QVBoxLayout;

/// A page of settings below each other: a name, a field, and a sentence that says what it does.
/// Words find the rows; each shows again what holds when reload() is called.
class SettingsPage : public QScrollArea
{
    Q_OBJECT

public:
    /// @p id: the object name, by which the page is asked for.
    SettingsPage(const QString& id, const QString& title, QWidget* parent = nullptr);

    QString title() const { return m_title; }
    /// One of a few; of each what is kept and what it is called.
    using Entries = std::vector<std::pair<QString, QString>>;
    void addChoice(
        const QString& name, const QString& help, const Entries& entries,
        const std::function<QString()>& read, const std::function<void(const QString&)>& write);
    void addSwitch(
        const QString& text, const QString& help, const std::function<bool()>& read,
        const std::function<void(bool)>& write);
    struct Numbers
    {
        int least = 0, most = 0, step = 1;
        QString unit = {}; ///< behind the number
    };
    void addNumber(
        const QString& name, const QString& help, const Numbers& numbers,
        const std::function<int()>& read, const std::function<void(int)>& write);
    /// A field of another kind; @p show lets it show what holds.
    void addField(
        const QString& name, const QString& help, QWidget* field,
        const std::function<void()>& show = {});
    /// Something to be read.
    void addText(const QString& name, const QString& text);

    /// The field of the last row.
    QWidget& lastField() const { return *m_rows.back().field; }

    /// Leaves the rows that have all of the words, all rows where the title has them or there are
    /// none; false: no row is left.
    bool filter(const QString& words);
    void reload();

private:
    struct Row
    {
        QWidget *widget = nullptr, *field = nullptr;
        QString words = {}; ///< that find it
        std::function<void()> show = {};
    };
    void addRow(const QString& name, const QString& help, QWidget* field, Row row);

    QString m_title;
    QVBoxLayout* m_layout;
    std::vector<Row> m_rows;
};
