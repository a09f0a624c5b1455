// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/exportname.h"
#include "core/image.h"
#include "core/picture/deepimage.h"
#include "core/picture/pngtext.h"
#include "ui/exportplan.h"

#include <QObject>

#include <functional>
#include <memory>
#include <vector>

class ResultPane;
class Session;
class Settings;
struct Run;

/// Exports what a run made: pictures, sheets, steps. What is a preview only is decoded first.
class Exporter : public QObject
{
    Q_OBJECT

public:
    Exporter(Session& session, Settings& settings, ResultPane& pane);

    void ask();
    /// Exports from the run that is shown; exported() or a notice follows.
    void start(const ExportPlan& plan);

Q_SIGNALS:
    void exported(const QStringList& files);

private:
    /// A file to be written.
    struct Piece
    {
        SharedImage image = {};
        DeepImage deep = {}; ///< in its place where 16 bits are wanted
        QString name = {};   ///< without its suffix
        /// What it tells of its making; none: nothing.
        std::function<std::vector<TextChunk>()> texts = {};
    };

    void decodeNext();
    void decodeDeep();
    void stop(const QString& why);
    static QString otherRun();
    static std::vector<std::byte> packedOf(const Piece& piece, const ExportPlan& plan);
    void write();
    std::vector<int> undecoded(const Run& run, ExportWhat what) const;
    std::vector<Piece> pieces(const Run& run) const;
    NameFields fieldsOf(const Run& run, int candidate, int step) const;
    int shownStep(const Run& run) const;

    Session& m_session;
    Settings& m_settings;
    ResultPane& m_pane;
    ExportPlan m_plan;
    std::shared_ptr<const Run> m_run; ///< while something of it is decoded
    int m_step = 0;                   ///< that was shown
    std::vector<int> m_left;          ///< steps to be decoded, the next one last
    std::size_t m_of = 0;
    std::vector<DeepCandidate> m_deep; ///< of the step that was shown, where they are wanted
};
