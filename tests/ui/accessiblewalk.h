// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessible>
#include <QApplication>
#include <QRadioButton>
#include <QSet>
#include <QStringList>
#include <QTest>
#include <QWidget>

#include <algorithm>

/// What a widget is for somebody who looks for it in the sources.
inline QString whatIs(const QObject* object)
{
    QString text;
    for (; object; object = object->parent()) {
        const QString role = object->property("role").toString();
        text += QLatin1String(object->metaObject()->className());
        if (!object->objectName().isEmpty() || !role.isEmpty())
            text += u'(' + object->objectName() + u' ' + role + u')';
        if (object->isWidgetType() && static_cast<const QWidget*>(object)->isWindow())
            break;
        text += QStringLiteral(" in ");
    }
    return text;
}

/// Adds to @p found what a screen reader would meet below @p node without a name: what can have the
/// focus, and what can be pressed.
inline void findNameless(QAccessibleInterface* node, QStringList& found, const QObject* near)
{
    if (!node || node->state().invisible)
        return;
    if (node->object())
        near = node->object();
    auto* actions = node->actionInterface();
    const bool pressed =
        actions && actions->actionNames().contains(QAccessibleActionInterface::pressAction());
    const bool meant = (node->state().focusable || pressed) && !node->state().disabled;
    auto* cell = node->tableCellInterface();
    const bool beside = cell && cell->columnIndex() > 0; // what stands beside a row's name may lack
    const bool structure = beside || node->role() == QAccessible::Window
        || node->role() == QAccessible::Dialog || node->role() == QAccessible::ScrollBar;
    if (meant && !structure && node->text(QAccessible::Name).trimmed().isEmpty())
        found << QStringLiteral("no name: ") + whatIs(near);
    for (int i = 0; i < node->childCount(); ++i)
        findNameless(node->child(i), found, near);
}

/// Whether Tab ought to come to @p widget.
inline bool isTabStop(const QWidget& widget, const QWidget& window)
{
    const auto* radio = qobject_cast<const QRadioButton*>(&widget);
    return widget.isVisible() && widget.isEnabled() && widget.window() == &window
        && (widget.focusPolicy() & Qt::TabFocus) == Qt::TabFocus && !widget.focusProxy()
        && !(radio && !radio->isChecked()) && !widget.visibleRegion().isNull();
}

/// Adds what Tab does not reach in @p window, and where it does not go on.
inline void findUnreached(QWidget& window, QStringList& found)
{
    QSet<const QWidget*> reached;
    if (!QApplication::focusWidget())
        QTest::keyClick(&window, Qt::Key_Tab); // what had the focus is away
    const QWidget* first = QApplication::focusWidget();
    constexpr int longest = 40; // as many links as a text may have
    for (int at = 0, here = 0; at < 900; ++at) {
        QWidget* now = QApplication::focusWidget();
        if (!now)
            break;
        reached << now;
        QTest::keyClick(now, Qt::Key_Tab);
        here = QApplication::focusWidget() == now ? here + 1 : 0;
        const bool others =
            std::ranges::any_of(window.findChildren<QWidget*>(), [&](const QWidget* widget) {
                return widget != now && isTabStop(*widget, window);
            });
        if (!others)
            break;
        if (here > longest) {
            found << QStringLiteral("Tab stays in: ") + whatIs(now);
            break;
        }
        if (here == 0 && QApplication::focusWidget() == first)
            break; // it went around
    }
    for (const QWidget* widget : window.findChildren<QWidget*>())
        if (isTabStop(*widget, window) && !reached.contains(widget))
            found << QStringLiteral("not reached by Tab: ") + whatIs(widget);
}

/// All that is wrong in @p window as it is now; each line says the state that it was found in.
inline QStringList faultsOf(QWidget& window, const QString& state)
{
    QStringList found;
    QTest::qWait(20); // what is laid out late
    window.activateWindow();
    if (!QTest::qWaitForWindowActive(&window, 3000))
        found << QStringLiteral("the window is not active");
    findNameless(QAccessible::queryAccessibleInterface(&window), found, &window);
    findUnreached(window, found);
    found.removeDuplicates();
    for (QString& line : found)
        line = state + QStringLiteral(": ") + line;
    return found;
}
