// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/theme.h"

#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QFontDatabase>
#include <QIconEngine>
#include <QLabel>
#include <QPainter>
#include <QPalette>
#include <QStyleFactory>
#include <QSvgRenderer>

#include <algorithm>
#include <cmath>
#include <utility>

// The resources of a static library are linked in only where they are asked for.
static void loadResources()
{
    Q_INIT_RESOURCE(simile);
}

namespace {

Theme current = darkTheme();
Appearance chosen = Appearance::System;

/// What the desktop wants. Where no desktop says anything, dark: pictures stand out from it.
bool systemIsDark()
{
    if (qEnvironmentVariableIsEmpty("XDG_CURRENT_DESKTOP"))
        return true;
    QApplication::setPalette(QPalette()); // what was set by hand would be told back to us
    return QApplication::palette().color(QPalette::Window).lightness() < 128;
}

/// The font and size that the desktop wants. Where no desktop says anything, 13 pixels.
QFont systemFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    if (qEnvironmentVariableIsEmpty("XDG_CURRENT_DESKTOP")) {
        if (QFontDatabase::hasFamily(QStringLiteral("Inter")))
            font.setFamily(QStringLiteral("Inter"));
        font.setPixelSize(13);
    } else {
        font.setPixelSize(std::clamp(QFontInfo(font).pixelSize(), 9, 40));
    }
    return font;
}

QPalette palette(const Theme& t)
{
    QPalette p;
    const std::pair<QPalette::ColorRole, QColor> roles[] = {
        {QPalette::Window, t.panel},
        {QPalette::WindowText, t.text},
        {QPalette::Base, t.field},
        {QPalette::AlternateBase, t.panel},
        {QPalette::Text, t.text},
        {QPalette::Button, t.raised},
        {QPalette::ButtonText, t.text},
        {QPalette::Highlight, t.accent},
        {QPalette::HighlightedText, t.onAccent},
        {QPalette::ToolTipBase, t.raised},
        {QPalette::ToolTipText, t.text},
        {QPalette::PlaceholderText, t.dim},
        {QPalette::Link, t.link},
        {QPalette::LinkVisited, t.link},
        {QPalette::Mid, t.border},
        {QPalette::Dark, t.window},
        {QPalette::Light, t.raised}};
    for (const auto& [role, color] : roles)
        p.setColor(role, color);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, t.disabled);
    return p;
}

/// The style sheet with its @names replaced by colours.
QString styleSheet(const Theme& t)
{
    QFile file(QStringLiteral(":/style.qss"));
    const bool open = file.open(QFile::ReadOnly);
    Q_ASSERT(open);
    QString sheet = open ? QString::fromUtf8(file.readAll()) : QString();
    const std::pair<const char*, QColor> names[] = {
        {"@window", t.window},     {"@panel", t.panel},       {"@field", t.field},
        {"@raised", t.raised},     {"@border", t.border},     {"@text", t.text},
        {"@dim", t.dim},           {"@disabled", t.disabled}, {"@accent", t.accent},
        {"@onAccent", t.onAccent}, {"@run", t.run},           {"@onRun", t.onRun},
        {"@stop", t.stop},         {"@error", t.error},       {"@warning", t.warning},
        {"@good", t.good},         {"@link", t.link}};
    for (const auto& [name, color] : names)
        sheet.replace(QLatin1String(name) + QLatin1Char(';'), color.name() + QLatin1Char(';'));
    sheet.replace(
        QStringLiteral("@small;"),
        QStringLiteral("%1px;").arg(smaller(QApplication::font()).pixelSize()));
    sheet.replace(
        QStringLiteral("@large;"),
        QStringLiteral("%1px;").arg(QApplication::font().pixelSize() * 4 / 3));
    return sheet;
}

/// An icon that takes the colour of the text when it is painted, so that it follows the appearance.
class DrawnIcon : public QIconEngine
{
public:
    explicit DrawnIcon(const QString& path)
    {
        QFile file(path);
        const bool open = file.open(QFile::ReadOnly);
        Q_ASSERT(open);
        m_drawing = open ? file.readAll() : QByteArray();
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        const QColor color = mode == QIcon::Disabled ? current.disabled : current.text;
        QSvgRenderer renderer(
            QByteArray(m_drawing).replace("currentColor", color.name().toLatin1()));
        renderer.render(painter, QRectF(rect));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }

    QIconEngine* clone() const override { return new DrawnIcon(*this); }

private:
    QByteArray m_drawing;
};

} // namespace

const Theme& theme()
{
    return current;
}

Theme darkTheme()
{
    Theme t;
    t.dark = true;
    t.window = 0x1d1e22, t.panel = 0x26272b, t.field = 0x1b1c1f, t.raised = 0x34353b;
    t.border = 0x45464d;
    t.text = 0xe6e6ea, t.dim = 0xa3a4ad, t.disabled = 0x75767e;
    t.accent = 0x2f6fe4, t.onAccent = 0xffffff, t.link = 0x7fb0ff;
    t.run = 0x2f7f50, t.onRun = 0xffffff, t.stop = 0xf0a098;
    t.error = 0xf28b82, t.warning = 0xe8b45a, t.good = 0x7fcf9b;
    t.step = 0x2f4f86, t.cloning = 0xb9792f, t.masking = 0x7a5fa8, t.curve = 0x6fb0ff;
    t.frame = 0xffffff, t.chip = QColor(20, 20, 22, 205), t.onChip = 0xffffff;
    t.painted = 0xe0218a;
    return t;
}

Theme lightTheme()
{
    Theme t;
    t.dark = false;
    t.window = 0xe9eaee, t.panel = 0xf6f6f8, t.field = 0xffffff, t.raised = 0xe9eaee;
    t.border = 0xbfc1c8;
    t.text = 0x1e1f24, t.dim = 0x5a5c66, t.disabled = 0x8b8d96;
    t.accent = 0x2563d8, t.onAccent = 0xffffff, t.link = 0x1d56c4;
    t.run = 0x2a7549, t.onRun = 0xffffff, t.stop = 0xa8322a;
    t.error = 0xb3261e, t.warning = 0x815200, t.good = 0x1f6b3f;
    t.step = 0x9db8ea, t.cloning = 0xe2a765, t.masking = 0xb39ddb, t.curve = 0x2563d8;
    t.frame = 0xffffff, t.chip = QColor(20, 20, 22, 205), t.onChip = 0xffffff;
    t.painted = 0xe0218a;
    return t;
}

QString toText(Appearance appearance)
{
    return appearance == Appearance::Dark ? QStringLiteral("dark")
        : appearance == Appearance::Light ? QStringLiteral("light")
                                          : QStringLiteral("system");
}

Appearance appearanceFromText(const QString& text)
{
    for (const Appearance a : {Appearance::Dark, Appearance::Light})
        if (toText(a) == text)
            return a;
    return Appearance::System;
}

Appearance appearance()
{
    return chosen;
}

void prepareAppearance(Appearance appearance)
{
    loadResources();
    chosen = appearance;
    const bool dark =
        appearance == Appearance::System ? systemIsDark() : appearance == Appearance::Dark;
    current = dark ? darkTheme() : lightTheme();
    // Each of these goes through all widgets of a window that is open.
    static bool styled = false;
    if (!std::exchange(styled, true))
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setPalette(palette(current));
    if (const QFont font = systemFont(); font != QApplication::font()) {
        QApplication::setFont(font);
        // Qt tells windows in its event loop only; what is put into one meanwhile takes its font.
        QEvent changed(QEvent::ApplicationFontChange);
        for (QWidget* window : QApplication::topLevelWidgets())
            QCoreApplication::sendEvent(window, &changed);
    }
}

void applyStyleSheet()
{
    // Another sheet in place of one has Qt (6.4) go through each widget once for every widget that
    // it lies in, which takes five times as long.
    qApp->setStyleSheet({});
    qApp->setStyleSheet(styleSheet(current));
}

/// A link has the colour that links had when its text was set.
static void colourLinks()
{
    for (QWidget* widget : QApplication::allWidgets())
        if (auto* label = qobject_cast<QLabel*>(widget);
            label && label->text().contains(QLatin1String("<a "))) {
            const QString text = label->text();
            label->clear(); // the same text again would be none
            label->setText(text);
        }
}

void applyAppearance(Appearance appearance)
{
    prepareAppearance(appearance);
    applyStyleSheet();
    colourLinks();
}

QFont smaller(const QFont& font)
{
    QFont small = font;
    small.setPixelSize(std::max(9, int(std::lround(QFontInfo(font).pixelSize() * 0.9))));
    return small;
}

QIcon icon(const QString& name)
{
    loadResources();
    return QIcon(new DrawnIcon(QStringLiteral(":/icons/%1.svg").arg(name)));
}

QPixmap drawn(const QString& name, const QColor& color, const QSize& size, double ratio)
{
    loadResources();
    QPixmap pixmap(size * ratio);
    pixmap.fill(Qt::transparent);
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (file.open(QFile::ReadOnly)) {
        QSvgRenderer renderer(file.readAll().replace("currentColor", color.name().toLatin1()));
        QPainter painter(&pixmap);
        renderer.render(&painter);
    }
    pixmap.setDevicePixelRatio(ratio);
    return pixmap;
}
