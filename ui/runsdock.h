// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/dragsource.h"

#include <QDockWidget>

#include <vector>

class Actions;
class QComboBox;
class QLabel;
class QLineEdit;
class QListView;
class QMenu;
class QStackedWidget;
class QToolButton;
class QueueList;
class RunCard;
class RunsFilter;
class RunsModel;
class Session;
struct Method;
struct Run;

/// The runs that wait, and those that were made as thumbnails: a click shows one, a double click
/// restores its pictures and values; they are searched, starred, named and deleted here.
class RunsDock : public QDockWidget
{
    Q_OBJECT

public:
    RunsDock(Session& session, Actions& actions, QWidget* parent = nullptr);

    QListView& list() const { return *m_list; }
    QueueList& queue() const { return *m_queue; }
    QLineEdit& search() const { return *m_search; }

protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* buildFilters();
    void buildList();
    std::vector<int> chosen() const; ///< the numbers of the selected runs, the oldest first
    void showPage();
    void fit();
    void showCurrent();
    void star();
    void compare();
    Draggable draggable(const QModelIndex& index) const;
    void contextMenu(const QPoint& position);
    void addRestores(QMenu& menu, int number);

    Session& m_session;
    RunsModel* m_model;
    RunsFilter* m_filter;
    QWidget* m_filters = nullptr; ///< seen where there is something to search
    QStackedWidget* m_pages;
    QLabel* m_empty;
    QListView* m_list;
    RunCard* m_card; ///< draws what is in it
    QueueList* m_queue;
    QLineEdit* m_search;
    QComboBox* m_methods;
    QToolButton* m_starred;
};

/// The values of a run as readable text: by their ids, or by what @p method calls them.
QString parametersOf(const Run& run, const Method* method = nullptr);
