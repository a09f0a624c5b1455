// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/modelchooser.h"

#include "app/foundmodels.h"
#include "app/methodlist.h"
#include "app/session.h"
#include "app/settings.h"
#include "app/translated.h"
#include "ui/baretext.h"
#include "ui/getmodels.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <utility>

namespace {

bool isDefault(const Session& session)
{
    return session.model().isDefault();
}

/// What to get for photographs: "Stable Diffusion 1.x or 2.x inpainting model".
QString modelFor(const Method& method)
{
    const auto has = [](const std::vector<int>& list, int number) {
        return std::ranges::find(list, number) != list.end();
    };
    const bool plain = has(method.needs.channels, 4);
    const bool second = has(method.needs.contextWidths, 1024);
    const QString name = plain ? ModelChooser::tr("Stable Diffusion %1 model")
                               : ModelChooser::tr("Stable Diffusion %1 inpainting model");
    return name.arg(second ? ModelChooser::tr("1.x or 2.x") : QStringLiteral("1.x"));
}

/// Opens the list of models that can be had, at one for the mode.
void get(const QWidget& from, const Session& session)
{
    if (GetModels* models = GetModels::of(from))
        models->openFor(session.editor().method().id);
}

QString joined(const QStringList& words)
{
    if (words.size() < 2)
        return words.join(QString());
    return ModelChooser::tr("%1 and %2")
        .arg(words.mid(0, words.size() - 1).join(QStringLiteral(", ")), words.last());
}

} // namespace

QString differencesFromPaper(const Session& session)
{
    QStringList off, changed;
    const bool paper = hasPapersValues(session.editor().method());
    for (const Parameter& p : session.editor().method().parameters) {
        const Value value = session.editor().value(p.id);
        if (value == p.initial)
            continue;
        const auto* layers = std::get_if<Layers>(&value);
        if (layers && layers->empty())
            off << translated(p.label).section(QLatin1Char(' '), 0, 0).toLower();
        else if (p.role == Role::Strength || p.role == Role::Guidance)
            changed << (paper ? ModelChooser::tr("%1 is %2 (paper: %3)")
                              : ModelChooser::tr("%1 is %2 (usually: %3)"))
                           .arg(
                               translated(p.label).toLower(), qString(toText(value)),
                               qString(toText(p.initial)));
    }
    QStringList parts;
    if (!off.isEmpty())
        parts << ModelChooser::tr("%1 off").arg(joined(off));
    parts << changed;
    return parts.join(QStringLiteral(", "));
}

ModelChooser::ModelChooser(Session& session, Settings& settings, QWidget* parent)
    : QFrame(parent)
    , m_session(session)
    , m_settings(settings)
    , m_menu(new QMenu(tr("&Model"), this))
    , m_button(new QToolButton(this))
    , m_problem(new QLabel(this))
    , m_offer(new QLabel(this))
    , m_text(new QLabel(this))
    , m_paper(new QCheckBox(tr("Paper's settings"), this))
{
    setProperty("role", QStringLiteral("model"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 10);
    layout->setSpacing(5);
    auto* row = new QHBoxLayout;
    auto* title = new QLabel(tr("Model"), this);
    m_button->setMenu(m_menu);
    m_button->setPopupMode(QToolButton::InstantPopup);
    m_button->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_button->setAccessibleName(tr("Model"));
    title->setBuddy(m_button);
    row->addWidget(title);
    row->addWidget(m_button, 1);
    layout->addLayout(row);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setProperty("role", QStringLiteral("error"));
    m_text->setTextFormat(Qt::RichText); // with a link; what comes from a model is escaped
    m_text->setProperty("role", QStringLiteral("dim"));
    m_offer->setTextFormat(Qt::RichText);
    m_offer->setProperty("role", QStringLiteral("offer"));
    m_offer->hide();
    for (QLabel* label : {m_problem, m_offer, m_text}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(
            Qt::TextSelectableByMouse | Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
        layout->addWidget(label);
    }
    layout->addWidget(m_paper);
    connect(m_menu, &QMenu::aboutToShow, this, &ModelChooser::fillMenu);
    connect(m_text, &QLabel::linkActivated, this, [this](const QString& link) {
        if (link == QLatin1String("get"))
            return get(*this, m_session);
        m_help = !m_help;
        refresh();
    });
    connect(m_offer, &QLabel::linkActivated, this, [this](const QString& link) {
        if (link == QLatin1String("all"))
            Q_EMIT foundRequested();
        else if (link == QLatin1String("get"))
            get(*this, m_session);
        else
            m_session.model().choose(link);
    });
    connect(m_paper, &QCheckBox::clicked, this, [this](bool on) {
        m_session.editor().setPreset(on ? paperPreset : "");
    });
    connect(&session.model(), &ModelChoice::changed, this, [this] {
        m_failure.clear();
        refresh();
    });
    connect(&session.model(), &ModelChoice::stage, this, [this](const QString& stage) {
        m_stage = stage;
        refresh();
    });
    connect(&session.model(), &ModelChoice::failed, this, [this](const QString& sentence) {
        m_failure = sentence;
        refresh();
    });
    connect(&session.editor(), &Editor::methodChanged, this, &ModelChooser::refresh);
    connect(&session.editor(), &Editor::valueChanged, this, &ModelChooser::refresh);
    fillMenu();
    refresh();
}

void ModelChooser::fillMenu()
{
    m_menu->clear();
    const auto add = [this](const QString& name, const QString& path) {
        QAction* action = m_menu->addAction(name);
        action->setCheckable(true);
        action->setChecked(
            path.isEmpty() ? isDefault(m_session)
                           : !isDefault(m_session) && m_session.model().chosen() == path);
        action->setToolTip(path);
        connect(
            action, &QAction::triggered, this, [this, path] { m_session.model().choose(path); });
    };
    add(tr("Default model (small, for drawn figures)"), {});
    for (const QString& path : m_settings.recentModels())
        add(QFileInfo(path).fileName(), path);
    addFound(add);
    m_menu->addSeparator();
    m_menu->addAction(tr("Open &file..."), this, [this] { open(false); });
    m_menu->addAction(tr("Open f&older..."), this, [this] { open(true); });
    m_menu->addAction(tr("&Get models..."), this, [this] { get(*this, m_session); });
}

/// Those that serve the mode, as far as they are not there as recent ones.
void ModelChooser::addFound(const std::function<void(const QString&, const QString&)>& add)
{
    if (!m_found)
        return;
    m_found->lookOnce();
    const QStringList recent = m_settings.recentModels();
    bool first = true;
    for (const FoundNetwork& found : fittingModels()) {
        const QString path = qString(found.card.path.string());
        if (recent.contains(path))
            continue;
        if (std::exchange(first, false))
            m_menu->addSection(tr("Found on this computer"));
        add(keyless(qString(found.card.name)), path);
    }
    m_menu->addSeparator();
    m_menu->addAction(tr("On this &computer..."), this, &ModelChooser::foundRequested);
}

std::vector<FoundNetwork> ModelChooser::fittingModels() const
{
    constexpr std::size_t most = 8;
    if (!m_found)
        return {};
    auto fits = m_found->fitting(m_session.editor().method(), nullptr, m_session.model().card());
    if (fits.size() > most)
        fits.resize(most);
    return fits;
}

void ModelChooser::setFound(FoundModels& found)
{
    m_found = &found;
    connect(&found, &FoundModels::changed, this, &ModelChooser::refresh);
    refresh();
}

QString ModelChooser::offer() const
{
    return m_offer->isHidden() ? QString() : m_offer->text();
}

/// Where the model does not serve the mode, those that do are named with it: what a mode needs
/// leads to a model that has it.
void ModelChooser::refreshOffer(bool serves)
{
    m_offer->setVisible(!serves && m_found);
    if (serves || !m_found)
        return;
    m_found->lookOnce();
    const auto link = [](const QString& target, const QString& name) {
        return QStringLiteral("<a href=\"%1\">%2</a>")
            .arg(target.toHtmlEscaped(), breakable(name).toHtmlEscaped());
    };
    QStringList names;
    for (const FoundNetwork& found : fittingModels())
        names << link(qString(found.card.path.string()), qString(found.card.name));
    QStringList lines;
    if (!names.isEmpty())
        lines << tr("These on this computer fit: %1.").arg(names.join(QStringLiteral(", ")));
    else if (m_found->looking())
        lines << tr("Looking for one on this computer...");
    else
        lines << tr("None that fits was found on this computer.");
    lines << link(QStringLiteral("all"), tr("All networks..."));
    lines << link(QStringLiteral("get"), tr("Get one..."));
    m_offer->setText(lines.join(QLatin1Char(' ')));
}

void ModelChooser::open(bool folder)
{
    auto* dialog =
        new QFileDialog(this, folder ? tr("Open a model folder") : tr("Open a model file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    if (!folder)
        dialog->setNameFilters(
            {tr("Models (*.safetensors *.ckpt *.pt *.pth *.bin)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        m_session.model().choose(path);
    });
    dialog->open();
}

void ModelChooser::refresh()
{
    const ModelCard& card = m_session.model().card();
    m_button->setText(
        (isDefault(m_session) ? tr("Simile mini (default)") : qString(card.name))
        + QStringLiteral(" \u25BE"));
    m_button->setToolTip(
        !m_fixed.isEmpty()         ? m_fixed
            : isDefault(m_session) ? qString(card.kind)
                                   : m_session.model().chosen());
    const QString problem = !m_failure.isEmpty() ? m_failure : m_session.model().problem();
    m_problem->setText(m_stage.isEmpty() ? breakable(problem) : QString());
    m_problem->setVisible(!m_problem->text().isEmpty());
    refreshOffer(m_problem->text().isEmpty());

    QStringList lines;
    if (!m_stage.isEmpty())
        lines << m_stage;
    else if (isDefault(m_session))
        lines << tr("A small model for drawn figures.");
    else if (!card.kind.empty())
        lines << tr("%1, native side %2 px.").arg(qString(card.kind)).arg(card.size);
    if (m_stage.isEmpty() && !isDefault(m_session))
        lines += translated(card.notes);
    if (const QString changes = differencesFromPaper(m_session); !changes.isEmpty())
        lines << tr("Its values: %1.").arg(changes);
    QString html = breakable(lines.join(QLatin1Char(' '))).toHtmlEscaped();
    if (isDefault(m_session)) {
        html += QStringLiteral(" <a href=\"help\">%1</a>")
                    .arg(tr("For photographs...").replace(QLatin1Char(' '), QChar::Nbsp));
        if (m_help)
            html += QStringLiteral("<br>")
                + tr("Get a %1, as one .safetensors file or as a folder with unet, vae and "
                     "text_encoder in it, and choose Open file or Open folder in the list above.")
                      .arg(modelFor(m_session.editor().method()))
                + QStringLiteral(" <a href=\"get\">%1</a>").arg(tr("Get models..."));
    }
    m_text->setText(html);
    m_paper->setVisible(hasPapersValues(m_session.editor().method()));
    const QSignalBlocker quiet(m_paper);
    m_paper->setChecked(m_session.editor().document().chosen().preset == paperPreset);
    m_paper->setToolTip(
        m_fixed.isEmpty()
            ? tr("All of the paper's values, whatever the model recommends (preset \"paper\").")
            : m_fixed);
}

void ModelChooser::explainPhotographs()
{
    m_help = true;
    refresh();
    m_button->setFocus(Qt::TabFocusReason);
}

void ModelChooser::setFixed(const QString& why)
{
    m_fixed = why;
    m_button->setEnabled(why.isEmpty());
    m_paper->setEnabled(why.isEmpty());
    m_menu->setEnabled(why.isEmpty());
    refresh();
}

QString ModelChooser::description() const
{
    return m_text->text();
}
