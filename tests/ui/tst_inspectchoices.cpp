// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspectchoices.h"

#include "tests/ui/inspectfixture.h"
#include "ui/curvespane.h"
#include "ui/dimslider.h"
#include "ui/touchpanel.h"

#include <QApplication>
#include <QComboBox>
#include <QSpinBox>
#include <QToolButton>
#include <QWheelEvent>

class InspectChoicesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noRowOfTheFormLiesOverAnother()
    {
        InspectFixture f;
        InspectOffer many = madeUpOffer();
        for (int i = 0; i < 12; ++i) // lines of words
            many.tokens.insert(many.tokens.begin() + 1, {"another" + std::to_string(i), 10 + i});
        f.view.setOffer(many);
        f.view.choices().touches().fold().setChecked(true);
        for (const ViewKindName& each : viewKinds()) {
            f.choose(each.kind);
            QCoreApplication::processEvents();
            QList<QWidget*> rows;
            for (QWidget* row :
                 f.view.choices().findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly))
                if (row->isVisible())
                    rows << row;
            QVERIFY(rows.size() > 2);
            for (const QWidget* a : rows)
                for (const QWidget* b : rows)
                    QVERIFY2(a == b || !a->geometry().intersects(b->geometry()), each.name);
        }
    }

    void aChannelStaysChosenWhileAnotherKindHasFewer()
    {
        InspectFixture f;
        InspectOffer offer = madeUpOffer();
        for (LayerName& layer : offer.layers)
            layer.channels = 64;
        f.view.setOffer(offer);
        f.choose(ViewKind::Channels);
        f.named<QSpinBox>(QStringLiteral("Channel"))->setValue(20);
        f.choose(ViewKind::Latent); // has four
        QCOMPARE(f.view.view().channel, 3);
        f.choose(ViewKind::Channels);
        QCOMPARE(f.view.view().channel, 20);
    }

    void theWheelChangesNoChoiceWithoutTheFocus()
    {
        InspectFixture f;
        f.view.canvas().setFocus();
        const View before = f.view.view();
        QComboBox& kind = f.view.choices().kind();
        QWheelEvent wheel(
            kind.rect().center(), kind.mapToGlobal(kind.rect().center()), {}, {0, -120},
            Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&kind, &wheel);
        QCOMPARE(f.view.view(), before);
    }

    void curvesHaveTheirChoicesInPlaceOfTheMaps()
    {
        InspectFixture f;
        f.view.pages().setPage(InspectPages::Curves);
        QVERIFY(f.view.pages().curves().what().isVisible());
        QVERIFY(!f.view.choices().kind().isVisible());
        QVERIFY(!f.view.layers().isVisible());
        f.view.pages().setPage(InspectPages::Map);
        QVERIFY(!f.view.pages().curves().what().isVisible());
        QVERIFY(f.view.choices().kind().isVisible());
        QVERIFY(f.view.layers().isVisible());
    }
};

QTEST_MAIN(InspectChoicesTest)
#include "tst_inspectchoices.moc"
