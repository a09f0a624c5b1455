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

#include <compare>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

class Engine;
struct Failure;
class MethodList;
class Settings;

/// Where a picture is: a slot and, where that takes several, which of them.
struct Place
{
    std::string slot = {};
    int at = 0;

    Place() = default;
    Place(std::string slot, int at = 0)
        : slot(std::move(slot))
        , at(at)
    {
    }
    Place(const char* slot, int at = 0)
        : Place(std::string(slot), at)
    {
    }
    auto operator<=>(const Place&) const = default;
};

/// The slot whose picture is the one to work on, so that it goes along to another method; null:
/// there is none.
const Slot* mainSlot(const Method& method);

/// A step of a run as it is kept.
struct RunStep
{
    double time = 0;
    std::shared_ptr<const Latent> latent = {};
    std::vector<Image> previews = {}, noisy = {}; ///< by candidate, as StepEvent has them
    std::vector<Candidate> decoded = {};          ///< empty until a full decode was asked for
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
    QStringList notes = {}; ///< what is to be said of the result
    QString error = {}, errorDetails = {};
    QString stage = {};
    QDateTime started = {};
    double secondsPerStep = 0, secondsLeft = 0, seconds = 0;
};

struct LoadedFile;

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
    /// The picture of the main slot goes along; the last run of the method is shown.
    void setMethod(const std::string& id);

    /// The picture at a place; empty if there is none.
    const Input& input(const Place& place) const;
    const std::vector<Input>& inputs(const std::string& slot) const;
    const Pictures& inputs() const; ///< of the slots of all methods
    /// A place behind the last one adds a picture. What stands beside a picture stays.
    void setInput(const Place& place, Image image, const QString& name);
    void setWeight(const Place& place, double weight);
    void setKind(const Place& place, const std::string& kind);
    void setSpan(const Place& place, double begin, double end);
    void clearInput(const Place& place); ///< those behind it move up
    void swapInputs(const std::string& a, const std::string& b);
    /// Loads files into a place and those behind it in the background; inputFailed() or
    /// inputChanged() follows, inputNotes() where something is to be said.
    void loadInput(const Place& place, const QString& path);
    void loadInputs(const Place& place, const QStringList& paths);
    /// The same from the bytes of a file, as they are pasted or dropped.
    void loadInputBytes(const Place& place, const QByteArray& bytes, const QString& name);
    /// Whether the picture there is of a kind that a map can be made for.
    bool canMakeMap(const Place& place) const;
    bool makingMap(const Place& place) const;
    /// Puts the map of the picture into its place; told() or inputFailed() follows.
    void makeMap(const Place& place);
    /// Puts a picture that was painted by hand into its place. What stands beside the picture
    /// stays, and the result keeps its size; told() follows.
    void setPainted(const Place& place, Image image, const QString& name);

    /// Values: by hand, else preset, else the model's, else the method's own.
    Value value(const std::string& id) const;
    Values values() const; ///< all of the method's
    bool setByHand(const std::string& id) const;
    void setValue(const std::string& id, const Value& value);
    void resetValue(const std::string& id);
    /// Where the value comes from, to show: "set by hand", "preset Deblur", "recommended for Simile
    /// mini", "the paper's", "the method's own".
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
    /// What the model's UNet predicts: auto, epsilon, v_prediction, sample; remembered for each
    /// model.
    QString prediction() const;
    void setPrediction(const QString& prediction);

    const ModelCard& model() const;
    bool usesDefaultModel() const;
    /// The path as chosen, also of a checkpoint that was converted; empty: the default model.
    QString chosenModel() const;
    /// Empty: the default model. A .ckpt, .pt, .pth or .bin is converted first, in the background
    /// (modelStage()). Always returns at once; modelChanged() or modelFailed() follows.
    void setModel(const QString& path);
    /// Why the model does not serve the method; empty: it does.
    QString modelProblem() const;

    /// What is needed before a run can start, as in "Still needed: a picture for A"; empty:
    /// nothing.
    QStringList missing() const;
    Request request() const;
    /// What the method says of the request as it stands, asked for in the background.
    const QStringList& notes() const;
    void askNotesSoon(); ///< something that they may be about has changed: notesChanged()

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
    /// Takes inputs, values and seed from a PNG that this program saved, in the background;
    /// restored() or loadFailed() follows.
    void restore(const QString& path);
    /// Restores inputs, values and seed of a run.
    void restoreRun(int number);
    /// The inputs of the method's offline sample, in the background; restored() or loadFailed()
    /// follows.
    void loadSample();

    /// Looks into the network at a step of the shown run: the one that made what is seen at
    /// @p step. inspected() or inspectFailed() follows, only for the last look asked for.
    void inspect(const std::string& kind, int layer, int step);
    bool inspecting() const;

Q_SIGNALS:
    void methodChanged();
    void inputChanged(const std::string& slot);
    void inputFailed(const Place& place, const QString& sentence);
    /// An empty slot: about what was restored.
    void inputNotes(const Place& place, const QStringList& notes);
    void mapStarted(const Place& place); ///< inputChanged() or inputFailed() ends it
    void restored();
    void loadFailed(const QString& sentence);
    /// Something was done beyond what was asked for.
    void told(const QString& sentence, const std::function<void()>& undo);
    void valueChanged(const std::string&
                          id); ///< also when what lies below a value changes; empty id: all of them
    void seedChanged();        ///< the seed or its lock
    void deviceChanged();      ///< device, precision or prediction
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
    void notesChanged();
    void inspected(int number, const Look& look, const Inspection& inspection);
    void inspectFailed(const QString& sentence);

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
    void takeCard(const QString& chosen, ModelCard card, const QString& problem);
    void afterModel(const std::function<void()>& then);
    void put(const Place& place, Input input);
    void load(const Place& place, std::function<std::vector<LoadedFile>()> read);
    void alter(const Place& place, const std::function<void(Input&)>& change);
    void followSize(const Place& place);
    void unfollowSize(const Place& place);
    void askNotes();
    void lookNow();
    void trimInversions();
    Record takeForeignRecord(Record record);
    void takeRecord(const Record& record);
    void retakeValues(const Record& record, const Values& before);
    QStringList takeValues(const Record& record);
    void findModel(const Record& record);

    std::unique_ptr<State> m_state;
};
