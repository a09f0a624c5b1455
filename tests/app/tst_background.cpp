// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/background.h"

#include "core/errors.h"

#include <QPromise>
#include <QTest>
#include <QThread>
#include <QThreadPool>
#include <QtConcurrentRun>

class BackgroundTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsThereIsToldLaterOnTheThreadOfTheContext()
    {
        QObject context;
        int told = 0;
        const QFuture<int> future = QtConcurrent::run([] { return 7; });
        QFuture<int>(future).waitForFinished();
        whenDone(future, &context, [&](int number) {
            QCOMPARE(QThread::currentThread(), context.thread());
            told = number;
        });
        QCOMPARE(told, 0);
        QTRY_COMPARE(told, 7);
    }

    void workWithoutAResultIsToldToo()
    {
        bool told = false;
        whenDone(QtConcurrent::run([] {}), this, [&] { told = true; });
        QTRY_VERIFY(told);
    }

    void nothingIsToldOnceTheContextIsGone()
    {
        QPromise<int> promise;
        promise.start();
        bool told = false;
        auto context = std::make_unique<QObject>();
        whenDone(promise.future(), context.get(), [&](int) { told = true; });
        context.reset();
        promise.addResult(1);
        promise.finish();
        QCoreApplication::processEvents();
        // Nor where the answer was on its way.
        context = std::make_unique<QObject>();
        whenDone(promise.future(), context.get(), [&](int) { told = true; });
        context.reset();
        QCoreApplication::processEvents();
        QVERIFY(!told);
    }

    void whatWasCancelledIsNotTold()
    {
        QPromise<int> promise;
        promise.start();
        bool told = false;
        whenDone(promise.future(), this, [&](int) { told = true; });
        promise.future().cancel();
        promise.finish();
        QTRY_COMPARE(findChildren<QFutureWatcherBase*>().size(), 0);
        QVERIFY(!told);
    }

    void whatAnAnswerThrowsEndsNothing()
    {
        QTest::ignoreMessage(QtWarningMsg, "The step is gone.");
        bool told = false;
        whenDone(QtConcurrent::run([] {}), this, [&] {
            told = true;
            throw Error("The step is gone.");
        });
        QTRY_VERIFY(told);
        QTRY_COMPARE(findChildren<QFutureWatcherBase*>().size(), 0);
    }

    void whoWaitedGoesWithTheAnswer()
    {
        QObject context;
        whenDone(QtConcurrent::run([] {}), &context, [] {});
        QCOMPARE(context.children().size(), 1);
        QTRY_COMPARE(context.children().size(), 0);
    }

    void aFailureBecomesItsSentence()
    {
        QThreadPool pool;
        QCOMPARE(problemOf([] {}, &pool).result(), QString());
        QCOMPARE(
            problemOf([] { throw WorkError("The disk is full."); }).result(),
            QStringLiteral("The disk is full."));
    }
};

QTEST_GUILESS_MAIN(BackgroundTest)
#include "tst_background.moc"
