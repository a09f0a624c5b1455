// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/followedsize.h"
#include "app/session.h"
#include "app/sessionstate.h"
#include "core/imagefile.h"

#include <QtConcurrent>

#include <algorithm>
#include <span>
#include <utility>

/// A picture that was read in the background, or why not.
struct LoadedFile
{
    QString path = {}; ///< empty: it is no file
    QString name = {};
    LoadedImage loaded = {};
    QString error = {};
};

namespace {

const Input noInput {};
const std::vector<Input> noInputs {};
constexpr const char* mapMaker = "annotate"; // the tool
constexpr const char* mapKind = "none";      // a picture that is a map already

QString bareName(const QString& name)
{
    return name.section(QLatin1Char('/'), -1).section(QLatin1Char('\\'), -1);
}

LoadedFile loaded(const QString& name, const std::function<LoadedImage()>& read)
{
    try {
        return {.name = name, .loaded = read()};
    } catch (...) {
        return {.name = name, .error = currentFailure().sentence};
    }
}

const Slot* slotOf(const Method& method, const std::string& id)
{
    const auto slot = std::ranges::find(method.slots, id, &Slot::id);
    return slot == method.slots.end() ? nullptr : &*slot;
}

const Parameter* parameterOf(const Method& method, const std::string& id)
{
    const auto p = std::ranges::find(method.parameters, id, &Parameter::id);
    return p == method.parameters.end() ? nullptr : &*p;
}

/// The kind of a picture; the slot's first where none was chosen.
std::string kindOf(const Slot& slot, const Input& input)
{
    return input.kind.empty() && !slot.kinds.empty() ? slot.kinds.front().value : input.kind;
}

QString labelOf(const Slot& slot, const std::string& kind)
{
    const auto choice = std::ranges::find(slot.kinds, kind, &Choice::value);
    const bool named = choice != slot.kinds.end() && !choice->label.empty();
    return QString::fromStdString(named ? choice->label : kind);
}

} // namespace

const Slot* mainSlot(const Method& method)
{
    for (const char* id : {"b", "source", "reference"})
        if (const Slot* slot = slotOf(method, id))
            return slot;
    return nullptr;
}

const Input& Session::input(const Place& place) const
{
    const auto& all = inputs(place.slot);
    return place.at < int(all.size()) ? all[place.at] : noInput;
}

const std::vector<Input>& Session::inputs(const std::string& slot) const
{
    const auto found = m_state->inputs.find(slot);
    return found == m_state->inputs.end() ? noInputs : found->second;
}

void Session::put(const Place& place, Input input)
{
    ++m_state->loads[place]; // what is still being loaded comes too late
    const Input& now = this->input(place);
    if (now.image == input.image && now.name == input.name && now.weight == input.weight
        && now.kind == input.kind && now.begin == input.begin && now.end == input.end)
        return;
    std::vector<Input>& all = m_state->inputs[place.slot];
    const auto at = std::min(std::size_t(place.at), all.size());
    if (input.image.empty() && at < all.size()) {
        all.erase(all.begin() + std::ptrdiff_t(at));
        for (auto& [other, load] : m_state->loads)
            load += other.slot == place.slot ? 1 : 0;
    } else if (at < all.size()) {
        all[at] = std::move(input);
    } else if (!input.image.empty()) {
        all.push_back(std::move(input));
    }
    Q_EMIT inputChanged(place.slot);
}

void Session::setInput(const Place& place, Image image, const QString& name)
{
    Input input = this->input(place);
    const bool other = input.image != image;
    input.image = std::move(image);
    input.name = bareName(name).toStdString();
    put(place, std::move(input));
    if (other)
        followSize(place);
}

/// Changes what stands beside a picture; what is being loaded into its place still counts.
void Session::alter(const Place& place, const std::function<void(Input&)>& change)
{
    std::vector<Input>& all = m_state->inputs[place.slot];
    if (place.at >= int(all.size()))
        return;
    change(all[place.at]);
    Q_EMIT inputChanged(place.slot);
}

void Session::setWeight(const Place& place, double weight)
{
    if (input(place).weight != weight)
        alter(place, [weight](Input& input) { input.weight = weight; });
}

void Session::setKind(const Place& place, const std::string& kind)
{
    if (input(place).kind != kind)
        alter(place, [&](Input& input) { input.kind = kind; });
}

void Session::setSpan(const Place& place, double begin, double end)
{
    if (input(place).begin == begin && input(place).end == end)
        return;
    alter(place, [=](Input& input) {
        input.begin = begin;
        input.end = end;
    });
}

void Session::clearInput(const Place& place)
{
    put(place, {});
    unfollowSize(place);
}

void Session::swapInputs(const std::string& a, const std::string& b)
{
    const Input first = input(a), second = input(b);
    put(a, second);
    put(b, first);
}

void Session::loadInput(const Place& place, const QString& path)
{
    loadInputs(place, {path});
}

void Session::loadInputs(const Place& place, const QStringList& paths)
{
    load(place, [paths, limits = m_state->settings.imageLimits()] {
        std::vector<LoadedFile> all;
        for (const QString& path : paths) {
            all.push_back(loaded(path, [&] { return loadImage(path.toStdString(), limits); }));
            all.back().path = path;
        }
        return all;
    });
}

void Session::loadInputBytes(const Place& place, const QByteArray& bytes, const QString& name)
{
    load(place, [bytes, name, limits = m_state->settings.imageLimits()] {
        return std::vector {loaded(name, [&] {
            return decodeImage(std::as_bytes(std::span(bytes)), name.toStdString(), limits);
        })};
    });
}

void Session::load(const Place& place, std::function<std::vector<LoadedFile>()> read)
{
    const int load = ++m_state->loads[place];
    QtConcurrent::run(std::move(read))
        .then(this, [this, place, load](const std::vector<LoadedFile>& all) {
            if (m_state->loads[place] != load)
                return;
            Place at = place;
            for (const LoadedFile& file : all) {
                if (!file.error.isEmpty()) {
                    Q_EMIT inputFailed(at, file.error);
                    continue;
                }
                if (!file.path.isEmpty())
                    m_state->settings.addRecentFile(file.path);
                setInput(at, file.loaded.image, file.name);
                QStringList notes;
                for (const std::string& note : file.loaded.notes)
                    notes.append(QString::fromStdString(note));
                if (!notes.isEmpty())
                    Q_EMIT inputNotes(at, notes);
                ++at.at;
            }
        });
}

/// A picture that says where things are gives the result its shape.
void Session::followSize(const Place& place)
{
    const Slot* slot = shapingSlot(method());
    const Image& picture = input(place).image;
    if (!slot || slot->id != place.slot || place.at > 0 || picture.empty())
        return;
    const ResultSize size = followedSize(method(), picture, m_state->card);
    if (value("width") == Value(size.width) && value("height") == Value(size.height))
        return;
    const Values before = m_state->chosen().byHand;
    const std::string ours = method().id;
    setValue("width", size.width);
    setValue("height", size.height);
    m_state->followed = size;
    Q_EMIT told(
        tr("Width and height follow the picture for %1: %2 × %3.")
            .arg(QString::fromStdString(slot->label))
            .arg(size.width)
            .arg(size.height),
        [this, before, ours] {
            if (method().id != ours)
                return;
            for (const char* side : {"width", "height"})
                if (const auto was = before.find(side); was != before.end())
                    setValue(side, was->second);
                else
                    resetValue(side);
        });
}

/// A size that followed a picture goes with it, unless it was changed by hand since.
void Session::unfollowSize(const Place& place)
{
    const Slot* slot = shapingSlot(method());
    if (!slot || slot->id != place.slot || place.at > 0)
        return;
    const ResultSize size = std::exchange(m_state->followed, {});
    if (value("width") != Value(size.width) || value("height") != Value(size.height))
        return;
    resetValue("width");
    resetValue("height");
}

bool Session::canMakeMap(const Place& place) const
{
    const Slot* slot = slotOf(method(), place.slot);
    const Method* tool = m_state->methods.find(mapMaker);
    if (!slot || !tool || tool->slots.empty() || input(place).image.empty())
        return false;
    const std::string kind = kindOf(*slot, input(place));
    const Parameter* kinds = parameterOf(*tool, "kind");
    return kinds && kind != mapKind
        && std::ranges::find(kinds->choices, kind, &Choice::value) != kinds->choices.end();
}

bool Session::makingMap(const Place& place) const
{
    return m_state->mapping.contains(place);
}

void Session::makeMap(const Place& place)
{
    if (!canMakeMap(place) || makingMap(place))
        return;
    const Slot& slot = *slotOf(method(), place.slot);
    const Method& tool = *m_state->methods.find(mapMaker);
    const Input before = input(place);
    const std::string kind = kindOf(slot, before);
    Request request = this->request();
    request.method = tool.id;
    request.preset.clear();
    request.values = {{"kind", kind}};
    for (const char* side : {"width", "height"})
        if (parameterOf(tool, side) && parameterOf(method(), side))
            request.values[side] = value(side);
    if (parameterOf(tool, "folder") && parameterOf(method(), "annotators"))
        request.values["folder"] = value("annotators");
    request.images = {{tool.slots.front().id, {{.image = before.image, .name = before.name}}}};
    const int load = ++m_state->loads[place];
    m_state->mapping.insert(place);
    Q_EMIT mapStarted(place);
    m_state->engine.ask<Result>(
        this,
        [tool, request, closing = m_state->engine.closing()](Models& models) {
            return run(tool, request, models, [closing](const Event&) {
                return Answer {.goOn = !closing.stop_requested()};
            });
        },
        [this, place, before, load, where = QString::fromStdString(slot.label),
         label = labelOf(slot, kind)](const Result& result) {
            m_state->mapping.erase(place);
            if (m_state->loads[place] != load || result.candidates.empty()) {
                Q_EMIT inputChanged(place.slot); // another picture is there by now
                return;
            }
            Input made = before;
            made.image = result.candidates.front().image;
            made.kind = mapKind;
            put(place, made);
            Q_EMIT told(
                tr("The picture for %1 is now its map (%2).").arg(where, label),
                [this, place, before] { put(place, before); });
        },
        [this, place](const Failure& failure) {
            m_state->mapping.erase(place);
            Q_EMIT inputChanged(place.slot);
            Q_EMIT inputFailed(place, failure.sentence);
        });
}

void Session::setPainted(const Place& place, Image image, const QString& name)
{
    const Slot* slot = slotOf(method(), place.slot);
    const Input before = input(place);
    if (!slot || before.image == image)
        return;
    Input painted = before;
    painted.image = std::move(image);
    painted.name = bareName(name).toStdString();
    put(place, std::move(painted));
    const QString label = QString::fromStdString(slot->label);
    Q_EMIT told(
        kindOf(*slot, before) == mapKind ? tr("The map for %1 was painted over.").arg(label)
                                         : tr("The picture for %1 was painted.").arg(label),
        [this, place, before] { put(place, before); });
}
