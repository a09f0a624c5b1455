// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/parametersdock.h"

#include "app/foundmodels.h"
#include "app/session.h"
#include "app/settings.h"
#include "app/translated.h"
#include "ui/baretext.h"
#include "ui/docktitle.h"
#include "ui/loralist.h"
#include "ui/modelchooser.h"
#include "ui/parameterform.h"
#include "ui/presetbutton.h"
#include "ui/styled.h"
#include "ui/theme.h"
#include "ui/touchlist.h"
#include "ui/yieldingarea.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include <utility>

namespace {

// Two rows, and the model with the first words of what is to be known, where there is no more room.
constexpr int leastFields = 72, leastBelow = 110;

} // namespace

ParametersDock::ParametersDock(
    Session& session, Settings& settings, FoundModels& found, QWidget* parent)
    : QDockWidget(parent)
    , m_session(session)
    , m_settings(settings)
    , m_preset(new PresetButton(session, this))
    , m_note(new QLabel(this))
    , m_said(new QLabel(this))
    , m_sign(new QLabel(this))
    , m_saying(new QWidget(this))
    , m_fields(new QWidget(this))
    , m_scroll(new QScrollArea(this))
    , m_models(new ModelChooser(session, settings, this))
    , m_found(found)
{
    setDockTitle(*this, QStringLiteral("dock.parameters"), tr("Parameters"), m_preset);
    m_note->setWordWrap(true);
    m_note->setProperty("role", QStringLiteral("dim"));
    m_note->setContentsMargins(12, 0, 12, 4);
    auto* fields = new QVBoxLayout(m_fields);
    fields->setContentsMargins({});
    fields->setSpacing(0);
    fields->addWidget(m_note);
    m_fields->setProperty("role", QStringLiteral("panel"));
    m_scroll->setWidget(m_fields);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setMinimumHeight(leastFields);

    const auto column = [this](QWidget* first, QWidget* second, int stretch) {
        auto* made = new QWidget(this);
        made->setProperty("role", QStringLiteral("panel"));
        auto* layout = new QVBoxLayout(made);
        layout->setContentsMargins({});
        layout->setSpacing(0);
        layout->addWidget(first, stretch);
        layout->addWidget(second);
        return made;
    };
    m_said->setWordWrap(true);
    m_said->setTextFormat(Qt::PlainText);
    m_saying->setProperty("role", QStringLiteral("note"));
    m_said->setProperty("role", QStringLiteral("warning"));
    auto* saying = new QHBoxLayout(m_saying);
    saying->setContentsMargins(12, 6, 12, 6);
    saying->setSpacing(7);
    saying->addWidget(m_sign, 0, Qt::AlignTop);
    saying->addWidget(m_said, 1);
    auto* below = new YieldingArea(column(m_saying, m_models, 0), leastBelow, this);
    setWidget(column(m_scroll, below, 1));

    connect(&session.editor(), &Editor::methodChanged, this, &ParametersDock::build);
    connect(&session.editor(), &Editor::valueChanged, this, &ParametersDock::showValue);
    connect(&session.notes(), &Notes::changed, this, &ParametersDock::refreshSaid);
    connect(&session.branch(), &BranchDraft::changed, this, &ParametersDock::showFixed);
    connect(m_models, &ModelChooser::foundRequested, this, [this] {
        Q_EMIT foundRequested(nullptr, NetworkUse::Model);
    });
    m_models->setFound(found);
    connect(&found, &FoundModels::changed, this, [this] { m_form->refreshNetworks(); });
    connect(&session.editor(), &Editor::cardChanged, this, [this] { m_form->refreshNetworks(); });
    build();
    refreshSaid();
}

void ParametersDock::refreshSaid()
{
    const bool blocked = !m_session.notes().problem().isEmpty();
    m_said->setText(breakable(said()));
    m_saying->setVisible(!m_said->text().isEmpty());
    m_sign->setPixmap(drawn(
        blocked ? QStringLiteral("blocked") : QStringLiteral("caution"),
        blocked ? theme().error : theme().warning, {14, 14}, devicePixelRatioF()));
    setStyled(*m_said, "role", blocked ? QStringLiteral("error") : QStringLiteral("warning"));
    Q_EMIT blockedChanged();
}

QString ParametersDock::blocked() const
{
    const auto& problems = m_form->problems();
    if (problems.isEmpty())
        return m_session.notes().problem();
    const QString &label = problems.firstKey(), &problem = problems.first();
    return problem.startsWith(label) ? problem : tr("%1: %2").arg(label, problem);
}

QString ParametersDock::said() const
{
    return m_session.notes().all().join(QLatin1Char('\n'));
}

void ParametersDock::build()
{
    ParameterForm* before = std::exchange(
        m_form, new ParameterForm(m_session.editor().method().parameters, m_fields, networks()));
    m_form->setProperty("role", QStringLiteral("panel"));
    m_loras = nullptr;
    if (!m_session.editor().method().id.empty()) {
        m_loras = new LoraList(m_session);
        m_loras->setFound(&m_found);
        connect(m_loras, &LoraList::foundRequested, this, [this] {
            Q_EMIT foundRequested(nullptr, NetworkUse::Lora);
        });
        m_form->addBelow(m_loras);
        m_form->addBelow(new TouchList(m_session.editor()));
    }
    m_fields->layout()->addWidget(m_form);
    m_form->show();
    delete before;
    connect(m_form, &ParameterForm::edited, &m_session.editor(), &Editor::setValue);
    connect(m_form, &ParameterForm::resetRequested, &m_session.editor(), &Editor::resetValue);
    connect(m_form, &ParameterForm::problemsChanged, this, &ParametersDock::blockedChanged);
    m_form->setRecent([this](const std::string& id) { return m_settings.recentPaths(id); });
    connect(m_form, &ParameterForm::pathChosen, this, [this](const auto& id, const QString& path) {
        if (!path.isEmpty())
            m_settings.addRecentPath(id, path);
    });
    showFixed();
    // The form is made last; with Tab it comes before the model that stands below it.
    QWidget* last = m_preset;
    for (const QWidget* part : {static_cast<QWidget*>(m_form), static_cast<QWidget*>(m_models)})
        for (QWidget* field : part->findChildren<QWidget*>())
            if (field->focusPolicy() & Qt::TabFocus && field->window() == m_preset->window()) {
                setTabOrder(last, field);
                last = field;
            }
    Q_EMIT blockedChanged();
}

/// What is asked of the list of networks.
FormNetworks ParametersDock::networks()
{
    return {
        .slot =
            [this](const std::string& parameter) {
                const Editor& editor = m_session.editor();
                return editor.methods().network(editor.method().id, parameter);
            },
        .fitting =
            [this](const NetworkSlot& slot) {
                const Editor& editor = m_session.editor();
                m_found.lookOnce();
                return m_found.fitting(editor.method(), &slot, editor.card());
            },
        .lacks =
            [this](const NetworkSlot& slot) {
                const Editor& editor = m_session.editor();
                return slot.lacks && !editor.card().path.empty()
                    ? translated(slot.lacks(editor.values(), editor.card()))
                    : QString();
            },
        .list = [this](const NetworkSlot& slot) { Q_EMIT foundRequested(&slot, slot.use); },
        .get = [this](const NetworkSlot&) { Q_EMIT getRequested(); }};
}

/// In a branch most values are those of the run that it goes on from, and so is the model.
void ParametersDock::showFixed()
{
    const BranchDraft& branch = m_session.branch();
    const QString why = branch.whyFixed();
    for (const Parameter& p : m_session.editor().method().parameters)
        m_form->setFixed(p.id, branch.fixes(p) ? why : QString());
    m_preset->setEnabled(!branch.on());
    m_preset->setToolTip(why);
    m_models->setFixed(why);
    if (m_loras)
        m_loras->setFixed(why);
    showValue({});
}

void ParametersDock::showValue(const std::string& id)
{
    for (const Parameter& p : m_session.editor().method().parameters)
        if (id.empty() || id == p.id)
            m_form->setValue(
                p.id, m_session.editor().value(p.id), m_session.editor().setByHand(p.id),
                m_session.editor().origin(p.id));
    refreshOffers();
    m_form->refreshNetworks(); // what is missing depends on the others, too
    refreshPreset();
}

/// What a number may be can change with any other value.
void ParametersDock::refreshOffers()
{
    for (const Parameter& p : m_session.editor().method().parameters) {
        if (!p.offers)
            continue;
        const std::vector<int> offered = p.offers(m_session.editor().values());
        m_form->setOffered(p.id, {offered.begin(), offered.end()});
    }
}

void ParametersDock::refreshPreset()
{
    m_preset->refresh();
    m_note->setText(breakable(m_preset->note()));
    m_note->setVisible(!m_note->text().isEmpty());
}
