// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine.h"
#include "app/methodlist.h"
#include "app/runrecord.h"
#include "app/session.h"
#include "app/settings.h"
#include "core/file/files.h"
#include "core/picture/imagefile.h"
#include "tests/app/countingmethod.h"
#include "tests/app/emptyhome.h"
#include "tests/peakmemory.h"

#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

constexpr int width = 6000, height = 4000; // 24 megapixels
constexpr std::size_t pixels = std::size_t(width) * height * 3;

/// Blocks that are as large as a picture, taken by our own code: OpenCV's and zlib's buffers come
/// from malloc.
std::atomic<int> blocks = 0;

} // namespace

void* operator new(std::size_t size)
{
    if (size >= pixels)
        ++blocks;
    if (void* block = std::malloc(size))
        return block;
    throw std::bad_alloc();
}
void operator delete(void* block) noexcept
{
    std::free(block);
}
void operator delete(void* block, std::size_t) noexcept
{
    std::free(block);
}

class PixelCopiesTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void init() { QSettings().clear(); }

    /// From the file to the saved PNG: each picture's pixels are there once.
    void threePhotographsAreKeptOnceForAllRuns()
    {
        const QTemporaryDir folder;
        const char* const slots[] = {"a", "a_prime", "b"};
        const auto file = [&](const char* slot) {
            return folder.filePath(QLatin1String(slot) + QStringLiteral(".png"));
        };
        for (const char* slot : slots)
            writeFileAtomically(
                file(slot).toStdString(), encodePng(filled(width, height, {1, 2, 3})));
        Engine engine;
        const MethodList methods(std::vector {countingMethod()});
        Settings settings;
        Session session(engine, methods, settings);
        QTRY_VERIFY(!session.model().card().path.empty());

        blocks = 0;
        for (const char* slot : slots)
            session.inputs().load(slot, {{.path = file(slot)}});
        QTRY_VERIFY_WITH_TIMEOUT(session.missing().isEmpty(), 60'000);
        QCOMPARE(blocks.load(), 3);
        const long risen = peakMemoryOf([&] {
            for (int run = 0; run < 3; ++run) {
                session.start();
                QTRY_VERIFY_WITH_TIMEOUT(!session.runs().running(), 60'000);
            }
        });
        QCOMPARE(session.runs().all().size(), std::size_t(3));
        QCOMPARE(blocks.load(), 3);
        qInfo("three runs of three pictures of 24 megapixels raise the peak by %ld MiB", risen);
        QVERIFY2(risen < 40, "a copy of one picture is 69 MiB");
        const auto png = encoder(session.runs(), 0, -1, Embed::Full)();
        QVERIFY(!png.empty());
        QCOMPARE(blocks.load(), 3);
    }
};

QTEST_GUILESS_MAIN(PixelCopiesTest)
#include "tst_pixelcopies.moc"
