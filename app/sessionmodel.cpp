// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/session.h"
#include "app/sessionstate.h"
#include "core/resources.h"

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
            namedAsChosen(QString::fromStdString(found.card.problem), chosen, file).toStdString();
    } catch (...) {
        found.problem = namedAsChosen(currentFailure().sentence, chosen, file);
    }
    return found;
}

} // namespace

const ModelCard& Session::model() const
{
    return m_state->card;
}

bool Session::usesDefaultModel() const
{
    return m_state->modelPath.isEmpty();
}

QString Session::chosenModel() const
{
    return m_state->modelPath;
}

void Session::setModel(const QString& path)
{
    if (!m_state->converting.isEmpty()) {
        m_state->helper.cancel();
        m_state->converting.clear();
        Q_EMIT modelStage({});
    }
    m_state->afterModel = {};
    if (!path.isEmpty() && !QFileInfo::exists(path)) {
        Q_EMIT modelFailed(tr("There is no model %1.").arg(path));
        return;
    }
    ++m_state->descriptions;
    m_state->describing = false;
    if (!CheckpointHelper::isCheckpoint(path)) {
        describe(path, path);
        return;
    }
    m_state->converting = path;
    Q_EMIT modelStage(tr("Converting %1 to safetensors").arg(QFileInfo(path).fileName()));
    m_state->helper.convert(path);
}

void Session::describe(const QString& chosen, const QString& file)
{
    const int description = ++m_state->descriptions;
    m_state->describing = true;
    QtConcurrent::run([chosen, file] {
        return describeInBackground(chosen, file);
    }).then(this, [this, chosen, description](const Described& found) {
        if (description != m_state->descriptions)
            return; // another model was chosen meanwhile
        m_state->describing = false;
        takeCard(chosen, found.card, found.problem);
    });
}

void Session::takeCard(const QString& chosen, ModelCard found, const QString& problem)
{
    ModelCard& card = m_state->card;
    const auto then = std::exchange(m_state->afterModel, {});
    if (!problem.isEmpty()) {
        if (card.path.empty()) // there was none yet: a run must not start without one
            card = {
                .path = found.path,
                .name = found.path.filename(),
                .problem = problem.toStdString()};
        Q_EMIT modelFailed(problem);
        return;
    }
    const bool same =
        card.path == found.path && card.problem == found.problem && m_state->modelPath == chosen;
    card = std::move(found);
    m_state->modelPath = chosen;
    m_state->prediction = m_state->settings.prediction(m_state->chosenCard().path);
    // One that cannot be loaded is shown with its reason, and forgotten with the window.
    if (card.problem.empty())
        m_state->settings.setModel(chosen);
    if (card.problem.empty() && !chosen.isEmpty())
        m_state->settings.addRecentModel(chosen);
    Q_EMIT modelChanged();
    if (!same)
        Q_EMIT valueChanged({});
    if (then)
        then();
}

/// Does it at once where no model is being read.
void Session::afterModel(const std::function<void()>& then)
{
    if (!m_state->describing && m_state->converting.isEmpty())
        then();
    else
        m_state->afterModel = then;
}

QString Session::modelProblem() const
{
    if (m_state->card.path.empty())
        return {}; // it is being read
    if (!m_state->card.problem.empty())
        return QString::fromStdString(m_state->card.problem);
    return method().refuses ? QString::fromStdString(method().refuses(m_state->card)) : QString();
}

void Session::startHashing(const ModelCard& card)
{
    QtConcurrent::run([card, folder = Settings::cacheFolder().toStdString()]() -> std::string {
        try {
            return modelHash(card, folder);
        } catch (...) {
            return {}; // whoever saves a picture tries again and is told
        }
    }).then(this, [this, path = card.path](const std::string& hash) {
        for (const auto& run : m_state->runs)
            if (run->card.path == path && run->modelHash.empty())
                run->modelHash = hash;
    });
}
