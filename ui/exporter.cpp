// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/exporter.h"

#include "app/background.h"
#include "app/engine.h"
#include "app/runrecord.h"
#include "app/session.h"
#include "app/settings.h"
#include "core/arrayfile.h"
#include "core/errors.h"
#include "core/file/files.h"
#include "core/picture/animation.h"
#include "core/picture/imagefile.h"
#include "core/picture/resample.h"
#include "ui/contactsheet.h"
#include "ui/convert.h"
#include "ui/exportdialog.h"
#include "ui/noticebar.h"
#include "ui/resultpane.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QUrl>
#include <QtConcurrentRun>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <utility>

namespace {

/// What became of an export.
struct Outcome
{
    QStringList files = {};
    QString problem = {}; ///< a sentence; empty: all is there
};

/// An Image or a DeepImage as large as is wanted.
template<typename Picture>
Picture sized(const Picture& image, int longSide)
{
    const int longest = std::max(image.width, image.height);
    if (longSide <= 0 || longSide == longest)
        return image;
    const auto scaled = [&](int side) {
        return std::max(1, int(std::lround(double(side) * longSide / longest)));
    };
    return resize(image, scaled(image.width), scaled(image.height), Filter::Lanczos);
}

/// "step-000", "step-001" ..., each [candidates, channels, height, width].
std::map<std::string, Array> arraysOf(const std::vector<std::shared_ptr<const Latent>>& latents)
{
    std::map<std::string, Array> arrays;
    for (const auto& latent : latents) {
        const QString name = QStringLiteral("step-%1").arg(arrays.size(), 3, 10, QLatin1Char('0'));
        arrays[name.toStdString()] = {{latent->shape.begin(), latent->shape.end()}, latent->values};
    }
    return arrays;
}

QString textOf(const Run& run, const Method& method, Role role)
{
    const Parameter* found = parameter(method, role);
    const auto value = found ? run.values().find(found->id) : run.values().end();
    const auto* text =
        value == run.values().end() ? nullptr : std::get_if<std::string>(&value->second);
    return text ? QString::fromStdString(*text) : QString();
}

} // namespace

/// The bytes of the file.
std::vector<std::byte> Exporter::packedOf(const Piece& piece, const ExportPlan& plan)
{
    const bool tells = piece.texts && plan.format == PictureFormat::Png;
    if (!piece.deep.empty())
        return encodePicture(
            sized(piece.deep, plan.longSide), plan.format,
            tells ? piece.texts() : std::vector<TextChunk>());
    const Image image = sized(*piece.image, plan.longSide);
    return tells ? encodePng(image, piece.texts())
                 : encodePicture(image, plan.format, plan.quality);
}

Exporter::Exporter(Session& session, Settings& settings, ResultPane& pane)
    : QObject(&pane)
    , m_session(session)
    , m_settings(settings)
    , m_pane(pane)
{
    Runs& runs = session.runs();
    connect(&runs, &Runs::stepDecoded, this, [this](int run, int step) {
        if (!m_run || run != m_run->number || m_left.empty() || step != m_left.back())
            return;
        if (candidatesAt(*m_run, step).empty())
            return; // it was decoded as the network sees it
        m_left.pop_back();
        decodeNext();
    });
    connect(&runs, &Runs::decodeFailed, this, [this](int run, int, const QString& sentence) {
        if (m_run && run == m_run->number)
            stop(sentence);
    });
    connect(&runs, &Runs::currentChanged, this, [this] {
        if (m_run && m_session.runs().current() != m_run)
            stop(otherRun());
    });
}

QString Exporter::otherRun()
{
    return tr("Another run is shown now, so nothing was exported: choose the run and export it "
              "again.");
}

int Exporter::shownStep(const Run& run) const
{
    return m_pane.step() < 0 ? int(run.steps.size()) - 1 : m_pane.step();
}

/// The steps that have to be decoded, the first one last.
std::vector<int> Exporter::undecoded(const Run& run, ExportWhat what) const
{
    std::vector<int> steps;
    const int last = int(run.steps.size()) - 1, shown = shownStep(run);
    for (int step = last; step >= 0; --step) {
        const bool wanted = ofSteps(what) ? step > 0
            : what == ExportWhat::Latents ? false
                                          : step == shown;
        if (wanted && candidatesAt(run, step).empty())
            steps.push_back(step);
    }
    return steps;
}

NameFields Exporter::fieldsOf(const Run& run, int candidate, int step) const
{
    const Method* method = m_session.runs().methodOf(run);
    NameFields fields {
        .mode = QString::fromStdString(run.request().method),
        .prompt = method ? textOf(run, *method, Role::Prompt) : QString(),
        .model = QString::fromStdString(run.card.name),
        .seed = run.request().seed + quint64(candidate),
        .run = run.number,
        .candidate = candidate + 1,
        .step = step,
        .made = run.started.isValid() ? run.started : QDateTime::currentDateTime()};
    const Slot* main = method ? mainSlot(*method) : nullptr;
    const auto& images = run.request().images;
    const auto inputs = main ? images.find(main->id) : images.end();
    if (inputs != images.end() && !inputs->second.empty())
        fields.picture = QString::fromStdString(inputs->second.front().name);
    return fields;
}

void Exporter::ask()
{
    const auto run = m_session.runs().current();
    if (!run || (run->steps.empty() && run->candidates.empty())) {
        m_pane.notices().say(tr("There is no result to export yet."), false);
        return;
    }
    const Method* method = m_session.runs().methodOf(*run);
    if (!method) {
        m_pane.notices().say(
            tr("The run was made with a mode that this program does not have, so it cannot be "
               "exported."),
            true);
        return;
    }
    const int candidates = std::max(1, int(run->candidates.empty() ? 1 : run->candidates.size()));
    ExportDialog::Offer offer {
        .whats = {ExportWhat::Result},
        .fields = fieldsOf(*run, m_pane.candidate(), std::max(0, shownStep(*run))),
        .steps = int(undecoded(*run, ExportWhat::Frames).size()),
        .deep = m_session.runs().canDecodeDeep(*run, shownStep(*run))};
    if (candidates > 1)
        offer.whats.insert(offer.whats.end(), {ExportWhat::Candidates, ExportWhat::Sheet});
    if (method->onGrid && !run->opened)
        offer.whats.push_back(ExportWhat::Grid);
    if (run->steps.size() > 2)
        offer.whats.insert(offer.whats.end(), {ExportWhat::Frames, ExportWhat::Animation});
    if (!run->steps.empty() && std::ranges::all_of(run->steps, [](const RunStep& step) {
            return step.latent != nullptr;
        }))
        offer.whats.push_back(ExportWhat::Latents);
    ExportPlan plan = exportPlanFrom(m_settings.exportPlan());
    if (!QFileInfo(plan.folder).isDir())
        plan.folder = m_settings.resultFolder();
    auto* dialog = new ExportDialog(plan, offer, m_pane.window());
    connect(dialog, &ExportDialog::chosen, this, [this, run](const ExportPlan& chosen) {
        m_settings.setExportPlan(toJson(chosen));
        if (m_session.runs().current() == run)
            start(chosen);
        else // a run that waited has begun, and is shown
            stop(otherRun());
    });
    dialog->open();
}

void Exporter::start(const ExportPlan& plan)
{
    const auto run = m_session.runs().current();
    if (!run)
        return;
    m_plan = plan;
    m_run = run;
    m_step = shownStep(*run);
    m_left = undecoded(*run, plan.what);
    m_of = m_left.size();
    m_deep.clear();
    decodeNext();
}

void Exporter::decodeNext()
{
    if (m_left.empty())
        return m_plan.isDeep() && m_deep.empty() ? decodeDeep() : write();
    m_pane.notices().say(
        tr("Decoding step %1 of %2 that are exported...").arg(m_of - m_left.size() + 1).arg(m_of),
        false, {{tr("Stop"), [this] { stop({}); }}});
    if (!seenAt(m_run->steps[std::size_t(m_left.back())]))
        return stop(tr("Step %1 is not kept, so it cannot be exported.").arg(m_left.back()));
    m_session.runs().decodeStep(m_left.back());
}

void Exporter::decodeDeep()
{
    m_pane.notices().say(
        tr("Decoding step %1 with 16 bits a channel...").arg(m_step), false,
        {{tr("Stop"), [this] { stop({}); }}});
    m_session.runs().decodeDeep(
        this, m_step,
        [this, run = m_run](const std::vector<DeepCandidate>& made) {
            if (m_run != run)
                return; // it was stopped
            m_deep = made;
            write();
        },
        [this, run = m_run](const QString& sentence) {
            if (m_run == run)
                stop(sentence);
        });
}

void Exporter::stop(const QString& why)
{
    m_run.reset();
    m_left.clear();
    m_deep.clear();
    m_pane.notices().hide();
    if (!why.isEmpty())
        m_pane.notices().say(why, true);
}

std::vector<Exporter::Piece> Exporter::pieces(const Run& run) const
{
    std::vector<Piece> pieces;
    const int shown = m_pane.candidate(), step = m_step;
    static const std::vector<Candidate> none;
    const std::vector<Candidate>& made =
        m_plan.what == ExportWhat::Latents ? none : candidatesAt(run, step);
    const auto name = [&](int candidate, int at) {
        return expandName(m_plan.name, fieldsOf(run, candidate, at));
    };
    const auto add = [&](int candidate, SharedImage Candidate::*which,
                         DeepImage DeepCandidate::*deep) {
        const bool anew = m_plan.isDeep();
        pieces.push_back(
            {.image = anew ? SharedImage() : made.at(std::size_t(candidate)).*which,
             .deep = anew ? m_deep.at(std::size_t(candidate)).*deep : DeepImage(),
             .name = name(candidate, step),
             .texts = texts(m_session.runs(), candidate, step, m_plan.embed)});
    };
    switch (m_plan.what) {
    case ExportWhat::Latents: // no picture
        break;
    case ExportWhat::Result:
        add(shown, &Candidate::image, &DeepCandidate::image);
        break;
    case ExportWhat::Grid:
        add(shown, &Candidate::canvas, &DeepCandidate::canvas);
        break;
    case ExportWhat::Candidates:
        for (int i = 0; i < int(made.size()); ++i)
            add(i, &Candidate::image, &DeepCandidate::image);
        break;
    case ExportWhat::Sheet: {
        std::vector<SheetEntry> entries;
        for (const Candidate& each : made)
            entries.push_back(
                {toQImage(each.image), tr("%1 · seed %2").arg(entries.size() + 1).arg(each.seed)});
        pieces.push_back({.image = toImage(contactSheet(entries)), .name = name(0, step)});
        break;
    }
    case ExportWhat::Frames:
    case ExportWhat::Animation:
        for (int at = 1; at < int(run.steps.size()); ++at)
            pieces.push_back(
                {.image = candidatesAt(run, at).at(std::size_t(shown)).image,
                 .name = QStringLiteral("step-%1").arg(at, 3, 10, QLatin1Char('0'))});
        break;
    }
    return pieces;
}

void Exporter::write()
{
    const std::shared_ptr<const Run> run = std::exchange(m_run, nullptr);
    m_pane.notices().hide();
    std::vector<Piece> all;
    try {
        all = pieces(*run);
    } catch (...) {
        return stop(currentFailure().sentence);
    }
    m_deep.clear();
    const QString name = expandName(m_plan.name, fieldsOf(*run, m_pane.candidate(), m_step));
    std::vector<std::shared_ptr<const Latent>> latents;
    if (m_plan.what == ExportWhat::Latents)
        std::ranges::transform(run->steps, std::back_inserter(latents), &RunStep::latent);
    const auto work = [plan = m_plan, all = std::move(all), latents, name]() -> Outcome {
        Outcome outcome;
        const auto put = [&](const QString& folder, const QString& base, const WriteFile& write) {
            const QString own = QDir(folder).filePath(base + QLatin1Char('.') + plan.suffix());
            const bool replace = plan.replace && !outcome.files.contains(own);
            outcome.files << writtenFile(folder, base, plan.suffix(), replace, write);
        };
        try {
            QString folder = plan.folder;
            if (plan.what == ExportWhat::Frames)
                folder = plan.replace ? QDir(folder).filePath(name) : freeFile(folder, name, {});
            if (!QDir().mkpath(folder))
                throw Error("The folder %1 could not be made.", folder.toStdString());
            if (plan.what == ExportWhat::Animation) {
                std::vector<Image> frames;
                for (const Piece& piece : all)
                    frames.push_back(sized(*piece.image, plan.longSide));
                put(folder, name, writeOf(encodeAnimation(frames, plan.milliseconds)));
                return outcome;
            }
            if (!latents.empty())
                put(folder, name, [&](const auto& path, IfThere there) {
                    saveArrays(path, arraysOf(latents), there);
                });
            for (const Piece& piece : all)
                put(folder, piece.name, writeOf(packedOf(piece, plan)));
        } catch (...) {
            outcome.problem = currentFailure().sentence;
        }
        return outcome;
    };
    whenDone(QtConcurrent::run(work), this, [this](const Outcome& outcome) {
        const QString folder =
            outcome.files.isEmpty() ? QString() : QFileInfo(outcome.files.front()).absolutePath();
        if (!outcome.problem.isEmpty()) {
            const QString some = outcome.files.isEmpty() ? QString()
                                                         : QLatin1Char(' ')
                    + tr("Files that were written before: %1.").arg(outcome.files.size());
            m_pane.notices().say(
                outcome.problem + some, true,
                {{tr("Export again"), [this] { ask(); }}, {tr("Close"), {}}});
            return;
        }
        m_pane.notices().say(
            outcome.files.size() == 1
                ? tr("Exported as %1.").arg(QDir::toNativeSeparators(outcome.files.front()))
                : tr("%1 files exported into %2.")
                      .arg(outcome.files.size())
                      .arg(QDir::toNativeSeparators(folder)),
            false,
            {{tr("Open the folder"),
              [folder] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); }},
             {tr("Close"), {}}});
        Q_EMIT exported(outcome.files);
    });
}
