// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commandline.h"
#include "app/commands.h"
#include "app/pluginfaults.h"
#include "core/file/files.h"
#include "core/picture/imagefile.h"
#include "core/record.h"
#include "tests/app/emptyhome.h"
#include "tests/ui/modesfixture.h"
#include "ui/actions.h"
#include "ui/gridview.h"
#include "ui/noticebar.h"
#include "ui/parameterform.h"
#include "ui/parametersdock.h"
#include "ui/pictureplaces.h"
#include "ui/pluginnotices.h"
#include "ui/stepaxis.h"

#include <QMenu>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>

// A plug-in that shares no id with ours: all that window and command line show of it, they have
// from itself.

namespace {

const std::vector<Method>& toys()
{
    static const MethodList list(QStringLiteral(TOY_FOLDER));
    return list.methods();
}

struct Fixture : WindowFixture
{
    Fixture()
        : WindowFixture(toys(), "toy-weave")
    {
    }

    void fill()
    {
        session.inputs().set("yarn", filled(6, 6, {100, 7, 9}), QStringLiteral("y.png"));
    }
};

} // namespace

class ToyMethodTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void itIsAModeAndItsToolIsNone()
    {
        QCOMPARE(toys().size(), std::size_t(2));
        QCOMPARE(toys().front().id, std::string("toy-weave")); // modes come before tools
        Fixture f;
        QCOMPARE(f.session.editor().method().id, std::string("toy-weave"));
        QCOMPARE(f.session.missing(), QStringList {QStringLiteral("a picture for Yarn")});
    }

    void itsSlotsAndFormAreThere()
    {
        Fixture f;
        QCOMPARE(f.window.inputs().slot("yarn")->label(), QStringLiteral("Yarn"));
        QCOMPARE(f.window.places().target().slot, std::string("yarn"));
        QVERIFY(f.window.inputs().cell({"warp", 0}));
        for (const char* id : {"motto", "rounds", "breadth", "bolts"})
            QVERIFY2(f.window.parameters().form()->editor(id), id);
        f.window.actions()("settings")->trigger();
        QVERIFY(f.window.findChild<QWidget*>(QStringLiteral("kept.toy-bobbins")));
        QTRY_COMPARE(f.window.parameters().said(), QStringLiteral("3 rounds of weaving."));
    }

    void theSlotThatShapesTheResultDoes()
    {
        Fixture f;
        f.session.inputs().set({"warp", 0}, filled(30, 9, {}), QStringLiteral("w.png"));
        QCOMPARE(f.session.editor().value("breadth"), Value(28));
        f.session.inputs().clear({"warp", 0});
        QCOMPARE(f.session.editor().value("breadth"), Value(8));
    }

    void itsToolMakesItsMaps()
    {
        Fixture f;
        const Place place {"warp", 0};
        f.session.inputs().set(place, filled(30, 9, {}), QStringLiteral("w.png"));
        QVERIFY(f.session.maps().canMake(place));
        f.session.maps().make(place);
        QTRY_VERIFY(!f.session.maps().making(place));
        QVERIFY(f.session.inputs().at(place).image == filled(28, 2, {40, 50, 60}));
        QCOMPARE(f.session.inputs().at(place).kind, std::string("woven"));
        QVERIFY(!f.session.maps().canMake(place));
    }

    void itRunsIsSeenAndLookedInto()
    {
        Fixture f;
        f.fill();
        f.session.start();
        QTRY_VERIFY(!f.session.runs().running());
        const auto run = f.session.runs().current();
        QCOMPARE(run->state, Run::Done);
        const GridView& grid = f.window.pane().grid();
        QTRY_COMPARE(grid.image(grid.resultCell()).pixelColor(0, 0), QColor(103, 7, 9));
        QCOMPARE(grid.label(grid.resultCell()), QStringLiteral("Cloth"));
        const auto& spans = f.window.pane().axis().spans();
        QCOMPARE(spans.size(), std::size_t(1));
        QCOMPARE(spans.front().label, QStringLiteral("Knotting"));
        QCOMPARE(spans.front().begin, 1);

        QSignalSpy lacking(&f.session.looks(), &Looks::lacking);
        QSignalSpy seen(&f.session.looks(), &Looks::seen);
        const View view {.kind = ViewKind::Channels, .step = 1};
        f.session.looks().see(view);
        QTRY_COMPARE(lacking.size(), 1); // it records nothing by itself
        f.session.looks().compute();
        QTRY_COMPARE(seen.size(), 1);
        QCOMPARE(seen.at(0).at(2).value<Seen>().maps.at(0).values, std::vector<float> {1});
        f.session.runs().decodeStep(1);
        QTRY_VERIFY(!run->steps[1].decoded.empty());
    }

    void itsPictureGoesAlongToAnotherModeOnly()
    {
        std::vector<Method> both = toys();
        both.push_back(analogyMethod());
        WindowFixture f(both, "toy-weave");
        f.session.inputs().set("yarn", filled(6, 6, {100, 7, 9}), QStringLiteral("y.png"));
        f.session.setMethod("analogy");
        QVERIFY(f.session.inputs().at("b").image == filled(6, 6, {100, 7, 9}));
    }

    /// Whatever function of it throws on the window's own thread.
    void theWindowStaysWithAPluginThatThrows_data()
    {
        QTest::addColumn<bool>("blocked");
        QTest::newRow("Method::refuses") << true;
        for (const char* entry :
             {"Method::spans", "Method::follows", "Parameter::offers", "MapMaker::lacks",
              "NetworkSlot::lacks"})
            QTest::newRow(entry) << false;
    }

    void theWindowStaysWithAPluginThatThrows()
    {
        QFETCH(bool, blocked);
        const QByteArray entry = QTest::currentDataTag();
        const QTemporaryDir folder;
        QVERIFY(QFile::copy(
            QStringLiteral(FAULTY_PLUGIN), folder.filePath(QStringLiteral("faulty.so"))));
        qputenv("FAULT", "bare " + entry);
        const MethodList list(folder.path());
        qunsetenv("FAULT");
        WindowFixture f(MethodList(list.methods(), list.networks()), "faulty");
        tellPlugins(f.window.pane().notices(), list);
        f.session.inputs().set("cloth", filled(6, 6, {1, 2, 3}), QStringLiteral("c.png"));
        f.session.editor().setValue("rounds", 4);
        QTRY_VERIFY(f.window.pane().notices().isVisible());
        QCOMPARE(list.faults().told().size(), 1);
        QCOMPARE(f.window.pane().notices().text(), list.faults().told().front());
        QVERIFY2(list.faults().told().front().contains(QLatin1String(entry)), entry);
        QCOMPARE(f.session.model().problem().isEmpty(), !blocked);
        f.session.start();
        QTRY_VERIFY(!f.session.runs().running());
        QCOMPARE(f.session.runs().current() != nullptr, !blocked);
    }

    void theCommandLineMakesItsPictures()
    {
        const QTemporaryDir folder;
        const std::string yarn = folder.filePath(QStringLiteral("y.png")).toStdString();
        const std::string warp = folder.filePath(QStringLiteral("w.png")).toStdString();
        const std::string out = folder.filePath(QStringLiteral("out.png")).toStdString();
        writeFileAtomically(yarn, encodePng(filled(6, 6, {100, 7, 9})));
        writeFileAtomically(warp, encodePng(filled(18, 6, {})));
        const MethodList methods(toys());
        const Command command = parseCommandLine(
            {"toy-weave", yarn, "-o", out, "--warp", "knots:" + warp + ":0.5:0-0.5", "--rounds",
             "4"},
            methods);
        const auto* wanted = std::get_if<MakeCommand>(&command);
        const auto* said = std::get_if<TextCommand>(&command);
        QVERIFY2(wanted, said ? said->text.c_str() : "");
        QCOMPARE(make(*methods.find("toy-weave"), *wanted, methods), 0);
        const auto bytes = readFile(out, 1 << 20);
        QVERIFY(decodeImage(bytes, "out").image == filled(16, 16, {104, 7, 9}));
        const auto record = readRecord(bytes);
        QVERIFY(record);
        QCOMPARE(record->request.images.at("warp").at(0).end, 0.5);
        QCOMPARE(record->resolved.at("breadth"), Value(16));
    }
};

QTEST_MAIN(ToyMethodTest)
#include "tst_toymethod.moc"
