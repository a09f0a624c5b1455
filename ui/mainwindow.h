// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>

#include <functional>

class Actions;
class BranchBar;
class Exporter;
class FirstSteps;
class FoundModels;
class HelpWindow;
class InputsDock;
class Keeper;
class Opener;
class PaintPane;
class PicturePlaces;
class ParametersDock;
class ResultPane;
class RunsDock;
class Saver;
class QStackedWidget;
class Session;
class SessionMenu;
class Sessions;
class Settings;
class StatusLine;
class ToolBar;
class UndoActions;
class VerifyBar;
enum class NetworkUse;
struct NetworkSlot;
struct Place;

/// The window: docks, menus and tool bar around the result; wires them to the session.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(Session& session, Settings& settings);
    ~MainWindow() override;

    /// What is done is kept by @p keeper; without one, closing the window asks about a run.
    void setSessions(Sessions& sessions, Keeper& keeper);
    /// Pictures for the slots, a result of ours whose run is restored, or a session.
    void open(const QStringList& paths);

    /// Shows the first steps where the program is used for the first time and nothing is there yet.
    void welcome();
    void showFirstSteps();
    /// Shows a page of the help by its id, the first where there is none of that id.
    void showHelp(const QString& page);

    Actions& actions() const { return *m_actions; }
    ResultPane& pane() const { return *m_pane; }
    PaintPane& painting() const { return *m_painting; }
    InputsDock& inputs() const { return *m_inputs; }
    PicturePlaces& places() const { return *m_places; }
    ParametersDock& parameters() const { return *m_parameters; }
    RunsDock& runs() const { return *m_runs; }
    BranchBar& branch() const { return *m_branch; }
    VerifyBar& verifying() const { return *m_verify; }
    FoundModels& found() const { return *m_found; }
    FirstSteps& firstSteps() const { return *m_first; }
    HelpWindow* help() const { return m_help; } ///< null until it is opened

    /// Whether the desktop's session may end with this window in it; asks where @p mayAsk says that
    /// it may and something would be lost.
    bool endsWithTheDesktop(const std::function<bool()>& mayAsk);

    QMenu* createPopupMenu() override { return nullptr; } // Panels in the View menu does that

protected:
    void closeEvent(QCloseEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildCenter();
    QWidget* buildBatch();
    void buildDocks();
    void buildMenus();
    void buildViewMenu();
    void fitInputs();
    void fitColumn();
    void showInputs();
    void connectActions();
    void connectPane();
    void connectBranch();
    void connectPainting();
    void connectHistory();
    void connectHelp();
    void connectFound();
    void showFound(const NetworkSlot* slot, NetworkUse use);
    void leaveFirstSteps();
    QString modeId() const;
    void restoreLayout();
    void refresh();
    void refreshBranch();
    bool isSession(const QStringList& paths);
    void chooseFiles();
    void choosePicture(const Place& place);
    void followLink(const QString& missing);
    void paste();
    void setFullScreen(bool on);
    void addRecentFiles();
    void showSettings(const QString& page);
    void about();
    bool wouldLoseARun() const;
    void askBeforeClosing();

    Session& m_session;
    Settings& m_settings;
    Actions* m_actions = nullptr;
    InputsDock* m_inputs = nullptr;
    ParametersDock* m_parameters = nullptr;
    RunsDock* m_runs = nullptr;
    QStackedWidget* m_center = nullptr;
    ResultPane* m_pane = nullptr;
    PicturePlaces* m_places = nullptr;
    PaintPane* m_painting = nullptr; ///< in the place of the result while something is painted
    FirstSteps* m_first = nullptr;   ///< there, too
    HelpWindow* m_help = nullptr;
    FoundModels* m_found = nullptr; ///< the networks that are on this computer already
    BranchBar* m_branch = nullptr;
    VerifyBar* m_verify = nullptr;
    StatusLine* m_status = nullptr;
    ToolBar* m_tools = nullptr;
    UndoActions* m_undo = nullptr;
    Opener* m_opener = nullptr;
    Saver* m_saver = nullptr;
    Exporter* m_exporter = nullptr;
    QMenu* m_fileMenu = nullptr;
    Keeper* m_keeper = nullptr; ///< null: nothing is kept
    SessionMenu* m_sessions = nullptr;
    QByteArray m_layout; ///< before full screen
    int m_inputsHeight = 0, m_columnWidth = 0;
    bool m_picturesHidden = false; ///< by hand
    bool m_closing = false;        ///< although a run is in progress
};
