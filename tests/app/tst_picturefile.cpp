// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/picturefile.h"
#include "core/errors.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace {

const Slot plain {.id = "init", .label = "Start from"};
const Slot weighted {.id = "reference", .label = "Reference", .several = true, .weight = true};
const Slot control {
    .id = "control",
    .label = "Control",
    .several = true,
    .weight = true,
    .span = true,
    .kinds = {{"canny", "Edges"}, {"depth", "Depth"}, {"map", "Map"}}};

} // namespace

class PictureFileTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(QDir::setCurrent(m_folder.path()));
        for (const char* name : {"a.png", "b:0.5", "canny:c.png", "d:x.png", "d"}) {
            QFile file(QString::fromLatin1(name));
            QVERIFY(file.open(QFile::WriteOnly));
        }
    }

    void everythingBesideTheNameIsOptional_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("file");
        QTest::addColumn<double>("weight");
        QTest::addColumn<double>("begin");
        QTest::addColumn<double>("end");
        const auto row = [](const char* text, const char* kind, const char* file, double weight = 1,
                            double begin = 0, double end = 1) {
            QTest::newRow(text) << text << kind << file << weight << begin << end;
        };
        row("a.png", "", "a.png");
        row("canny:a.png", "canny", "a.png");
        row("depth:a.png:0.8", "depth", "a.png", 0.8);
        row("canny:a.png:0.8:0-0.6", "canny", "a.png", 0.8, 0, 0.6);
        row("canny:a.png:.25-1", "canny", "a.png", 1, 0.25, 1);
        row("a.png:2:0.5-0.75", "", "a.png", 2, 0.5, 0.75);
        // The name of a file wins over what it looks like.
        row("b:0.5", "", "b:0.5");
        row("b:0.5:0.25", "", "b:0.5", 0.25);
        row("depth:b:0.5", "depth", "b:0.5");
        row("canny:c.png", "", "canny:c.png");
        row("canny:canny:c.png:3", "canny", "canny:c.png", 3);
        row("map:d:x.png", "map", "d:x.png");
        // What is not there is told when it is opened, by the name that was meant.
        row("canny:none.png:0.8:0-0.6", "canny", "none.png", 0.8, 0, 0.6);
        row("C:\\pictures\\e.png", "", "C:\\pictures\\e.png");
    }

    void everythingBesideTheNameIsOptional()
    {
        QFETCH(QString, text);
        QFETCH(QString, kind);
        QFETCH(QString, file);
        QFETCH(double, weight);
        QFETCH(double, begin);
        QFETCH(double, end);
        const PictureFile picture = parsePictureFile(control, "--control", text.toStdString());
        QCOMPARE(QString::fromStdString(picture.kind), kind);
        QCOMPARE(QString::fromStdString(picture.file), file);
        QCOMPARE(picture.weight, weight);
        QCOMPARE(picture.begin, begin);
        QCOMPARE(picture.end, end);
    }

    void aSlotTakesOnlyWhatItHas()
    {
        QCOMPARE(parsePictureFile(weighted, "--also", "a.png:0.5").weight, 0.5);
        QCOMPARE(
            parsePictureFile(plain, "--init", "none.png:0.5").file, std::string("none.png:0.5"));
        QCOMPARE(formOf(plain), std::string("FILE"));
        QCOMPARE(formOf(weighted), std::string("FILE[:WEIGHT]"));
        QCOMPARE(formOf(control), std::string("KIND:FILE[:WEIGHT[:BEGIN-END]]"));
        const Slot span {.id = "x", .span = true};
        QCOMPARE(formOf(span), std::string("FILE[:BEGIN-END]"));
        QCOMPARE(parsePictureFile(span, "--x", "a.png:0-0.5").end, 0.5);
    }

    void whatCannotBeMeantIsRefusedWithTheForm_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text :
             {"a.png:much", "canny:a.png:0.8:0.6-0.2", "canny:a.png:0.8:0-2", "cany:a.png",
              "cany:a.png:0.5", "canny:a.png:-1", "a.png:1e308", "a.png:nan", "a.png:", "",
              "canny:", "a.png:0-0.5:0.8"})
            QTest::addRow("\"%s\"", text) << text;
    }

    void whatCannotBeMeantIsRefusedWithTheForm()
    {
        QFETCH(QString, text);
        QString said;
        try {
            parsePictureFile(control, "--control", text.toStdString());
        } catch (const Error& error) {
            said = QString::fromUtf8(error.what());
        }
        QCOMPARE(
            said,
            QStringLiteral("--control cannot be \"%1\": write it as "
                           "KIND:FILE[:WEIGHT[:BEGIN-END]]. A kind is canny, depth or map. A "
                           "weight is a number such as 0.8. A part of the run is within 0-1, such "
                           "as 0-0.6.")
                .arg(text));
    }

    void aPlainSlotRefusesAWeight()
    {
        try {
            parsePictureFile(plain, "--init", "a.png:0.5");
            QFAIL("taken");
        } catch (const Error& error) {
            QCOMPARE(
                std::string(error.what()),
                std::string("--init cannot be \"a.png:0.5\": write it as FILE."));
        }
    }
};

QTEST_GUILESS_MAIN(PictureFileTest)
#include "tst_picturefile.moc"
