// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/runs.h"
#include "core/inspect/view.h"

#include <QObject>

#include <functional>
#include <memory>
#include <vector>

class InspectView;
class Looks;
class ManyLooks;
class QAction;
class QMenu;

/// The menu that saves what is seen of the network: as a picture, as numbers, all layers or steps
/// into a folder, the steps as an animation.
class InspectExport : public QObject
{
    Q_OBJECT

public:
    /// @p run gives the run that is seen.
    InspectExport(InspectView& view, Looks& looks, std::function<std::shared_ptr<Run>()> run);

    QMenu& menu() const { return *m_menu; }
    /// Writes a picture and the numbers of each map of each view into a folder, in the background.
    void saveAll(const QString& folder, const std::vector<View>& views);
    /// Writes the first map of each step as an animation.
    void saveAnimation(const QString& path);
    std::vector<View> ofAllLayers() const;
    std::vector<View> ofAllSteps() const;

Q_SIGNALS:
    void told(const QString& sentence);

private:
    void build();
    void refresh();
    void askFolder(const std::vector<View>& views);
    void askFile(
        const QString& title, const QString& filter, const char* suffix,
        const std::function<std::vector<std::byte>()>& encode);
    void gather(
        const std::vector<View>& views,
        const std::function<void(const std::vector<std::pair<View, Seen>>&)>& take);
    QString name() const;

    InspectView& m_view;
    std::function<std::shared_ptr<Run>()> m_run;
    ManyLooks* m_looks;
    QMenu* m_menu;
    QAction *m_picture, *m_grey, *m_npy, *m_tensors, *m_csv, *m_layers, *m_steps, *m_animation;
};
