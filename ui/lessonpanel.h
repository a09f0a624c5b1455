// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/lessons.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QToolButton;

/// A lesson beside the live view: a few sentences a page, and the run that they are about.
class LessonPanel : public QWidget
{
    Q_OBJECT

public:
    explicit LessonPanel(QWidget* parent = nullptr);

    void setLessons(std::vector<Lesson> lessons);
    const Lesson* lesson() const; ///< null: there is none
    int page() const { return m_page; }
    void setPage(int page);
    /// Whether the lesson's run is the one that is seen.
    void setReady(bool ready);
    bool ready() const { return m_ready; }

    QComboBox& choice() const { return *m_choice; }
    QToolButton& run() const { return *m_run; }
    QToolButton& next() const { return *m_next; }
    QToolButton& previous() const { return *m_previous; }
    QString text() const;

Q_SIGNALS:
    void runRequested(); ///< of the lesson
    void pageChanged();  ///< another page, or another lesson

private:
    void refresh();

    std::vector<Lesson> m_lessons;
    QComboBox* m_choice;
    QLabel *m_text, *m_place;
    QToolButton *m_run, *m_previous, *m_next;
    int m_page = 0;
    bool m_ready = false;
};
