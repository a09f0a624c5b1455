// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/theme.h"

#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QFontDatabase>
#include <QImage>
#include <QLabel>
#include <QMainWindow>
#include <QMenuBar>
#include <QTest>
#include <QWidget>

#include <cmath>

namespace {

double luminance(QColor color)
{
    const auto linear = [](double x) {
        return x <= 0.04045 ? x / 12.92 : std::pow((x + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF());
}

/// As WCAG 2 has it: 1 to 21.
double contrast(QColor a, QColor b)
{
    const double x = luminance(a), y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

} // namespace

class ThemeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textIsReadableOnEveryGround_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("dark") << true;
        QTest::newRow("light") << false;
    }

    void textIsReadableOnEveryGround()
    {
        QFETCH(bool, dark);
        const Theme t = dark ? darkTheme() : lightTheme();
        for (const QColor& ground : {t.window, t.panel, t.field, t.raised})
            for (const QColor& text : {t.text, t.dim, t.link, t.error, t.warning, t.good, t.stop})
                QVERIFY2(
                    contrast(text, ground) >= 4.5,
                    qPrintable(QStringLiteral("%1 on %2: %3")
                                   .arg(text.name(), ground.name())
                                   .arg(contrast(text, ground))));
        QVERIFY(contrast(t.onAccent, t.accent) >= 4.5);
        QVERIFY(contrast(t.onRun, t.run) >= 4.5);
        QVERIFY(contrast(t.onChip, t.chip) >= 4.5);
    }

    void theStyleSheetNamesOnlyKnownColors()
    {
        applyAppearance(Appearance::Light);
        QVERIFY(!qApp->styleSheet().isEmpty());
        QVERIFY(!qApp->styleSheet().contains(QLatin1Char('@')));
        QVERIFY(!qApp->styleSheet().contains(QStringLiteral("rgb")));
    }

    void appearancesSwitchLive()
    {
        applyAppearance(Appearance::Dark);
        QVERIFY(theme().dark);
        QVERIFY(qApp->palette().color(QPalette::Window).lightness() < 128);
        applyAppearance(Appearance::Light);
        QVERIFY(!theme().dark);
        QVERIFY(qApp->palette().color(QPalette::Window).lightness() > 128);
    }

    /// It was as often as widgets lay around it, and all of the window took 200 ms.
    void aChangeOfColoursStylesAWidgetOnceHoweverDeepItLies()
    {
        applyAppearance(Appearance::Dark);
        class Counting : public QWidget
        {
        public:
            using QWidget::QWidget;
            int styled = 0;

        protected:
            void changeEvent(QEvent* event) override
            {
                styled += event->type() == QEvent::StyleChange ? 1 : 0;
                QWidget::changeEvent(event);
            }
        };
        QWidget window;
        QWidget* around = &window;
        for (int i = 0; i < 20; ++i)
            around = new QWidget(around);
        auto* deep = new Counting(around);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        deep->styled = 0;
        applyAppearance(Appearance::Light);
        QVERIFY2(deep->styled <= 2, qPrintable(QString::number(deep->styled))); // off and on
        QVERIFY(deep->styled > 0);
    }

    void appearancesSurviveTheirText()
    {
        for (const Appearance a : {Appearance::System, Appearance::Dark, Appearance::Light})
            QCOMPARE(appearanceFromText(toText(a)), a);
        QCOMPARE(appearanceFromText(QStringLiteral("purple")), Appearance::System);
    }

    /// They had the colour for dark ground on light ground.
    void linksChangeTheirColour()
    {
        applyAppearance(Appearance::Dark);
        QLabel label(QStringLiteral("<a href=\"x\">MMMM</a>"));
        label.resize(200, 40);
        const auto has = [&label](const QColor& color) {
            const QImage image = label.grab().toImage();
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    if (image.pixelColor(x, y) == color)
                        return true;
            return false;
        };
        QVERIFY(has(darkTheme().link));
        applyAppearance(Appearance::Light);
        QVERIFY(has(lightTheme().link) && !has(darkTheme().link));
        QVERIFY(label.text().contains(QLatin1String("MMMM")));
        applyAppearance(Appearance::Dark);
        QVERIFY(has(darkTheme().link));
    }

    void theFontIsTheDesktops()
    {
        const QByteArray before = qgetenv("XDG_CURRENT_DESKTOP");
        qputenv("XDG_CURRENT_DESKTOP", "GNOME");
        applyAppearance(Appearance::Dark);
        const QFont wanted = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
        QCOMPARE(QApplication::font().family(), wanted.family());
        QCOMPARE(QFontInfo(QApplication::font()).pixelSize(), QFontInfo(wanted).pixelSize());
        qunsetenv("XDG_CURRENT_DESKTOP");
        applyAppearance(Appearance::Dark);
        QCOMPARE(QApplication::font().pixelSize(), 13);
        if (!before.isNull())
            qputenv("XDG_CURRENT_DESKTOP", before);
    }

    /// A window is there before its fonts are chosen: its menus had those of before until the
    /// colours were changed.
    void aWindowThatIsBuiltHasOneFont()
    {
        QFont other = QApplication::font();
        other.setPixelSize(29);
        QApplication::setFont(other);
        QMainWindow window;
        prepareAppearance(Appearance::Dark);
        window.menuBar()->addMenu(QStringLiteral("M"));
        applyStyleSheet();
        window.show();
        QCOMPARE(QApplication::font().pixelSize(), 13);
        QCOMPARE(window.menuBar()->font().pixelSize(), 13);
    }

    void everyIconIsDrawn_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"close", "dice", "lock", "open", "reset", "swap", "unlock"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }

    void everyIconIsDrawn()
    {
        QFETCH(QString, name);
        const QImage image = icon(name).pixmap(16).toImage();
        bool drawn = false;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                drawn = drawn || image.pixelColor(x, y).alpha() > 128;
        QVERIFY(drawn);
    }
};

QTEST_MAIN(ThemeTest)
#include "tst_theme.moc"
