// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/presetbutton.h"

#include "app/background.h"
#include "app/engine.h"
#include "app/methodlist.h"
#include "app/session.h"
#include "app/translated.h"
#include "ui/ownpresetsdialog.h"
#include "ui/savepresetdialog.h"

#include <QFileDialog>
#include <QMenu>
#include <QtConcurrentRun>

#include <algorithm>
#include <variant>

namespace {

constexpr int mostLetters = 28; // of a name in the button

/// A file that was read, or why it was not.
using ReadPreset = std::variant<PresetFile, QString>;

ReadPreset readHere(const QString& path, const MethodList& methods)
{
    try {
        return readPreset(path.toStdString(), methods);
    } catch (...) {
        return currentFailure().sentence;
    }
}

QString shortName(const QString& name)
{
    return name.size() > mostLetters ? name.left(mostLetters - 1).trimmed() + QChar(0x2026) : name;
}

} // namespace

PresetButton::PresetButton(Session& session, QWidget* parent)
    : QToolButton(parent)
    , m_session(session)
    , m_menu(new QMenu(this))
{
    setProperty("role", QStringLiteral("flat"));
    setMenu(m_menu);
    setPopupMode(QToolButton::InstantPopup);
    setAccessibleName(tr("Preset"));
    m_menu->setToolTipsVisible(true);
    connect(m_menu, &QMenu::aboutToShow, this, &PresetButton::fill);
    connect(&session.editor(), &Editor::methodChanged, this, &PresetButton::fill);
    fill();
    refresh();
}

void PresetButton::refresh()
{
    const Method& method = m_session.editor().method();
    const auto shipped = std::ranges::find(
        method.presets, m_session.editor().document().chosen().preset, &Preset::id);
    const PresetFile* own = chosenPreset(m_session.editor(), m_own);
    const QString name = own              ? own->preset.name
        : shipped != method.presets.end() ? translated(shipped->label)
                                          : tr("Recommended");
    setVisible(!method.id.empty());
    setText(shortName(name) + QStringLiteral(" \u25BE"));
    setAccessibleDescription(name);
}

QString PresetButton::note() const
{
    const Method& method = m_session.editor().method();
    const auto shipped = std::ranges::find(
        method.presets, m_session.editor().document().chosen().preset, &Preset::id);
    return shipped == method.presets.end() ? QString() : translated(shipped->note);
}

void PresetButton::fill()
{
    m_own = ownPresets(m_session.editor().method(), m_session.editor().methods()).presets;
    m_menu->clear();
    addShipped();
    addOwn();
    m_menu->addSeparator();
    m_menu->addAction(tr("&Save as preset..."), this, &PresetButton::save);
    m_menu->addAction(tr("&Take in from a file..."), this, &PresetButton::chooseFile);
    m_menu->addAction(tr("&Own presets..."), this, &PresetButton::manage);
}

void PresetButton::addShipped()
{
    const std::string& chosen = m_session.editor().document().chosen().preset;
    const bool own = chosenPreset(m_session.editor(), m_own);
    const auto add = [&](const std::string& id, const QString& label, const QString& note) {
        QAction* action = m_menu->addAction(label);
        action->setCheckable(true);
        action->setChecked(!own && chosen == id);
        action->setToolTip(note);
        connect(action, &QAction::triggered, this, [this, id] {
            choosePreset(m_session.editor(), chosenPreset(m_session.editor(), m_own), id);
        });
    };
    add({}, tr("Recommended"), tr("The values that the model recommends, else the method's own."));
    m_menu->addSeparator();
    for (const Preset& preset : m_session.editor().method().presets)
        add(preset.id, translated(preset.label), translated(preset.note));
}

void PresetButton::addOwn()
{
    if (m_own.empty())
        return;
    const PresetFile* chosen = chosenPreset(m_session.editor(), m_own);
    m_menu->addSeparator();
    m_menu->addAction(tr("Own"))->setEnabled(false);
    for (const PresetFile& file : m_own) {
        QAction* action = m_menu->addAction(
            QString(file.preset.name).replace(QLatin1Char('&'), QStringLiteral("&&")));
        action->setCheckable(true);
        action->setChecked(&file == chosen);
        connect(
            action, &QAction::triggered, this, [this, preset = file.preset] { choose(preset); });
    }
}

void PresetButton::choose(const OwnPreset& preset)
{
    choosePreset(m_session.editor(), chosenPreset(m_session.editor(), m_own), preset);
}

void PresetButton::save()
{
    auto* dialog = new SavePresetDialog(m_session.editor(), window());
    connect(dialog, &SavePresetDialog::chosen, this, [this](const OwnPreset& preset) {
        const Editor& editor = m_session.editor();
        try {
            keepPreset(editor.method(), preset, editor.methods());
            choose(preset);
            fill();
            refresh();
        } catch (...) {
            Q_EMIT told(currentFailure().sentence, true, {});
        }
    });
    dialog->open();
}

void PresetButton::manage()
{
    auto* dialog = new OwnPresetsDialog(m_session.editor(), window());
    connect(dialog, &OwnPresetsDialog::takeInRequested, this, &PresetButton::chooseFile);
    connect(dialog, &OwnPresetsDialog::changed, this, [this] {
        fill();
        refresh();
    });
    connect(this, &PresetButton::told, dialog, &OwnPresetsDialog::fill);
    dialog->open();
}

void PresetButton::chooseFile()
{
    auto* dialog = new QFileDialog(this, tr("Take in a preset"), QString(), tr("Presets (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &PresetButton::takeIn);
    dialog->open();
}

void PresetButton::takeIn(const QString& path)
{
    whenDone(
        QtConcurrent::run(
            [path, &methods = m_session.editor().methods()] { return readHere(path, methods); }),
        this, [this](const ReadPreset& read) {
            if (const auto* file = std::get_if<PresetFile>(&read))
                put(*file);
            else
                Q_EMIT told(std::get<QString>(read), true, {});
        });
}

/// One of the same name gets a number, unless it is the same.
void PresetButton::put(const PresetFile& file)
{
    const Editor& editor = m_session.editor();
    const Method* method = editor.methods().find(file.method);
    if (!method || method->isTool())
        return Q_EMIT told(
            tr("The preset %1 is for a tool, which has none of its own.").arg(file.preset.name),
            true, {});
    const auto there = ownPresets(*method, editor.methods()).presets;
    OwnPreset preset = file.preset;
    const bool same =
        std::ranges::any_of(there, [&](const PresetFile& other) { return other.preset == preset; });
    try {
        if (!same) {
            preset.name = freePresetName(*method, there, preset.name);
            keepPreset(*method, preset, editor.methods());
        }
    } catch (...) {
        return Q_EMIT told(currentFailure().sentence, true, {});
    }
    fill();
    refresh();
    const QString mode = translated(method->name);
    const bool other = method->id != editor.method().id;
    const QString sentence = same ? tr("The preset %1 is among your own for %2 already.")
                                  : tr("The preset %1 is among your own for %2 now.");
    Q_EMIT told(
        sentence.arg(preset.name, mode), false,
        {{other ? tr("Switch to %1 and use it").arg(mode) : tr("Use it"),
          [this, id = method->id, preset] { use(id, preset); }},
         {tr("Close"), {}}});
}

void PresetButton::use(const std::string& method, const OwnPreset& preset)
{
    if (m_session.branch().on())
        return Q_EMIT told(m_session.branch().whyFixed(), true, {});
    const Editor::Step step(m_session.editor(), tr("Preset %1").arg(preset.name));
    m_session.setMethod(method);
    choose(preset);
}

void PresetButton::tellDamaged()
{
    const MethodList& methods = m_session.editor().methods();
    QStringList damaged;
    for (const Method& method : methods.methods())
        if (!method.isTool())
            damaged += ownPresets(method, methods).damaged;
    damaged.removeIf([this](const QString& said) { return m_damaged.contains(said); });
    m_damaged += damaged;
    if (!damaged.isEmpty())
        Q_EMIT told(
            damaged.join(QLatin1Char(' ')) + QLatin1Char(' ')
                + tr("The others are there; mend the file or delete it."),
            true, {});
}
