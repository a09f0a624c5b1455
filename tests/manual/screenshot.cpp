// SPDX-License-Identifier: GPL-3.0-or-later

// Grabs the window to a PNG file, to judge it by eye:
//   screenshot OUT.png [--light] [--size WxH] [--mode ID] [--sample] [--picture SLOT FILE]...
//   [--kind SLOT KIND] [--map SLOT] [--run] [--at STEP] [--after MS] [--inspect] [--unfold]
//   [--paint SLOT] [--example] [--plugins FOLDER]
//   screenshot --all FOLDER [--light] [--size WxH] [STATE]...
// --all takes pictures of the whole screen in every state that the window has, or in those named;
// the window fills it, so the size is that of the display. QT_SCALE_FACTOR=2 doubles the scale.
// --paint opens what paints at a slot and makes some strokes.
// --example takes a mode that counts, with all that a slot can ask for, in place of the plug-ins.

#include "app/language.h"
#include "tests/app/toolmethods.h"
#include "tests/manual/allstates.h"
#include "tests/manual/shownwindow.h"
#include "ui/actions.h"
#include "ui/paintcanvas.h"
#include "ui/paintpane.h"
#include "ui/resultpane.h"
#include "ui/stepaxis.h"

#include <QAction>
#include <QApplication>
#include <QMouseEvent>
#include <QStandardPaths>
#include <QTest>
#include <QToolButton>

namespace {

/// A stroke with a button of the mouse, through points in parts of the picture.
void stroke(PaintCanvas& canvas, Qt::MouseButton button, const QList<QPointF>& way)
{
    const QRectF picture = canvas.tileRect(0);
    const auto send = [&](QEvent::Type type, QPointF part, Qt::MouseButton now) {
        const QPointF at =
            picture.topLeft() + QPointF(part.x() * picture.width(), part.y() * picture.height());
        QMouseEvent event(type, at, canvas.mapToGlobal(at), now, button, Qt::NoModifier);
        QApplication::sendEvent(&canvas, &event);
    };
    send(QEvent::MouseButtonPress, way.first(), button);
    for (const QPointF& part : way)
        send(QEvent::MouseMove, part, Qt::NoButton);
    send(QEvent::MouseButtonRelease, way.last(), button);
}

void paint(MainWindow& window, const Place& place)
{
    window.painting().open(place);
    (void)QTest::qWaitFor([&] { return window.painting().isOpen(); }, 10000);
    QTest::qWait(100);
    PaintCanvas& canvas = window.painting().canvas();
    stroke(
        canvas, Qt::LeftButton, {{0.3, 0.35}, {0.45, 0.25}, {0.62, 0.35}, {0.7, 0.55}, {0.5, 0.7}});
    stroke(canvas, Qt::RightButton, {{0.55, 0.3}, {0.45, 0.5}});
}

} // namespace

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("simile-screenshot"));
    QStandardPaths::setTestModeEnabled(true);
    const Language language({});
    const QStringList arguments = QApplication::arguments();
    const auto has = [&](const char* name) { return arguments.contains(QLatin1String(name)); };
    const auto after = [&](const char* name) {
        const auto at = arguments.indexOf(QLatin1String(name));
        return at > 0 && at + 1 < arguments.size() ? arguments[at + 1] : QString();
    };
    if (arguments.size() < 2 || (has("--all") && arguments.size() < 3))
        return 2;
    ShownWindow shown(
        has("--example")       ? MethodList(std::vector {promptFreeMethod(), annotateMethod()})
            : has("--plugins") ? MethodList(after("--plugins"))
                               : MethodList(),
        has("--light"), sizeFrom(after("--size")));
    if (arguments[1] == QLatin1String("--all")) {
        QStringList states = arguments.mid(3);
        states.removeAll(QStringLiteral("--light"));
        takeAllStates(shown, QDir(arguments[2]), states);
        return 0;
    }
    Session& session = shown.session;
    MainWindow& window = shown.window;
    if (has("--mode"))
        session.setMethod(after("--mode").toStdString());
    if (has("--sample")) {
        session.restorer().loadSample();
        (void)QTest::qWaitFor([&] { return session.missing().isEmpty(); }, 10000);
        QTest::qWait(200);
    }
    for (qsizetype i = 2; i + 2 < arguments.size(); ++i) {
        const std::string slot = arguments[i + 1].toStdString();
        if (arguments[i] == QLatin1String("--picture"))
            session.inputs().load(
                {slot, int(session.inputs().in(slot).size())}, {{.path = arguments[i + 2]}});
        if (arguments[i] == QLatin1String("--kind"))
            session.inputs().setKind(slot, arguments[i + 2].toStdString());
        QTest::qWait(200);
    }
    if (has("--map"))
        session.maps().make(after("--map").toStdString());
    if (has("--paint")) {
        (void)QTest::qWaitFor(
            [&] { return !session.maps().making(after("--paint").toStdString()); }, 60000);
        paint(window, after("--paint").toStdString());
    }
    if (has("--unfold"))
        for (QToolButton* fold : window.findChildren<QToolButton*>())
            if (fold->property("role").toString() == QLatin1String("fold"))
                fold->setChecked(true);
    QTest::qWait(400);
    if (has("--inspect"))
        window.actions()("inspect")->trigger();
    if (has("--network"))
        window.actions()("network")->setChecked(true);
    if (has("--run")) {
        if (const int wait = after("--after").toInt(); wait > 0) {
            session.editor().setSeed(42);
            session.start();
            QTest::qWait(wait);
        } else {
            shown.run();
        }
    }
    if (const QString step = after("--at"); !step.isEmpty()) {
        window.pane().axis().setFollowing(false);
        window.pane().axis().setValue(step.toInt());
    }
    QTest::qWait(has("--inspect") ? 3000 : 300);
    return window.grab().save(arguments[1]) ? 0 : 1;
}
