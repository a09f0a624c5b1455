// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/inspectoffer.h"

#include <QToolButton>

#include <vector>

class QListWidget;

/// A button with a list of layers, of which several can be checked: their mean is looked at.
class LayerPicker : public QToolButton
{
    Q_OBJECT

public:
    explicit LayerPicker(QWidget* parent = nullptr);

    /// The layers there are, and those that are looked at; empty: all.
    void setLayers(const std::vector<LayerName>& layers, const Layers& chosen);
    QListWidget& list() const { return *m_list; }

Q_SIGNALS:
    void chosen(const Layers& layers); ///< by hand; empty: all

private:
    void tell();

    std::vector<int> m_layers;
    QListWidget* m_list;
};

/// Numbers as half open ranges, those in a row in one: 8, 9, 11 as 8:10, 11:12.
Layers asLayers(const std::vector<int>& numbers);
/// "8, 10 to 12".
QString layersText(const Layers& layers);
/// Whether two lists are of the same layers.
bool sameLayers(const Layers& a, const Layers& b);
