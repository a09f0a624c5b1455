// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/inspectoffer.h"
#include "ui/mapcanvas.h"

#include <QWidget>

class FormRows;
class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QSlider;
class QSpinBox;
class QToolButton;
class TouchPanel;
class WordChips;

/// What the numbers of a map are measured by.
struct RangeChoice
{
    enum Kind { Auto, Run, Fixed };
    Kind kind = Auto;
    ValueRange fixed = {}; ///< of Fixed

    bool operator==(const RangeChoice&) const = default;
};

/// The form beside the map: what is looked at, whose, of which words, and how it is drawn. Only
/// what the kind has is shown.
class InspectChoices : public QWidget
{
    Q_OBJECT

public:
    explicit InspectChoices(QWidget* parent = nullptr);

    /// What there is to choose from.
    void setOffer(const InspectOffer& offer);
    /// Takes what the form has from a view; says nothing.
    void setView(const View& view);
    /// The view with what the form says.
    View applied(View view) const;
    void setLook(const MapLook& look, const RangeChoice& range);
    MapLook look() const;
    RangeChoice range() const;
    /// Tells where the places are.
    void setPlaces(const QString& text, int count, int active);

    /// Curves are of whole layers: only whose they are is left to be chosen.
    void setForCurves(bool curves);

    QComboBox& kind() const { return *m_kind; }
    WordChips& words() const { return *m_words; }
    TouchPanel& touches() const { return *m_touches; }
    QToolButton& outline() const { return *m_outline; }

    QSize sizeHint() const override { return {width, 600}; }
    /// As high as what wraps needs: less would lay its rows over each other.
    QSize minimumSizeHint() const override;
    static constexpr int width = 272;

Q_SIGNALS:
    void changed();     ///< another view
    void lookChanged(); ///< the same, drawn otherwise
    void outlineToggled(bool on);
    void secondToggled(bool on);
    void clearRequested();

private:
    void buildWhat(FormRows& form);
    void buildHow(FormRows& form);
    QWidget* placeButtons();
    void showRows();
    void takeKinds();
    void takeSubjects();

    InspectOffer m_offer;
    bool m_curves = false;
    int m_channels = 1;                           ///< of the layers
    int m_chosenChannel = 0;                      ///< as chosen, also where there are fewer
    ViewKind m_chosen = ViewKind::CrossAttention; ///< stays where a mode has no such thing
    TouchPanel* m_touches;
    FormRows* m_form;
    QComboBox *m_kind, *m_subject, *m_direction, *m_components, *m_arrange, *m_colors, *m_range;
    QCheckBox *m_negative, *m_smooth;
    WordChips* m_words;
    QSpinBox *m_channel, *m_token;
    QSlider *m_diffuse, *m_opacity;
    QLabel *m_diffused, *m_help, *m_placeText, *m_drawing;
    QWidget *m_diffuseRow, *m_places, *m_limits;
    QDoubleSpinBox *m_low, *m_high;
    QToolButton *m_outline, *m_second, *m_clear;
};
