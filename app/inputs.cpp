// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/inputs.h"

#include "app/background.h"
#include "app/editlabel.h"
#include "app/engine.h"
#include "app/settings.h"
#include "app/translated.h"
#include "core/errors.h"
#include "core/picture/imagefile.h"

#include <QFileInfo>
#include <QtConcurrentRun>

#include <algorithm>
#include <span>
#include <utility>

/// A picture that was read in the background, or why not.
struct LoadedPicture
{
    QString path = {}; ///< empty: it is no file
    QString name = {};
    SharedImage image = {};
    SourceFile source = {};
    std::vector<Sentence> notes = {};
    QString error = {};
};

namespace {

QString withoutEnding(const QString& name)
{
    return name.section(QLatin1Char('/'), -1).section(QLatin1Char('\\'), -1);
}

LoadedImage read(const Given& given, const ImageLimits& limits, const std::stop_token& stop)
{
    if (!given.bytes.isEmpty())
        return decodeImage(
            std::as_bytes(std::span(given.bytes)), given.name.toStdString(), limits, stop);
    // Of bytes that are no text Qt has a mark in a name, which is then that of no file.
    if (given.path.contains(QChar::ReplacementCharacter) && !QFileInfo::exists(given.path))
        throw Error(
            "%1 cannot be opened here, since its name is not written in UTF-8: rename it, or use "
            "the command line.",
            given.name.toStdString());
    if (!given.pixels)
        return loadImage(given.path.toStdString(), limits, stop);
    if (given.pixelCount > limits.pixels)
        throw Error("The picture is too large: make it smaller first, or raise the largest picture "
                    "in Edit > Settings.");
    return {.image = given.pixels()};
}

LoadedPicture loaded(const Given& given, const ImageLimits& limits, const std::stop_token& stop)
{
    LoadedPicture picture {
        .path = given.path,
        .name = given.name.isEmpty() ? QFileInfo(given.path).fileName() : given.name};
    if (!given.bytes.isEmpty())
        picture.source = {.bytes = given.bytes};
    else if (!given.pixels)
        picture.source = sourceAt(given.path);
    try {
        Given named = given;
        named.name = picture.name;
        LoadedImage image = read(named, limits, stop);
        picture.image = std::move(image.image);
        picture.notes = std::move(image.notes);
    } catch (...) {
        picture.error = currentFailure().sentence;
    }
    return picture;
}

} // namespace

std::string kindOf(const Slot& slot, const Input& input)
{
    return input.kind.empty() && !slot.kinds.empty() ? slot.kinds.front().value : input.kind;
}

QString kindLabel(const Slot& slot, const std::string& kind)
{
    const auto choice = std::ranges::find(slot.kinds, kind, &Choice::value);
    const bool named = choice != slot.kinds.end() && !choice->label.empty();
    return translated(named ? choice->label : kind);
}

Inputs::Inputs(Editor& editor, Settings& settings, QObject* parent)
    : QObject(parent)
    , m_editor(editor)
    , m_settings(settings)
{
    connect(&editor, &Editor::replaced, this, &Inputs::dropLoads);
}

Inputs::~Inputs()
{
    for (auto& [place, stop] : m_loading)
        stop.request_stop();
}

const Input& Inputs::at(const Place& place) const
{
    return m_editor.document().picture(place);
}

const std::vector<Input>& Inputs::in(const std::string& slot) const
{
    return m_editor.document().pictures(slot);
}

ReadFile Inputs::original(const Place& place) const
{
    const SharedImage& image = at(place).image;
    return m_originals && !image.empty() ? m_originals(image) : nullptr;
}

int Inputs::version(const Place& place) const
{
    const auto found = m_versions.find(place);
    return found == m_versions.end() ? 0 : found->second;
}

/// Where another picture came back, what is being loaded or made is of one that is gone.
void Inputs::dropLoads(const Document& before)
{
    for (auto& [place, version] : m_versions)
        version += before.picture(place).image.same(at(place).image) ? 0 : 1;
}

int Inputs::supersede(const Place& place)
{
    if (const auto loading = m_loading.find(place); loading != m_loading.end())
        loading->second.request_stop();
    return ++m_versions[place];
}

void Inputs::put(const Place& place, const Input& input)
{
    supersede(place);
    std::vector<Input> all = in(place.slot);
    const auto at = std::min(std::size_t(place.at), all.size());
    if (input.image.empty() && at < all.size()) {
        all.erase(all.begin() + std::ptrdiff_t(at));
        for (auto& [other, version] : m_versions) // those behind it are of other places now
            version += other.slot == place.slot ? 1 : 0;
    } else if (at < all.size()) {
        all[at] = input;
    } else if (!input.image.empty() && all.size() < std::size_t(mostPictures)) {
        all.push_back(input);
    }
    m_editor.change([&](Document& d) { d.inputs[place.slot] = std::move(all); });
}

void Inputs::set(const Place& place, SharedImage image, const QString& name)
{
    Input input = at(place);
    const bool other = input.image != image;
    input.image = std::move(image);
    input.name = withoutEnding(name).toStdString();
    const Editor::Step step(m_editor, label(tr("Set %1"), place));
    put(place, input);
    if (other)
        follow(place);
}

void Inputs::replace(const std::string& slot, std::vector<Input> inputs)
{
    for (auto& [place, version] : m_versions)
        version += place.slot == slot ? 1 : 0;
    m_editor.change([&](Document& d) { d.inputs[slot] = std::move(inputs); });
}

/// A step of the history in words: what is done to the picture of a place.
QString Inputs::label(const QString& what, const Place& place) const
{
    const Slot* slot = ::slot(m_editor.method(), place.slot);
    return slot ? what.arg(placeLabel(*slot, place.at)) : QString();
}

/// Changes what stands beside a picture; what is being loaded into its place still counts.
void Inputs::alter(const Place& place, const std::function<void(Input&)>& change)
{
    if (place.at < int(in(place.slot).size()))
        m_editor.change([&](Document& d) { change(d.inputs[place.slot][std::size_t(place.at)]); });
}

void Inputs::setWeight(const Place& place, double weight)
{
    alter(place, [=](Input& input) { input.weight = weight; });
}

void Inputs::setKind(const Place& place, const std::string& kind)
{
    alter(place, [&](Input& input) { input.kind = kind; });
}

void Inputs::setSpan(const Place& place, double begin, double end)
{
    alter(place, [=](Input& input) {
        input.begin = begin;
        input.end = end;
    });
}

void Inputs::clear(const Place& place)
{
    const Editor::Step step(m_editor, label(tr("Clear %1"), place));
    put(place, {});
    unfollow(place);
}

bool Inputs::mayLoad(const Place& place)
{
    const Slot* slot = ::slot(m_editor.method(), place.slot);
    if (!slot || slot->mayChange || !m_editor.document().branch)
        return true;
    Q_EMIT failed(place, tr("In a branch this picture stays."));
    return false;
}

void Inputs::load(const Place& place, std::vector<Given> given)
{
    if (!mayLoad(place))
        return;
    const int version = supersede(place);
    const std::size_t count = given.size();
    const Slot* slot = ::slot(m_editor.method(), place.slot);
    const int room = slot && !slot->several ? 1 : std::max(mostPictures - place.at, 0);
    given.resize(std::min(count, std::size_t(room)));
    const std::stop_source stop;
    m_loading[place] = stop;
    whenDone(
        QtConcurrent::run([given = std::move(given), limits = m_settings.imageLimits(),
                           stop = stop.get_token(), most = m_mostPixels] {
            std::vector<LoadedPicture> all;
            int64_t pixels = 0;
            for (const Given& one : given) {
                if (stop.stop_requested())
                    break;
                LoadedPicture picture = loaded(one, limits, stop);
                pixels += int64_t(picture.image->width) * picture.image->height;
                if (!all.empty() && pixels > most)
                    break;
                all.push_back(std::move(picture));
            }
            return all;
        }),
        this, [this, place, version, count](const std::vector<LoadedPicture>& all) {
            if (this->version(place) == version)
                take(place, all, count);
        });
}

void Inputs::loadEach(std::vector<std::pair<Place, Given>> given)
{
    std::erase_if(given, [this](const auto& one) { return !mayLoad(one.first); });
    const std::stop_source stop;
    std::vector<int> versions;
    for (const auto& [place, one] : given) {
        versions.push_back(supersede(place));
        m_loading[place] = stop;
    }
    whenDone(
        QtConcurrent::run([given, limits = m_settings.imageLimits(), stop = stop.get_token()] {
            std::vector<LoadedPicture> all;
            for (const auto& [place, one] : given)
                if (!stop.stop_requested())
                    all.push_back(loaded(one, limits, stop));
            return all;
        }),
        this, [this, given, versions](const std::vector<LoadedPicture>& all) {
            const Editor::Step step(m_editor, tr("Pictures"));
            for (std::size_t i = 0; i < all.size(); ++i)
                if (version(given[i].first) == versions[i])
                    take(given[i].first, all[i]);
        });
}

bool Inputs::take(const Place& place, const LoadedPicture& picture)
{
    if (!picture.error.isEmpty()) {
        Q_EMIT failed(place, picture.error);
        return false;
    }
    if (!picture.path.isEmpty())
        m_settings.addRecentFile(picture.path);
    set(place, picture.image, picture.name);
    if (picture.source.known())
        Q_EMIT cameFromFile(picture.image, picture.source);
    if (!picture.notes.empty())
        Q_EMIT notes(place, translated(picture.notes));
    return true;
}

void Inputs::take(const Place& place, const std::vector<LoadedPicture>& all, std::size_t given)
{
    Place at = place;
    {
        const Editor::Step step(m_editor, label(tr("Set %1"), place));
        for (const LoadedPicture& picture : all)
            at.at += take(at, picture) ? 1 : 0;
    }
    if (all.size() == given)
        return;
    at.at = std::max(at.at - 1, place.at);
    Q_EMIT failed(
        at,
        tr("%1 of %2 pictures were left out: this place takes up to %3, and %4 million pixels at "
           "once. Give fewer or smaller ones.")
            .arg(given - all.size())
            .arg(given)
            .arg(mostPictures)
            .arg(m_mostPixels / 1'000'000));
}

/// A picture that says where things are gives the result its shape.
void Inputs::follow(const Place& place)
{
    const Method& method = m_editor.method();
    const SharedImage& picture = at(place).image;
    if (!method.follows || place.at > 0 || picture.empty() || m_editor.document().branch)
        return;                             // in a branch what shapes the result stays
    for (const Slot& slot : method.slots) { // one before it shapes the result already
        if (slot.id == place.slot)
            break;
        const SharedImage& first = at(slot.id).image;
        if (!first.empty() && !method.follows(slot.id, first, m_editor.card()).values.empty())
            return;
    }
    const Followed followed = method.follows(place.slot, picture, m_editor.card());
    bool other = false;
    for (const auto& [id, value] : followed.values)
        other = other || m_editor.value(id) != value;
    if (!other)
        return;
    const Values before = m_editor.document().chosen().byHand;
    m_editor.change([&](Document& d) {
        for (const auto& [id, value] : followed.values)
            d.choices[d.method].byHand[id] = value;
    });
    m_followed[place.slot] = followed.values;
    Q_EMIT announced(
        translated(followed.said), 0, // the picture stays
        [this, before, values = followed.values, ours = method.id] {
            m_editor.change([&](Document& d) {
                if (d.method != ours)
                    return;
                for (const auto& [id, value] : values)
                    if (const auto was = before.find(id); was != before.end())
                        d.choices[ours].byHand[id] = was->second;
                    else
                        d.choices[ours].byHand.erase(id);
            });
        });
}

/// What followed from a picture goes with it, unless it was changed by hand since.
void Inputs::unfollow(const Place& place)
{
    if (place.at > 0 || !m_followed.contains(place.slot) || m_editor.document().branch)
        return;
    const Values followed = std::exchange(m_followed[place.slot], {});
    m_editor.change([&](Document& d) {
        Values& byHand = d.choices[d.method].byHand;
        for (const auto& [id, value] : followed)
            if (const auto now = byHand.find(id); now == byHand.end() || now->second != value)
                return;
        for (const auto& [id, value] : followed)
            byHand.erase(id);
    });
}

void Inputs::setPainted(
    const Place& place, SharedImage image, const QString& name, const QString& what)
{
    Input painted = at(place);
    if (painted.image == image)
        return;
    painted.image = std::move(image);
    painted.name = withoutEnding(name).toStdString();
    const Editor::Step step(m_editor, label(what.isEmpty() ? tr("Paint %1") : what, place));
    put(place, painted);
}
