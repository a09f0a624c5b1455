// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/runs.h"
#include "ui/inspectoffer.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <optional>
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
    void takeTrace(const Run& run, const std::shared_ptr<const StepTrace>& trace);
    void look(const Run& run, const std::shared_ptr<const StepTrace>& trace);
    void takeGrounds(const Run& run, int at);
    void refreshSheet();
    void refreshCurves();
    void measureRun();
    CurveSource curvesOf(const Run& run) const;
    QString whyNothing() const;
    std::shared_ptr<Run> run() const;

    Session& m_session;
    ResultPane& m_pane;
    InspectView& m_view;
    ManyLooks *m_sheet, *m_range;
    QTimer m_soon; ///< a run tells of every step, scrubbing passes many
    /// What curves are made of, by run and step.
    std::map<int, std::vector<std::shared_ptr<const StepTrace>>> m_figures;
    std::optional<View> m_sheetOf; ///< step and layers apart
    int m_sheetRun = 0, m_sheetSteps = 0;
};
