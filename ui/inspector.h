// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/runs.h"
#include "ui/mapcanvas.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <optional>
#include <string>
#include <vector>

class InspectView;
class ManyLooks;
class ResultPane;
class Session;
struct CurveSource;

/// Brings what the runs held to the view into the network: the pictures of the step that is shown,
/// what there is to choose, what is seen; and says why nothing is.
class Inspector : public QObject
{
    Q_OBJECT

public:
    Inspector(Session& session, ResultPane& pane);

private:
    void connectSession();
    void connectView();
    void soon();
    void refresh();
    void connectLooks();
    void connectLessons();
    void connectTouches();
    void tryTouch(const Touch& seen, int step);
    void showTried();
    void refreshTouched();
    void startLesson();
    void setOpacity(double opacity);
    void showLesson();
    void offerMode();
    void look(const std::shared_ptr<const StepTrace>& trace);
    MapCanvas::Ground groundOf(const Run& run, int at) const;
    std::vector<MapCanvas::Ground> referencesOf(const Run& run) const;
    void takeSeen(const View& view, const Seen& seen);
    void refreshSheet();
    void refreshCurves();
    void measureRun();
    CurveSource curvesOf(const Run& run) const;
    QString whyNothing() const;
    std::shared_ptr<Run> run() const;

    Session& m_session;
    ResultPane& m_pane;
    InspectView& m_view;
    ManyLooks *m_sheet, *m_range, *m_source;
    QTimer m_soon;                   ///< a run tells of every step, scrubbing passes many
    int m_lessonRun = 0;             ///< the run of the lesson; 0: none yet
    bool m_lessonWaits = false;      ///< for its sample
    int m_lessonStep = 0;            ///< of the history
    std::optional<double> m_opacity; ///< before the lesson
    std::optional<View> m_sheetOf;   ///< step and layers apart
    int m_sheetRun = 0;
    std::optional<Request> m_tried; ///< whose run has not begun yet
    /// What runs of a method have, as far as it was seen.
    struct Known
    {
        std::vector<ViewKind> kinds = {};
        bool source = false;
    };
    std::map<std::string, Known> m_known; ///< by method
    std::string m_offeredTo;              ///< the method
};
