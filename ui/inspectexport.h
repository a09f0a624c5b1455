// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/runs.h"
#include "core/inspect/view.h"
#include "ui/mapcanvas.h"

#include <QImage>
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
    /// @p run gives the run that is seen, @p picture the one below its maps at a step, counted from
    /// 0.
    InspectExport(
        InspectView& view, Looks& looks, std::function<std::shared_ptr<Run>()> run,
        std::function<MapCanvas::Ground(const Run& run, int step)> picture);

    QMenu& menu() const { return *m_menu; }
    /// Writes each view into a folder, in the background: a picture as the window shows it, and the
    /// numbers of its maps.
    void saveAll(const QString& folder, const std::vector<View>& views);
    /// Writes what the window shows at each step as an animation.
    void saveAnimation(const QString& path);
    std::vector<View> ofAllLayers() const;
    std::vector<View> ofAllSteps() const;

Q_SIGNALS:
    void told(const QString& sentence);

private:
    void build();
    void addPictures();
    void refresh();
    void askFolder(const std::vector<View>& views);
    void askFile(
        const QString& title, const QString& filter, const char* suffix,
        const std::function<std::vector<std::byte>()>& encode);
    struct Shown
    {
        View view = {};
        Seen seen = {};
        QImage picture = {};
    };
    void gather(
        const std::vector<View>& views, const std::function<void(const std::vector<Shown>&)>& take);
    QString name() const;

    InspectView& m_view;
    std::function<std::shared_ptr<Run>()> m_run;
    std::function<MapCanvas::Ground(const Run& run, int step)> m_picture;
    ManyLooks* m_looks;
    QMenu* m_menu;
    std::vector<QAction*> m_pictures;
    QAction *m_grey, *m_npy, *m_tensors, *m_csv, *m_layers, *m_steps, *m_animation;
};
