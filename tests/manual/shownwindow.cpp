// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/manual/shownwindow.h"

#include "app/modelchoice.h"
#include "app/restorer.h"
#include "app/runs.h"

#include <QTest>

namespace {

constexpr int longest = 300000; // ms, for what a slow machine computes

Settings appearing(bool light)
{
    Settings settings;
    settings.setAppearance(light ? QStringLiteral("light") : QStringLiteral("dark"));
    return settings;
}

} // namespace

ShownWindow::ShownWindow(MethodList methodList, bool light, QSize size)
    : settings(appearing(light))
    , methods(std::move(methodList))
    , session(engine, methods, settings)
    , window(session, settings)
{
    if (!size.isEmpty())
        window.resize(size);
    window.show();
    (void)QTest::qWaitFor([this] { return !session.model().card().path.empty(); }, longest);
}

void ShownWindow::sample(const char* method, const char* id)
{
    session.setMethod(method);
    session.restorer().loadSample(id);
    (void)QTest::qWaitFor([this] { return session.missing().isEmpty(); }, longest);
    QTest::qWait(200);
}

void ShownWindow::run(std::optional<uint64_t> seed)
{
    if (seed)
        session.editor().setSeed(*seed);
    session.start();
    (void)QTest::qWaitFor([this] { return !session.runs().running(); }, longest);
}

QSize sizeFrom(const QString& text)
{
    const QStringList parts = text.split(QLatin1Char('x'));
    return parts.size() == 2 ? QSize(parts[0].toInt(), parts[1].toInt()) : QSize();
}
