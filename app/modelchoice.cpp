// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/modelchoice.h"

#include "app/engine.h"
#include "app/settings.h"
#include "app/translated.h"
#include "core/file/resources.h"
#include "core/models.h"

#include <QFileInfo>
#include <QtConcurrent>

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
        found.card.problem =
            namedAsChosen(translated(found.card.problem), chosen, file).toStdString();
    } catch (...) {
        found.problem = namedAsChosen(currentFailure().sentence, chosen, file);
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
        [this](const QString&, const QString& sentence) {
            endConversion();
            Q_EMIT failed(sentence);
        });
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

void ModelChoice::choose(const QString& path)
{
    if (!m_converting.isEmpty()) {
        m_helper.cancel();
        endConversion();
    }
    m_then = {};
    if (!path.isEmpty() && !QFileInfo::exists(path)) {
        Q_EMIT failed(tr("There is no model %1.").arg(path));
        return;
    }
    ++m_descriptions;
    m_describing = false;
    if (!CheckpointHelper::isCheckpoint(path)) {
        describe(path, path);
        return;
    }
    m_converting = path;
    Q_EMIT stage(tr("Converting %1 to safetensors").arg(QFileInfo(path).fileName()));
    m_helper.convert(path);
}

void ModelChoice::describe(const QString& chosen, const QString& file)
{
    const int description = ++m_descriptions;
    m_describing = true;
    QtConcurrent::run([chosen, file] {
        return describeInBackground(chosen, file);
    }).then(this, [this, chosen, description](const Described& found) {
        if (description != m_descriptions)
            return; // another model was chosen meanwhile
        m_describing = false;
        take(chosen, found.card, found.problem);
    });
}

void ModelChoice::take(const QString& chosen, ModelCard found, const QString& problem)
{
    const auto then = std::exchange(m_then, {});
    if (!problem.isEmpty()) {
        if (card().path.empty()) // there was none yet: a run must not start without one
            m_editor.setCard(
                {.path = found.path,
                 .name = found.path.filename(),
                 .problem = problem.toStdString()});
        Q_EMIT failed(problem);
        return;
    }
    m_editor.change([&](Document& d) {
        d.model = chosen;
        d.prediction = m_settings.prediction(
            chosen.isEmpty() ? found.path : std::filesystem::path(chosen.toStdString()));
    });
    // One that cannot be loaded is shown with its reason, and forgotten with the window.
    if (found.problem.empty())
        m_settings.setModel(chosen);
    if (found.problem.empty() && !chosen.isEmpty())
        m_settings.addRecentModel(chosen);
    m_editor.setCard(std::move(found));
    Q_EMIT changed();
    if (then)
        then();
}

void ModelChoice::setPrediction(const QString& prediction)
{
    m_settings.setPrediction(chosenCard().path, prediction);
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
