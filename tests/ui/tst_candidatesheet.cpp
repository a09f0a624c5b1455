// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/candidatesheet.h"

#include "core/picture/imagefile.h"
#include "core/record.h"
#include "tests/app/countingmethod.h"
#include "tests/app/emptyhome.h"
#include "tests/ui/modesfixture.h"
#include "ui/actions.h"
#include "ui/compareview.h"

#include <QAction>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>

namespace {

const std::string golden = TEST_DATA "/metrics-clip/";

Image picture(const char* name)
{
    return loadImage(golden + name).image;
}

/// Its results are B with much, nothing and a little of it painted over.
Method threeResults()
{
    Method method = countingMethod();
    method.run = [](const Request& request, Models&, const Report& report) {
        Result result = count(request, report);
        result.candidates.clear();
        for (const int painted : {40, 0, 8}) {
            Image image = request.images.at("b").front().image;
            fill(image, 0, 0, painted, painted, {255, 255, 255});
            const SharedImage made = std::move(image);
            result.candidates.push_back(
                {.image = made, .canvas = made, .seed = 7 + result.candidates.size()});
        }
        return result;
    };
    return method;
}

struct Fixture : WindowFixture
{
    CandidateSheet* sheet = nullptr;

    Fixture()
        : WindowFixture({threeResults()}, "analogy")
    {
        const char* names[] = {"picture_A.png", "picture_B.png", "picture_C.png"};
        const char* slots_[] = {"a", "a_prime", "b"};
        for (int i = 0; i < 3; ++i)
            session.inputs().set(slots_[i], picture(names[i]), QString::fromLatin1(names[i]));
        session.start();
        QTRY_VERIFY(!session.runs().running());
        window.actions()("candidate-sheet")->trigger();
        sheet = window.findChild<CandidateSheet*>();
    }

    QList<int> order() const
    {
        QList<int> numbers;
        for (int row = 0; row < sheet->list().count(); ++row)
            numbers << sheet->list().item(row)->data(Qt::UserRole).toInt();
        return numbers;
    }
    QString said() const
    {
        QStringList texts;
        for (const QLabel* label : sheet->findChildren<QLabel*>())
            texts << label->text();
        return texts.join(QLatin1Char('\n'));
    }
};

} // namespace

/// The network of CLIP is a tiny one, in fp32.
class CandidateSheetTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void cleanup() { QSettings().clear(); }

    void candidatesAreShownAsMadeAndChosenThere()
    {
        Fixture f;
        QVERIFY(f.sheet);
        QCOMPARE(f.order(), (QList<int> {0, 1, 2}));
        QVERIFY(f.sheet->list().item(1)->text().contains(QStringLiteral("seed 8")));
        f.sheet->list().setCurrentRow(2);
        QCOMPARE(f.window.pane().candidate(), 2);
    }

    void aCandidateIsDraggedOutWithItsRecord()
    {
        Fixture f;
        const Draggable third = f.window.pane().draggable(2);
        QCOMPARE(third.image.pixelColor(4, 4), QColor(Qt::white));
        const auto record = readRecord(third.encode());
        QVERIFY(record.has_value());
        QCOMPARE(record->candidate, 2);
        QVERIFY(f.window.pane().draggable(3).image.isNull());
    }

    void theOneThatKeptItsStructureComesFirst()
    {
        Fixture f;
        f.sheet->setOrder(CandidateSheet::ByStructure);
        QTRY_COMPARE(f.order(), (QList<int> {1, 2, 0}));
        QVERIFY(f.sheet->list().item(0)->text().endsWith(QStringLiteral("1.000")));
        QVERIFY(f.said().contains(QStringLiteral("For ranking your own results only")));
    }

    void clipRanksWhenItsFileIsChosen()
    {
        Fixture f;
        f.sheet->setOrder(CandidateSheet::ByClip);
        QVERIFY(f.said().contains(QStringLiteral("choose its file above")));
        f.session.ranker().setClipFile(QString::fromStdString(golden + "weights.safetensors"));
        QTRY_VERIFY(f.sheet->list().item(0)->text().contains(QLatin1Char('\n')));
        // Of the one that is B itself there is no change, so its cosine is 0.
        bool zero = false;
        double last = 2;
        for (int row = 0; row < 3; ++row) {
            const QListWidgetItem& item = *f.sheet->list().item(row);
            const double score = item.text().section(QLatin1Char('\n'), 1).toDouble();
            QVERIFY(score <= last);
            last = score;
            zero |= item.data(Qt::UserRole).toInt() == 1 && qAbs(score) < 5e-4;
        }
        QVERIFY(zero);
    }

    void aFileThatIsNoneIsSaid()
    {
        Fixture f;
        f.session.ranker().setClipFile(QString::fromStdString(golden + "config.json"));
        f.sheet->setOrder(CandidateSheet::ByClip);
        QTRY_VERIFY2(f.said().contains(QStringLiteral("config.json")), qPrintable(f.said()));
    }

    void twoPicturesAreComparedByClipToo()
    {
        Fixture f;
        f.session.ranker().setClipFile(QString::fromStdString(golden + "weights.safetensors"));
        f.window.actions()("compare")->trigger();
        CompareView& view = f.window.pane().compare();
        QTRY_VERIFY2(
            view.text().contains(QStringLiteral("CLIP similarity 1.000")), qPrintable(view.text()));
    }
};

QTEST_MAIN(CandidateSheetTest)
#include "tst_candidatesheet.moc"
