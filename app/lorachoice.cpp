// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/lorachoice.h"

#include "app/background.h"
#include "app/ending.h"
#include "app/engine.h"
#include "app/fewsteps.h"
#include "app/loras.h"
#include "app/methodlist.h"
#include "app/modelchoice.h"
#include "app/settings.h"
#include "app/translated.h"
#include "core/models.h"
#include "core/stopping.h"

#include <QFileInfo>
#include <QtConcurrentRun>

#include <algorithm>

LoraChoice::LoraChoice(
    Editor& editor, const ModelChoice& model, Settings& settings, QObject* parent)
    : QObject(parent)
    , m_editor(editor)
    , m_model(model)
    , m_settings(settings)
{
    connect(&editor, &Editor::lorasChanged, this, &LoraChoice::describe);
    connect(&model, &ModelChoice::changed, this, &LoraChoice::describe);
}

const LoraCard* LoraChoice::card(int at) const
{
    const auto found =
        m_cards.find({list().at(std::size_t(at)).lora.sha256, m_model.card().path.string()});
    return found == m_cards.end() || found->second.name.empty() ? nullptr : &found->second;
}

void LoraChoice::add(const QString& file)
{
    struct Read
    {
        LoraCard card = {};
        Lora lora = {};
        QString error = {};
    };
    ++m_reading;
    Q_EMIT changed();
    const std::string path = QFileInfo(file).absoluteFilePath().toStdString();
    whenDone(
        QtConcurrent::run([path, model = m_model.card().path] {
            const Stopping stopping([ends = programEnds()] { return ends.stop_requested(); });
            Read read {.card = describeChosenLora(path, model), .lora = {.file = path}};
            try {
                if (read.card.problem.empty())
                    read.lora.sha256 = fileHash(path, Settings::cacheFolder().toStdString());
            } catch (...) {
                read.error = currentFailure().sentence;
            }
            return read;
        }),
        this, [this, model = m_model.card().path](const Read& read) {
            --m_reading;
            if (!read.card.problem.empty() || !read.error.isEmpty()) {
                Q_EMIT changed();
                Q_EMIT failed(read.error.isEmpty() ? translated(read.card.problem) : read.error);
                return;
            }
            m_settings.addRecentLora(QString::fromStdString(read.lora.file));
            m_cards[{read.lora.sha256, model.string()}] = read.card;
            const auto same = std::ranges::find_if(list(), [&](const ListedLora& listed) {
                return listed.lora.sha256 == read.lora.sha256;
            });
            if (same != list().end())
                switched(
                    true, read.lora, [&, at = std::size_t(same - list().begin())](Document& d) {
                        d.loras[at].on = true;
                        d.loras[at].lora.file = read.lora.file; // it may have been moved
                    });
            else if (int(list().size()) < mostLoras)
                switched(
                    true, read.lora, [&](Document& d) { d.loras.push_back({.lora = read.lora}); });
            else
                Q_EMIT failed(tr("There are %1 LoRAs in the list, and more cannot be: take one out "
                                 "first.")
                                  .arg(mostLoras));
            Q_EMIT changed();
        });
}

void LoraChoice::edit(int at, const std::function<void(ListedLora&)>& change)
{
    m_editor.change([&](Document& d) { change(d.loras.at(std::size_t(at))); });
}

/// Changes the list, and with it what goes with a LoRA that is made for few steps, in one step.
void LoraChoice::switched(bool on, const Lora& lora, const std::function<void(Document&)>& change)
{
    Document now = m_editor.document();
    change(now);
    const QString what = on ? switchToFewSteps(now, m_editor.methods().methods(), lora)
                            : switchBack(now, m_editor.methods().methods(), lora);
    m_editor.set(std::move(now));
    Q_EMIT said(what);
}

void LoraChoice::setOn(int at, bool on)
{
    const Lora lora = list().at(std::size_t(at)).lora;
    switched(on, lora, [&](Document& d) { d.loras.at(std::size_t(at)).on = on; });
}

void LoraChoice::setWeight(int at, double weight)
{
    edit(at, [&](ListedLora& listed) {
        listed.lora.weight = std::clamp(weight, -mostLoraWeight, mostLoraWeight);
    });
}

void LoraChoice::remove(int at)
{
    const ListedLora listed = list().at(std::size_t(at));
    const auto erase = [at](Document& d) { d.loras.erase(d.loras.begin() + at); };
    if (listed.on)
        switched(false, listed.lora, erase);
    else
        m_editor.change(erase);
}

void LoraChoice::addTriggers(int at)
{
    const LoraCard* of = card(at);
    const Parameter* prompt = parameter(m_editor.method(), Role::Prompt);
    if (!of || !prompt || of->triggers.empty())
        return;
    std::string text = std::get<std::string>(m_editor.value(prompt->id));
    text += (text.empty() ? "" : ", ") + of->triggers;
    m_editor.setValue(prompt->id, text);
}

/// Finds out what is not known yet of the list's files.
void LoraChoice::describe()
{
    const auto model = m_model.card().path;
    for (const ListedLora& listed : list()) {
        const std::pair key(listed.lora.sha256, model.string());
        if (model.empty() || !m_cards.try_emplace(key).second)
            continue;
        if (listed.lora.file.empty()) {
            m_cards[key].problem = "Its file is not known here: add it again.";
            continue;
        }
        whenDone(
            QtConcurrent::run(
                [file = listed.lora.file, model] { return describeChosenLora(file, model); }),
            this, [this, key](const LoraCard& card) {
                m_cards[key] = card;
                Q_EMIT changed();
            });
    }
    Q_EMIT changed();
}
