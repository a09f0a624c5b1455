// SPDX-License-Identifier: GPL-3.0-or-later

// A first use of the window from the outside, with events of the X server: the mouse is moved, keys
// are pressed and files are dragged in from another program, by xdotool.
//   firstuse FOLDER [--light] [--size WxH]
// Makes a picture of the screen at each station in FOLDER and says what did not come about; the
// exit status is how many of them. Needs a display with a window manager (Xvfb and openbox) and
// xdotool.
//   firstuse --source FILE...
// is that other program: a small window from which the files are dragged.

#include "app/keeper.h"
#include "app/sessions.h"
#include "tests/manual/shownwindow.h"
#include "ui/actions.h"
#include "ui/batchdialog.h"
#include "ui/compareview.h"
#include "ui/exportdialog.h"
#include "ui/firststeps.h"
#include "ui/noticebar.h"
#include "ui/parameterform.h"
#include "ui/parametersdock.h"
#include "ui/pictureplace.h"
#include "ui/pictureplaces.h"
#include "ui/resultpane.h"
#include "ui/toolbar.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QDrag>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QMouseEvent>
#include <QProcess>
#include <QPushButton>
#include <QScreen>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QUrl>

#include <cstdio>
#include <functional>

namespace {

constexpr int patience = 60000; // ms
const QPoint sourcePlace(4, 4);

/// A window from which files are dragged.
class Source : public QLabel
{
public:
    explicit Source(const QStringList& files)
        : QLabel(QStringLiteral("drag me"))
    {
        for (const QString& file : files)
            m_urls << QUrl::fromLocalFile(QFileInfo(file).absoluteFilePath());
        setAlignment(Qt::AlignCenter);
        setWindowFlags(Qt::FramelessWindowHint | Qt::WindowStaysOnTopHint);
        setGeometry(QRect(sourcePlace, QSize(90, 40)));
    }

protected:
    void mouseMoveEvent(QMouseEvent* event) override
    {
        if (!(event->buttons() & Qt::LeftButton) || m_dragging)
            return;
        m_dragging = true;
        auto* data = new QMimeData;
        data->setUrls(m_urls);
        auto* drag = new QDrag(this);
        drag->setMimeData(data);
        drag->exec(Qt::CopyAction);
        m_dragging = false;
    }

private:
    QList<QUrl> m_urls;
    bool m_dragging = false;
};

/// The hand, and what is looked at after each station.
class Visitor
{
public:
    Visitor(MainWindow& window, QDir folder)
        : m_window(window)
        , m_folder(std::move(folder))
    {
    }

    int failures() const { return m_failures; }

    void does(const QStringList& arguments)
    {
        QProcess tool;
        tool.start(QStringLiteral("xdotool"), arguments);
        while (tool.state() != QProcess::NotRunning)
            QTest::qWait(10); // the window has to answer meanwhile
        if (tool.exitCode() != 0)
            std::printf("xdotool %s failed\n", qPrintable(arguments.join(u' ')));
        QTest::qWait(150);
    }
    void move(QPoint to)
    {
        does({QStringLiteral("mousemove"), QString::number(to.x()), QString::number(to.y())});
    }
    static QPoint middleOf(const QWidget& widget)
    {
        const QPoint at = widget.mapToGlobal(widget.rect().center());
        return at * widget.devicePixelRatioF(); // xdotool counts pixels of the screen
    }
    void click(const QWidget* widget)
    {
        if (!widget || !widget->isVisible())
            return fail(QStringLiteral("there is nothing to click"));
        move(middleOf(*widget));
        does({QStringLiteral("click"), QStringLiteral("1")});
    }
    void press(const char* keys) { does({QStringLiteral("key"), QLatin1String(keys)}); }
    void type(const char* text)
    {
        does(
            {QStringLiteral("type"), QStringLiteral("--delay"), QStringLiteral("20"),
             QLatin1String(text)});
    }
    void drag(QPoint from, QPoint to)
    {
        move(from);
        does({QStringLiteral("mousedown"), QStringLiteral("1")});
        for (int i = 1; i <= 8; ++i)
            move(from + (to - from) * i / 8);
        does({QStringLiteral("mouseup"), QStringLiteral("1")});
        QTest::qWait(500);
    }
    /// Files come from another program.
    void dropFiles(const QStringList& files, QPoint to)
    {
        QProcess source;
        source.start(
            QApplication::applicationFilePath(), QStringList {QStringLiteral("--source")} + files);
        if (!QTest::qWaitFor([&] { return source.canReadLine(); }, patience))
            fail(QStringLiteral("the other program does not start"));
        QTest::qWait(500);
        drag(sourcePlace + QPoint(40, 20), to);
        source.terminate();
        source.waitForFinished(3000);
        m_window.activateWindow();
        QTest::qWait(300);
    }
    /// Ends a station: waits for what should be, and keeps what is seen.
    void expect(const char* what, const std::function<bool()>& there)
    {
        if (!QTest::qWaitFor(there, patience))
            fail(QLatin1String(what));
        else
            std::printf("ok: %s\n", what);
        QTest::qWait(600);
        const QString file = QStringLiteral("%1-%2.png")
                                 .arg(++m_station, 2, 10, QLatin1Char('0'))
                                 .arg(QString::fromLatin1(what).left(40).replace(u' ', u'-'));
        m_window.screen()->grabWindow(0).save(m_folder.filePath(file));
        std::fflush(stdout);
    }

private:
    void fail(const QString& what)
    {
        ++m_failures;
        std::printf("FAILED: %s\n", qPrintable(what));
    }

    MainWindow& m_window;
    QDir m_folder;
    int m_failures = 0, m_station = 0;
};

/// The dialogue of a kind that is open; null: none.
template<class Dialog>
Dialog* opened(const MainWindow& window)
{
    for (auto* dialog : window.findChildren<Dialog*>())
        if (dialog->isVisible())
            return dialog;
    return nullptr;
}

QPushButton* buttonCalled(const QWidget& in, const QString& text)
{
    for (auto* button : in.findChildren<QPushButton*>())
        if (button->isVisible() && button->text().remove(u'&') == text)
            return button;
    return nullptr;
}

const QString samples = QStringLiteral(PROJECT_SOURCE "/resources/samples/analogy/");

void sampleAndRun(Visitor& hand, ShownWindow& shown)
{
    MainWindow& window = shown.window;
    Session& session = shown.session;
    hand.expect("the first steps are seen", [&] { return window.firstSteps().isVisible(); });
    hand.click(window.firstSteps().tiles().front().sample);
    hand.expect("the sample is there", [&] {
        return !window.firstSteps().isVisible() && session.missing().isEmpty();
    });
    hand.press("ctrl+Return");
    hand.expect("its picture is made", [&] {
        const auto run = session.runs().current();
        return run && run->state == Run::Done;
    });
}

void ownPictures(Visitor& hand, ShownWindow& shown)
{
    MainWindow& window = shown.window;
    Session& session = shown.session;
    const PicturePlace* first = window.places().at({session.editor().method().slots[0].id});
    hand.dropFiles(
        {samples + QStringLiteral("gray-a.png"), samples + QStringLiteral("gray-a-prime.png"),
         samples + QStringLiteral("gray-b.png")},
        Visitor::middleOf(*first));
    hand.expect("three dropped files are there", [&] {
        const auto& slots = session.editor().method().slots;
        return session.inputs().at(slots[0].id).name == "gray-a.png"
            && session.inputs().at(slots[1].id).name == "gray-a-prime.png"
            && session.inputs().at(slots[2].id).name == "gray-b.png";
    });
    ParameterForm& form = *window.parameters().form();
    hand.click(form.editor("prompt"));
    hand.press("ctrl+a");
    hand.type("grayscale large purple flower");
    hand.expect("the prompt is typed", [&] {
        return std::get<std::string>(session.editor().value("prompt"))
            == "grayscale large purple flower";
    });
    form.focusParameter("steps");
    hand.press("ctrl+a");
    hand.type("200");
    hand.press("Tab");
    hand.press("ctrl+Return");
    hand.expect("it runs", [&] {
        const auto run = session.runs().inProgress();
        return run && run->steps.size() > 5;
    });
    hand.press("ctrl+shift+period");
    hand.expect("it is stopped, and its picture is kept", [&] {
        const auto run = session.runs().current();
        return !session.runs().running() && run && !run->candidates.empty();
    });
}

void compareAndExport(Visitor& hand, ShownWindow& shown, const QString& pictures)
{
    MainWindow& window = shown.window;
    Session& session = shown.session;
    hand.press("ctrl+3");
    hand.expect("two pictures are compared", [&] {
        return window.pane().view() == ResultPane::ShowsTwo && window.pane().compare().first()
            && window.pane().compare().second();
    });
    const CompareCanvas& canvas = window.pane().compare().canvas();
    const QPoint middle = Visitor::middleOf(canvas);
    hand.drag(middle, middle - QPoint(canvas.width() / 8, 0));
    hand.press("ctrl+1");
    hand.press("ctrl+e");
    hand.expect("the export asks", [&] { return opened<ExportDialog>(window) != nullptr; });
    if (auto* dialog = opened<ExportDialog>(window))
        hand.click(buttonCalled(*dialog, QStringLiteral("Export")));
    const auto exported = [&] {
        return QDir(pictures).entryInfoList({QStringLiteral("*.png")}, QDir::Files);
    };
    hand.expect("the picture is exported", [&] { return exported().size() == 1; });
    if (exported().isEmpty())
        return;
    const auto runs = session.runs().all().size();
    const PicturePlace* first = window.places().at({session.editor().method().slots[0].id});
    hand.dropFiles({exported().first().filePath()}, Visitor::middleOf(*first));
    hand.expect("the exported file asks what it is for", [&] {
        return buttonCalled(window.pane().notices(), QStringLiteral("Restore run")) != nullptr;
    });
    hand.click(buttonCalled(window.pane().notices(), QStringLiteral("Restore run")));
    hand.expect("its run is back", [&] {
        return session.runs().all().size() == runs + 1
            && std::get<std::string>(session.editor().value("prompt"))
            == "grayscale large purple flower";
    });
}

/// One example for the pictures of a folder.
void wholeFolder(Visitor& hand, ShownWindow& shown, const QString& folder)
{
    MainWindow& window = shown.window;
    QDir().mkpath(folder);
    for (const char* name : {"mirror-b.png", "gray-b.png", "background-b.png"})
        QFile::copy(samples + QLatin1String(name), QDir(folder).filePath(QLatin1String(name)));
    shown.session.editor().resetValue("steps");
    hand.press("ctrl+k");
    hand.type("folder or table");
    hand.press("Return");
    hand.expect("the dialogue for a folder is open", [&] {
        return opened<BatchDialog>(window) != nullptr;
    });
    auto* dialog = opened<BatchDialog>(window);
    if (!dialog)
        return;
    hand.dropFiles({folder}, Visitor::middleOf(*dialog));
    hand.expect("its pictures are listed", [&] { return dialog->makeButton().isEnabled(); });
    hand.click(&dialog->makeButton());
    const QString made = dialog->plan().folder;
    hand.expect("all of the folder are made", [&] {
        return QDir(made).entryList({QStringLiteral("*.png")}, QDir::Files).size() == 3;
    });
}

} // namespace

int main(int argc, char** argv)
{
    const QTemporaryDir home;
    for (const char* variable :
         {"HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"})
        qputenv(variable, home.path().toUtf8());
    QApplication app(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("simile"));
    QApplication::setApplicationName(QStringLiteral("simile"));
    QStringList arguments = QApplication::arguments().mid(1);
    if (arguments.isEmpty())
        return 2;
    if (arguments.first() == QLatin1String("--source")) {
        Source source(arguments.mid(1));
        source.show();
        (void)QTest::qWaitForWindowExposed(&source);
        std::puts("shown");
        std::fflush(stdout);
        return QApplication::exec();
    }
    const QDir folder(arguments.takeFirst());
    folder.mkpath(QStringLiteral("."));
    const auto size = arguments.indexOf(QStringLiteral("--size"));
    ShownWindow shown(
        MethodList(), arguments.contains(QStringLiteral("--light")),
        sizeFrom(size < 0 ? QStringLiteral("1280x760") : arguments.value(size + 1)));
    Keeper keeper(shown.session);
    Sessions sessions(keeper, shown.settings);
    shown.window.setSessions(sessions, keeper);
    sessions.openLast();
    shown.window.welcome();
    QTest::qWait(1500);
    Visitor hand(shown.window, folder);
    sampleAndRun(hand, shown);
    ownPictures(hand, shown);
    const QString pictures = home.filePath(QStringLiteral("Pictures"));
    compareAndExport(hand, shown, pictures);
    wholeFolder(hand, shown, home.filePath(QStringLiteral("many")));
    return hand.failures();
}
