// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/modelchoice.h"

#include "app/background.h"
#include "app/convertedfile.h"
#include "app/engine.h"
#include "app/settings.h"
#include "app/translated.h"
#include "core/file/resources.h"
#include "core/models.h"

#include <QFileInfo>
#include <QtConcurrentRun>

#include <utility>

namespace {

/// What a model is, found out in the background; or why that could not be.
struct Described
{
    ModelCard card = {};
    QString problem = {};
};

Described describeInBackground(const QString& chosen, const QString& file)
{
    Described found;
    try {
        found.card.path = file.toStdString();
        if (file.isEmpty())
            found.card.path = defaultModel();
        found.card = describeModel(found.card.path);
        if (file == chosen)
            return found;
        found.card.name = QFileInfo(chosen).fileName().toStdString();
        found.card.problem = namedAsChosen(translated(found.card.problem)).toStdString();
    } catch (...) {
        found.problem = currentFailure().sentence;
    }
    return found;
}

} // namespace

ModelChoice::ModelChoice(Editor& editor, Settings& settings, QObject* parent)
    : QObject(parent)
    , m_editor(editor)
    , m_settings(settings)
{
    connect(
        &m_helper, &CheckpointHelper::converted, this,
        [this](const QString& from, const QString& to) {
            endConversion();
            describe(from, to);
        });
    connect(
        &m_helper, &CheckpointHelper::failed, this,
        [this](const QString& from, const QString& sentence) {
            endConversion();
            fail(sentence, {.path = from.toStdString()});
        });
    connect(&editor, &Editor::replaced, this, &ModelChoice::followDocument);
    connect(&editor, &Editor::deviceChanged, this, &ModelChoice::keepPrediction);
}

bool ModelChoice::isDefault() const
{
    return chosen().isEmpty();
}

QString ModelChoice::chosen() const
{
    return m_editor.document().model;
}

ModelCard ModelChoice::chosenCard() const
{
    ModelCard chosenFile = card();
    if (!isDefault())
        chosenFile.path = chosen().toStdString();
    return chosenFile;
}

void ModelChoice::endConversion()
{
    m_converting.clear();
    Q_EMIT stage({});
}

/// What is being found out no longer counts.
void ModelChoice::drop()
{
    if (!m_converting.isEmpty()) {
        m_helper.cancel();
        endConversion();
    }
    m_then = {};
    ++m_descriptions;
    m_describing = false;
}

void ModelChoice::choose(const QString& path)
{
    drop();
    if (!path.isEmpty() && !QFileInfo::exists(path)) {
        Q_EMIT failed(tr("There is no model %1.").arg(path));
        return;
    }
    begin(path, Chosen, m_editor.inStep() ? m_editor.step() : 0);
}

void ModelChoice::readChosen()
{
    drop();
    begin(chosen(), Started, 0);
}

void ModelChoice::begin(const QString& path, Reason reason, int step)
{
    m_reason = reason;
    m_reading = path;
    m_step = step;
    if (!CheckpointHelper::isCheckpoint(path)) {
        describe(path, path);
        return;
    }
    m_converting = path;
    Q_EMIT stage(tr("Converting %1 to safetensors").arg(QFileInfo(path).fileName()));
    m_helper.convert(path);
}

/// A step was undone or made again: what it says of the model counts.
void ModelChoice::followDocument()
{
    const bool reading = !awaited().isEmpty();
    const bool started = !card().path.empty() || reading;
    const bool same = reading ? m_reason != Chosen && chosen() == m_reading : chosen() == m_known;
    if (!started || same)
        return;
    drop();
    begin(chosen(), CameBack, 0);
}

/// What was said of the model's UNet is remembered with the model.
void ModelChoice::keepPrediction()
{
    const std::filesystem::path path = chosenCard().path;
    const QString& prediction = m_editor.document().prediction;
    if (m_known == chosen() && exists(path) && m_settings.prediction(path) != prediction)
        m_settings.setPrediction(path, prediction);
}

void ModelChoice::describe(const QString& chosen, const QString& file)
{
    const int description = ++m_descriptions;
    m_describing = true;
    whenDone(
        QtConcurrent::run([chosen, file] { return describeInBackground(chosen, file); }), this,
        [this, chosen, description](const Described& found) {
            if (description != m_descriptions)
                return; // another model was chosen meanwhile
            m_describing = false;
            take(chosen, found.card, found.problem);
        });
}

/// There is no model at all where the document says one that cannot be read: a run must not start.
void ModelChoice::fail(const QString& sentence, const ModelCard& found)
{
    m_then = {};
    if (card().path.empty() || m_reason != Chosen) {
        m_known = chosen();
        m_editor.setCard(
            {.path = found.path, .name = found.path.filename(), .problem = sentence.toStdString()});
    }
    Q_EMIT failed(sentence);
}

void ModelChoice::take(const QString& chosen, ModelCard found, const QString& problem)
{
    if (!problem.isEmpty())
        return fail(problem, found);
    const auto then = std::exchange(m_then, {});
    Document now = m_editor.document();
    now.model = chosen;
    if (m_reason != CameBack)
        now.prediction = m_settings.prediction(
            chosen.isEmpty() ? found.path : std::filesystem::path(chosen.toStdString()));
    m_known = chosen;
    if (m_reason == Chosen) {
        const Editor::Step step(m_editor, {}, m_step);
        m_editor.set(now);
    } else if (now != m_editor.document()) {
        m_editor.put(now);
    }
    // One that cannot be loaded is shown with its reason, and forgotten with the window.
    if (found.problem.empty())
        m_settings.setModel(chosen);
    if (found.problem.empty() && !chosen.isEmpty())
        m_settings.addRecentModel(chosen);
    m_editor.setCard(std::move(found));
    keepPrediction();
    Q_EMIT changed();
    if (then)
        then();
}

void ModelChoice::setPrediction(const QString& prediction)
{
    m_editor.change([&](Document& d) { d.prediction = prediction; });
}

void ModelChoice::whenKnown(const std::function<void()>& then)
{
    if (awaited().isEmpty())
        then();
    else
        m_then = then;
}

QString ModelChoice::awaited() const
{
    return !m_converting.isEmpty() ? tr("the model, which is being converted")
        : m_describing             ? tr("the model, which is being read")
                                   : QString();
}

QString ModelChoice::problem() const
{
    if (card().path.empty())
        return {}; // it is being read
    if (!card().problem.empty())
        return translated(card().problem);
    const Method& method = m_editor.method();
    return method.refuses ? translated(method.refuses(card())) : QString();
}
