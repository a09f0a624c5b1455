// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/exporter.h"

#include "core/arrayfile.h"
#include "core/file/files.h"
#include "core/picture/imagefile.h"
#include "tests/app/emptyhome.h"
#include "tests/ui/modesfixture.h"
#include "ui/actions.h"
#include "ui/contactsheet.h"
#include "ui/exportdialog.h"
#include "ui/noticebar.h"
#include "ui/stepaxis.h"

#include <QAction>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

namespace {

Image read(const QString& path)
{
    return loadImage(path.toStdString()).image;
}

struct Fixture : ModesFixture
{
    QTemporaryDir folder;
    Exporter& exporter;
    QSignalSpy exported;

    explicit Fixture(int steps = 5) // the fourth of which cannot be decoded
        : ModesFixture("analogy")
        , exporter(*window.findChild<Exporter*>())
        , exported(&exporter, &Exporter::exported)
    {
        session.editor().setValue("steps", steps);
        for (const char* slot : {"a", "a_prime", "b"})
            session.inputs().set(slot, filled(8, 8, {0, 0, 200}), QStringLiteral("p.png"));
        session.start();
        QTRY_VERIFY(!session.runs().running());
    }

    ExportPlan plan(ExportWhat what = ExportWhat::Result) const
    {
        return {.what = what, .folder = folder.path(), .name = QStringLiteral("{mode}-{seed}")};
    }
    QStringList done(const ExportPlan& plan)
    {
        exported.clear();
        exporter.start(plan);
        if (!QTest::qWaitFor([this] { return !exported.isEmpty(); }, 20000))
            return {};
        QStringList names;
        for (const QString& file : exported.front().front().toStringList())
            names << QDir(folder.path()).relativeFilePath(file);
        return names;
    }
    QString said() const { return window.pane().notices().text(); }
};

} // namespace

class ExporterTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void cleanup() { QSettings().clear(); }

    void aPngCarriesTheRecordOfItsMaking()
    {
        Fixture f;
        const QStringList files = f.done(f.plan());
        QCOMPARE(files.size(), 1);
        QVERIFY(files.front().startsWith(QStringLiteral("analogy-")));
        const auto bytes = readFile(f.folder.filePath(files.front()).toStdString(), 1 << 24);
        QVERIFY(readRecord(bytes).has_value());
        ExportPlan bare = f.plan();
        bare.embed = Embed::None;
        const QStringList other = f.done(bare);
        QVERIFY(!readRecord(readFile(f.folder.filePath(other.front()).toStdString(), 1 << 24))
                     .has_value());
    }

    void nothingIsReplacedUnlessItIsWanted()
    {
        Fixture f;
        const QStringList first = f.done(f.plan());
        QCOMPARE(first.size(), 1);
        const QStringList second = f.done(f.plan());
        QVERIFY(second.front().endsWith(QStringLiteral("-2.png")));
        ExportPlan replacing = f.plan();
        replacing.replace = true;
        QCOMPARE(f.done(replacing), first);
        QCOMPARE(QDir(f.folder.path()).entryList(QDir::Files).size(), 2);
    }

    void aPictureIsMadeSmallerAndWrittenInItsFormat()
    {
        Fixture f;
        ExportPlan plan = f.plan();
        plan.format = PictureFormat::Jpeg;
        plan.longSide = 4;
        const QStringList files = f.done(plan);
        QCOMPARE(QFileInfo(files.front()).suffix(), QStringLiteral("jpg"));
        const Image image = read(f.folder.filePath(files.front()));
        QCOMPARE(std::max(image.width, image.height), 4);
    }

    void sixteenBitsAreDecodedAnewAndCarryTheRecord()
    {
        Fixture f;
        ExportPlan plan = f.plan();
        plan.deep = true;
        const QString png = f.folder.filePath(f.done(plan).value(0));
        const QImage image(png);
        QCOMPARE(image.depth(), 64); // Qt pads three numbers to four
        const QRgba64 color = image.pixelColor(3, 0).rgba64();
        QVERIFY(color.red() % 257 != 0);
        QVERIFY(readRecord(readFile(png.toStdString(), 1 << 24)).has_value());
        plan.format = PictureFormat::Tiff;
        QCOMPARE(read(f.folder.filePath(f.done(plan).value(0))).width, image.width());
        plan.format = PictureFormat::Jpeg; // which has eight bits
        QCOMPARE(QImage(f.folder.filePath(f.done(plan).value(0))).depth(), 32);
    }

    void theLatentsOfAllStepsAreWrittenAsNumbers()
    {
        Fixture f;
        const QString file = f.done(f.plan(ExportWhat::Latents)).value(0);
        QVERIFY2(file.endsWith(QStringLiteral(".safetensors")), qPrintable(f.said()));
        const auto latents = readNoise(f.folder.filePath(file).toStdString());
        QCOMPARE(latents.size(), std::size_t(6));
        QCOMPARE(latents.at("step-003"), std::vector<float> {3});
    }

    void theStepsAreDecodedAndWrittenEachOrAsOne()
    {
        Fixture f(3);
        const int steps = int(f.session.runs().current()->steps.size()) - 1;
        const QStringList files = f.done(f.plan(ExportWhat::Frames));
        QVERIFY2(int(files.size()) == steps, qPrintable(f.said()));
        QVERIFY(files.front().endsWith(QStringLiteral("/step-001.png")));
        ExportPlan animation = f.plan(ExportWhat::Animation);
        const QStringList one = f.done(animation);
        QCOMPARE(one.size(), 1);
        QVERIFY(one.front().endsWith(QStringLiteral(".webp")));
    }

    void aStepThatCannotBeDecodedIsSaidAndNothingIsWritten()
    {
        Fixture f;
        f.exporter.start(f.plan(ExportWhat::Frames));
        QTRY_VERIFY(f.said().endsWith(QStringLiteral("The fourth step cannot be decoded.")));
        QCOMPARE(f.exported.size(), 0);
        QVERIFY(QDir(f.folder.path()).isEmpty());
    }

    void whatFailsIsSaidWithTheWayOut()
    {
        Fixture f;
        ExportPlan plan = f.plan();
        plan.folder = QStringLiteral("/proc/nowhere");
        f.exporter.start(plan);
        QTRY_VERIFY2(f.said().contains(QStringLiteral("/proc/nowhere")), qPrintable(f.said()));
        QCOMPARE(f.exported.size(), 0);
    }

    void theDialogShowsByAnExampleWhatComesOfIt()
    {
        Fixture f;
        f.window.actions()("export")->trigger();
        auto* dialog = f.window.findChild<ExportDialog*>();
        QVERIFY(dialog);
        const auto lines = dialog->findChildren<QLineEdit*>();
        const auto line = [&](const char* name) {
            for (QLineEdit* each : lines)
                if (each->accessibleName() == QLatin1String(name))
                    return each;
            return static_cast<QLineEdit*>(nullptr);
        };
        line("Folder")->setText(f.folder.path());
        line("Name")->setText(QStringLiteral("{mode} {run}"));
        QCOMPARE(dialog->example(), QStringLiteral("analogy-1.png"));
        QPushButton* go = nullptr;
        for (QPushButton* button : dialog->findChildren<QPushButton*>())
            if (button->text() == QStringLiteral("&Export"))
                go = button;
        line("Name")->setText(QStringLiteral("{mod}"));
        QVERIFY(!go->isEnabled());
        bool named = false;
        for (const QLabel* label : dialog->findChildren<QLabel*>())
            named |= label->text().contains(QStringLiteral("{mod}")) && label->isVisible();
        QVERIFY(named);
        line("Name")->setText(QStringLiteral("{mode} {run}"));
        for (QComboBox* box : dialog->findChildren<QComboBox*>())
            if (box->accessibleName() == QStringLiteral("Format"))
                box->setCurrentText(QStringLiteral("WebP"));
        QCOMPARE(dialog->example(), QStringLiteral("analogy-1.webp"));
        QTest::mouseClick(go, Qt::LeftButton);
        QTRY_COMPARE(f.exported.size(), 1);
        QVERIFY(QFileInfo::exists(f.folder.filePath(QStringLiteral("analogy-1.webp"))));
        // The next time it is as it was.
        const ExportPlan kept = exportPlanFrom(Settings().exportPlan());
        QCOMPARE(kept.format, PictureFormat::WebP);
        QCOMPARE(kept.name, QStringLiteral("{mode} {run}"));
        QCOMPARE(kept.folder, f.folder.path());
    }

    void aPlanIsKeptAndWhatIsDamagedHasItsUsualValue()
    {
        const ExportPlan plan {
            .what = ExportWhat::Animation,
            .format = PictureFormat::Tiff,
            .quality = 55,
            .deep = true,
            .longSide = 640,
            .embed = Embed::Settings,
            .folder = QStringLiteral("/tmp"),
            .name = QStringLiteral("x"),
            .milliseconds = 40};
        QCOMPARE(exportPlanFrom(toJson(plan)), plan);
        const ExportPlan usual =
            exportPlanFrom("{\"quality\": 1000000, \"what\": 5, \"format\": \"gif\"");
        QCOMPARE(usual.what, ExportWhat::Result);
        QCOMPARE(exportPlanFrom("{\"quality\": 1000000}").quality, bestQuality);
        QVERIFY(!usual.name.isEmpty());
    }

    void aSheetHasAllPicturesWithTheirLines()
    {
        QImage red(40, 30, QImage::Format_RGB32), blue(40, 30, QImage::Format_RGB32);
        red.fill(Qt::red);
        blue.fill(Qt::blue);
        const QImage sheet =
            contactSheet({{red, QStringLiteral("1")}, {blue, QStringLiteral("2")}});
        int reds = 0, blues = 0, darks = 0;
        for (int y = 0; y < sheet.height(); ++y)
            for (int x = 0; x < sheet.width(); ++x) {
                const QColor color = sheet.pixelColor(x, y);
                reds += color == Qt::red;
                blues += color == Qt::blue;
                darks += color.lightness() < 100 && color.saturation() < 50;
            }
        QCOMPARE(reds, 1200);
        QCOMPARE(blues, 1200);
        QVERIFY(darks > 0);
        QVERIFY(contactSheet({}).isNull());
    }
};

QTEST_MAIN(ExporterTest)
#include "tst_exporter.moc"
