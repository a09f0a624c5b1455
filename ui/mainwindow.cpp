// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/mainwindow.h"

#include "app/batchrunner.h"
#include "app/foundmodels.h"
#include "app/session.h"
#include "app/settings.h"
#include "app/settingsfile.h"
#include "app/translated.h"
#include "ui/actions.h"
#include "ui/batchbar.h"
#include "ui/batchdialog.h"
#include "ui/branchbar.h"
#include "ui/candidatesheet.h"
#include "ui/commandsearch.h"
#include "ui/exporter.h"
#include "ui/forecastlabel.h"
#include "ui/gridview.h"
#include "ui/imageview.h"
#include "ui/inputsdock.h"
#include "ui/methodview.h"
#include "ui/modelchooser.h"
#include "ui/noticebar.h"
#include "ui/opener.h"
#include "ui/paintcanvas.h"
#include "ui/paintpane.h"
#include "ui/parameterform.h"
#include "ui/parametersdock.h"
#include "ui/pictureplace.h"
#include "ui/pictureplaces.h"
#include "ui/plaintext.h"
#include "ui/presetbutton.h"
#include "ui/resultpane.h"
#include "ui/runsdock.h"
#include "ui/saver.h"
#include "ui/sessionmenu.h"
#include "ui/shortcutsheet.h"
#include "ui/statusline.h"
#include "ui/stepaxis.h"
#include "ui/sweepsheet.h"
#include "ui/theme.h"
#include "ui/toolbar.h"
#include "ui/undoactions.h"
#include "ui/verifybar.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenuBar>
#include <QMimeData>
#include <QScreen>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace {

QString pictureFilter()
{
    return MainWindow::tr("Pictures (*.png *.jpg *.jpeg *.webp *.tif *.tiff *.bmp *.gif)");
}

} // namespace

MainWindow::MainWindow(Session& session, Settings& settings)
    : m_session(session)
    , m_settings(settings)
{
    new PlainText(this);
    prepareAppearance(appearanceFromText(settings.appearance())); // before a widget takes its font
    m_found = new FoundModels(session.editor().methods(), this);
    m_actions = new Actions(this);
    m_inputs = new InputsDock(session, this);
    m_parameters = new ParametersDock(session, settings, *m_found, this);
    m_runs = new RunsDock(session, *m_actions, this);
    m_center = new QStackedWidget(this);
    m_pane = new ResultPane(session, *m_actions, this);
    m_places = new PicturePlaces(session, *m_inputs, m_pane->inputs(), this);
    m_painting = new PaintPane(session, *m_actions, this);
    m_status = new StatusLine(session, this);
    m_undo = new UndoActions(session.history(), *m_actions, *m_painting, *this);
    m_tools = new ToolBar(session, *m_actions, this);
    m_opener = new Opener(session, m_pane->notices(), this);
    m_saver = new Saver(session, settings, *m_pane);
    m_exporter = new Exporter(session, settings, *m_pane);
    setWindowTitle(QStringLiteral("Simile"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/simile.svg")));
    setAcceptDrops(true);
    buildCenter();
    setStatusBar(m_status);
    m_status->addPermanentWidget(new ForecastLabel(session, m_status));
    buildMenus();
    addToolBar(m_tools);
    buildDocks();
    connectActions();
    connectPane();
    connectBranch();
    connectPainting();
    connectHistory();
    connectHelp();
    connectFound();
    applyStyleSheet();
    restoreLayout();
    refresh();
    if (const QString problem = problemOfSettings(); !problem.isEmpty())
        m_pane->notices().say(problem, true);
}

MainWindow::~MainWindow()
{
    // The focus moves while the widgets go; who hears of it would use actions that are gone.
    for (QObject* child : findChildren<QObject*>())
        disconnect(qApp, nullptr, child, nullptr);
}

void MainWindow::open(const QStringList& paths)
{
    if (!isSession(paths))
        m_opener->open(paths, m_places->target(), Opener::RestoreAtOnce);
}

/// Whether it is a session, which is opened then.
bool MainWindow::isSession(const QStringList& paths)
{
    return paths.size() == 1 && m_sessions && m_sessions->open(paths.first());
}

/// What is said of the next run and of one that is verified stands above the pictures.
void MainWindow::buildCenter()
{
    m_center->addWidget(m_pane);
    m_center->addWidget(m_painting);
    m_center->setMinimumHeight(300); // less than its pages would like: a small screen has no more
    m_branch = new BranchBar(m_session, *m_actions, this);
    m_verify = new VerifyBar(m_session, this);
    auto* center = new QWidget(this);
    auto* rows = new QVBoxLayout(center);
    rows->setContentsMargins({});
    rows->setSpacing(0);
    rows->addWidget(m_branch);
    rows->addWidget(m_verify);
    rows->addWidget(buildBatch());
    rows->addWidget(m_center, 1);
    setCentralWidget(center);
}

QWidget* MainWindow::buildBatch()
{
    auto* batch = new BatchRunner(m_session, m_settings, this);
    auto* bar = new BatchBar(*batch, this);
    const auto ask = [this, batch] {
        Q_EMIT m_session.aboutToStart(); // what is being painted counts, too
        const Document& now = m_session.editor().document();
        const auto* label = m_status->findChild<ForecastLabel*>();
        showBatch(*batch, now.seed, now.seedLocked, label ? &label->forecasts() : nullptr, this);
    };
    connect((*m_actions)("batch"), &QAction::triggered, batch, ask);
    connect(bar, &BatchBar::listRequested, batch, ask);
    return bar;
}

void MainWindow::connectActions()
{
    const auto on = [this](const char* id, auto act) {
        connect((*m_actions)(id), &QAction::triggered, this, act);
    };
    m_actions->addWideTo(*this); // so that they act while the menu bar is hidden
    on("open", [this] { chooseFiles(); });
    on("sample", [this] { m_session.restorer().loadSample(); });
    on("save", [this] { m_saver->save(); });
    on("export", [this] { m_exporter->ask(); });
    on("candidate-sheet", [this] { (new CandidateSheet(m_session, *m_pane))->show(); });
    on("sweep", [this] { askSweep(m_session, m_pane->notices(), this); });
    on("quit", [this] { close(); });
    on("copy", [this] { m_saver->copyImage(); });
    on("copy-parameters", [this] { m_saver->copyParameters(); });
    on("copy-marked", [this] { m_saver->copyMarked(); });
    on("copy-question", [this] { m_saver->copyQuestion(); });
    on("paste", [this] { paste(); });
    on("swap", [this] {
        if (const auto& slots = m_session.editor().method().slots; slots.size() > 1)
            m_session.inputs().swap(slots[0].id, slots[1].id);
    });
    on("swap-third", [this] {
        if (const auto& slots = m_session.editor().method().slots; slots.size() > 2)
            m_session.inputs().swap(slots[0].id, slots[2].id);
    });
    on("go-on", [this] {
        if (const auto run = m_session.runs().current())
            m_session.goOn(run->number);
    });
    connect((*m_actions)("decode"), &QAction::triggered, m_pane, &ResultPane::decode);
    on("full-screen", [this](bool full) { setFullScreen(full); });
    auto* search = new CommandSearch(*this, *m_actions);
    on("commands", [search] { search->open(); });
    on("shortcuts", [this] { (new ShortcutSheet(*m_actions, this))->open(); });
    on("settings", [this] { showSettings({}); });
    connect(m_status, &StatusLine::deviceRequested, this, [this] {
        showSettings(QStringLiteral("performance"));
    });
    on("about", [this] { about(); });
}

void MainWindow::connectPane()
{
    connect(m_places, &PicturePlaces::openRequested, this, &MainWindow::choosePicture);
    connect(
        m_places, &PicturePlaces::filesGiven, this, [this](const auto& place, const auto& paths) {
            if (!isSession(paths))
                m_opener->open(paths, place, Opener::Ask);
        });
    connect(m_places, &PicturePlaces::given, this, [this](const auto& place, const Given& picture) {
        m_opener->openOne(picture, place, Opener::Ask);
    });
    connect(m_parameters, &ParametersDock::blockedChanged, this, [this] {
        m_tools->setBlocked(m_parameters->blocked());
        m_status->setBlocked(m_parameters->blocked());
        m_pane->setBlocked(m_parameters->blocked());
    });
    PresetButton* presets = m_parameters->presets();
    connect(m_opener, &Opener::presetGiven, presets, &PresetButton::takeIn);
    connect(presets, &PresetButton::told, &m_pane->notices(), &NoticeBar::say);
    presets->tellDamaged();
    connect(m_pane, &ResultPane::missingLink, this, &MainWindow::followLink);
    connect(m_pane, &ResultPane::readout, m_status, &StatusLine::setReadout);
    connect(m_pane, &ResultPane::saveRequested, m_saver, &Saver::save);
    connect(m_pane, &ResultPane::shownChanged, this, &MainWindow::refresh);
    connect(&m_session.editor(), &Editor::methodChanged, this, &MainWindow::refresh);
    connect(m_saver, &Saver::saved, this, [this](const QString& path) {
        m_settings.addRecentFile(path);
        m_status->showMessage(tr("Saved as %1").arg(QDir::toNativeSeparators(path)), 8000);
    });
}

void MainWindow::connectPainting()
{
    connect(m_inputs, &InputsDock::paintRequested, m_painting, &PaintPane::open);
    connect(m_painting, &PaintPane::readout, m_status, &StatusLine::setReadout);
    connect(m_painting, &PaintPane::opened, this, [this] {
        m_center->setCurrentWidget(m_painting);
        m_painting->canvas().setFocus(Qt::OtherFocusReason);
    });
    connect(m_painting, &PaintPane::closed, this, [this](const Place& place) {
        m_center->setCurrentWidget(m_pane);
        m_status->setReadout({});
        if (ImageSlot* slot = m_inputs->slot(place))
            slot->setFocus(Qt::OtherFocusReason);
    });
}

void MainWindow::connectHistory()
{
    connect(m_undo, &UndoActions::fieldsOutdated, this, [this] {
        m_parameters->showAll();
        m_tools->showSeed();
    });
    connect(m_undo, &UndoActions::told, this, [this](const QString& what) {
        m_status->showMessage(what, 4000);
    });
}

void MainWindow::refresh()
{
    const auto run = m_session.runs().current();
    const bool grid = m_session.editor().method().onGrid;
    const bool free = !m_session.branch().on();
    (*m_actions)("swap")->setEnabled(grid && free);
    (*m_actions)("swap-third")->setEnabled(grid && free);
    (*m_actions)("copy")->setEnabled(!m_pane->picture().isNull());
    for (const char* id : {"save", "export"})
        (*m_actions)(id)->setEnabled(run && (!run->steps.empty() || !run->candidates.empty()));
    (*m_actions)("copy-parameters")->setEnabled(run != nullptr);
    (*m_actions)("copy-marked")->setEnabled(m_session.maps().canAsk());
    (*m_actions)("copy-question")->setEnabled(m_session.maps().questionTool() != nullptr);
    (*m_actions)("candidate-sheet")->setEnabled(run && run->candidates.size() > 1);
    (*m_actions)("go-on")->setEnabled(run && run->canGoOn() && !m_session.runs().running());
    (*m_actions)("decode")->setEnabled(m_pane->canDecode());
    refreshBranch();
}

void MainWindow::chooseFiles()
{
    auto* dialog = new QFileDialog(this, tr("Open pictures"));
    dialog->setNameFilters({pictureFilter(), tr("Presets (*.json)"), SessionMenu::filter()});
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList& paths) {
        if (!isSession(paths))
            m_opener->open(paths, m_places->target(), Opener::RestoreAtOnce, Opener::NotShown);
    });
    dialog->open();
}

void MainWindow::choosePicture(const Place& place)
{
    auto* dialog = new QFileDialog(this, tr("Open a picture"), QString(), pictureFilter());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this, place](const QString& path) {
        m_opener->open({path}, place, Opener::Ask);
    });
    dialog->open();
}

/// Brings the focus to what is missing: the slot, or else the field, of which Session::missing()
/// says so, or whose name ends the text (a branch's).
void MainWindow::followLink(const QString& missing)
{
    const Method& method = m_session.editor().method();
    const auto ends = [&missing](const std::string& label) {
        return missing.endsWith(QLatin1Char(' ') + translated(label));
    };
    for (const Slot& slot : method.slots)
        if (ends(slot.label) || translated(::missing({.slots = {slot}}, {})).contains(missing))
            return m_places->focus(slot.id);
    for (const Parameter& p : method.parameters)
        if (ends(p.label)
            || missing == Session::tr("a value that is possible for %1").arg(translated(p.label)))
            return m_parameters->form()->focusParameter(p.id);
    m_parameters->show();
    m_parameters->models()->setFocus(Qt::OtherFocusReason);
}

void MainWindow::paste()
{
    PicturePlace* place = m_places->at(m_places->target());
    if (!place || !place->take(QApplication::clipboard()->mimeData()))
        m_status->showMessage(tr("There is no picture on the clipboard."), 4000);
}

void MainWindow::changeEvent(QEvent* event)
{
    // The desktop changed its colours.
    if (event->type() == QEvent::ThemeChange && appearance() == Appearance::System)
        QMetaObject::invokeMethod(
            this, [this] { applyAppearance(Appearance::System); }, Qt::QueuedConnection);
    // A file that was lacking may have been put in its place meanwhile.
    if (event->type() == QEvent::ActivationChange && isActiveWindow()
        && !m_session.notes().problem().isEmpty())
        m_session.notes().askSoon();
    QMainWindow::changeEvent(event);
}
