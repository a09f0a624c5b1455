// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/dragsource.h"

#include <QFuture>
#include <QImage>
#include <QWidget>

#include <vector>

class Actions;
class CandidateStrip;
class CompareView;
class ErrorCard;
class GridInputs;
class GridView;
class ImageView;
class InspectView;
class NoisePlot;
class NoticeBar;
class QAction;
class QLabel;
class QStackedWidget;
class Session;
class ShownPictures;
class StepAxis;
class ViewHeader;
struct Run;

/// The centre of the window: the pictures with the result live in them and the candidates, or the
/// view into the network; the time line.
class ResultPane : public QWidget
{
    Q_OBJECT

public:
    ResultPane(Session& session, Actions& actions, QWidget* parent = nullptr);

    GridView& grid() const { return *m_grid; }
    GridInputs& inputs() const { return *m_inputs; }
    InspectView& inspect() const { return *m_inspect; }
    CompareView& compare() const { return *m_compare; }
    /// What the centre shows: the pictures, the network, two pictures that are compared.
    enum View { ShowsPictures, ShowsNetwork, ShowsTwo };
    void showView(View view);
    View view() const;
    StepAxis& axis() const { return *m_axis; }
    NoticeBar& notices() const { return *m_notices; }
    ErrorCard& card() const { return *m_card; }

    int candidate() const;
    /// What of a candidate at the step that is shown can be dragged out.
    Draggable draggable(int candidate) const;
    void setCandidate(int candidate); ///< shows that one; nothing where there is none
    /// The step that is shown; -1 where the run's end is.
    int step() const;
    /// The picture in the result's place; null: none, or a preview only.
    QImage picture() const;
    bool showsPreview() const { return m_preview; }
    int shownStep() const; ///< the number of the step that is shown, that of the end too
    /// Whether the step that is shown can be decoded in full, as it is shown.
    bool canDecode() const;
    void decode(); ///< does that
    ShownPictures& shown() const { return *m_shown; }
    /// Why a run cannot start although nothing is missing, for the result's place; empty: it can.
    void setBlocked(const QString& why);

Q_SIGNALS:
    void missingLink(const QString& link); ///< the text of what is missing
    void readout(const QString& text);
    void saveRequested(int step);
    void branchRequested(int step);
    /// The picture that is shown is to be compared, as the first of two or the second.
    void compareRequested(bool first);
    void shownChanged();
    void viewChanged();

protected:
    void changeEvent(QEvent* event) override;

private:
    void connectSession();
    void connectViews(Actions& actions);
    void connectSwitch(Actions& actions);
    void showZoom(const ImageView& view);
    void refreshInputs();
    void refreshHint();
    void refreshRun();
    void refreshSpans();
    void connectTime();
    void copyHash(int step);
    void refreshCard(const Run* run);
    void refreshCandidates(const Run* run);
    void addNorm(const Run& run);
    void showStep();
    void prepareDrag();
    void startDrag(int cell);

    Session& m_session;
    NoticeBar* m_notices;
    QStackedWidget* m_views;
    GridView* m_grid;
    InspectView* m_inspect;
    CompareView* m_compare;
    CandidateStrip* m_candidates;
    StepAxis* m_axis;
    NoisePlot* m_plot;
    ErrorCard* m_card;
    QLabel* m_notes;
    ViewHeader* m_header;
    QString m_blocked; ///< why a run cannot start although nothing is missing
    ShownPictures* m_shown;
    GridInputs* m_inputs;                      ///< over the grid's cells
    QWidget* m_time;                           ///< the time line and what stands below it
    QAction *m_all, *m_alone, *m_look, *m_two; ///< show all cells, the result, the network, two
    bool m_network = false, m_preview = false;
    int m_shownRun = 0, m_dismissed = 0;
    std::vector<double> m_norms;
    qint64 m_draggable = 0; ///< cache key of the picture that m_dragFile is of
    QFuture<QString> m_dragFile;
};
