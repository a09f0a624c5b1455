// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDockWidget>

#include <string>

class QLabel;
class QListWidget;
class QListWidgetItem;
class QStackedWidget;
class Session;
struct Run;

/// The runs as thumbnails: a click shows one, a double click restores its inputs and values.
class RunsDock : public QDockWidget
{
    Q_OBJECT

public:
    explicit RunsDock(Session& session, QWidget* parent = nullptr);

    QListWidget& list() const { return *m_list; }

private:
    QListWidgetItem* item(int number) const;
    void add(int number);
    void refresh(int number);
    void refreshPicture(const Run& run);
    void select();
    void contextMenu(const QPoint& position);

    Session& m_session;
    QStackedWidget* m_pages;
    QLabel* m_empty;
    QListWidget* m_list;
};

/// The values of a run as readable text.
QString parametersOf(const Run& run);
