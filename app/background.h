// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFutureWatcher>
#include <QString>

#include <exception>
#include <functional>
#include <type_traits>
#include <utility>

class QThreadPool;

/// Does @p work on another thread (of @p pool; null: of the program's own); the sentence that says
/// why it did not end well, empty where it did.
QFuture<QString> problemOf(const std::function<void()>& work, QThreadPool* pool = nullptr);

/// Calls @p take with what @p future gives when it is there (later in any case), on the thread of
/// @p context, and never once that is gone or where the work was cancelled. The work must not
/// throw: whoever wants to tell a failure makes a sentence of it there (currentFailure()). What
/// @p take throws is a mistake of ours, and is written to standard error: in the event loop it
/// would end the program.
///
/// What waits belongs to @p context and lives on its thread. QFuture::then(context, ...) of Qt 6.4
/// looks for its context on the thread that did the work, which an answer in the very moment of
/// its destruction does not stand.
template<typename T, typename Take>
void whenDone(const QFuture<T>& future, QObject* context, Take take)
{
    auto* watcher = new QFutureWatcher<T>(context);
    QObject::connect(
        watcher, &QFutureWatcherBase::finished, context,
        [watcher, take = std::move(take)]() mutable {
            watcher->deleteLater();
            if (watcher->isCanceled())
                return;
            try {
                if constexpr (std::is_void_v<T>)
                    take();
                else
                    take(watcher->result());
            } catch (const std::exception& error) {
                qWarning("%s", error.what());
            }
        });
    watcher->setFuture(future);
}
