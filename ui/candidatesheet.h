// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ranking.h"

#include <QDialog>

#include <memory>
#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QListWidget;
class QPushButton;
class ResultPane;
class Session;
struct Run;

/// All candidates of the run that is shown, large, in the order in which they were made or by a
/// score. The one that is chosen stands in the result's place. It can stay open.
class CandidateSheet : public QDialog
{
    Q_OBJECT

public:
    CandidateSheet(Session& session, ResultPane& pane);

    enum Order { AsMade, ByStructure, ByClip };
    void setOrder(Order order);
    QListWidget& list() const { return *m_list; }

private:
    QWidget* bar();
    void take();    ///< the run that is shown, if it is another one
    void measure(); ///< what the order needs and is not known yet
    void refresh();
    void save();
    QString said() const;

    Session& m_session;
    ResultPane& m_pane;
    std::shared_ptr<const Run> m_run;
    std::optional<Ranking> m_ranking;
    std::vector<double> m_structure, m_clip; ///< empty: not known
    QString m_failure;                       ///< why there is no score
    QComboBox* m_order;
    QListWidget* m_list;
    QLabel* m_said;
    QPushButton *m_file, *m_save;
    int m_asked = 0; ///< counts what is measured: an answer that is late does not count
};

/// Asks for the file of CLIP's image encoder, by which pictures are ranked.
void chooseClipFile(Ranker& ranker, QWidget* parent);
