// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/background.h"

#include "app/engine.h"

#include <QThreadPool>
#include <QtConcurrentRun>

QFuture<QString> problemOf(const std::function<void()>& work, QThreadPool* pool)
{
    return QtConcurrent::run(pool ? pool : QThreadPool::globalInstance(), [work] {
        try {
            work();
            return QString();
        } catch (...) {
            return currentFailure().sentence;
        }
    });
}
