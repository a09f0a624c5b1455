// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/mapcanvas.h"

#include <QWidget>

#include <optional>

class CurvesPane;
class InspectEmpty;
class MapScale;
class MapSheet;
class QButtonGroup;
class QLabel;
class QScrollArea;
class QStackedWidget;
class QToolButton;
class SharesTable;
class TouchedView;

/// The pages of the view into the network: the map (or tables of shares, or why there is nothing),
/// all layers at many steps, curves, a touched run beside the untouched one; the switch between
/// them and the menu of what can be saved.
class InspectPages : public QWidget
{
    Q_OBJECT

public:
    enum Page { Map, Sheet, Curves, Touched };

    explicit InspectPages(QWidget* parent = nullptr);

    Page page() const;
    void setPage(Page page);
    MapCanvas& canvas() const { return *m_canvas; }
    MapSheet& sheet() const { return *m_sheet; }
    CurvesPane& curves() const { return *m_curves; }
    TouchedView& touched() const { return *m_touched; }
    /// Whether there is a touched run and an untouched one.
    void setTouchable(bool touchable);
    SharesTable& shares() const { return *m_shares; }
    InspectEmpty& empty() const { return *m_empty; }
    QToolButton& exporting() const { return *m_export; }
    QToolButton& lessons() const { return *m_lessons; }
    /// The picture of what is seen, with all that is drawn over it.
    QImage shown();

    /// @p tokens are those of the context, of which tables of words are.
    void showSeen(
        const Seen& seen, std::optional<ValueRange> range, const std::vector<ContextToken>& tokens);
    /// In place of a map.
    void showEmpty();
    bool showsEmpty() const;

Q_SIGNALS:
    void pageChanged();

private:
    void buildBar();
    void arrange();

    QButtonGroup* m_switch;
    QToolButton *m_export, *m_lessons;
    QStackedWidget *m_pages, *m_maps;
    QWidget* m_map;
    InspectEmpty* m_empty;
    MapCanvas* m_canvas;
    MapScale* m_scale;
    QLabel* m_notes;
    SharesTable* m_shares;
    MapSheet* m_sheet;
    QScrollArea* m_sheetScroll;
    CurvesPane* m_curves;
    TouchedView* m_touched;
};
