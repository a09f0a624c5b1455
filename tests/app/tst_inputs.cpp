// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/runrecord.h"
#include "core/file/files.h"
#include "core/picture/imagefile.h"
#include "tests/app/emptyhome.h"
#include "tests/app/sessionfixture.h"
#include "tests/app/toolmethods.h"

#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace {

struct Fixture : SessionFixture
{
    QTemporaryDir folder;

    Fixture()
        : SessionFixture({promptFreeMethod(), annotateMethod()})
    {
    }

    QStringList names(const char* slot) const
    {
        QStringList names;
        for (const Input& input : session.inputs().in(slot))
            names << QString::fromStdString(input.name);
        return names;
    }

    void add(const char* slot, const char* name)
    {
        const int count = int(session.inputs().in(slot).size());
        session.inputs().set({slot, count}, filled(2 + count, 2, {}), QString::fromLatin1(name));
    }
};

QByteArray bytesOf(const std::vector<std::byte>& file)
{
    return {reinterpret_cast<const char*>(file.data()), qsizetype(file.size())};
}

QStringList list(const char* words)
{
    return QString::fromLatin1(words).split(QLatin1Char(' '));
}

} // namespace

class InputsTest : public QObject
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
        f.session.inputs().setWeight({"reference", 1}, 0.25);
        f.session.inputs().set({"reference", 1}, filled(9, 9, {}), QStringLiteral("b"));
        QCOMPARE(f.names("reference"), list("1 b 3"));
        QCOMPARE(f.session.inputs().at({"reference", 1}).weight, 0.25);
        f.session.inputs().clear("reference");
        QCOMPARE(f.names("reference"), list("b 3"));
        QCOMPARE(f.session.request().images.at("reference").size(), std::size_t(2));
        f.session.inputs().clear({"reference", 5});
        QCOMPARE(f.names("reference"), list("b 3"));
    }

    void pastedBytesAreReadAsAFileIs()
    {
        Fixture f;
        const QByteArray png = bytesOf(encodePng(filled(3, 2, {1, 2, 3})));
        f.session.inputs().load("reference", {{.bytes = png, .name = QStringLiteral("pasted")}});
        QTRY_VERIFY(f.session.inputs().at("reference").image == filled(3, 2, {1, 2, 3}));
        QCOMPARE(f.session.inputs().at("reference").name, std::string("pasted"));
        QSignalSpy failed(&f.session.inputs(), &Inputs::failed);
        f.session.inputs().load(
            "reference", {{.bytes = png.left(20), .name = QStringLiteral("pasted")}});
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(!f.session.inputs().at("reference").image.empty()); // what was there stays
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
        QSignalSpy failed(&f.session.inputs(), &Inputs::failed);
        std::vector<Given> given;
        for (const QString& file : paths)
            given.push_back({.path = file});
        f.session.inputs().load("reference", given);
        QTRY_COMPARE(f.names("reference"), list("x.png y.png z.png"));
        QCOMPARE(failed.size(), 1);
    }

    void aWeightThatIsSetDuringALoadDoesNotStopIt()
    {
        Fixture f;
        f.add("reference", "1");
        const QString path = f.folder.filePath(QStringLiteral("x.png"));
        writeFileAtomically(path.toStdString(), encodePng(filled(7, 7, {})));
        f.session.inputs().load("reference", {{.path = path}});
        f.session.inputs().setWeight("reference", 0.5);
        QTRY_COMPARE(f.session.inputs().at("reference").image->width, 7);
        QCOMPARE(f.session.inputs().at("reference").weight, 0.5);
        QSignalSpy changed(&f.session.editor(), &Editor::inputChanged);
        f.session.inputs().setWeight("reference", 0.5);
        f.session.inputs().setKind({"reference", 9}, "none");
        QCOMPARE(changed.size(), 0);
    }

    void theRecordRestoresAllPicturesAndEmptiesTheOtherSlots()
    {
        Fixture f;
        f.add("reference", "1");
        f.add("reference", "2");
        f.session.inputs().setWeight({"reference", 1}, 0.5);
        f.session.start();
        QTRY_VERIFY(!f.session.runs().running());
        const QByteArray png = bytesOf(encoder(f.session.runs(), 0, -1, Embed::Full)());
        f.session.inputs().clear("reference");
        f.add("control", "c");
        QSignalSpy restored(&f.session.restorer(), &Restorer::restored);
        f.session.restorer().restore(QStringLiteral("r.png"), png);
        QTRY_COMPARE(restored.size(), 1);
        QCOMPARE(f.names("reference"), list("1 2"));
        QCOMPARE(f.session.inputs().at({"reference", 1}).weight, 0.5);
        QVERIFY(f.session.inputs().in("control").empty());
    }

    void theSizeFollowsTheControlPictureUntilThatIsUndone()
    {
        Fixture f;
        std::function<void()> undo;
        connect(
            &f.session.inputs(), &Inputs::announced, this,
            [&](const QString&, int, const auto& how) { undo = how; });
        f.session.editor().setValue("width", 1024);
        f.session.inputs().set("reference", filled(700, 300, {}), QStringLiteral("r"));
        QVERIFY(!undo);
        const Value before = f.session.editor().value("height"); // as the model recommends
        f.session.inputs().set("control", filled(700, 300, {}), QStringLiteral("c"));
        const int native = f.session.model().card().size;
        QCOMPARE(f.session.editor().value("height"), Value(std::min(native, 300) / 64 * 64));
        QVERIFY(std::get<int>(f.session.editor().value("width")) % 64 == 0);
        QVERIFY(undo != nullptr);
        undo();
        QCOMPARE(f.session.editor().value("width"), Value(1024));
        QCOMPARE(f.session.editor().value("height"), before);
        QVERIFY(!f.session.editor().setByHand("height"));
    }

    void aMapTakesThePlaceOfItsPictureUntilThatIsUndone()
    {
        Fixture f;
        QVERIFY(!f.session.maps().canMake("control"));
        f.add("control", "c");
        f.add("control", "d");
        f.session.editor().setValue("width", 320);
        QVERIFY(!f.session.maps().canMake("reference"));
        const Place place {"control", 1};
        QVERIFY(f.session.maps().canMake(place));
        std::function<void()> undo;
        connect(
            &f.session.maps(), &Maps::announced, this,
            [&](const QString& sentence, int, const auto& how) {
                QVERIFY(sentence.contains(QStringLiteral("Edges")));
                undo = how;
            });
        f.session.maps().make(place);
        QVERIFY(f.session.maps().making(place));
        QTRY_VERIFY(undo != nullptr);
        QVERIFY(!f.session.maps().making(place));
        QVERIFY(f.session.inputs().at(place).image == filled(320, 1, {128, 128, 128}));
        QCOMPARE(f.session.inputs().at(place).kind, std::string("none"));
        QVERIFY(!f.session.maps().canMake(place));
        undo();
        QCOMPARE(f.session.inputs().at(place).image->width, 3);
        QCOMPARE(f.session.inputs().at(place).kind, std::string());
    }

    void aMapThatCannotBeMadeIsExplainedAtItsPlace()
    {
        Fixture f;
        f.add("control", "c");
        f.session.inputs().setKind("control", "depth");
        f.session.editor().setValue("annotators", std::string("/networks"));
        QSignalSpy failed(&f.session.maps(), &Maps::failed);
        f.session.maps().make("control");
        QVERIFY(failed.wait());
        QVERIFY(failed.at(0).at(1).toString().contains(QStringLiteral("/networks/dpt_hybrid.pt")));
        QCOMPARE(f.session.inputs().at("control").image->width, 2);
        QVERIFY(!f.session.maps().making("control"));
    }

    void aSizeThatFollowedGoesWithItsPictureAlone()
    {
        Fixture f;
        const Value before = f.session.editor().value("height");
        f.session.inputs().set("reference", filled(8, 8, {}), QStringLiteral("r.png"));
        f.session.inputs().set("control", filled(640, 1920, {}), QStringLiteral("c.png"));
        const Value followed = f.session.editor().value("height");
        QVERIFY(followed != before);
        f.session.inputs().clear("reference");
        QVERIFY(f.session.editor().value("height") == followed);
        f.session.inputs().clear("control");
        QVERIFY(f.session.editor().value("height") == before);
    }

    void whatIsPaintedKeepsWhatStandsBesideItAndTheSizeOfTheResult()
    {
        Fixture f;
        f.add("control", "c.png");
        f.session.inputs().setKind("control", "none");
        f.session.inputs().setWeight("control", 0.5);
        f.session.inputs().setSpan("control", 0.25, 0.75);
        f.session.editor().setValue("width", 320);
        const Value height = f.session.editor().value("height");
        const Image painted = filled(768, 512, {255, 0, 0});
        f.session.inputs().setPainted("control", painted, QStringLiteral("c.png"));
        const Input& now = f.session.inputs().at("control");
        QVERIFY(now.image == painted);
        QCOMPARE(now.name, std::string("c.png"));
        QCOMPARE(now.kind, std::string("none"));
        QCOMPARE(now.weight, 0.5);
        QCOMPARE(now.begin, 0.25);
        QCOMPARE(now.end, 0.75);
        QCOMPARE(f.session.editor().value("width"), Value(320));
        QCOMPARE(f.session.editor().value("height"), height);
        QCOMPARE(f.session.history().undoText(), QStringLiteral("Paint Control"));
        const int steps = f.session.history().position();
        f.session.inputs().setPainted("control", painted, QStringLiteral("c.png"));
        QCOMPARE(f.session.history().position(), steps); // it is the same
        const Image other = filled(768, 512, {});
        f.session.inputs().setPainted(
            "control", other, QStringLiteral("c.png"), QStringLiteral("Fill %1"));
        QCOMPARE(f.session.history().undoText(), QStringLiteral("Fill Control"));
    }

    void aMapThatComesTooLateIsDropped()
    {
        Fixture f;
        f.add("control", "c");
        f.session.maps().make("control");
        f.session.inputs().set("control", filled(5, 5, {}), QStringLiteral("other"));
        QTRY_VERIFY(!f.session.maps().making("control"));
        QCOMPARE(f.session.inputs().at("control").image->width, 5);
    }
};

QTEST_GUILESS_MAIN(InputsTest)
#include "tst_inputs.moc"
