// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"
#include "core/models.h"
#include "core/record.h"

#include <QDateTime>
#include <QHash>
#include <QObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

class Engine;
struct Failure;
class MethodList;
class Settings;

/// A step of a run as it is kept.
struct RunStep
{
    double time = 0;
    std::shared_ptr<const Latent> latent = {};
    std::vector<Image> previews = {};    ///< by candidate
    std::vector<Candidate> decoded = {}; ///< empty until a full decode was asked for
};

/// A run, in progress or done.
struct Run
{
    enum State { Waiting, Running, Stopping, Done, Stopped, Discarded, Failed };

    int number = 0;
    State state = Waiting;
    Request request = {};
    Values resolved = {};
    QString model = {};
    ModelCard card = {};             ///< its path is that of the file that was chosen
    std::string modelHash = {};      ///< empty until it is known
    std::vector<RunStep> steps = {}; ///< [0] is the start latent
    int stepCount = 0;
    std::vector<Candidate> candidates = {};
    QString error = {}, errorDetails = {};
    QString stage = {};
    QDateTime started = {};
    double secondsPerStep = 0, secondsLeft = 0, seconds = 0;
};

/// The document: inputs, values, seed, model, runs. Widgets set and listen and do nothing else.
/// Every setter emits its signal on change only.
class Session : public QObject
{
    Q_OBJECT

public:
    Session(
        Engine& engine, const MethodList& methods, Settings& settings, QObject* parent = nullptr);
    ~Session() override;

    const MethodList& methods() const;
    const Method& method() const;
    void setMethod(const std::string& id);

    /// The picture in a slot; empty if there is none.
    const Input& input(const std::string& slot) const;
    void setInput(const std::string& slot, Image image, const QString& name);
    void clearInput(const std::string& slot);
    void swapInputs(const std::string& a, const std::string& b);
    /// Loads a file into a slot in the background; inputFailed() or inputChanged() follows,
    /// inputNotes() where something is to be said.
    void loadInput(const std::string& slot, const QString& path);

    /// Values: by hand, else preset, else the model's, else the paper's.
    Value value(const std::string& id) const;
    bool setByHand(const std::string& id) const;
    void setValue(const std::string& id, const Value& value);
    void resetValue(const std::string& id);
    /// Where the value comes from, to show: "set by hand", "preset Deblur", "recommended for Simile
    /// mini", "the paper's".
    QString origin(const std::string& id) const;

    std::string preset() const;
    void setPreset(const std::string& id);
    quint64 seed() const;
    void setSeed(quint64 seed); ///< a seed that is set is meant: this locks it
    bool seedLocked() const;    ///< otherwise every start takes a new one
    void setSeedLocked(bool locked);
    QString device() const;
    void setDevice(const QString& device);
    QString precision() const;
    void setPrecision(const QString& precision);

    const ModelCard& model() const;
    /// Empty: the default model. A .ckpt, .pt, .pth or .bin is converted first, in the background
    /// (modelStage()); modelChanged() or modelFailed() follows.
    void setModel(const QString& path);
    /// Why the model does not serve the method; empty: it does.
    QString modelProblem() const;

    /// What is needed before a run can start, as in "Still needed: a picture for A"; empty:
    /// nothing.
    QStringList missing() const;
    Request request() const;

    /// Does nothing while something is missing or a run is in progress.
    void start();
    void stop(bool keep); ///< keep: the pictures of the last step; else the run is removed
    bool running() const;
    const std::vector<std::shared_ptr<Run>>& runs() const;
    std::shared_ptr<Run> current() const; ///< the run that is shown; null if there is none
    void show(int number);
    void removeRun(int number);
    /// Asks for a full decode of a step of the shown run.
    void decodeStep(int step);

    /// The PNG of a candidate of the shown run, at a step that was decoded in full or at the end.
    std::vector<std::byte> encode(int candidate, int step, Embed embed) const;
    /// The same as a function that may be called on any thread, also later.
    std::function<std::vector<std::byte>()> encoder(int candidate, int step, Embed embed) const;
    /// Takes inputs, values and seed from a PNG that this program saved; false if it carries no
    /// record. Throws Error for a damaged one.
    bool restore(const QString& path);
    /// Restores inputs, values and seed of a run.
    void restoreRun(int number);
    /// The inputs of the offline sample.
    void loadSample();

Q_SIGNALS:
    void methodChanged();
    void inputChanged(const std::string& slot);
    void inputFailed(const std::string& slot, const QString& sentence);
    /// An empty slot: about what was restored.
    void inputNotes(const std::string& slot, const QStringList& notes);
    void valueChanged(const std::string&
                          id); ///< also when what lies below a value changes; empty id: all of them
    void seedChanged();        ///< the seed or its lock
    void deviceChanged();      ///< device or precision
    void modelChanged();
    void modelStage(const QString& text); ///< what is done to a model; empty: no longer anything
    void modelFailed(const QString& sentence);
    void runAdded(int number);
    void runChanged(int number); ///< state, stage, times
    void runRemoved(int number);
    void stepAdded(int number, int step);
    void stepDecoded(int number, int step);
    void decodeFailed(int number, int step, const QString& sentence);
    void currentChanged();

private:
    struct State;

    void listen();
    void stepDone(const StepEvent& event, double seconds);
    void finish(const Result& result);
    void fail(const Failure& failure);
    void takeDecoded(int number, const DecodedEvent& event);
    void decodeLater(const Run& run, int step);
    void startHashing(const ModelCard& card);
    void describe(const QString& chosen, const QString& file);
    void put(const std::string& slot, Input input);
    void takeRecord(const Record& record);
    QStringList takeValues(const Record& record);
    void findModel(const Record& record);

    std::unique_ptr<State> m_state;
};
