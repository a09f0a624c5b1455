// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/inspectoffer.h"
#include "ui/inspectpages.h"
#include "ui/inspectstate.h"
#include "ui/seenpicture.h"

#include <QWidget>

#include <map>
#include <optional>
#include <vector>

class DimSlider;
class QBoxLayout;
class LayerPicker;
class LessonPanel;

/// The view into the network, in the centre of the window: the picture with a map of what is looked
/// at, and what there is to choose. It asks for what is to be seen and is told; the choices are one
/// View, which stays as it is when run or mode changes.
class InspectView : public QWidget
{
    Q_OBJECT

public:
    explicit InspectView(QWidget* parent = nullptr);

    /// What is looked at, and how it is drawn.
    const View& view() const { return m_view; }
    void setView(const View& view);
    /// What is to be kept.
    InspectState state() const;
    void setState(InspectState state);
    InspectChoices& choices() const { return *m_choices; }
    InspectPages& pages() const { return *m_pages; }
    MapCanvas& canvas() const { return *m_canvas; }
    DimSlider& layers() const { return *m_layers; }
    LayerPicker& picker() const { return *m_picker; }
    LessonPanel& lesson() const { return *m_lesson; }
    DimSlider& heads() const { return *m_heads; }

    void chooseLayer(int layer); ///< as by hand
    /// The step of the sampler, 0 is the noisiest; not told by viewChanged().
    void setStep(int step);
    /// What the shown step offers.
    void setOffer(const InspectOffer& offer);
    const InspectOffer& offer() const { return m_offer; }
    void setGrounds(const MapCanvas::Ground& picture, std::vector<MapCanvas::Ground> references);
    /// What is seen of a view; dropped where it is no longer the one looked at.
    void setSeen(const View& view, const Seen& seen);
    /// What maps are drawn with here.
    SeenAmong among() const;
    /// What is seen, as a picture.
    QImage shown();
    const Seen& seen() const { return m_seen; }
    /// From the least to the largest number over the steps of the run.
    void setRunRange(std::optional<ValueRange> range);
    /// Why nothing is seen, in a sentence. @p seconds: it can be computed in about that time.
    void setMessage(const QString& sentence, std::optional<double> seconds = {});
    /// It is being computed: it can be stopped.
    void setComputing(const QString& sentence);
    QString message() const;

Q_SIGNALS:
    void viewChanged();  ///< something else is looked at
    void rangeWanted();  ///< the range of the run, for the view that is looked at
    void stateChanged(); ///< what is to be kept: view or drawing
    void computeRequested();
    void stopRequested();
    void readout(const QString& text);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    /// An entry of the list of layers.
    struct LayerEntry
    {
        QString text = {};
        Layers layers = {}; ///< empty: all
        int heads = 0;
        QSize cells = {1, 1};
    };

    void build();
    void connectParts();
    std::vector<LayerEntry> meansOf(const Layers& chosen) const;
    void takeLayers();
    void takeHeads();
    void takeView();
    void takeLook();
    void tellPlaces();
    std::optional<ValueRange> wholeRange() const;
    void showMaps();
    QSize cells() const;

    View m_view;
    InspectOffer m_offer;
    Seen m_seen;
    std::optional<View> m_seenOf;
    std::optional<ValueRange> m_runRange;
    std::map<SiteKind, Layers> m_chosen; ///< layers are counted by kind of site
    int m_head = -1;                     ///< as it was chosen, also where a layer has fewer
    std::vector<LayerEntry> m_entries;
    InspectPages* m_pages;
    MapCanvas* m_canvas; ///< of the pages
    DimSlider *m_layers, *m_heads;
    QBoxLayout* m_sliders; ///< both
    LayerPicker* m_picker; ///< beside the layers
    LessonPanel* m_lesson; ///< above the choices
    InspectChoices* m_choices;
};
