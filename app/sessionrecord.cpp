// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/session.h"
#include "app/sessionstate.h"
#include "core/errors.h"
#include "core/files.h"
#include "core/hash.h"
#include "core/imagefile.h"
#include "core/resources.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtConcurrent>

#include <algorithm>

namespace {

constexpr uint64_t largestPicture = uint64_t(1) << 30;

std::string hashOf(const std::shared_ptr<const Latent>& latent)
{
    return latent ? sha256(std::as_bytes(std::span(latent->values))) : std::string();
}

/// The picture that is meant; of the last step those at the end of the run.
const std::vector<Candidate>& candidatesAt(const Run& run, int step)
{
    const bool last = step < 0 || step + 1 >= int(run.steps.size());
    return last && !run.candidates.empty() ? run.candidates : run.steps.at(step).decoded;
}

QString asText(const std::vector<std::string>& names)
{
    QStringList list;
    for (const std::string& name : names)
        list.append(QString::fromStdString(name));
    return list.join(QStringLiteral(", "));
}

/// The first of the models that has the hash; reads a gigabyte or more where it was never read.
QString modelOfHash(const QStringList& paths, const std::string& hash)
{
    for (const QString& path : paths) {
        try {
            const ModelCard card {
                .path =
                    path.isEmpty() ? defaultModel() : std::filesystem::path(path.toStdString())};
            if (modelHash(card, Settings::cacheFolder().toStdString()) == hash)
                return path;
        } catch (const std::exception&) {
            continue; // not readable now, so it cannot be the one
        }
    }
    return QStringLiteral("?");
}

/// What a file tells of a run, read in the background; or why not.
struct Reading
{
    std::optional<Record> record = {};
    QString error = {};
};

Reading readInBackground(const QString& path)
{
    try {
        return {.record = readRecord(readFile(path.toStdString(), largestPicture))};
    } catch (...) {
        return {.error = currentFailure().sentence};
    }
}

/// The pictures and values to begin with.
struct Sample
{
    std::vector<std::pair<Place, Input>> inputs = {};
    Values values = {};
    QString error = {};
};

Sample readSample(const Method& method)
{
    Sample sample;
    const auto folder = resourceFolder() / "samples" / method.id;
    const auto bytes = readText(folder / "sample.json");
    const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(bytes)).object();
    const QJsonObject pictures = object[QLatin1String("pictures")].toObject();
    for (const Slot& slot : method.slots) {
        const QString name = pictures[QString::fromStdString(slot.id)].toString();
        if (name.isEmpty() && slot.needed)
            throw Error(
                "The sample in " + folder.string() + " has no picture for " + slot.label
                + ": install the program anew.");
        Input input {.name = name.toStdString()};
        if (!name.isEmpty())
            input.image = loadImage(folder / input.name).image;
        sample.inputs.emplace_back(slot.id, std::move(input));
    }
    const QJsonObject values = object[QLatin1String("values")].toObject();
    for (auto value = values.begin(); value != values.end(); ++value) {
        const std::string id = value.key().toStdString();
        sample.values[id] = parseValue(parameter(method, id), value->toString().toStdString());
    }
    return sample;
}

Sample sampleInBackground(const Method& method)
{
    try {
        return readSample(method);
    } catch (...) {
        return {.error = currentFailure().sentence};
    }
}

} // namespace

std::vector<std::byte> Session::encode(int candidate, int step, Embed embed) const
{
    return encoder(candidate, step, embed)();
}

std::function<std::vector<std::byte>()> Session::encoder(int candidate, int step, Embed embed) const
{
    const auto run = std::const_pointer_cast<const Run>(current());
    if (!run || step >= int(run->steps.size()) || (step < 0 && run->candidates.empty()))
        throw Error("There is no picture to save.");
    const auto& candidates = candidatesAt(*run, step);
    if (candidate < 0 || candidate >= int(candidates.size()))
        throw Error("Step " + std::to_string(step) + " has no picture yet: decode it first.");
    const Method* method = m_state->methods.find(run->request.method);
    const bool last = step < 0 || step + 1 >= int(run->steps.size());
    const int number = last ? std::max(int(run->steps.size()) - 1, 0) : step;
    const auto latent = run->steps.empty() ? nullptr : run->steps[number].latent;
    Record record {
        .resolved = run->resolved,
        .model = run->card.name,
        .modelHash = run->modelHash,
        .candidate = candidate,
        .step = number,
        .steps = run->stepCount,
        .version = PROGRAM_VERSION};
    // Of the run only what no longer changes is used later: its request and its model.
    return [run, method = *method, record, latent, image = candidates[candidate].image, embed] {
        Record full = record;
        if (embed != Embed::None) {
            full.request = run->request;
            full.latentHash = hashOf(latent);
            if (full.modelHash.empty())
                full.modelHash = modelHash(run->card, Settings::cacheFolder().toStdString());
        }
        return encodePng(image, toText(full, embed, method));
    };
}

void Session::restore(const QString& path)
{
    QtConcurrent::run([path] {
        return readInBackground(path);
    }).then(this, [this, path](const Reading& reading) {
        const QString name = QFileInfo(path).fileName();
        if (!reading.error.isEmpty()) {
            Q_EMIT loadFailed(reading.error);
        } else if (!reading.record) {
            Q_EMIT loadFailed(
                tr("%1 carries no run of this program: it can be used as a picture.").arg(name));
        } else if (!m_state->methods.find(reading.record->request.method)) {
            Q_EMIT loadFailed(
                tr("%1 was made with \"%2\", which this program does not have.")
                    .arg(name, QString::fromStdString(reading.record->request.method)));
        } else {
            findModel(takeForeignRecord(*reading.record));
            Q_EMIT restored();
        }
    });
}

void Session::restoreRun(int number)
{
    const auto run = m_state->run(number);
    if (!run || !m_state->methods.find(run->request.method))
        return;
    const bool usual = run->request.model.empty();
    const Record record {.request = run->request, .resolved = run->resolved};
    setModel(usual ? QString() : QString::fromStdString(run->card.path.string()));
    takeRecord(record);
    show(number);
    afterModel([this, record, before = m_state->chosen().byHand] { retakeValues(record, before); });
}

/// A record from a file. The paths in it are not followed, they are somebody else's; gives what
/// was taken.
Record Session::takeForeignRecord(Record record)
{
    setMethod(record.request.method);
    QStringList notes, files;
    for (const Parameter& p : method().parameters) {
        if (!p.file)
            continue;
        const auto found = record.resolved.find(p.id);
        if (found != record.resolved.end() && !toText(found->second).empty())
            files.append(QString::fromStdString(p.label + " " + toText(found->second)));
        record.request.values.erase(p.id);
        record.resolved.erase(p.id);
    }
    takeRecord(record);
    if (!files.isEmpty())
        notes.append(tr("The picture was made with files that have to be chosen again: %1.")
                         .arg(files.join(QStringLiteral(", "))));
    const auto computed = QString::fromStdString(record.request.precision);
    if (!computed.isEmpty() && computed != precision())
        notes.append(tr("The picture was computed in the precision %1, and %2 is chosen now: the "
                        "result may differ a little.")
                         .arg(computed, precision()));
    const auto predicted = QString::fromStdString(record.request.prediction);
    if (predicted != prediction())
        notes.append(tr("The picture's model was taken to predict \"%1\", and \"%2\" is chosen "
                        "now (Run, Model predicts): the result will differ.")
                         .arg(predicted, prediction()));
    if (!notes.isEmpty())
        Q_EMIT inputNotes(Place(), notes);
    return record;
}

void Session::takeRecord(const Record& record)
{
    setMethod(record.request.method);
    for (const Slot& slot : method().slots) {
        const auto found = record.request.images.find(slot.id);
        const bool there = found != record.request.images.end();
        // A record without any pictures leaves those that are there.
        if (!there && record.request.images.empty())
            continue;
        std::vector<Input> taken = there ? found->second : std::vector<Input>();
        if (!slot.several && taken.size() > 1)
            taken.resize(1);
        for (auto& [place, load] : m_state->loads)
            load += place.slot == slot.id ? 1 : 0;
        m_state->inputs[slot.id] = std::move(taken);
        Q_EMIT inputChanged(slot.id);
    }
    setSeed(record.request.seed);
    const QStringList notes = takeValues(record);
    if (!notes.isEmpty())
        Q_EMIT inputNotes(Place(), notes);
}

/// With its own model fewer values need to be held fast, unless something was changed since.
void Session::retakeValues(const Record& record, const Values& before)
{
    if (method().id == record.request.method && m_state->chosen().byHand == before)
        takeValues(record);
}

/// Sets what was set by hand then, and also what would otherwise differ from what was used.
QStringList Session::takeValues(const Record& record)
{
    QStringList notes;
    State::Choices& mine = m_state->chosen();
    const auto& presets = method().presets;
    mine = {};
    if (std::ranges::find(presets, record.request.preset, &Preset::id) != presets.end())
        mine.preset = record.request.preset;
    std::vector<std::string> unknown;
    const auto take = [&](const std::string& id, const Value& value) {
        try {
            checkValue(parameter(method(), id), value);
            mine.byHand[id] = value;
        } catch (const Error&) {
            unknown.push_back(id);
        }
    };
    for (const auto& [id, value] : record.request.values)
        take(id, value);
    for (const auto& [id, value] : record.resolved) {
        const bool known =
            std::ranges::find(method().parameters, id, &Parameter::id) != method().parameters.end();
        if (!known || m_state->sourced(id).value != value)
            take(id, value);
    }
    std::ranges::sort(unknown);
    unknown.erase(std::unique(unknown.begin(), unknown.end()), unknown.end());
    if (!unknown.empty())
        notes.append(tr("This version has no use for these settings of the picture: %1.")
                         .arg(asText(unknown)));
    Q_EMIT valueChanged({});
    return notes;
}

/// Looks for the model of a record by its hash among the models that are known.
void Session::findModel(const Record& record)
{
    if (record.modelHash.empty())
        return;
    QStringList paths {m_state->modelPath, QString()};
    paths += m_state->settings.recentModels();
    paths.removeDuplicates();
    const Values before = m_state->chosen().byHand;
    QtConcurrent::run([paths, hash = record.modelHash] {
        return modelOfHash(paths, hash);
    }).then(this, [this, record, before](const QString& path) {
        if (path == QLatin1String("?")) {
            Q_EMIT inputNotes(
                Place(),
                {tr("The picture was made with the model %1, which is not among the known ones: "
                    "another model gives another picture.")
                     .arg(QString::fromStdString(record.model))});
            return;
        }
        if (path == m_state->modelPath)
            return;
        setModel(path);
        afterModel([this, record, before] { retakeValues(record, before); });
    });
}

void Session::loadSample()
{
    QtConcurrent::run([method = method()] {
        return sampleInBackground(method);
    }).then(this, [this, id = method().id](const Sample& sample) {
        if (!sample.error.isEmpty()) {
            Q_EMIT loadFailed(sample.error);
            return;
        }
        if (method().id != id)
            return;
        for (const auto& [place, input] : sample.inputs)
            put(place, input);
        for (const auto& [value, to] : sample.values)
            setValue(value, to);
        Q_EMIT restored();
    });
}
