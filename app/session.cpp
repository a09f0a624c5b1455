// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/session.h"

#include "app/cachefolder.h"
#include "app/devices.h"
#include "app/engine.h"
#include "app/methodlist.h"
#include "app/settings.h"
#include "app/store/keeprun.h"
#include "app/sweep.h"
#include "app/touched.h"
#include "app/translated.h"
#include "core/branch.h"
#include "core/errors.h"
#include "core/models.h"

#include <QFileInfo>
#include <QRandomGenerator>

Session::Session(Engine& engine, const MethodList& methods, Settings& settings, QObject* parent)
    : QObject(parent)
    , m_settings(settings)
    , m_editor(methods)
    , m_runs(engine, methods)
    , m_queue(m_runs)
    , m_history(m_editor, m_runs, m_queue)
    , m_inputs(m_editor, settings)
    , m_model(m_editor, settings)
    , m_loras(m_editor, m_model, settings)
    , m_branch(m_editor, m_runs)
    , m_traces(std::filesystem::path(Settings::cacheFolder().toStdString()) / "traces")
    , m_looks(engine, m_runs, m_traces)
    , m_maps(engine, m_editor, m_inputs, [this] { return request(); })
    , m_controlMaps(engine, m_runs, methods)
    , m_notes(engine, [this] { return question(); })
    , m_restorer(m_editor, m_inputs, m_model, m_runs, settings)
    , m_verifier(engine, m_runs, settings)
    , m_ranker(engine, settings)
{
    const auto ask = [this] { m_notes.askSoon(); };
    connect(&m_editor, &Editor::methodChanged, &m_notes, ask);
    connect(&m_editor, &Editor::deviceChanged, &m_notes, ask);
    connect(&m_editor, &Editor::lorasChanged, &m_notes, ask);
    connect(&m_editor, &Editor::inputChanged, &m_notes, ask);
    connect(&m_editor, &Editor::valueChanged, &m_notes, ask);
    connect(&m_model, &ModelChoice::changed, &m_notes, ask);
    connect(&m_runs, &Runs::ended, &m_notes, ask);
    connect(&m_runs, &Runs::ended, this, [this] { trimKept(m_editor.methods(), m_settings); });
    m_traces.setLimits(settings.traceLimits());
    connect(&m_runs, &Runs::traced, this, &Session::keepTrace);
    connect(&m_runs, &Runs::removed, &m_traces, &Traces::remove);
    connect(&m_runs, &Runs::stepAdded, this, &Session::shareTrace);
    const auto show = [this] { m_runs.showLastOf(m_editor.method().id); };
    connect(&m_editor, &Editor::methodChanged, &m_runs, show);
    begin();
    connect(&m_editor, &Editor::deviceChanged, this, [this] {
        m_settings.setDevice(m_editor.document().device);
        m_settings.setPrecision(m_editor.document().precision);
    });
}

/// What the settings say stands in the document before there is anything to undo.
void Session::begin()
{
    Document first = m_editor.document();
    first.device = presentDevice(m_settings.device());
    first.precision = m_settings.precision();
    if (const QString model = m_settings.model(); QFileInfo::exists(model))
        first.model = model;
    m_editor.put(first);
    m_model.readChosen();
}

void Session::setMethod(const std::string& id)
{
    const Method* to = m_editor.methods().find(id);
    if (!to || to->id == m_editor.method().id)
        return;
    const Slot *from = mainSlot(m_editor.method()), *into = mainSlot(*to);
    const Input worked = from ? m_inputs.at(from->id) : Input();
    const Editor::Step step(m_editor, {});
    m_editor.change([&](Document& d) { d.method = id; });
    if (!from || !into || worked.image.empty() || !m_inputs.in(into->id).empty())
        return;
    m_inputs.put(into->id, {.image = worked.image, .name = worked.name});
}

void Session::setDevice(const QString& device)
{
    m_editor.change([&](Document& d) { d.device = device; });
}

void Session::setPrecision(const QString& precision)
{
    m_editor.change([&](Document& d) { d.precision = precision; });
}

QStringList Session::missing() const
{
    const Method& method = m_editor.method();
    if (method.id.empty())
        return {tr("a method")};
    const Request asked = request();
    QStringList needed = translated(::missing(method, asked)) + m_branch.missing(asked);
    for (const auto& [id, value] : m_editor.document().chosen().byHand) {
        try {
            checkValue(parameter(method, id), value);
        } catch (const Error&) {
            needed.append(
                tr("a value that is possible for %1").arg(translated(parameter(method, id).label)));
        }
    }
    if (const QString awaited = m_model.awaited(); !awaited.isEmpty())
        needed.append(awaited);
    else if (!m_model.problem().isEmpty())
        needed.append(tr("a model that serves %1").arg(translated(method.name)));
    return needed;
}

Request Session::request() const
{
    const Document& d = m_editor.document();
    Request request {
        .method = m_editor.method().id,
        .model = m_model.isDefault() ? std::string() : m_model.card().path.string(),
        .preset = d.chosen().preset,
        .values = d.chosen().byHand,
        .seed = d.seed,
        .device = d.device.toStdString(),
        .precision = d.precision.toStdString(),
        .prediction = d.prediction.toStdString(),
        .touches = d.chosen().touches};
    for (const ListedLora& listed : d.loras)
        if (listed.on)
            request.loras.push_back(listed.lora);
    for (const Slot& slot : m_editor.method().slots)
        if (const auto& pictures = d.pictures(slot.id); !pictures.empty())
            request.images[slot.id] = slot.several ? pictures : std::vector {pictures.front()};
    m_branch.addTo(request);
    return request;
}

void Session::start(bool inFront)
{
    Q_EMIT aboutToStart();
    if (!missing().isEmpty())
        return;
    Request asked = request();
    asked.seed = takeSeed();
    std::optional<Prepared> prepared;
    try {
        prepared = prepare(m_editor.method(), asked, m_model.card());
    } catch (...) {
        m_runs.addFailed(asked, m_model.chosenCard(), currentFailure().sentence);
        return;
    }
    m_history.seal();
    m_queue.add(
        {.prepared = *prepared,
         .card = m_model.chosenCard(),
         .recording = recording(),
         .from = m_editor.document().branch},
        inFront);
}

std::vector<Request> Session::startSweep(const std::vector<SweepAxis>& axes)
{
    Q_EMIT aboutToStart();
    if (const QStringList needed = missing(); !needed.isEmpty())
        throw Error("Still needed: %1.", needed.join(QStringLiteral(", ")).toStdString());
    Request base = request();
    base.branch.reset();
    base.seed = takeSeed();
    std::vector<Request> requests = sweepOf(base, axes);
    std::vector<Prepared> all;
    for (const Request& each : requests)
        all.push_back(prepare(m_editor.method(), each, m_model.card()));
    m_history.seal();
    for (Prepared& each : all)
        m_queue.add(
            {.prepared = std::move(each), .card = m_model.chosenCard(), .recording = recording()});
    return requests;
}

Request Session::startTouched(const Run& run, std::vector<Touch> touches)
{
    const Method* method = m_runs.methodOf(run);
    if (!method)
        throw Error("This mode is not there any more.");
    const Request asked = touched(run.request(), std::move(touches), run.stepCount);
    const ModelCard card = describeModel(modelPath(asked));
    const Prepared prepared = prepare(*method, asked, card);
    m_history.seal();
    m_queue.add(
        {.prepared = prepared,
         .card = run.card.path.empty() ? card : run.card,
         .recording = recording()});
    return asked;
}

void Session::setStarred(const std::vector<int>& runs, bool starred)
{
    std::vector<HistoryStep::Mark> marks;
    for (const int number : runs) {
        const Marks before = m_runs.marks(number);
        Marks after = before;
        after.starred = starred;
        if (after != before && m_runs.run(number))
            marks.push_back({number, before, after});
    }
    if (!marks.empty())
        m_history.mark(starred ? tr("Star") : tr("Remove the star"), marks);
}

void Session::setName(int run, const QString& name)
{
    const Marks before = m_runs.marks(run);
    Marks after = before;
    after.name = name.trimmed();
    if (after != before && m_runs.run(run))
        m_history.mark(tr("Name of run %1").arg(run), {{run, before, after}});
}

std::vector<HistoryStep::Mark> Session::toBin(const std::vector<int>& runs) const
{
    const auto busy = m_runs.inProgress();
    std::vector<HistoryStep::Mark> marks;
    for (const int number : runs) {
        const Marks before = m_runs.marks(number);
        Marks after = before;
        after.binned = true;
        if (m_runs.run(number) && (!busy || busy->number != number))
            marks.push_back({number, before, after});
    }
    return marks;
}

void Session::bin(const std::vector<int>& runs)
{
    const auto marks = toBin(runs);
    if (!marks.empty())
        m_history.mark(
            marks.size() == 1 ? tr("Delete run %1").arg(marks[0].run)
                              : tr("Delete %1 runs").arg(marks.size()),
            marks);
}

std::vector<int> Session::olderThan(const QDateTime& time) const
{
    std::vector<int> older;
    for (const auto& run : m_runs.all())
        if (run->isOver() && !run->marks.starred && run->started < time)
            older.push_back(run->number);
    return older;
}

void Session::binOld(const std::vector<int>& runs)
{
    const auto marks = toBin(runs);
    if (!marks.empty())
        m_history.mark(
            marks.size() == 1 ? tr("Delete old run %1").arg(marks[0].run)
                              : tr("Delete %1 old runs").arg(marks.size()),
            marks, true);
}

/// Of a small model everything; of one of full size the attention, which is most of what is asked
/// for and takes 70 MB a step at 512 pixels.
Recording Session::recording() const
{
    constexpr uint64_t small = uint64_t(256) << 20;
    if (!m_settings.records())
        return {};
    return m_model.card().bytes <= small ? everything() : attentionOnly();
}

/// The first steps of a branch are its parent's, and nothing goes through the network in them.
void Session::shareTrace(int number, int step)
{
    const auto run = m_runs.run(number);
    if (!run || step == 0 || !run->request().branch || step > run->request().branch->step)
        return;
    if (const auto parent = untouchedOf(m_runs, *run))
        m_traces.share(number, step - 1, parent->number);
}

void Session::keepTrace(int number, int step, const std::shared_ptr<const StepTrace>& trace)
{
    const auto run = m_runs.run(number);
    if (!run || step + 1 >= int(run->steps.size()))
        return;
    const auto &before = run->steps[size_t(step)].latent,
               &after = run->steps[size_t(step) + 1].latent;
    if (before && after)
        m_traces.add(number, step, trace, *before, *after);
}

/// The seed of the run that starts. One that was drawn is used up by that, which is no edit.
uint64_t Session::takeSeed()
{
    Document now = m_editor.document();
    if (!now.seedKnown())
        return QRandomGenerator::global()->generate();
    if (std::exchange(now.seedDrawn, false))
        m_editor.put(now);
    return now.seed;
}

Prepared Session::prepareAgain(const Request& request, const std::string& model) const
{
    const Method* method = m_editor.methods().find(request.method);
    if (!method)
        throw Error(
            "The run was made with \"%1\", which this program does not have.", request.method);
    const Request here = changedWithAncestors(request, [](Request& each) {
        each.device = presentDevice(QString::fromStdString(each.device)).toStdString();
    });
    const ModelCard card = describeModel(modelPath(here));
    checkModel(here, model, card);
    return prepare(*method, here, card);
}

void Session::goOn(int number)
{
    const auto run = m_runs.run(number);
    if (!run || m_runs.running() || !run->canGoOn())
        return;
    if (number == m_queue.held())
        return m_queue.setPaused(false);
    m_runs.show(number); // which reads what is away
    try {
        m_runs.goOn(number, prepareAgain(run->request(), run->model.toStdString()));
    } catch (...) {
        m_runs.refuse(number, currentFailure().sentence);
    }
}

/// Nothing while something is wrong with the request: the form and the list of what is needed say
/// that already.
std::optional<Notes::Question> Session::question() const
{
    const Method& method = m_editor.method();
    if (!method.notes || !m_model.awaited().isEmpty() || !m_model.problem().isEmpty())
        return {};
    try {
        const Request asked = request();
        return Notes::Question {
            .method = method,
            .prepared = {
                .request = asked,
                .values = resolve(method, asked, m_model.card()),
                .card = m_model.card()}};
    } catch (const std::exception&) {
        return {};
    }
}
