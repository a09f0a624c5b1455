// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/layerpicker.h"

#include <QListWidget>
#include <QMenu>
#include <QSignalBlocker>
#include <QWidgetAction>

#include <algorithm>

namespace {

constexpr int pickerWidth = 190, mostRows = 12;

/// The ranges in their order, those that touch put together.
Layers joined(Layers layers)
{
    std::ranges::sort(layers, {}, &Range::begin);
    Layers made;
    for (const Range& range : layers)
        if (!made.empty() && range.begin <= made.back().end)
            made.back().end = std::max(made.back().end, range.end);
        else
            made.push_back(range);
    return made;
}

} // namespace

Layers asLayers(const std::vector<int>& numbers)
{
    Layers layers;
    for (const int number : numbers)
        layers.push_back({.begin = number, .end = number + 1});
    return joined(std::move(layers));
}

QString layersText(const Layers& layers)
{
    QStringList parts;
    for (const Range& range : joined(layers))
        parts
            << (range.end == range.begin + 1 ? QString::number(range.begin)
                    : range.end == range.begin + 2
                    ? QStringLiteral("%1, %2").arg(range.begin).arg(range.begin + 1)
                    : LayerPicker::tr("%1 to %2").arg(range.begin).arg(range.end - 1));
    return parts.join(QStringLiteral(", "));
}

bool sameLayers(const Layers& a, const Layers& b)
{
    return joined(a) == joined(b);
}

LayerPicker::LayerPicker(QWidget* parent)
    : QToolButton(parent)
    , m_list(new QListWidget)
{
    setText(tr("..."));
    setAccessibleName(tr("Several layers"));
    setToolTip(tr("Choose several layers: their mean is seen, each map brought to the latent's "
                  "size before"));
    setPopupMode(InstantPopup);
    m_list->setAccessibleName(tr("Layers of the mean"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFixedWidth(pickerWidth);
    auto* menu = new QMenu(this);
    auto* action = new QWidgetAction(menu);
    action->setDefaultWidget(m_list);
    menu->addAction(action);
    setMenu(menu);
    connect(menu, &QMenu::aboutToShow, m_list, [this] { m_list->setFocus(); });
    connect(m_list, &QListWidget::itemChanged, this, &LayerPicker::tell);
    connect(m_list, &QListWidget::itemClicked, this, [this](QListWidgetItem* item) {
        // A click beside the box means it, too; one in the box has changed it already.
        if (item->data(Qt::UserRole).toInt() == int(item->checkState()))
            item->setCheckState(item->checkState() == Qt::Checked ? Qt::Unchecked : Qt::Checked);
        item->setData(Qt::UserRole, int(item->checkState()));
    });
}

void LayerPicker::setLayers(const std::vector<LayerName>& layers, const Layers& chosen)
{
    const QSignalBlocker quiet(m_list);
    std::vector<int> numbers;
    for (const LayerName& layer : layers)
        numbers.push_back(layer.layer);
    if (numbers != m_layers) {
        m_layers = numbers;
        m_list->clear();
        for (const LayerName& layer : layers) {
            auto* item = new QListWidgetItem(
                QStringLiteral("%1 · %2").arg(layer.layer).arg(layerText(layer)), m_list);
            item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        }
        const int rows = std::clamp(int(numbers.size()), 1, mostRows);
        m_list->setFixedHeight(rows * std::max(18, m_list->sizeHintForRow(0)) + 4);
    }
    for (int i = 0; i < m_list->count(); ++i) {
        const int layer = m_layers[std::size_t(i)];
        const bool on = std::ranges::any_of(
            chosen, [layer](const Range& range) { return range.contains(layer); });
        QListWidgetItem* item = m_list->item(i);
        item->setCheckState(on ? Qt::Checked : Qt::Unchecked);
        item->setData(Qt::UserRole, int(item->checkState()));
    }
}

void LayerPicker::tell()
{
    std::vector<int> numbers;
    for (int i = 0; i < m_list->count(); ++i)
        if (m_list->item(i)->checkState() == Qt::Checked)
            numbers.push_back(m_layers[std::size_t(i)]);
    const bool all = numbers.size() == m_layers.size();
    Q_EMIT chosen(all ? Layers() : asLayers(numbers));
}
