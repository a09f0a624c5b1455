// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/parameterform.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

#include <algorithm>
#include <ctime>

namespace {

std::vector<Parameter> parameters()
{
    return {
        {.id = "prompt",
         .label = "Prompt",
         .initial = std::string(),
         .multiline = true,
         .role = Role::Prompt},
        {.id = "more", .label = "More", .initial = std::string(), .multiline = true},
        {.id = "file", .label = "File", .initial = std::string(), .file = true},
        {.id = "suffix", .label = "Suffix", .initial = std::string("x")},
        {.id = "steps", .label = "Steps", .initial = 50, .minimum = 1, .maximum = 100, .step = 1},
        {.id = "strength",
         .label = "Strength",
         .initial = 0.98,
         .minimum = 0,
         .maximum = 1,
         .step = 0.01},
        {.id = "fit",
         .label = "Fit",
         .initial = std::string("pad"),
         .choices = {{"stretch", "Stretch"}, {"pad", "Pad"}}},
        {.id = "plain", .label = "Plain", .group = "More", .initial = false},
        {.id = "span", .label = "Span", .group = "More", .initial = Range {}},
        {.id = "layers",
         .label = "Layers",
         .group = "More",
         .initial = Layers {{3, 11}},
         .maximum = 15}};
}

/// The form with what it told, as a session would take it.
struct Fixture
{
    ParameterForm form {parameters()};
    std::map<std::string, Value> told = {};

    Fixture()
    {
        QObject::connect(
            &form, &ParameterForm::edited, &form,
            [this](const auto& id, const auto& v) { told[id] = v; });
        form.resize(280, 600);
        form.show();
    }
    bool says(const QString& words) const
    {
        for (const QLabel* label : form.findChildren<QLabel*>())
            if (label->isVisible() && label->text().contains(words))
                return true;
        return false;
    }
    template<typename T>
    T* editor(const char* id)
    {
        return qobject_cast<T*>(form.editor(id));
    }
};

} // namespace

class ParameterFormTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNumberIsOfferedWhatGoesWithTheOthers()
    {
        Fixture f;
        f.form.setOffered("steps", {10, 20, 50});
        QCOMPARE(f.form.message("steps"), QString());
        auto* slider = f.form.editor("steps")->parentWidget()->findChild<QSlider*>();
        QCOMPARE(slider->maximum(), 2);
        QCOMPARE(slider->value(), 2);
        slider->setValue(0);
        QCOMPARE(f.told.at("steps"), Value(10));
        f.form.setValue("steps", 30, true);
        f.form.setOffered("steps", {10, 20, 50});
        QCOMPARE(
            f.form.message("steps"), QStringLiteral("With the other values it can be 10, 20, 50."));
        QVERIFY(f.form.editor("steps")->property("invalid").toBool());
        f.form.setOffered("steps", {});
        f.form.setValue("steps", 30, true);
        QCOMPARE(f.form.message("steps"), QString());
        QCOMPARE(slider->maximum(), 99);
        QCOMPARE(slider->value(), 29);
    }

    void layersThatThereAreNotAreRefused()
    {
        Fixture f;
        auto* layers = f.editor<QLineEdit>("layers");
        layers->clear();
        QTest::keyClicks(layers, QStringLiteral("3:11,16:20"));
        QVERIFY2(
            f.form.message("layers").contains(QStringLiteral("layers from 0 to 15")),
            qPrintable(f.form.message("layers")));
        layers->clear();
        QTest::keyClicks(layers, QStringLiteral("8:16"));
        QCOMPARE(f.form.message("layers"), QString());
    }

    void everyTypeHasItsEditor()
    {
        Fixture f;
        QVERIFY(f.editor<QPlainTextEdit>("prompt"));
        QCOMPARE(f.editor<QLineEdit>("suffix")->text(), QStringLiteral("x"));
        QCOMPARE(f.editor<QDoubleSpinBox>("steps")->text(), QStringLiteral("50"));
        QCOMPARE(f.editor<QDoubleSpinBox>("strength")->text(), QStringLiteral("0.98"));
        QCOMPARE(f.editor<QComboBox>("fit")->currentText(), QStringLiteral("Pad"));
        QVERIFY(!f.editor<QCheckBox>("plain")->isChecked());
        QCOMPARE(f.editor<QLineEdit>("span")->text(), QStringLiteral("all"));
        QCOMPARE(f.editor<QLineEdit>("layers")->text(), QStringLiteral("3:11"));
        QVERIFY(f.told.empty());
    }

    void aLongTextIsSeenFromItsBeginning()
    {
        Fixture f;
        auto* suffix = f.editor<QLineEdit>("suffix");
        f.form.setValue("suffix", std::string(200, 'x'), true);
        QCOMPARE(suffix->text().size(), 200);
        QCOMPARE(suffix->cursorPosition(), 0);
        auto* prompt = f.editor<QPlainTextEdit>("prompt");
        f.form.setValue("prompt", std::string(2000, 'x'), true);
        QCOMPARE(prompt->toPlainText().size(), 2000);
        QCOMPARE(prompt->textCursor().position(), 0);
        QCOMPARE(prompt->verticalScrollBar()->value(), 0);
    }

    void thePromptIsTheLargestField()
    {
        Fixture f;
        const auto* prompt = f.editor<QPlainTextEdit>("prompt");
        QVERIFY(prompt->height() >= 4 * prompt->fontMetrics().lineSpacing());
        QVERIFY(prompt->height() > f.editor<QPlainTextEdit>("more")->height());
        QVERIFY(prompt->width() > f.form.width() - 40);
        for (const QLabel* label : f.form.findChildren<QLabel*>())
            if (label->text() == QStringLiteral("Prompt"))
                QVERIFY(label->geometry().bottom() <= prompt->geometry().top());
    }

    void aFileIsTypedOrChosenOrOneOfThoseBefore()
    {
        Fixture f;
        f.form.setRecent([](const std::string& id) {
            return id == "file" ? QStringList {QStringLiteral("/here/net.pth")} : QStringList();
        });
        QSignalSpy chosen(&f.form, &ParameterForm::pathChosen);
        auto* browse = f.form.editor("file")->parentWidget()->findChild<QToolButton*>();
        QVERIFY(browse && !browse->accessibleName().isEmpty());
        Q_EMIT browse->menu()->aboutToShow();
        QStringList offered;
        for (QAction* action : browse->menu()->actions()) {
            offered << action->text();
            if (action->text() == QStringLiteral("net.pth"))
                action->trigger();
        }
        QVERIFY(offered.contains(QStringLiteral("File...")));
        QVERIFY(offered.contains(QStringLiteral("Folder...")));
        QCOMPARE(f.told.at("file"), Value(std::string("/here/net.pth")));
        QCOMPARE(f.editor<QLineEdit>("file")->text(), QStringLiteral("/here/net.pth"));
        QCOMPARE(chosen.size(), 1);
    }

    void whatIsNotAcceptedIsAProblemUntilItIsPutRight()
    {
        Fixture f;
        QSignalSpy changed(&f.form, &ParameterForm::problemsChanged);
        auto* strength = f.editor<QDoubleSpinBox>("strength");
        strength->setValue(1.5);
        QCOMPARE(f.form.problems().keys(), QStringList {QStringLiteral("Strength")});
        QCOMPARE(changed.size(), 1);
        strength->setValue(0.5);
        QVERIFY(f.form.problems().isEmpty());
        QCOMPARE(changed.size(), 2);
    }

    void whatIsEditedIsTold()
    {
        Fixture f;
        QTest::keyClicks(f.editor<QPlainTextEdit>("prompt"), QStringLiteral("palm"));
        QCOMPARE(std::get<std::string>(f.told.at("prompt")), std::string("palm"));
        f.editor<QCheckBox>("plain")->setChecked(true);
        QCOMPARE(std::get<bool>(f.told.at("plain")), true);
        auto* fit = f.editor<QComboBox>("fit");
        QTest::keyClick(fit, Qt::Key_Up);
        QCOMPARE(std::get<std::string>(f.told.at("fit")), std::string("stretch"));
        auto* layers = f.editor<QLineEdit>("layers");
        layers->selectAll();
        QTest::keyClicks(layers, QStringLiteral("4:8,13"));
        QCOMPARE(std::get<Layers>(f.told.at("layers")), Layers({{4, 8}, {13, 14}}));
    }

    void sliderAndNumberGoTogether()
    {
        Fixture f;
        auto* number = f.editor<QDoubleSpinBox>("strength");
        auto* slider = number->parentWidget()->findChild<QSlider*>();
        slider->setValue(50);
        QCOMPARE(number->text(), QStringLiteral("0.5"));
        QCOMPARE(std::get<double>(f.told.at("strength")), 0.5);
        number->setValue(0.25);
        QCOMPARE(slider->value(), 25);
        QTest::keyClick(number, Qt::Key_Up);
        QCOMPARE(std::get<double>(f.told.at("strength")), 0.26);
        QCOMPARE(std::get<double>(f.told.at("strength")), number->value());
    }

    void aNumberOutOfItsRangeIsExplainedAndNotTold()
    {
        Fixture f;
        auto* number = f.editor<QDoubleSpinBox>("steps");
        number->selectAll();
        QTest::keyClicks(number, QStringLiteral("500"));
        QVERIFY(f.form.message("steps").contains(QStringLiteral("from 1 to 100")));
        QVERIFY(number->property("invalid").toBool());
        QVERIFY(!f.told.contains("steps") || std::get<int>(f.told.at("steps")) < 101);
        number->selectAll();
        QTest::keyClicks(number, QStringLiteral("20"));
        QVERIFY(f.form.message("steps").isEmpty());
        QCOMPARE(std::get<int>(f.told.at("steps")), 20);
    }

    void layersThatMeanNothingAreExplained()
    {
        Fixture f;
        auto* layers = f.editor<QLineEdit>("layers");
        layers->selectAll();
        QTest::keyClicks(layers, QStringLiteral("x"));
        QVERIFY(f.form.message("layers").contains(QStringLiteral("3:11")));
        QVERIFY(!f.told.contains("layers"));
    }

    void aValueFromOutsideIsShownAndNotToldBack()
    {
        Fixture f;
        f.form.setValue("steps", 12, false);
        f.form.setValue("strength", 0.5, false);
        f.form.setValue("layers", Layers {}, false);
        f.form.setValue("fit", std::string("stretch"), false);
        f.form.setValue("prompt", std::string("cat"), false);
        QCOMPARE(f.editor<QDoubleSpinBox>("steps")->text(), QStringLiteral("12"));
        QCOMPARE(f.editor<QLineEdit>("layers")->text(), QStringLiteral("off"));
        QCOMPARE(f.editor<QComboBox>("fit")->currentText(), QStringLiteral("Stretch"));
        QCOMPARE(f.editor<QPlainTextEdit>("prompt")->toPlainText(), QStringLiteral("cat"));
        QVERIFY(f.told.empty());
    }

    void aValueSetByHandHasAWayBack()
    {
        Fixture f;
        QSignalSpy reset(&f.form, &ParameterForm::resetRequested);
        const auto button = [&] {
            for (QToolButton* b : f.form.findChildren<QToolButton*>())
                if (b->accessibleName() == QStringLiteral("Reset Steps"))
                    return b;
            return static_cast<QToolButton*>(nullptr);
        };
        QVERIFY(button() && !button()->isVisible());
        f.form.setValue("steps", 12, true);
        QVERIFY(button()->isVisible());
        QTest::mouseClick(button(), Qt::LeftButton);
        QCOMPARE(reset.count(), 1);
    }

    void theWheelChangesOnlyWhatHasTheFocus()
    {
        Fixture f;
        auto* number = f.editor<QDoubleSpinBox>("steps");
        f.editor<QLineEdit>("suffix")->setFocus();
        const auto turn = [&] {
            QWheelEvent wheel(
                number->rect().center(), number->mapToGlobal(number->rect().center()), {}, {0, 120},
                Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
            QApplication::sendEvent(number, &wheel);
        };
        turn();
        QCOMPARE(number->value(), 50.0);
    }

    void groupsFoldAndTheFocusUnfoldsThem()
    {
        Fixture f;
        QVERIFY(!f.form.editor("layers")->isVisible());
        f.form.focusParameter("layers");
        QVERIFY(f.form.editor("layers")->isVisible());
    }

    void tabLeavesTheParagraph()
    {
        Fixture f;
        QVERIFY(f.editor<QPlainTextEdit>("prompt")->tabChangesFocus());
    }

    /// A megabyte in one word took more than a minute.
    void ofALongTextAsMuchIsTakenAsCanBeEdited()
    {
        Fixture f;
        auto* prompt = f.editor<QPlainTextEdit>("prompt");
        prompt->setFocus();
        for (const char* word : {"x", "word ", "\xf0\x9f\x8c\x9f"}) {
            prompt->clear();
            QApplication::clipboard()->setText(QString::fromUtf8(word).repeated(500'000));
            prompt->paste();
            QCOMPARE(prompt->toPlainText().size(), qsizetype(20'000));
            QVERIFY(f.says(QStringLiteral("characters were left out")));
            std::vector<double> keys;
            for (int i = 0; i < 9; ++i) {
                const std::clock_t before = std::clock();
                QTest::keyClick(prompt, Qt::Key_A);
                QCoreApplication::processEvents();
                keys.push_back(double(std::clock() - before) / CLOCKS_PER_SEC);
            }
            std::ranges::sort(keys);
            QVERIFY2(keys[4] < 0.1, qPrintable(QString::number(keys[4])));
            QVERIFY(!f.says(QStringLiteral("characters were left out")));
        }
        prompt->selectAll();
        prompt->paste(); // in its place
        QCOMPARE(prompt->toPlainText().size(), qsizetype(20'000));
    }

    void ofALongerValueTheBeginningIsShownAndItStays()
    {
        Fixture f;
        f.form.setValue("prompt", std::string(1'000'000, 'x'), true);
        QCOMPARE(f.editor<QPlainTextEdit>("prompt")->toPlainText().size(), qsizetype(20'000));
        QVERIFY(f.says(QStringLiteral("980000 more characters are not shown")));
        QVERIFY(f.told.empty());
    }
};

QTEST_MAIN(ParameterFormTest)
#include "tst_parameterform.moc"
