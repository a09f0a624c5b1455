// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine.h"
#include "app/methodlist.h"
#include "app/session.h"
#include "app/settings.h"
#include "core/errors.h"
#include "ui/actions.h"
#include "ui/gridview.h"
#include "ui/imageview.h"
#include "ui/mainwindow.h"
#include "ui/resultpane.h"
#include "ui/stepaxis.h"

#include <QAction>
#include <QLabel>
#include <QSemaphore>
#include <QTest>

inline constexpr int steps = 4;

/// A method that takes a step whenever the gate lets it.
inline Method fake(QSemaphore& gate)
{
    Method m {.id = "fake", .name = "Fake", .onGrid = true};
    m.slots = {
        {.id = "a", .label = "A"}, {.id = "a_prime", .label = "A'"}, {.id = "b", .label = "B"}};
    m.parameters = {{.id = "prompt", .label = "Prompt", .initial = std::string()}};
    m.spans = [](const Values&, const Pictures&) {
        return std::vector<ActiveSpan> {{"Early", {0, 2}}, {"Never", {0, 0}}};
    };
    m.run = [&gate](const Request& request, Models&, const Report& report) {
        if (std::get<std::string>(request.values.at("prompt")) == "fail")
            throw Error("The file unet.safetensors is damaged: load another.");
        Result result;
        for (int step = 0; step <= steps && !result.stopped; ++step) {
            gate.acquire();
            auto latent = std::make_shared<Latent>();
            *latent = {.shape = {1, 1, 1, 1}, .values = {float(step)}};
            result.latents.push_back(latent);
            const StepEvent event {
                .step = step,
                .steps = steps,
                .latent = latent,
                .previews = {filled(4, 4, {0, uint8_t(step), 0})}};
            result.stopped = !report(event).goOn;
        }
        result.candidates = {
            {.image = filled(64, 64, {10, 20, 30}), .canvas = filled(128, 128, {})}};
        return result;
    };
    return m;
}

struct Fixture
{
    QSemaphore gate;
    Settings settings = {};
    Engine engine;
    MethodList methods {std::vector<Method> {fake(gate)}};
    Session session {engine, methods, settings};
    MainWindow window {session, settings};

    Fixture()
    {
        window.show();
        QTRY_VERIFY(!session.model().card().path.empty());
    }
    ~Fixture() { gate.release(100); }

    void fillSlots()
    {
        session.inputs().set("a", filled(8, 8, {255, 0, 0}), QStringLiteral("a.png"));
        session.inputs().set("a_prime", filled(8, 8, {0, 255, 0}), QStringLiteral("a2.png"));
        session.inputs().set("b", filled(8, 8, {0, 0, 255}), QStringLiteral("b.png"));
    }
    /// Until its first step is done.
    void beginRun()
    {
        fillSlots();
        window.actions()("run")->trigger();
        gate.release(2);
        QTRY_COMPARE(window.pane().axis().maximum(), 1);
    }
    void finishRun()
    {
        window.actions()("run")->trigger();
        gate.release(steps + 1);
        QTRY_VERIFY(!session.runs().running() && session.runs().current());
    }
    QString hint() const { return window.pane().grid().view().findChild<QLabel*>()->text(); }
};
