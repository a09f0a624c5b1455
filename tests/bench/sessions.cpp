// SPDX-License-Identifier: GPL-3.0-or-later

// A session of many runs: makes it where there is none, else opens it, and prints what that takes.
//   sessions FILE [RUNS [STEPS [SIDE]]]
// The runs are as the default model makes them: pictures of SIDE pixels, latents of an eighth.

#include "app/engine.h"
#include "app/keeper.h"
#include "app/methodlist.h"
#include "app/session.h"
#include "app/settings.h"
#include "app/store/keeprun.h"
#include "core/file/files.h"
#include "tests/app/emptyhome.h"
#include "tests/app/walkingmethod.h"

#include <QElapsedTimer>
#include <QTest>

#include <cstdio>
#include <random>

namespace {

std::mt19937 chance {1};

/// As well packed as a drawing with some noise is.
Image picture(int side)
{
    Image image = filled(side, side, {uint8_t(chance() % 256), uint8_t(chance() % 256), 80});
    for (std::size_t i = 0; i < image.rgb.size(); ++i)
        if (i % 16 < 6)
            image.rgb[i] = uint8_t(image.rgb[i] + chance() % 8);
    return image;
}

std::shared_ptr<const Latent> latent(int side)
{
    Latent latent {.shape = {1, 4, side, side}};
    std::normal_distribution<float> normal;
    for (int i = 0; i < 4 * side * side; ++i)
        latent.values.push_back(normal(chance));
    return std::make_shared<const Latent>(std::move(latent));
}

void makeRun(SessionFile& file, const Method& method, const Request& request, int steps, int side)
{
    RunToKeep run {
        .id = newRunId(),
        .facts = {.prepared = {.request = request}, .steps = steps},
        .method = method,
        .state = Run::Done,
        .candidates = {{.image = picture(side / 2), .canvas = picture(side)}},
        .started = QDateTime::currentMSecsSinceEpoch(),
        .seconds = 3};
    for (const Parameter& p : method.parameters)
        run.facts.prepared.values[p.id] = p.initial;
    keep(file, run);
    const int cells = side / 8;
    for (int step = 0; step <= steps; ++step)
        file.putStep(
            run.id,
            {.number = step,
             .time = 1000.0 - step,
             .latent = latent(cells),
             .prediction = step > 0 ? latent(cells) : nullptr,
             .clean = step > 0 ? latent(cells) : nullptr,
             .previews = {picture(cells)},
             .noisy = {picture(cells)}});
}

void make(const std::string& path, int runs, int steps, int side)
{
    const Method method = walkingMethod();
    SessionFile file(path, SessionFile::Own);
    Request request {.method = method.id};
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; i < runs; ++i) {
        if (i % 10 == 0) // the same pictures serve some runs
            for (const char* slot : {"a", "a_prime", "b"})
                request.images[slot] = {{.image = picture(side), .name = "drawing.png"}};
        request.seed = uint64_t(i);
        request.values["prompt"] = "a large red circle, number " + std::to_string(i);
        makeRun(file, method, request, steps, side);
    }
    file.tidy();
    std::printf(
        "%d runs of %d steps at %d pixels: %.1f MB, written in %.1f s\n", runs, steps, side,
        double(file.bytes()) * 1e-6, double(clock.elapsed()) * 1e-3);
}

double megabytesInUse()
{
    const std::string key = "VmRSS:", text = readText("/proc/self/status");
    return double(std::stol(text.substr(text.find(key) + key.size()))) / 1024;
}

void open(const std::string& path)
{
    Engine engine;
    const MethodList methods(std::vector {walkingMethod()});
    Settings settings;
    Session session(engine, methods, settings);
    Keeper keeper(session);
    QTest::qWait(500); // the default model's card is read
    const double before = megabytesInUse();
    QElapsedTimer clock;
    clock.start();
    keeper.open(path);
    const double opened = double(clock.nsecsElapsed()) * 1e-9;
    const double after = megabytesInUse();
    clock.restart();
    session.runs().show(session.runs().all().front()->number);
    const double shown = double(clock.nsecsElapsed()) * 1e-9;
    clock.restart();
    const SessionFile foreign(path, SessionFile::Look);
    std::printf(
        "%zu runs, %.1f MB: open in %.2f s, %.0f MB of memory for it; another run is shown in "
        "%.3f s; all of it is checked in %.1f s where it comes from elsewhere\n",
        session.runs().all().size(), double(keeper.bytes()) * 1e-6, opened, after - before, shown,
        double(clock.elapsed()) * 1e-3);
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const EmptyHome home;
    if (argc < 2) {
        std::puts("sessions FILE [RUNS [STEPS [SIDE]]]");
        return 2;
    }
    const auto number = [&](int at, int usual) {
        return argc > at ? QString::fromLocal8Bit(argv[at]).toInt() : usual;
    };
    try {
        if (std::filesystem::exists(argv[1]))
            open(argv[1]);
        else
            make(argv[1], number(2, 500), number(3, 12), number(4, 256));
    } catch (const std::exception& error) {
        std::puts(error.what());
        return 1;
    }
    return 0;
}
