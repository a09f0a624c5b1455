// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>

#include <memory>
#include <mutex>
#include <set>
#include <string>

struct Provided;

/// What failed in functions of plug-ins that nobody else looks after: those that window and command
/// line call between runs. (A run that fails says so itself.)
class PluginFaults : public QObject
{
    Q_OBJECT

public:
    /// Keeps a sentence, the first of each @p cause alone: what fails does so at each look. From
    /// any thread.
    void tell(const std::string& cause, const QString& sentence);
    QStringList told() const;

Q_SIGNALS:
    void added(const QString& sentence);

private:
    mutable std::mutex m_mutex;
    std::set<std::string> m_causes; ///< behind the mutex, as the next
    QStringList m_told;
};

/// Lets nothing that these functions throw out of them: an exception that comes into Qt's event
/// loop ends the program. It becomes the answer that decides least, told in @p faults with the
/// names of @p plugin and method: nothing acts, follows or is offered, and nothing is known to be
/// missing, which the run finds itself. What fails to say whether a model serves refuses it.
void guard(Provided& provided, const QString& plugin, const std::shared_ptr<PluginFaults>& faults);
