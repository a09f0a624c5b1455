// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sweep.h"

#include <QDialog>
#include <QImage>
#include <QTimer>

#include <vector>

class ImageView;
class NoticeBar;
class QLabel;
class QPushButton;
class Session;

/// The sheet of a sweep, a picture a combination with its values at the edges, that fills while the
/// runs are made. It can be closed: the runs go on.
class SweepSheet : public QDialog
{
    Q_OBJECT

public:
    /// @p requests are those of sweepOf() over @p axes; their runs have numbers above @p after.
    SweepSheet(
        Session& session, std::vector<SweepAxis> axes, std::vector<Request> requests, int after,
        QWidget* parent = nullptr);

    const QImage& sheet() const { return m_sheet; }
    int done() const { return m_done; }

private:
    void refresh();
    void draw();
    QString label(const SweepAxis& axis, std::size_t at) const;

    Session& m_session;
    int m_after;
    std::vector<SweepAxis> m_axes;
    std::vector<Request> m_requests;
    std::vector<QImage> m_images; ///< null: it is not made yet
    QImage m_sheet;
    int m_done = 0;
    QTimer m_soon;
    ImageView* m_view;
    QLabel* m_said;
    QPushButton* m_save;
};

/// Asks for a sweep and starts it, and shows its sheet; says why not in @p notices.
void askSweep(Session& session, NoticeBar& notices, QWidget* parent);
