// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspectexport.h"

#include "app/background.h"
#include "app/translated.h"
#include "core/file/files.h"
#include "core/npy.h"
#include "core/picture/animation.h"
#include "core/picture/graypng.h"
#include "core/picture/imagefile.h"
#include "ui/convert.h"
#include "ui/curvespane.h"
#include "ui/inspectview.h"
#include "ui/layerpicker.h"
#include "ui/manylooks.h"
#include "ui/savepicture.h"

#include <QAction>
#include <QFileDialog>
#include <QMenu>
#include <QToolButton>

#include <algorithm>
#include <utility>

namespace {

constexpr int frameTime = 250; // milliseconds

Array arrayOf(const SeenMap& map)
{
    Array array {.shape = {map.height, map.width}, .values = map.values};
    if (map.channels > 1)
        array.shape.push_back(map.channels);
    return array;
}

/// "step 003, layers 08, 10 to 12", of a map with its name, without what a file's name cannot have.
std::string fileName(const View& view, const QString& map = {})
{
    QStringList parts = {InspectExport::tr("step %1").arg(view.step + 1, 3, 10, QLatin1Char('0'))};
    const bool one =
        view.layers.size() == 1 && view.layers.front().end == view.layers.front().begin + 1;
    if (one)
        parts << InspectExport::tr("layer %1")
                     .arg(view.layers.front().begin, 2, 10, QLatin1Char('0'));
    else if (!view.layers.empty())
        parts << InspectExport::tr("layers %1").arg(layersText(view.layers));
    if (!map.isEmpty())
        parts << map;
    return parts.join(QStringLiteral(", "))
        .replace(QLatin1Char('/'), QLatin1Char('-'))
        .toStdString();
}

std::vector<std::byte> bytesOf(const std::string& text)
{
    const auto bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

} // namespace

InspectExport::InspectExport(
    InspectView& view, Looks& looks, std::function<std::shared_ptr<Run>()> run,
    std::function<MapCanvas::Ground(const Run& run, int step)> picture)
    : QObject(&view)
    , m_view(view)
    , m_run(std::move(run))
    , m_picture(std::move(picture))
    , m_looks(new ManyLooks(looks, this))
    , m_menu(new QMenu(&view))
{
    build();
    view.pages().exporting().setMenu(m_menu);
    connect(m_menu, &QMenu::aboutToShow, this, &InspectExport::refresh);
}

void InspectExport::build()
{
    QAction* picture = m_menu->addAction(tr("Picture as seen (PNG)..."));
    m_grey = m_menu->addAction(tr("Map in 16 bits of grey (PNG)..."));
    m_npy = m_menu->addAction(tr("Map as numbers (NPY)..."));
    m_tensors = m_menu->addAction(tr("All numbers of the view (safetensors)..."));
    m_csv = m_menu->addAction(tr("Curves as a table (CSV)..."));
    m_menu->addSeparator();
    m_layers = m_menu->addAction(tr("All layers at this step, into a folder..."));
    m_steps = m_menu->addAction(tr("All steps of this layer, into a folder..."));
    m_animation = m_menu->addAction(tr("The steps as an animation (WebP)..."));
    const auto failed = [this](const QString& sentence) { Q_EMIT told(sentence); };
    connect(picture, &QAction::triggered, this, [this, failed] {
        savePicture(&m_view, m_view.shown(), name(), failed);
    });
    connect(m_grey, &QAction::triggered, this, [this] {
        askFile(
            tr("Save the map"), tr("PNG pictures (*.png)"), "png",
            [map = m_view.seen().maps.front(), range = m_view.canvas().ranges().front()] {
                return encodeGrayPng(map.values, map.width, map.height, range.from, range.to);
            });
    });
    connect(m_npy, &QAction::triggered, this, [this] {
        askFile(
            tr("Save the numbers"), tr("NumPy arrays (*.npy)"), "npy",
            [map = m_view.seen().maps.front()] { return encodeNpy(arrayOf(map)); });
    });
    connect(m_tensors, &QAction::triggered, this, [this, failed] {
        saveNumbers(&m_view, m_view.seen().numbers, name(), failed);
    });
    connect(m_csv, &QAction::triggered, this, [this] {
        askFile(
            tr("Save the curves"), tr("Tables (*.csv)"), "csv",
            [csv = m_view.pages().curves().csv()] { return bytesOf(csv); });
    });
    connect(m_layers, &QAction::triggered, this, [this] { askFolder(ofAllLayers()); });
    connect(m_steps, &QAction::triggered, this, [this] { askFolder(ofAllSteps()); });
    connect(m_animation, &QAction::triggered, this, [this] {
        const QString path = QFileDialog::getSaveFileName(
            m_view.window(), tr("Save the animation"), name() + QStringLiteral(".webp"),
            tr("WebP animations (*.webp)"));
        if (!path.isEmpty())
            saveAnimation(path);
    });
}

/// Pictures that stand beside the map, such as the map of a control picture, each as it is.
void InspectExport::addPictures()
{
    for (QAction* action : std::exchange(m_pictures, {}))
        delete action;
    for (const MapCanvas::Ground& ground : m_view.canvas().grounds()) {
        if (!ground.alone)
            continue;
        QAction* action = new QAction(tr("%1, as it is (PNG)...").arg(ground.label), m_menu);
        connect(action, &QAction::triggered, this, [this, ground] {
            savePicture(&m_view, ground.image, ground.label, [this](const QString& sentence) {
                Q_EMIT told(sentence);
            });
        });
        m_menu->insertAction(m_grey, action);
        m_pictures.push_back(action);
    }
}

void InspectExport::refresh()
{
    addPictures();
    const bool there = !m_view.seen().maps.empty() && m_view.message().isEmpty();
    const bool numbers = there && m_view.seen().maps.front().channels == 1;
    const bool map = numbers && !m_view.canvas().maps().empty();
    m_grey->setEnabled(map);
    m_npy->setEnabled(there);
    m_tensors->setEnabled(there && !m_view.seen().numbers.empty());
    m_csv->setEnabled(m_view.pages().page() == InspectPages::Curves);
    for (QAction* action : {m_layers, m_steps, m_animation})
        action->setEnabled(there && !m_looks->busy());
}

QString InspectExport::name() const
{
    return tr("%1, step %2")
        .arg(translated(nameOf(m_view.view().kind).label))
        .arg(m_view.view().step + 1);
}

void InspectExport::askFile(
    const QString& title, const QString& filter, const char* suffix,
    const std::function<std::vector<std::byte>()>& encode)
{
    saveEncoded(
        &m_view, {.title = title, .filter = filter, .name = name(), .suffix = suffix}, encode,
        [this](const QString& sentence) { Q_EMIT told(sentence); });
}

std::vector<View> InspectExport::ofAllLayers() const
{
    std::vector<View> views;
    for (const LayerName& layer : m_view.offer().layers) {
        View view = m_view.view();
        view.layers = {{.begin = layer.layer, .end = layer.layer + 1}};
        views.push_back(view);
    }
    if (views.empty())
        views.push_back(m_view.view());
    return views;
}

std::vector<View> InspectExport::ofAllSteps() const
{
    std::vector<View> views;
    const auto run = m_run();
    for (int step = 0; run && step + 1 < int(run->steps.size()); ++step) {
        View view = m_view.view();
        view.step = step;
        views.push_back(view);
    }
    return views;
}

void InspectExport::gather(
    const std::vector<View>& views, const std::function<void(const std::vector<Shown>&)>& take)
{
    const auto run = m_run();
    if (!run)
        return;
    disconnect(m_looks, nullptr, this, nullptr);
    const auto all = std::make_shared<std::vector<Shown>>();
    connect(
        m_looks, &ManyLooks::seen, this,
        [this, run, all, among = m_view.among()](const View& view, const Seen& seen) mutable {
            among.picture = m_picture(*run, view.step);
            all->push_back({view, seen, seenPicture(seen.maps, among)});
        });
    connect(m_looks, &ManyLooks::done, this, [all, take] { take(*all); });
    m_looks->look(run, views);
}

void InspectExport::askFolder(const std::vector<View>& views)
{
    auto* dialog = new QFileDialog(m_view.window(), tr("Save into a folder"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this, views](const QString& folder) {
        saveAll(folder, views);
    });
    dialog->open();
}

void InspectExport::saveAll(const QString& folder, const std::vector<View>& views)
{
    gather(views, [this, folder](const std::vector<Shown>& all) {
        whenDone(
            problemOf([folder, all] {
                const std::filesystem::path into = folder.toStdString();
                for (const auto& [view, seen, picture] : all) {
                    writeFileAtomically(
                        into / (fileName(view) + ".png"), encodePng(toImage(picture)));
                    for (const SeenMap& map : seen.maps)
                        writeFileAtomically(
                            into / (fileName(view, translated(map.label)) + ".npy"),
                            encodeNpy(arrayOf(map)));
                }
            }),
            this, [this, written = int(all.size())](const QString& problem) {
                Q_EMIT told(
                    problem.isEmpty() ? tr(
                        "%n picture(s) saved, with their numbers as NPY beside them.", nullptr,
                        written)
                                      : problem);
            });
    });
}

void InspectExport::saveAnimation(const QString& path)
{
    gather(ofAllSteps(), [this, path](const std::vector<Shown>& all) {
        whenDone(
            problemOf([path, all] {
                QSize size; // a legend is higher where its numbers need another line
                for (const Shown& shown : all)
                    size = size.expandedTo(shown.picture.size());
                std::vector<Image> frames;
                for (const Shown& shown : all)
                    frames.push_back(toImage(shown.picture.copy(QRect(QPoint(), size))));
                writeFileAtomically(path.toStdString(), encodeAnimation(frames, frameTime));
            }),
            this, [this, frames = int(all.size())](const QString& problem) {
                Q_EMIT told(
                    problem.isEmpty() ? tr("An animation of %n step(s) is saved.", nullptr, frames)
                                      : problem);
            });
    });
}
