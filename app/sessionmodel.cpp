// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/session.h"
#include "app/sessionstate.h"
#include "core/resources.h"

#include <QFileInfo>
#include <QtConcurrent>

const ModelCard& Session::model() const
{
    return m_state->card;
}

void Session::setModel(const QString& path)
{
    if (!m_state->converting.isEmpty()) {
        m_state->helper.cancel();
        m_state->converting.clear();
        Q_EMIT modelStage({});
    }
    if (!path.isEmpty() && !QFileInfo::exists(path)) {
        Q_EMIT modelFailed(tr("There is no model %1.").arg(path));
        return;
    }
    const QString file =
        CheckpointHelper::isCheckpoint(path) ? CheckpointHelper::convertedFile(path) : path;
    if (file == path || QFileInfo::exists(file)) {
        describe(path, file);
        return;
    }
    m_state->converting = path;
    Q_EMIT modelStage(tr("Converting %1 to safetensors").arg(QFileInfo(path).fileName()));
    m_state->helper.convert(path);
}

void Session::describe(const QString& chosen, const QString& file)
{
    ModelCard& card = m_state->card;
    std::filesystem::path path = file.toStdString();
    try {
        if (path.empty())
            path = defaultModel();
        if (card.path == path && card.problem.empty() && m_state->modelPath == chosen)
            return;
        ModelCard found = describeModel(path);
        if (file != chosen)
            found.name = QFileInfo(chosen).fileName().toStdString();
        card = std::move(found);
    } catch (...) {
        const Failure failure = currentFailure();
        if (card.path.empty()) // there was none yet: a run must not start without one
            card = {
                .path = path, .name = path.filename(), .problem = failure.sentence.toStdString()};
        Q_EMIT modelFailed(failure.sentence);
        return;
    }
    m_state->modelPath = chosen;
    m_state->settings.setModel(chosen);
    if (!chosen.isEmpty())
        m_state->settings.addRecentModel(chosen);
    Q_EMIT modelChanged();
    Q_EMIT valueChanged({});
}

QString Session::modelProblem() const
{
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
