// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

#include <QObject>
#include <QString>

#include <compare>
#include <map>
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
    std::string preset = {}; ///< id; empty: none
    bool operator==(const Choices&) const = default;
};

/// All that the user edits, as one value: equal documents make equal runs, and putting an earlier
/// one back undoes what was done since. Pictures in it are shared, so copies are cheap.
struct Document
{
    std::string method = {};
    Pictures inputs = {};                        ///< of the slots of all methods
    std::map<std::string, Choices> choices = {}; ///< by method
    uint64_t seed = 42;
    bool seedLocked = false; ///< otherwise every start takes a new one
    QString model = {};      ///< path as chosen; empty: the default model
    QString prediction = QStringLiteral("auto");
    QString device = QStringLiteral("cpu"), precision = QStringLiteral("auto");

    bool operator==(const Document&) const = default;
    const std::vector<Input>& pictures(const std::string& slot) const;
    const Input& picture(const Place& place) const; ///< an empty one where there is none
    const Choices& chosen() const;                  ///< for its method
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
    /// Takes a changed document. Another method must be one that there is.
    void set(Document document);
    /// Changes a copy and takes it.
    template<typename Change>
    void change(Change change)
    {
        Document changed = m_document;
        change(changed);
        set(std::move(changed));
    }
    const Method& method() const; ///< one without slots where no plug-in was found

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
    void setSeed(uint64_t seed);           ///< a seed that is set is meant: this locks it

Q_SIGNALS:
    void methodChanged();
    void inputChanged(const std::string& slot);
    /// Also when what lies below a value changes; empty id: all of them.
    void valueChanged(const std::string& id);
    void seedChanged();   ///< the seed or its lock
    void deviceChanged(); ///< device, precision or prediction
    void modelChosen();   ///< another path
    void cardChanged();

private:
    struct Sourced
    {
        Value value = {};
        QString origin = {};
    };
    Sourced sourced(const std::string& id) const;
    void tellInputs(const Document& before);
    void tellValues(const Document& before);

    const MethodList& m_methods;
    Document m_document;
    ModelCard m_card;
};
