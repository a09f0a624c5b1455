// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/mainwindow.h"

#include "app/session.h"
#include "app/settings.h"
#include "ui/actions.h"
#include "ui/gridview.h"
#include "ui/imageview.h"
#include "ui/inputsdock.h"
#include "ui/modelchooser.h"
#include "ui/noticebar.h"
#include "ui/opener.h"
#include "ui/parameterform.h"
#include "ui/parametersdock.h"
#include "ui/resultpane.h"
#include "ui/runsdock.h"
#include "ui/saver.h"
#include "ui/statusline.h"
#include "ui/stepaxis.h"
#include "ui/theme.h"
#include "ui/toolbar.h"

#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QDir>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>

namespace {

constexpr int leftWidth = 292, picturesHeight = 316;

QString pictureFilter()
{
    return MainWindow::tr("Pictures (*.png *.jpg *.jpeg *.webp *.tif *.tiff *.bmp)");
}

} // namespace

MainWindow::MainWindow(Session& session, Settings& settings)
    : m_session(session)
    , m_settings(settings)
{
    applyAppearance(appearanceFromText(settings.appearance())); // before any widget takes its font
    m_actions = new Actions(this);
    m_inputs = new InputsDock(session, this);
    m_parameters = new ParametersDock(session, settings, this);
    m_runs = new RunsDock(session, this);
    m_pane = new ResultPane(session, *m_inputs, *m_actions, this);
    m_status = new StatusLine(session, this);
    m_opener = new Opener(session, m_pane->notices(), this);
    m_saver = new Saver(session, settings, *m_pane);
    setWindowTitle(tr("Simile"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/simile.svg")));
    setAcceptDrops(true);
    setCentralWidget(m_pane);
    setStatusBar(m_status);
    buildMenus();
    addToolBar(new ToolBar(session, *m_actions, this));
    buildDocks();
    connectActions();
    connectPane();
    restoreLayout();
    refresh();
}

MainWindow::~MainWindow() = default;

void MainWindow::open(const QStringList& paths)
{
    m_opener->open(paths, m_inputs->target(), Opener::RestoreAtOnce);
}

void MainWindow::buildDocks()
{
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    addDockWidget(Qt::LeftDockWidgetArea, m_inputs);
    addDockWidget(Qt::LeftDockWidgetArea, m_parameters);
    addDockWidget(Qt::BottomDockWidgetArea, m_runs);
    resizeDocks({m_inputs, m_parameters}, {leftWidth, leftWidth}, Qt::Horizontal);
    resizeDocks({m_inputs, m_parameters}, {picturesHeight, 10 * picturesHeight}, Qt::Vertical);
    setTabOrder(m_inputs, m_parameters);
    setTabOrder(m_parameters, m_pane);
    setTabOrder(m_pane, m_runs);
}

void MainWindow::buildMenus()
{
    const auto add = [this](const QString& title, std::initializer_list<const char*> ids) {
        QMenu* menu = menuBar()->addMenu(title);
        for (const char* id : ids)
            if (id)
                menu->addAction((*m_actions)(id));
            else
                menu->addSeparator();
        return menu;
    };
    add(tr("&File"), {"open", "sample", nullptr, "save", nullptr, "quit"});
    add(tr("&Edit"), {"copy", "copy-parameters", "paste", nullptr, "swap", "swap-third"});
    buildViewMenu();
    QMenu* run =
        add(tr("&Run"),
            {"run", "discard", "keep", nullptr, "dice", "lock", nullptr, "decode", nullptr});
    buildDeviceMenus(*run);
    menuBar()->addMenu(m_parameters->models()->menu());
    add(tr("&Help"), {"shortcuts", "about"});
}

void MainWindow::buildViewMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&View"));
    for (const char* id : {"grid", "result", "network"})
        menu->addAction((*m_actions)(id));
    menu->addSeparator();
    for (const char* id : {"fit", "actual", "zoom-in", "zoom-out"})
        menu->addAction((*m_actions)(id));
    menu->addSeparator();
    QMenu* panels = menu->addMenu(tr("&Panels"));
    for (QDockWidget* dock :
         {static_cast<QDockWidget*>(m_inputs), static_cast<QDockWidget*>(m_parameters),
          static_cast<QDockWidget*>(m_runs)})
        panels->addAction(dock->toggleViewAction());
    QMenu* scheme = menu->addMenu(tr("&Appearance"));
    auto* choices = new QActionGroup(scheme);
    const std::pair<Appearance, QString> appearances[] = {
        {Appearance::System, tr("As the &system")},
        {Appearance::Dark, tr("&Dark")},
        {Appearance::Light, tr("&Light")}};
    for (const auto& [value, label] : appearances) {
        QAction* action = scheme->addAction(label);
        action->setCheckable(true);
        action->setChecked(appearance() == value);
        choices->addAction(action);
        connect(action, &QAction::triggered, this, [this, value = value] {
            m_settings.setAppearance(toText(value));
            applyAppearance(value);
        });
    }
    menu->addAction((*m_actions)("full-screen"));
}

void MainWindow::buildDeviceMenus(QMenu& menu)
{
    const auto add = [this, &menu](
                         const QString& title,
                         const std::vector<std::pair<QString, QString>>& choices,
                         QString (Session::*read)() const, void (Session::*write)(const QString&)) {
        QMenu* list = menu.addMenu(title);
        auto* group = new QActionGroup(list);
        for (const auto& [value, label] : choices) {
            QAction* action = list->addAction(label);
            action->setCheckable(true);
            group->addAction(action);
            connect(action, &QAction::triggered, this, [this, value = value, write] {
                (m_session.*write)(value);
            });
            connect(list, &QMenu::aboutToShow, action, [this, action, value = value, read] {
                action->setChecked((m_session.*read)() == value);
            });
        }
    };
    add(tr("De&vice"),
        {{QStringLiteral("cpu"), tr("Processor")}, {QStringLiteral("cuda"), tr("NVIDIA GPU")}},
        &Session::device, &Session::setDevice);
    add(tr("&Precision"),
        {{QStringLiteral("auto"), tr("Automatic")},
         {QStringLiteral("fp32"), tr("fp32: 32 bits")},
         {QStringLiteral("bf16"), tr("bf16: 16 bits, wide range")},
         {QStringLiteral("fp16"), tr("fp16: 16 bits, for GPUs")}},
        &Session::precision, &Session::setPrecision);
}

void MainWindow::connectActions()
{
    const auto on = [this](const char* id, auto act) {
        connect((*m_actions)(id), &QAction::triggered, this, act);
    };
    m_actions->addWideTo(*this); // so that they act while the menu bar is hidden
    on("open", [this] { chooseFiles(); });
    on("sample", [this] { loadSample(); });
    on("save", [this] { m_saver->save(); });
    on("quit", [this] { close(); });
    on("copy", [this] { m_saver->copyImage(); });
    on("copy-parameters", [this] { m_saver->copyParameters(); });
    on("paste", [this] { paste(); });
    on("swap", [this] {
        if (const auto& slots = m_session.method().slots; slots.size() > 1)
            m_session.swapInputs(slots[0].id, slots[1].id);
    });
    on("swap-third", [this] {
        if (const auto& slots = m_session.method().slots; slots.size() > 2)
            m_session.swapInputs(slots[0].id, slots[2].id);
    });
    on("decode", [this] { m_session.decodeStep(m_pane->step()); });
    on("full-screen", [this](bool full) { setFullScreen(full); });
    on("shortcuts", [this] { showShortcuts(); });
    on("about", [this] { about(); });
}

void MainWindow::connectPane()
{
    connect(m_inputs, &InputsDock::openRequested, this, &MainWindow::choosePicture);
    connect(m_inputs, &InputsDock::filesGiven, this, [this](const auto& slot, const auto& paths) {
        m_opener->open(paths, slot, Opener::Ask);
    });
    connect(m_pane, &ResultPane::missingLink, this, &MainWindow::followLink);
    connect(m_pane, &ResultPane::readout, m_status, &StatusLine::setReadout);
    connect(m_pane, &ResultPane::decodeRequested, &m_session, &Session::decodeStep);
    connect(m_pane, &ResultPane::exportRequested, m_saver, &Saver::save);
    connect(m_pane, &ResultPane::shownChanged, this, &MainWindow::refresh);
    connect(&m_session, &Session::methodChanged, this, &MainWindow::refresh);
    connect(&m_session, &Session::inputNotes, this, [this](const auto& slot, const auto& notes) {
        if (slot.empty())
            m_pane->notices().say(notes.join(QLatin1Char(' ')), false);
    });
    connect(m_saver, &Saver::saved, this, [this](const QString& path) {
        m_status->showMessage(tr("Saved as %1").arg(QDir::toNativeSeparators(path)), 8000);
    });
}

void MainWindow::restoreLayout()
{
    resize(1280, 800);
    if (const QByteArray geometry = m_settings.windowGeometry(); !geometry.isEmpty())
        restoreGeometry(geometry);
    if (const QByteArray state = m_settings.windowState(); !state.isEmpty())
        restoreState(state);
}

void MainWindow::refresh()
{
    const auto& slots = m_session.method().slots;
    const auto run = m_session.current();
    (*m_actions)("swap")->setEnabled(slots.size() > 1);
    (*m_actions)("swap-third")->setEnabled(slots.size() > 2);
    (*m_actions)("copy")->setEnabled(!m_pane->picture().isNull());
    (*m_actions)("save")->setEnabled(run && !run->steps.empty());
    (*m_actions)("copy-parameters")->setEnabled(run != nullptr);
    (*m_actions)("decode")->setEnabled(m_pane->showsPreview());
}

void MainWindow::chooseFiles()
{
    auto* dialog = new QFileDialog(this, tr("Open pictures"), QString(), pictureFilter());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &MainWindow::open);
    dialog->open();
}

void MainWindow::choosePicture(const std::string& slot)
{
    auto* dialog = new QFileDialog(this, tr("Open a picture"), QString(), pictureFilter());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this, slot](const QString& path) {
        m_opener->open({path}, slot, Opener::Ask);
    });
    dialog->open();
}

/// Brings the focus to what is missing: the slot whose name ends the text, else the field.
void MainWindow::followLink(const QString& missing)
{
    for (const Slot& slot : m_session.method().slots)
        if (missing.endsWith(QLatin1Char(' ') + QString::fromStdString(slot.label)))
            return m_inputs->focusSlot(slot.id);
    for (const Parameter& p : m_session.method().parameters)
        if (missing.endsWith(QLatin1Char(' ') + QString::fromStdString(p.label)))
            return m_parameters->form()->focusParameter(p.id);
    m_parameters->show();
    m_parameters->models()->setFocus(Qt::OtherFocusReason);
}

void MainWindow::loadSample()
{
    try {
        m_session.loadSample();
    } catch (const std::exception& error) {
        m_pane->notices().say(QString::fromUtf8(error.what()), true);
    }
}

void MainWindow::paste()
{
    ImageSlot* slot = m_inputs->slot(m_inputs->target());
    if (!slot || !slot->take(QApplication::clipboard()->mimeData()))
        m_status->showMessage(tr("There is no picture on the clipboard."), 4000);
}

void MainWindow::setFullScreen(bool on)
{
    if (on) {
        m_layout = saveState();
        for (QDockWidget* dock : findChildren<QDockWidget*>())
            dock->hide();
        findChild<ToolBar*>()->hide();
        showFullScreen();
    } else {
        showNormal();
        restoreState(m_layout);
    }
    menuBar()->setVisible(!on);
}

void MainWindow::showShortcuts()
{
    QString rows;
    for (const QAction* action : m_actions->all())
        if (!action->shortcut().isEmpty())
            rows += QStringLiteral("<tr><td>%1&nbsp;&nbsp;</td><td>%2</td></tr>")
                        .arg(
                            action->shortcut().toString(QKeySequence::NativeText).toHtmlEscaped(),
                            action->statusTip().toHtmlEscaped());
    rows += QStringLiteral("<tr><td>1 - 4, 0&nbsp;&nbsp;</td><td>%1</td></tr>")
                .arg(tr("Enlarge a cell, back to all (pictures)"));
    auto* box =
        new QMessageBox(QMessageBox::NoIcon, tr("Shortcuts"), QString(), QMessageBox::Ok, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setText(QStringLiteral("<table>%1</table>").arg(rows));
    box->open();
}

void MainWindow::about()
{
    auto* box =
        new QMessageBox(QMessageBox::NoIcon, tr("About Simile"), QString(), QMessageBox::Ok, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setText(
        tr("<b>Simile %1</b><br>Edit pictures by example.<br><br>Licence: GNU General Public "
           "License, version 3 or later.")
            .arg(QApplication::applicationVersion()));
    box->open();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (isFullScreen())
        setFullScreen(false);
    m_settings.setWindow(saveGeometry(), saveState());
    event->accept();
}

void MainWindow::changeEvent(QEvent* event)
{
    // The desktop changed its colours.
    if (event->type() == QEvent::ThemeChange && appearance() == Appearance::System)
        QMetaObject::invokeMethod(
            this, [this] { applyAppearance(Appearance::System); }, Qt::QueuedConnection);
    QMainWindow::changeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (holdsPictures(event->mimeData()) && !event->source())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    if (ImageSlot* slot = m_inputs->slot(m_inputs->target()); slot && slot->take(event->mimeData()))
        event->acceptProposedAction();
}
