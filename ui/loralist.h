// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

#include <vector>

class FoundModels;
class NumberBox;
class QCheckBox;
class QLabel;
class QToolButton;
class QVBoxLayout;
class Session;

/// The LoRAs that are added to the model: of each whether it is on, its weight, the words that call
/// it up, and what is to be said of it; below them a button that adds one. It folds, and is open
/// where there are any.
class LoraList : public QWidget
{
    Q_OBJECT

public:
    explicit LoraList(Session& session, QWidget* parent = nullptr);

    /// Those on this computer are offered from now on; null: a file is asked for alone.
    void setFound(FoundModels* found);
    QString message() const; ///< why a file was not added; empty: it was
    /// Lets nothing be changed, and says why; an empty text lets it.
    void setFixed(const QString& why);

Q_SIGNALS:
    void foundRequested(); ///< the list of all LoRAs on this computer is wanted

private:
    struct Row
    {
        QCheckBox* on = nullptr;
        NumberBox* weight = nullptr;
    };
    void refresh();
    void build();
    Row addRow(int at);
    QStringList looks() const;
    void choose();
    void fillMenu();
    void say(const QString& message);

    Session& m_session;
    FoundModels* m_found = nullptr;
    QToolButton* m_fold;
    QWidget *m_body, *m_rows;
    QVBoxLayout* m_list; ///< of the rows
    std::vector<Row> m_made;
    QStringList m_looks; ///< what the rows show that is not edited in them
    QToolButton* m_add;
    QLabel *m_message, *m_said;
};
