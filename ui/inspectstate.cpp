// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspectstate.h"

#include "core/errors.h"
#include "core/values.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace {

constexpr int mostLayers = 64, mostDiffusedSteps = 16, mostChannels = 1 << 14;

int whole(const QJsonValue& value, int least, int most, int usual)
{
    return value.isDouble() ? std::clamp(value.toInt(usual), least, most) : usual;
}

QJsonArray toJson(const Layers& layers)
{
    QJsonArray ranges;
    for (const Range& range : layers)
        ranges.append(QJsonArray {range.begin, range.end});
    return ranges;
}

Layers layersFrom(const QJsonValue& value)
{
    Layers layers;
    for (const QJsonValue& range : value.toArray()) {
        const int begin = whole(range.toArray().at(0), 0, mostLayers, -1);
        const int end = whole(range.toArray().at(1), 0, mostLayers, -1);
        if (begin < 0 || end <= begin)
            return {};
        layers.push_back({.begin = begin, .end = end});
    }
    return layers;
}

} // namespace

QByteArray toJson(const InspectState& state)
{
    const View& view = state.view;
    const QJsonObject object {
        {QStringLiteral("kind"), QString::fromLatin1(nameOf(view.kind).name)},
        {QStringLiteral("layers"), toJson(view.layers)},
        {QStringLiteral("head"), view.head},
        {QStringLiteral("column"), view.column},
        {QStringLiteral("diffuse"), view.diffuse},
        {QStringLiteral("channel"), view.channel},
        {QStringLiteral("fitEachStep"), view.fitEachStep},
        {QStringLiteral("beside"), state.look.beside},
        {QStringLiteral("opacity"), state.look.opacity},
        {QStringLiteral("colours"), int(state.look.colors)},
        {QStringLiteral("smooth"), state.look.smooth},
        {QStringLiteral("range"), int(state.range.kind)},
        {QStringLiteral("from"), state.range.fixed.from},
        {QStringLiteral("to"), state.range.fixed.to}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

InspectState inspectStateFrom(const QByteArray& json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    const auto at = [&](const char* key) { return object.value(QLatin1String(key)); };
    InspectState state;
    for (const ViewKindName& each : viewKinds())
        if (at("kind").toString() == QLatin1String(each.name))
            state.view.kind = each.kind;
    state.view.layers = layersFrom(at("layers"));
    state.view.head = whole(at("head"), -1, mostLayers, -1);
    state.view.column = at("column").toBool();
    state.view.diffuse = whole(at("diffuse"), 0, mostDiffusedSteps, 0);
    state.view.channel = whole(at("channel"), -1, mostChannels, 0);
    state.view.fitEachStep = at("fitEachStep").toBool();
    state.look.beside = at("beside").toBool();
    state.look.opacity = std::clamp(at("opacity").toDouble(MapLook().opacity), 0.0, 1.0);
    state.look.colors = ColourMap(whole(at("colours"), 0, int(colourMaps().size()) - 1, 0));
    state.look.smooth = at("smooth").toBool();
    state.range.kind =
        RangeChoice::Kind(whole(at("range"), RangeChoice::Auto, RangeChoice::Fixed, 0));
    state.range.fixed = {at("from").toDouble(0), at("to").toDouble(1)};
    return state;
}
