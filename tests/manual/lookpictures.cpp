// SPDX-License-Identifier: GPL-3.0-or-later

// Makes the pictures of docs/look-inside.md, and one of every other view into the network, on real
// runs of the default model; to judge them by eye, too:
//   lookpictures FOLDER [--light] [--size WxH] [--whole] [NAME]...
// The centre of the window is grabbed, with --whole all of it. QT_SCALE_FACTOR=2 doubles the scale.
// With names only those are made. Needs a display (xvfb-run gives one).

#include "core/file/files.h"
#include "core/inspect/view.h"
#include "core/picture/pictureformat.h"
#include "tests/manual/shownwindow.h"
#include "ui/actions.h"
#include "ui/convert.h"
#include "ui/inspectview.h"
#include "ui/lessonpanel.h"
#include "ui/mapsheet.h"
#include "ui/resultpane.h"
#include "ui/stepaxis.h"
#include "ui/touchpanel.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QPushButton>
#include <QStandardPaths>
#include <QTest>
#include <QToolButton>

#include <cstdio>

namespace {

constexpr int longest = 120000; // ms

/// A picture to be made.
struct Shot
{
    const char* name;
    View view;
    double part = 0.5;          ///< which step of the run
    const char* word = nullptr; ///< of the prompt, two apart by a comma
    InspectPages::Page page = InspectPages::Map;
    bool beside = false;
    const char* tried = nullptr; ///< what of it is switched off, from the step on
};

Spot box(double left, double top, double right, double bottom)
{
    return {.shape = Spot::Box, .corners = {{left, top}, {right, bottom}}};
}

Spot point(double x, double y)
{
    return {.corners = {{x, y}}};
}

Spot outline(std::vector<std::array<double, 2>> corners)
{
    return {.shape = Spot::Outline, .corners = std::move(corners)};
}

// clang-format off
const Shot ofAnalogy[] = {
    {"words", {.kind = ViewKind::CrossAttention, .layers = {{10, 11}}}, 0.5, "pink,triangle"},
    {"words-diffused", {.kind = ViewKind::CrossAttention, .layers = {{10, 11}}, .diffuse = 4}, 0.5, "triangle"},
    {"words-apart", {.kind = ViewKind::CrossAttention, .layers = {{10, 11}}}, 0.5, "pink,triangle", InspectPages::Map, true},
    {"place", {.kind = ViewKind::SelfAttention, .layers = {{10, 11}}, .spots = {point(0.72, 0.78), point(0.1, 0.78)}}, 0.9},
    {"place-column", {.kind = ViewKind::SelfAttention, .layers = {{10, 11}}, .spots = {point(0.72, 0.78)}, .column = true}, 0.9},
    {"box", {.kind = ViewKind::SelfAttention, .layers = {{10, 11}}, .spots = {box(0.65, 0.7, 0.85, 0.9)}}, 0.9},
    {"outline", {.kind = ViewKind::SelfAttention, .layers = {{10, 11}}, .spots = {point(0.72, 0.78), outline({{0.25, 0.6}, {0.1, 0.82}, {0.4, 0.82}})}, .diffuse = 4}, 0.9},
    {"shares", {.kind = ViewKind::Shares, .layers = {{10, 11}}}, 0.4},
    {"rows", {.kind = ViewKind::AttentionRows, .layers = {{10, 11}}}, 0.9},
    {"rows-mean", {.kind = ViewKind::AttentionMean, .layers = {{10, 11}}}, 0.9},
    {"queries", {.kind = ViewKind::Queries, .layers = {{10, 11}}}, 0.9},
    {"keys", {.kind = ViewKind::Keys, .layers = {{10, 11}}}, 0.9},
    {"channels", {.kind = ViewKind::Channels, .layers = {{16, 17}}, .channel = 5}, 0.9},
    {"query-channels", {.kind = ViewKind::QueryChannels, .layers = {{10, 11}}, .channel = 3}, 0.9},
    {"convolution", {.kind = ViewKind::FeaturesInput, .layers = {{16, 17}}}, 0.9},
    {"noise", {.kind = ViewKind::Noise, .channel = -1}, 0.5},
    {"clean", {.kind = ViewKind::Clean, .channel = -1}, 0.5},
    {"latent", {.kind = ViewKind::Latent, .channel = -1}, 0.5},
    {"sheet", {.kind = ViewKind::CrossAttention, .layers = {{10, 11}}}, 0.5, "triangle", InspectPages::Sheet},
    {"curves", {.kind = ViewKind::SelfAttention, .layers = {{10, 11}}}, 0.5, nullptr, InspectPages::Curves},
    {"touched-share", {.kind = ViewKind::Shares}, 0.3, nullptr, InspectPages::Map, false, "What B\u2032 takes from A\u2032"},
    {"touched-place", {.kind = ViewKind::SelfAttention, .spots = {box(0.65, 0.7, 0.85, 0.9)}}, 0.1, nullptr, InspectPages::Map, false, "What the place gets"},
};
const Shot ofTranslate[] = {
    {"features", {.kind = ViewKind::Features, .layers = {{16, 17}}}, 0.4},
    {"features-late", {.kind = ViewKind::Features, .layers = {{19, 20}}}, 0.6},
    {"touched-injection", {.kind = ViewKind::Features, .layers = {{14, 15}}}, 0.1, nullptr, InspectPages::Map, false, "Without the injection"},
};
const Shot ofPromptFree[] = {
    {"reference", {.kind = ViewKind::Origin, .spots = {point(0.5, 0.5)}}, 0.9},
    {"tokens", {.kind = ViewKind::Tokens}, 0.9},
};
const Shot withControl[] = {
    {"control", {.kind = ViewKind::Control}, 0.5},
};
// clang-format on

/// Takes the pictures of a window.
class Taker
{
public:
    Taker(ShownWindow& shown, QDir folder, bool whole, QStringList names)
        : m_shown(shown)
        , m_inspect(shown.window.pane().inspect())
        , m_folder(std::move(folder))
        , m_whole(whole)
        , m_names(std::move(names))
    {
    }

    bool wants(const QString& name) const { return m_names.isEmpty() || m_names.contains(name); }

    template<class Shots>
    bool wantsAny(const Shots& shots) const
    {
        return std::ranges::any_of(
            shots, [this](const Shot& shot) { return wants(QLatin1String(shot.name)); });
    }

    void grab(const QString& name)
    {
        QTest::qWait(500); // what comes late, and what is laid out
        MainWindow& window = m_shown.window;
        const QImage image = (m_whole ? window.grab() : window.pane().grab()).toImage();
        const QString file = m_folder.filePath(QStringLiteral("look-%1.webp").arg(name));
        writeFileAtomically(
            file.toStdString(), encodePicture(toImage(image), PictureFormat::WebP, bestQuality));
        std::printf("%s\n", qPrintable(file));
    }

    void take(const Shot& shot)
    {
        if (!wants(QLatin1String(shot.name)))
            return;
        goTo(shot.part);
        m_inspect.pages().setPage(shot.page);
        InspectState state = m_inspect.state();
        state.look.beside = shot.beside;
        m_inspect.setState(state);
        m_inspect.canvas().setSpots(shot.view.spots);
        show(shot.view);
        if (shot.word) {
            View view = shot.view;
            for (const QString& word : QString::fromLatin1(shot.word).split(QLatin1Char(',')))
                view.words.push_back(wordTokens(m_inspect.offer().tokens, word.toStdString()));
            show(view);
        }
        if (shot.page == InspectPages::Sheet)
            QTest::qWait(3000); // its maps come one after the other
        if (shot.tried)
            tryIt(QString::fromUtf8(shot.tried));
        grab(QLatin1String(shot.name));
        m_inspect.choices().touches().fold().setChecked(false);
        m_inspect.pages().setPage(InspectPages::Map);
    }

    /// Shows a step of the run.
    void goTo(double part)
    {
        StepAxis& axis = m_shown.window.pane().axis();
        axis.setFollowing(false);
        axis.setValue(int(part * axis.maximum()));
    }

    /// Every page of every lesson, as after "Run it" and "Next".
    void takeLessons()
    {
        if (!wants(QStringLiteral("lessons")))
            return;
        m_inspect.pages().lessons().setChecked(true);
        LessonPanel& panel = m_inspect.lesson();
        for (int lesson = 0; lesson < panel.choice().count(); ++lesson) {
            panel.choice().setCurrentIndex(lesson);
            Q_EMIT panel.choice().activated(lesson);
            panel.run().click();
            (void)QTest::qWaitFor([&] { return m_shown.session.runs().running(); }, 10000);
            (void)QTest::qWaitFor([&] { return !m_shown.session.runs().running(); }, longest);
            for (int page = 0; page < int(panel.lesson()->pages.size()); ++page) {
                if (page > 0)
                    panel.next().click();
                QTest::qWait(1500);
                grab(QStringLiteral("lesson-%1-%2").arg(lesson + 1).arg(page + 1));
            }
        }
        m_inspect.pages().lessons().setChecked(false);
    }

private:
    /// The run that comes of it takes the place of the one that is shown.
    void tryIt(const QString& what)
    {
        TouchPanel& panel = m_inspect.choices().touches();
        panel.fold().setChecked(true);
        panel.what().setCurrentIndex(panel.what().findText(what));
        panel.times().setValue(0);
        const Runs& runs = m_shown.session.runs();
        const std::size_t before = runs.all().size();
        panel.button().click();
        (void)QTest::qWaitFor(
            [&] { return runs.all().size() > before && !runs.running(); }, longest);
        QTest::qWait(1500);
    }

    void show(const View& view)
    {
        m_inspect.setView(view);
        Q_EMIT m_inspect.viewChanged(); // which setView() leaves to who calls it
        QTest::qWait(300);
        (void)QTest::qWaitFor([this] { return !m_inspect.pages().showsEmpty(); }, 5000);
    }

    ShownWindow& m_shown;
    InspectView& m_inspect;
    QDir m_folder;
    bool m_whole;
    QStringList m_names;
};

} // namespace

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("simile-screenshot"));
    QStandardPaths::setTestModeEnabled(true);
    QStringList names = QApplication::arguments();
    names.removeFirst();
    if (names.isEmpty())
        return 2;
    const QDir folder(names.takeFirst());
    const bool light = names.removeAll(QStringLiteral("--light")) > 0;
    const bool whole = names.removeAll(QStringLiteral("--whole")) > 0;
    QSize size(1280, 800);
    if (const auto at = names.indexOf(QStringLiteral("--size")); at >= 0 && at + 1 < names.size()) {
        size = sizeFrom(names[at + 1]);
        names.remove(at, 2);
    }
    ShownWindow shown(MethodList(), light, size);
    Taker taker(shown, folder, whole, names);
    const auto takeAll = [&](const auto& shots) {
        if (taker.wantsAny(shots))
            shown.run();
        for (const Shot& shot : shots)
            taker.take(shot);
    };
    shown.window.actions()("inspect")->trigger();
    if (taker.wants(QStringLiteral("nothing")))
        taker.grab(QStringLiteral("nothing"));
    shown.sample("analogy", "lesson");
    takeAll(ofAnalogy);
    shown.sample("translate", "lesson");
    takeAll(ofTranslate);
    shown.sample("prompt-free", "lesson");
    takeAll(ofPromptFree);
    const Input reference = shown.session.inputs().in("reference").front();
    shown.session.inputs().set({"control", 0}, reference.image, QStringLiteral("reference"));
    takeAll(withControl);
    taker.takeLessons();
    return 0;
}
