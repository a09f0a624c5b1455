// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

class Actions;
class QBoxLayout;
class QLabel;
class QToolButton;

/// The row above the pictures: the views as tabs, how far the picture is enlarged, and what can be
/// done with the run and the step that are shown. In a narrow window these keep their drawing
/// alone.
class ViewHeader : public QWidget
{
    Q_OBJECT

public:
    explicit ViewHeader(Actions& actions, QWidget* parent = nullptr);

    void setZoom(const QString& zoom);
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QToolButton* add(Actions& actions, const char* id, const char* role);
    void fit();

    QBoxLayout* m_row;
    std::vector<QToolButton*> m_shortened; ///< in this order
    QLabel* m_zoom;
};
