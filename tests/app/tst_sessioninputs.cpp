// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine.h"
#include "app/methodlist.h"
#include "app/session.h"
#include "app/settings.h"
#include "core/files.h"
#include "core/imagefile.h"
#include "tests/app/emptyhome.h"
#include "tests/app/toolmethods.h"

#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace {

struct Fixture
{
    QTemporaryDir folder;
    Engine engine;
    MethodList methods {std::vector {promptFreeMethod(), annotateMethod()}};
    Settings settings;
    Session session;

    Fixture()
        : session(engine, methods, settings)
    {
        QTRY_VERIFY(!session.model().path.empty());
    }

    QStringList names(const char* slot) const
    {
        QStringList names;
        for (const Input& input : session.inputs(slot))
            names << QString::fromStdString(input.name);
        return names;
    }

    void add(const char* slot, const char* name)
    {
        const int count = int(session.inputs(slot).size());
        session.setInput({slot, count}, filled(2 + count, 2, {}), QString::fromLatin1(name));
    }
};

QStringList list(const char* words)
{
    return QString::fromLatin1(words).split(QLatin1Char(' '));
}

} // namespace

class SessionInputsTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void picturesOfASlotAreAddedChangedAndRemoved()
    {
        Fixture f;
        f.add("reference", "1");
        f.add("reference", "2");
        f.add("reference", "3");
        f.session.setWeight({"reference", 1}, 0.25);
        f.session.setInput({"reference", 1}, filled(9, 9, {}), QStringLiteral("b"));
        QCOMPARE(f.names("reference"), list("1 b 3"));
        QCOMPARE(f.session.input({"reference", 1}).weight, 0.25);
        f.session.clearInput("reference");
        QCOMPARE(f.names("reference"), list("b 3"));
        QCOMPARE(f.session.request().images.at("reference").size(), std::size_t(2));
        f.session.clearInput({"reference", 5});
        QCOMPARE(f.names("reference"), list("b 3"));
    }

    void pastedBytesAreReadAsAFileIs()
    {
        Fixture f;
        const auto bytesOf = [](const std::vector<std::byte>& file) {
            return QByteArray(reinterpret_cast<const char*>(file.data()), qsizetype(file.size()));
        };
        const QByteArray png = bytesOf(encodePng(filled(3, 2, {1, 2, 3})));
        f.session.loadInputBytes("reference", png, QStringLiteral("pasted"));
        QTRY_VERIFY(f.session.input("reference").image == filled(3, 2, {1, 2, 3}));
        QCOMPARE(f.session.input("reference").name, std::string("pasted"));
        QSignalSpy failed(&f.session, &Session::inputFailed);
        f.session.loadInputBytes("reference", png.left(png.size() - 20), QStringLiteral("pasted"));
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(!f.session.input("reference").image.empty()); // what was there stays
    }

    void severalFilesTakeThePlacesInTheirOrder()
    {
        Fixture f;
        QStringList paths;
        for (const char* name : {"x.png", "y.png", "z.png"}) {
            paths << f.folder.filePath(QString::fromLatin1(name));
            writeFileAtomically(paths.last().toStdString(), encodePng(filled(2, 2, {})));
        }
        paths.insert(1, QStringLiteral("/no/such.png"));
        QSignalSpy failed(&f.session, &Session::inputFailed);
        f.session.loadInputs("reference", paths);
        QTRY_COMPARE(f.names("reference"), list("x.png y.png z.png"));
        QCOMPARE(failed.size(), 1);
    }

    void aWeightThatIsSetDuringALoadDoesNotStopIt()
    {
        Fixture f;
        f.add("reference", "1");
        const QString path = f.folder.filePath(QStringLiteral("x.png"));
        writeFileAtomically(path.toStdString(), encodePng(filled(7, 7, {})));
        f.session.loadInput("reference", path);
        f.session.setWeight("reference", 0.5);
        QTRY_COMPARE(f.session.input("reference").image.width, 7);
        QCOMPARE(f.session.input("reference").weight, 0.5);
        QSignalSpy changed(&f.session, &Session::inputChanged);
        f.session.setWeight("reference", 0.5);
        f.session.setKind({"reference", 9}, "none");
        QCOMPARE(changed.size(), 0);
    }

    void theRecordRestoresAllPicturesAndEmptiesTheOtherSlots()
    {
        Fixture f;
        f.add("reference", "1");
        f.add("reference", "2");
        f.session.setWeight({"reference", 1}, 0.5);
        f.session.start();
        QTRY_VERIFY(!f.session.running());
        const QString path = f.folder.filePath(QStringLiteral("r.png"));
        writeFileAtomically(path.toStdString(), f.session.encode(0, -1, Embed::Full));
        f.session.clearInput("reference");
        f.add("control", "c");
        QSignalSpy restored(&f.session, &Session::restored);
        f.session.restore(path);
        QTRY_COMPARE(restored.size(), 1);
        QCOMPARE(f.names("reference"), list("1 2"));
        QCOMPARE(f.session.input({"reference", 1}).weight, 0.5);
        QVERIFY(f.session.inputs("control").empty());
    }

    void theSizeFollowsTheControlPictureUntilThatIsUndone()
    {
        Fixture f;
        std::function<void()> undo;
        connect(
            &f.session, &Session::told, this, [&](const QString&, const auto& how) { undo = how; });
        f.session.setValue("width", 1024);
        f.session.setInput("reference", filled(700, 300, {}), QStringLiteral("r"));
        QVERIFY(!undo);
        const Value before = f.session.value("height"); // as the model recommends
        // The default model is one of small pictures: its side is the shorter one's.
        f.session.setInput("control", filled(700, 300, {}), QStringLiteral("c"));
        const int native = f.session.model().size;
        QVERIFY(native < 512);
        QCOMPARE(f.session.value("height"), Value(std::min(native, 300) / 64 * 64));
        QVERIFY(std::get<int>(f.session.value("width")) % 64 == 0);
        QVERIFY(undo != nullptr);
        undo();
        QCOMPARE(f.session.value("width"), Value(1024));
        QCOMPARE(f.session.value("height"), before);
        QVERIFY(!f.session.setByHand("height"));
    }

    void aMapTakesThePlaceOfItsPictureUntilThatIsUndone()
    {
        Fixture f;
        QVERIFY(!f.session.canMakeMap("control"));
        f.add("control", "c");
        f.add("control", "d");
        f.session.setValue("width", 320);
        QVERIFY(!f.session.canMakeMap("reference"));
        const Place place {"control", 1};
        QVERIFY(f.session.canMakeMap(place));
        std::function<void()> undo;
        connect(&f.session, &Session::told, this, [&](const QString& sentence, const auto& how) {
            QVERIFY(sentence.contains(QStringLiteral("Edges")));
            undo = how;
        });
        f.session.makeMap(place);
        QVERIFY(f.session.makingMap(place));
        QTRY_VERIFY(undo != nullptr);
        QVERIFY(!f.session.makingMap(place));
        QVERIFY(f.session.input(place).image == filled(320, 1, {128, 128, 128}));
        QCOMPARE(f.session.input(place).kind, std::string("none"));
        QVERIFY(!f.session.canMakeMap(place));
        undo();
        QCOMPARE(f.session.input(place).image.width, 3);
        QCOMPARE(f.session.input(place).kind, std::string());
    }

    void aMapThatCannotBeMadeIsExplainedAtItsPlace()
    {
        Fixture f;
        f.add("control", "c");
        f.session.setKind("control", "depth");
        f.session.setValue("annotators", std::string("/networks"));
        QSignalSpy failed(&f.session, &Session::inputFailed);
        f.session.makeMap("control");
        QVERIFY(failed.wait());
        QVERIFY(failed.at(0).at(1).toString().contains(QStringLiteral("/networks/dpt_hybrid.pt")));
        QCOMPARE(f.session.input("control").image.width, 2);
        QVERIFY(!f.session.makingMap("control"));
    }

    void aSizeThatFollowedGoesWithItsPictureAlone()
    {
        Fixture f;
        const Value before = f.session.value("height");
        f.session.setInput("reference", filled(8, 8, {}), QStringLiteral("r.png"));
        f.session.setInput("control", filled(640, 1920, {}), QStringLiteral("c.png"));
        const Value followed = f.session.value("height");
        QVERIFY(followed != before);
        f.session.clearInput("reference");
        QVERIFY(f.session.value("height") == followed);
        f.session.clearInput("control");
        QVERIFY(f.session.value("height") == before);
    }

    void whatIsPaintedKeepsWhatStandsBesideItAndTheSizeOfTheResult()
    {
        Fixture f;
        f.add("control", "c.png");
        f.session.setKind("control", "none");
        f.session.setWeight("control", 0.5);
        f.session.setSpan("control", 0.25, 0.75);
        f.session.setValue("width", 320);
        const Value height = f.session.value("height");
        QStringList told;
        std::function<void()> undo;
        connect(&f.session, &Session::told, this, [&](const QString& sentence, const auto& how) {
            told << sentence;
            undo = how;
        });
        const Input before = f.session.input("control");
        const Image painted = filled(768, 512, {255, 0, 0});
        f.session.setPainted("control", painted, QStringLiteral("c.png"));
        const Input& now = f.session.input("control");
        QVERIFY(now.image == painted);
        QCOMPARE(now.name, std::string("c.png"));
        QCOMPARE(now.kind, std::string("none"));
        QCOMPARE(now.weight, 0.5);
        QCOMPARE(now.begin, 0.25);
        QCOMPARE(now.end, 0.75);
        QCOMPARE(f.session.value("width"), Value(320));
        QCOMPARE(f.session.value("height"), height);
        QCOMPARE(told, QStringList {QStringLiteral("The map for Control was painted over.")});
        f.session.setPainted("control", painted, QStringLiteral("c.png"));
        QCOMPARE(told.size(), 1); // it is the same
        undo();
        QVERIFY(f.session.input("control").image == before.image);
        QCOMPARE(f.session.input("control").kind, std::string("none"));
    }

    void whatIsPaintedIntoAnEmptyPlaceIsTakenOutByUndo()
    {
        Fixture f;
        std::function<void()> undo;
        connect(
            &f.session, &Session::told, this, [&](const QString&, const auto& how) { undo = how; });
        f.session.setPainted("reference", filled(4, 4, {}), QStringLiteral("painted"));
        QCOMPARE(f.names("reference"), list("painted"));
        QVERIFY(undo != nullptr);
        undo();
        QVERIFY(f.session.inputs("reference").empty());
    }

    void aMapThatComesTooLateIsDropped()
    {
        Fixture f;
        f.add("control", "c");
        f.session.makeMap("control");
        f.session.setInput("control", filled(5, 5, {}), QStringLiteral("other"));
        QTRY_VERIFY(!f.session.makingMap("control"));
        QCOMPARE(f.session.input("control").image.width, 5);
    }
};

QTEST_GUILESS_MAIN(SessionInputsTest)
#include "tst_sessioninputs.moc"
