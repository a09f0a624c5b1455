// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/restorer.h"

#include "app/background.h"
#include "app/inputs.h"
#include "app/loras.h"
#include "app/methodlist.h"
#include "app/modelchoice.h"
#include "app/runrecord.h"
#include "app/runs.h"
#include "app/sample.h"
#include "app/settings.h"
#include "app/translated.h"
#include "core/branch.h"
#include "core/errors.h"
#include "core/file/resources.h"
#include "core/models.h"
#include "core/picture/imagefile.h"

#include <QtConcurrentRun>

#include <algorithm>
#include <climits>
#include <map>
#include <set>
#include <span>

namespace {

QString asText(const std::set<std::string>& names)
{
    QStringList list;
    for (const std::string& name : names)
        list.append(QString::fromStdString(name));
    return list.join(QStringLiteral(", "));
}

/// How many pictures the slots of the methods take.
std::map<std::pair<std::string, std::string>, int> slotsOf(const MethodList& methods)
{
    std::map<std::pair<std::string, std::string>, int> slots;
    for (const Method& method : methods.methods())
        for (const Slot& slot : method.slots)
            slots[{method.id, slot.id}] = slot.several ? INT_MAX : 1;
    return slots;
}

/// What was read in the background; or why not.
template<typename T>
struct Reading
{
    std::optional<T> value = {};
    QString error = {};
};

/// A picture of ours, with what it says of itself.
struct OpenedPicture
{
    Record record = {};
    SharedImage picture = {};
};

template<typename Read>
auto inBackground(Read read)
{
    using T = std::invoke_result_t<Read>;
    return QtConcurrent::run([read]() -> Reading<T> {
        try {
            return {.value = read()};
        } catch (...) {
            return {.error = currentFailure().sentence};
        }
    });
}

} // namespace

Restorer::Restorer(
    Editor& editor, Inputs& inputs, ModelChoice& model, Runs& runs, Settings& settings,
    QObject* parent)
    : QObject(parent)
    , m_editor(editor)
    , m_inputs(inputs)
    , m_model(model)
    , m_runs(runs)
    , m_settings(settings)
{
    connect(&editor, &Editor::replaced, this, [this] { ++m_replaced; });
}

Restorer::~Restorer()
{
    m_closing.request_stop();
}

void Restorer::restore(const QString& name, const QByteArray& png)
{
    using Found = std::optional<OpenedPicture>;
    QStringList loras;
    for (const ListedLora& listed : m_editor.document().loras)
        loras.append(QString::fromStdString(listed.lora.file));
    whenDone(
        inBackground([name, png, loras, slots = slotsOf(m_editor.methods()),
                      stop = m_closing.get_token()] {
            const auto wanted = [&](const std::string& method, const std::string& slot, int at) {
                const auto found = slots.find({method, slot});
                return found != slots.end() && at < found->second;
            };
            const auto bytes = std::as_bytes(std::span(png));
            auto record = readRecord(bytes, wanted, stop);
            if (!record)
                return Found();
            findLoras(record->request, loras);
            LoadedImage picture = decodeImage(bytes, name.toStdString(), {}, stop);
            return picture.image.empty() ? Found()
                                         : Found(OpenedPicture {*record, std::move(picture.image)});
        }),
        this, [this, name](Reading<Found> reading) {
            if (!reading.value) {
                Q_EMIT failed(reading.error);
            } else if (Found& found = *reading.value; !found) {
                Q_EMIT failed(tr("%1 carries no run of this program: it can be used as a picture.")
                                  .arg(name));
            } else if (!m_editor.methods().find(found->record.request.method)) {
                Q_EMIT failed(tr("%1 was made with \"%2\", which this program does not have.")
                                  .arg(name, QString::fromStdString(found->record.request.method)));
            } else {
                const Editor::Step step(m_editor, tr("Restore %1").arg(name));
                Record& record = found->record;
                addUnrecorded(
                    *m_editor.methods().find(record.request.method), record.request,
                    record.resolved);
                takeForeign(found->record);
                m_runs.addOpened(found->record, found->picture);
                Q_EMIT restored();
            }
        });
}

void Restorer::restoreRun(int number, Part part)
{
    const auto run = m_runs.run(number);
    if (!run || !m_runs.methodOf(*run))
        return;
    const QString labels[] = {
        tr("Restore run %1"), tr("Pictures of run %1"), tr("Prompt of run %1"),
        tr("Seed of run %1")};
    const Editor::Step step(m_editor, labels[int(part)].arg(number));
    if (part == Part::Seed)
        return m_editor.setSeed(run->request().seed);
    if (part == Part::Prompt)
        return takePrompt(*run);
    if (part == Part::Pictures) {
        m_editor.change([&](Document& d) {
            d.method = run->request().method;
            d.branch.reset();
        });
        takePictures(run->request());
    } else if (run->opened) {
        takeForeign(*run->opened);
    } else {
        takeOwn(*run);
    }
    m_runs.show(number);
}

/// A run of this program: its model's place is known.
void Restorer::takeOwn(const Run& run)
{
    const Record record {.request = run.request(), .resolved = run.values()};
    const bool usual = run.request().model.empty();
    m_model.choose(usual ? QString() : QString::fromStdString(run.card.path.string()));
    take(record);
    takeLoras(record.request.loras);
    m_model.whenKnown([this, record, before = m_editor.document().chosen().byHand,
                       step = m_editor.step()] { retakeValues(record, before, step); });
}

/// What the run's prompts say, for the method that is open, as far as it has them.
void Restorer::takePrompt(const Run& run)
{
    const Method& from = *m_runs.methodOf(run);
    for (const Role role : {Role::Prompt, Role::NegativePrompt}) {
        const Parameter *was = parameter(from, role), *is = parameter(m_editor.method(), role);
        if (was && is && run.values().contains(was->id))
            m_editor.setValue(is->id, run.values().at(was->id));
    }
}

/// A record from a file. The paths in it are not followed, they are somebody else's.
void Restorer::takeForeign(Record record)
{
    const Method& method = *m_editor.methods().find(record.request.method);
    QStringList files;
    for (const Parameter& p : method.parameters) {
        if (!p.file)
            continue;
        const auto found = record.resolved.find(p.id);
        if (found != record.resolved.end() && !toText(found->second).empty())
            files.append(
                translated(p.label) + QLatin1Char(' ')
                + QString::fromStdString(toText(found->second)));
        record.request.values.erase(p.id);
        record.resolved.erase(p.id);
    }
    take(record);
    QStringList said;
    if (!files.isEmpty())
        said.append(tr("The picture was made with files that have to be chosen again: %1.")
                        .arg(files.join(QStringLiteral(", "))));
    said += differences(record);
    if (!said.isEmpty())
        Q_EMIT notes(said);
    findModel(record);
    lookForLoras(record);
}

/// What is not taken from a record and differs now.
QStringList Restorer::differences(const Record& record) const
{
    QStringList said;
    const Document& now = m_editor.document();
    const auto computed = QString::fromStdString(record.request.precision);
    if (!computed.isEmpty() && computed != now.precision)
        said.append(tr("The picture was computed in the precision %1, and %2 is chosen now: the "
                       "result may differ a little.")
                        .arg(computed, now.precision));
    const auto predicted = QString::fromStdString(record.request.prediction);
    if (predicted != now.prediction)
        said.append(tr("The picture's model was taken to predict \"%1\", and \"%2\" is chosen "
                       "now (Edit > Settings, Models): the result will differ.")
                        .arg(predicted, now.prediction));
    return said;
}

void Restorer::branchFrom(int number, int at)
{
    const auto run = m_runs.run(number);
    if (!run || !m_runs.methodOf(*run) || !run->canBranch(at))
        return;
    m_runs.fetch(run->number);
    const Editor::Step step(m_editor, tr("Branch from step %1 of run %2").arg(at).arg(number));
    const BranchPoint from {run->id, at};
    const Record record {.request = run->request(), .resolved = run->values()};
    m_model.choose(
        run->request().model.empty() ? QString() : QString::fromStdString(run->card.path.string()));
    takeBranch(record, from);
    m_model.whenKnown([this, record, from, before = m_editor.document().chosen().byHand,
                       number = m_editor.step()] {
        const Editor::Step late(m_editor, {}, number);
        const Document& now = m_editor.document();
        if (now.branch == from && now.chosen().byHand == before)
            takeBranch(record, from); // fewer values need to be held fast
    });
    m_runs.show(number);
}

/// All that has to stay is held fast, so that it follows neither a preset nor a picture.
void Restorer::takeBranch(const Record& record, const BranchPoint& from)
{
    take(record);
    takeLoras(record.request.loras);
    m_editor.change([&](Document& d) {
        d.branch = from;
        d.device = QString::fromStdString(record.request.device);
        d.precision = QString::fromStdString(record.request.precision);
        d.prediction = QString::fromStdString(record.request.prediction);
        for (const Parameter& p : m_editor.method().parameters)
            if (const auto used = record.resolved.find(p.id);
                !p.mayChange && used != record.resolved.end())
                d.choices[d.method].byHand[p.id] = used->second;
    });
}

void Restorer::take(const Record& record)
{
    m_editor.change([&](Document& d) {
        d.method = record.request.method;
        d.branch.reset();
    });
    takePictures(record.request);
    m_editor.setSeed(record.request.seed);
    if (const QStringList said = takeValues(record); !said.isEmpty())
        Q_EMIT notes(said);
}

void Restorer::takePictures(const Request& request)
{
    for (const Slot& slot : m_editor.method().slots) {
        const auto found = request.images.find(slot.id);
        const bool there = found != request.images.end();
        // A record without any pictures leaves those that are there.
        if (!there && request.images.empty())
            continue;
        std::vector<Input> taken = there ? found->second : std::vector<Input>();
        if (!slot.several && taken.size() > 1)
            taken.resize(1);
        m_inputs.replace(slot.id, std::move(taken));
    }
}

/// With its own model fewer values need to be held fast, unless something was changed since.
void Restorer::retakeValues(const Record& record, const Values& before, int step)
{
    const Editor::Step late(m_editor, {}, step);
    const Document& now = m_editor.document();
    if (now.method == record.request.method && now.chosen().byHand == before)
        takeValues(record);
}

/// Sets what was set by hand then, and also what would otherwise differ from what was used.
QStringList Restorer::takeValues(const Record& record)
{
    const Method& method = m_editor.method();
    const auto& presets = method.presets;
    Choices mine {.touches = record.request.touches};
    if (std::ranges::find(presets, record.request.preset, &Preset::id) != presets.end())
        mine.preset = record.request.preset;
    std::set<std::string> unknown;
    const auto take = [&](const std::string& id, const Value& value) {
        try {
            checkValue(parameter(method, id), value);
            mine.byHand[id] = value;
        } catch (const Error&) {
            unknown.insert(id);
        }
    };
    for (const auto& [id, value] : record.request.values)
        take(id, value);
    const auto setMine = [&] {
        m_editor.change([&](Document& d) { d.choices[method.id] = mine; });
    };
    setMine();
    for (const auto& [id, value] : record.resolved) {
        const bool known =
            std::ranges::find(method.parameters, id, &Parameter::id) != method.parameters.end();
        if (!known || m_editor.value(id) != value)
            take(id, value);
    }
    setMine();
    if (unknown.empty())
        return {};
    return {
        tr("This version has no use for these settings of the picture: %1.").arg(asText(unknown))};
}

void Restorer::loadSample(const std::string& id)
{
    whenDone(
        inBackground([method = m_editor.method(), id] { return readSample(method, id); }), this,
        [this, method = m_editor.method().id,
         number = m_editor.inStep() ? m_editor.step() : 0](const Reading<Sample>& reading) {
            if (!reading.value) {
                Q_EMIT failed(reading.error);
                return;
            }
            if (m_editor.method().id != method)
                return;
            const Editor::Step step(m_editor, tr("Sample"), number);
            m_editor.change([&method](Document& d) {
                d.branch.reset();
                d.choices[method] = {};
            });
            for (const Slot& slot : m_editor.method().slots) {
                const auto found = reading.value->pictures.find(slot.id);
                const bool there = found != reading.value->pictures.end();
                m_inputs.put(slot.id, there ? found->second.front() : Input());
            }
            for (const auto& [value, to] : reading.value->values)
                m_editor.setValue(value, to);
            if (reading.value->seed)
                m_editor.setSeed(*reading.value->seed);
            Q_EMIT restored();
        });
}
