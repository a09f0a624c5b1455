// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/session.h"

#include "app/sessionstate.h"
#include "core/errors.h"

#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace {

/// Where there is no plug-in at all the window still opens and says so.
const Method noMethod {};
constexpr int noteDelay = 150; // milliseconds, so that typing does not ask at every key

std::optional<Value> recommended(const Parameter& p, const Method& method, const ModelCard& card)
{
    const auto values = card.recommended.find(method.id);
    if (values == card.recommended.end() || !values->second.contains(p.id))
        return {};
    try {
        return parseValue(p, values->second.at(p.id));
    } catch (const Error&) {
        return {}; // a run says what is wrong with it
    }
}

} // namespace

Session::State::Sourced Session::State::sourced(const std::string& id)
{
    const Parameter& p = parameter(*method, id);
    const Choices& mine = chosen();
    if (const auto found = mine.byHand.find(id); found != mine.byHand.end())
        return {found->second, tr("set by hand")};
    const auto preset = std::ranges::find(method->presets, mine.preset, &Preset::id);
    if (preset != method->presets.end() && preset->values.contains(id))
        return {preset->values.at(id), tr("preset %1").arg(QString::fromStdString(preset->label))};
    if (const auto value = recommended(p, *method, card))
        return {*value, tr("recommended for %1").arg(QString::fromStdString(card.name))};
    return {p.initial, hasPapersValues(*method) ? tr("the paper's") : tr("the method's own")};
}

Session::Session(Engine& engine, const MethodList& methods, Settings& settings, QObject* parent)
    : QObject(parent)
    , m_state(new State {.engine = engine, .methods = methods, .settings = settings})
{
    const auto mode = std::ranges::find(methods.methods(), false, &Method::tool);
    m_state->method = mode == methods.methods().end() ? &noMethod : &*mode;
    m_state->device = settings.device();
    m_state->precision = settings.precision();
    listen();
    m_state->noteTimer.setSingleShot(true);
    m_state->noteTimer.setInterval(noteDelay);
    connect(&m_state->noteTimer, &QTimer::timeout, this, &Session::askNotes);
    for (auto change : {&Session::methodChanged, &Session::modelChanged, &Session::deviceChanged})
        connect(this, change, this, &Session::askNotesSoon);
    connect(this, &Session::inputChanged, this, &Session::askNotesSoon);
    connect(this, &Session::valueChanged, this, &Session::askNotesSoon);
    const QString model = settings.model();
    setModel(QFileInfo::exists(model) ? model : QString());
}

Session::~Session() = default;

const MethodList& Session::methods() const
{
    return m_state->methods;
}

const Method& Session::method() const
{
    return *m_state->method;
}

void Session::setMethod(const std::string& id)
{
    const Method* method = m_state->methods.find(id);
    if (!method || method == m_state->method)
        return;
    const Slot *from = mainSlot(*m_state->method), *to = mainSlot(*method);
    m_state->method = method;
    const int before = std::exchange(m_state->current, 0);
    for (const auto& run : m_state->runs)
        if (run->request.method == id)
            m_state->current = run->number;
    Q_EMIT methodChanged();
    Q_EMIT valueChanged({});
    if (m_state->current != before)
        Q_EMIT currentChanged();
    if (!from || !to || from->id == to->id || input(from->id).image.empty())
        return;
    Input carried = input(to->id);
    carried.image = input(from->id).image;
    carried.name = input(from->id).name;
    put(to->id, carried);
}

const Pictures& Session::inputs() const
{
    return m_state->inputs;
}

Values Session::values() const
{
    Values all;
    for (const Parameter& p : method().parameters)
        all[p.id] = value(p.id);
    return all;
}

Value Session::value(const std::string& id) const
{
    return m_state->sourced(id).value;
}

QString Session::origin(const std::string& id) const
{
    return m_state->sourced(id).origin;
}

bool Session::setByHand(const std::string& id) const
{
    return m_state->chosen().byHand.contains(id);
}

void Session::setValue(const std::string& id, const Value& value)
{
    Q_ASSERT(value.index() == parameter(method(), id).initial.index());
    Values& byHand = m_state->chosen().byHand;
    const auto found = byHand.find(id);
    if (found != byHand.end() && found->second == value)
        return;
    byHand[id] = value;
    Q_EMIT valueChanged(id);
}

void Session::resetValue(const std::string& id)
{
    if (m_state->chosen().byHand.erase(id) > 0)
        Q_EMIT valueChanged(id);
}

std::string Session::preset() const
{
    return m_state->chosen().preset;
}

void Session::setPreset(const std::string& id)
{
    const auto& presets = method().presets;
    if (id == preset()
        || (!id.empty() && std::ranges::find(presets, id, &Preset::id) == presets.end()))
        return;
    m_state->chosen().preset = id;
    Q_EMIT valueChanged({});
}

quint64 Session::seed() const
{
    return m_state->seed;
}

void Session::setSeed(quint64 seed)
{
    if (seed == m_state->seed && m_state->seedLocked)
        return;
    m_state->seed = seed;
    m_state->seedLocked = true;
    Q_EMIT seedChanged();
}

bool Session::seedLocked() const
{
    return m_state->seedLocked;
}

void Session::setSeedLocked(bool locked)
{
    if (locked == m_state->seedLocked)
        return;
    m_state->seedLocked = locked;
    Q_EMIT seedChanged();
}

QString Session::device() const
{
    return m_state->device;
}

void Session::setDevice(const QString& device)
{
    if (device == m_state->device)
        return;
    m_state->device = device;
    m_state->settings.setDevice(device);
    Q_EMIT deviceChanged();
}

QString Session::precision() const
{
    return m_state->precision;
}

void Session::setPrecision(const QString& precision)
{
    if (precision == m_state->precision)
        return;
    m_state->precision = precision;
    m_state->settings.setPrecision(precision);
    Q_EMIT deviceChanged();
}

QString Session::prediction() const
{
    return m_state->prediction;
}

void Session::setPrediction(const QString& prediction)
{
    if (prediction == m_state->prediction)
        return;
    m_state->prediction = prediction;
    m_state->settings.setPrediction(m_state->chosenCard().path, prediction);
    Q_EMIT deviceChanged();
}

QStringList Session::missing() const
{
    QStringList needed;
    if (m_state->method == &noMethod)
        return {tr("a method")};
    Request filledIn; // a pixel stands for each picture: asked often, and those are large
    for (const Slot& slot : method().slots)
        if (!inputs(slot.id).empty())
            filledIn.images[slot.id] = {{.image = filled(1, 1, {})}};
    for (const std::string& text : ::missing(method(), filledIn))
        needed.append(QString::fromStdString(text));
    for (const auto& [id, value] : m_state->chosen().byHand) {
        try {
            checkValue(parameter(method(), id), value);
        } catch (const Error&) {
            needed.append(tr("a value that is possible for %1")
                              .arg(QString::fromStdString(parameter(method(), id).label)));
        }
    }
    if (!m_state->converting.isEmpty())
        needed.append(tr("the model, which is being converted"));
    else if (m_state->describing)
        needed.append(tr("the model, which is being read"));
    else if (!modelProblem().isEmpty())
        needed.append(tr("a model that serves %1").arg(QString::fromStdString(method().name)));
    return needed;
}

Request Session::request() const
{
    Request request {
        .method = method().id,
        .model = m_state->modelPath.isEmpty() ? std::string() : m_state->card.path.string(),
        .preset = preset(),
        .values = m_state->chosen().byHand,
        .seed = seed(),
        .device = device().toStdString(),
        .precision = precision().toStdString(),
        .prediction = prediction().toStdString()};
    for (const Slot& slot : method().slots)
        if (const auto& pictures = inputs(slot.id); !pictures.empty())
            request.images[slot.id] = pictures;
    return request;
}
