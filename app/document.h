// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/branchpoint.h"
#include "core/method.h"

#include <QObject>
#include <QString>

#include <compare>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

class MethodList;

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

/// What was chosen for a method.
struct Choices
{
    Values byHand = {};
    std::string preset = {};         ///< id; empty: none
    std::vector<Touch> touches = {}; ///< changes inside the network
    /// Of a method that is not there: which values are paths.
    std::set<std::string> paths = {};
    bool operator==(const Choices&) const = default;
};

/// A method that was chosen and is not there, so that another one is shown.
struct MissingMethod
{
    std::string id = {};
    std::optional<BranchPoint> branch = {}; ///< as Document::branch
    bool operator==(const MissingMethod&) const = default;
};

/// A LoRA in the list.
struct ListedLora
{
    Lora lora = {};
    bool on = true; ///< it is added to the model's weights

    bool operator==(const ListedLora&) const = default;
};

/// All that the user edits, as one value: equal documents make equal runs, and putting an earlier
/// one back undoes what was done since. Pictures in it are shared, so copies are cheap.
struct Document
{
    std::string method = {};
    Pictures inputs = {};                        ///< of the slots of all methods
    std::map<std::string, Choices> choices = {}; ///< by method
    uint64_t seed = 42;
    bool seedLocked = false; ///< every run takes the seed
    bool seedDrawn = false;  ///< else: the next run takes it; else every run draws one of its own
    QString model = {};      ///< path as chosen; empty: the default model
    QString prediction = QStringLiteral("auto");
    std::vector<ListedLora> loras = {};
    QString device = QStringLiteral("cpu"), precision = QStringLiteral("auto");
    std::optional<BranchPoint> branch =
        {}; ///< where the next run goes on from; else from the start
    /// It is chosen again when it is back, unless another one was chosen meanwhile.
    std::optional<MissingMethod> missing = {};

    bool operator==(const Document&) const = default;
    bool seedKnown() const { return seedLocked || seedDrawn; } ///< of the next run
    const std::vector<Input>& pictures(const std::string& slot) const;
    const Input& picture(const Place& place) const; ///< an empty one where there is none
    const Choices& chosen() const;                  ///< for its method
};

/// One step of the history: what was edited, before and after.
struct Edit
{
    Document before = {}, after = {};
    QString label = {}; ///< in words, "Swap A and A\u2032"; empty: what is different says it
    int number = 0;     ///< of the step
};

/// The document that is open, and the one place where it changes. Each signal comes once a change,
/// for what is different only.
class Editor : public QObject
{
    Q_OBJECT

public:
    explicit Editor(const MethodList& methods, QObject* parent = nullptr);

    const MethodList& methods() const { return m_methods; }
    const Document& document() const { return m_document; }
    /// Takes a changed document; edited() follows. Another method must be one that there is; with
    /// it the document is no branch any more.
    void set(Document document);
    /// Takes a document that was not edited: an earlier one that comes back, or what the start of
    /// the program gives. replaced() follows, and it is no step of the history.
    void put(Document document);
    /// Changes a copy and takes it.
    template<typename Change>
    void change(Change change)
    {
        Document changed = m_document;
        change(changed);
        set(std::move(changed));
    }
    const Method& method() const; ///< one without slots where no plug-in was found

    /// As long as one of these lives, all that is changed is one step of the history, by the label
    /// and number of the outermost.
    class Step
    {
    public:
        Step(Editor& editor, const QString& label);
        /// What comes late and belongs to step @p number; 0: to a new one.
        Step(Editor& editor, const QString& label, int number);
        ~Step();
        Step(const Step&) = delete;
        Step& operator=(const Step&) = delete;

    private:
        Editor& m_editor;
    };
    /// The number of the step that is under way, else that of the last one.
    int step() const { return m_depth > 0 ? m_open.number : m_steps; }
    bool inStep() const { return m_depth > 0; }

    /// What the values below those set by hand come from.
    const ModelCard& card() const { return m_card; }
    void setCard(ModelCard card);

    /// Values: by hand, else preset, else the model's, else the method's own.
    Value value(const std::string& id) const;
    Values values() const; ///< all of the method's
    bool setByHand(const std::string& id) const;
    void setValue(const std::string& id, const Value& value);
    void resetValue(const std::string& id);
    /// Where the value comes from, to show: "set by hand", "preset Deblur", "recommended for Simile
    /// mini", "the paper's", "the method's own".
    QString origin(const std::string& id) const;
    void setPreset(const std::string& id); ///< empty: none; one that there is not: no change
    /// The changes inside the network, for the method.
    const std::vector<Touch>& touches() const { return m_document.chosen().touches; }
    void setTouches(std::vector<Touch> touches);
    void addTouch(const Touch& touch); ///< behind the others; one that is there already: no change
    void removeTouch(int at);
    void setSeed(uint64_t seed); ///< a seed that is set is meant: this locks it
    void drawSeed();             ///< another one; for the next run only, unless the seed is locked
    void freeSeed();             ///< every run draws one of its own from now on

Q_SIGNALS:
    void edited(const Edit& edit);         ///< a step is done, after what it changed was told
    void replaced(const Document& before); ///< by put(), after what is different was told
    void methodChanged();
    void inputChanged(const std::string& slot);
    /// Also when what lies below a value changes; empty id: all of them.
    void valueChanged(const std::string& id);
    void touchesChanged(); ///< also with the method
    void seedChanged();    ///< the seed, its lock, whether the next run takes it
    void deviceChanged();  ///< device, precision or prediction
    void modelChosen();    ///< another path
    void lorasChanged();   ///< the list, or what of it is on
    void branchChanged();  ///< where the next run goes on from
    void cardChanged();

private:
    struct Sourced
    {
        Value value = {};
        QString origin = {};
    };
    Sourced sourced(const std::string& id) const;
    void take(Document document);
    void tellInputs(const Document& before);
    void tellValues(const Document& before);

    const MethodList& m_methods;
    Document m_document;
    ModelCard m_card;
    Edit m_open; ///< the step that is under way
    int m_depth = 0, m_steps = 0;
};
