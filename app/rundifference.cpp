// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/rundifference.h"

#include "app/editlabel.h"
#include "app/loras.h"
#include "app/runs.h"
#include "app/translated.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <set>

namespace {

struct DifferenceWords
{
    Q_DECLARE_TR_FUNCTIONS(RunDifference)
};

const QString& none()
{
    static const QString dash = QStringLiteral("\u2013");
    return dash;
}

QString text(const Value& value)
{
    const QString shown = QString::fromStdString(toText(value));
    return shown.isEmpty() ? none() : shown;
}

/// The pictures of a slot by their names, with what stands beside them.
QString picturesText(const std::vector<Input>& inputs)
{
    QStringList all;
    for (const Input& input : inputs) {
        QString one = input.name.empty() ? DifferenceWords::tr("a picture")
                                         : QString::fromStdString(input.name);
        if (!input.kind.empty())
            one += QStringLiteral(", %1").arg(QString::fromStdString(input.kind));
        if (input.weight != 1)
            one += QStringLiteral(" \u00D7 %1").arg(input.weight);
        if (input.begin != 0 || input.end != 1)
            one += QStringLiteral(" (%1\u2013%2)").arg(input.begin).arg(input.end);
        all << one;
    }
    return all.isEmpty() ? none() : all.join(QStringLiteral("; "));
}

struct Comparison
{
    std::vector<RunDifference> found = {};

    void add(const QString& what, const QString& first, const QString& second)
    {
        if (first != second)
            found.push_back({what, first, second});
    }
};

void comparePictures(Comparison& all, const Method* method, const Request& a, const Request& b)
{
    std::set<std::string> slots;
    for (const Request* request : {&a, &b})
        for (const auto& [id, inputs] : request->images)
            slots.insert(id);
    const auto of = [](const Request& request, const std::string& id) {
        const auto found = request.images.find(id);
        return found == request.images.end() ? std::vector<Input>() : found->second;
    };
    for (const std::string& id : slots) {
        const std::vector<Input> first = of(a, id), second = of(b, id);
        if (first == second)
            continue;
        const Slot* slot = method ? ::slot(*method, id) : nullptr;
        QString was = picturesText(first), is = picturesText(second);
        if (was == is)
            is = DifferenceWords::tr("%1 (another picture)").arg(is);
        all.add(slot ? placeLabel(*slot, 0) : QString::fromStdString(id), was, is);
    }
}

/// Of two methods what both have.
void compareValues(
    Comparison& all, const Method* method, bool sameMethod, const Values& a, const Values& b)
{
    std::set<std::string> ids;
    for (const Values* values : {&a, &b})
        for (const auto& [id, value] : *values)
            if (sameMethod || (a.contains(id) && b.contains(id)))
                ids.insert(id);
    const auto of = [](const Values& values, const std::string& id) {
        const auto found = values.find(id);
        return found == values.end() ? none() : text(found->second);
    };
    const auto add = [&](const std::string& id, const QString& label) {
        all.add(label, of(a, id), of(b, id));
        ids.erase(id);
    };
    if (method)
        for (const Parameter& p : method->parameters) // in the order of the form
            if (ids.contains(p.id))
                add(p.id, translated(p.label));
    for (const std::string& id : std::set<std::string>(ids))
        add(id, QString::fromStdString(id));
}

/// "style.safetensors × 0.8, ..."; of a LoRA without a name the beginning of its hash.
QString lorasText(const std::vector<Lora>& loras)
{
    QStringList list;
    for (const Lora& lora : loras)
        list.append(QStringLiteral("%1 \u00d7 %2").arg(loraName(lora)).arg(lora.weight));
    return list.join(QStringLiteral(", "));
}

QString methodName(const Making& making)
{
    return making.method ? translated(making.method->name)
                         : QString::fromStdString(making.request.method);
}

} // namespace

std::vector<RunDifference> differences(const Making& first, const Making& second)
{
    const Method* method = second.method ? second.method : first.method;
    const Request &a = first.request, &b = second.request;
    Comparison all;
    all.add(DifferenceWords::tr("Mode"), methodName(first), methodName(second));
    all.add(DifferenceWords::tr("Model"), first.model, second.model);
    all.add(DifferenceWords::tr("LoRAs"), lorasText(a.loras), lorasText(b.loras));
    comparePictures(all, method, a, b);
    all.add(DifferenceWords::tr("Seed"), QString::number(a.seed), QString::number(b.seed));
    compareValues(all, method, a.method == b.method, first.values, second.values);
    const auto text = [](const std::string& s) { return QString::fromStdString(s); };
    all.add(DifferenceWords::tr("Device"), text(a.device), text(b.device));
    all.add(DifferenceWords::tr("Precision"), text(a.precision), text(b.precision));
    all.add(DifferenceWords::tr("The model predicts"), text(a.prediction), text(b.prediction));
    return all.found;
}

std::vector<RunDifference> differences(const Runs& runs, const Run& first, const Run& second)
{
    const auto making = [&](const Run& run) {
        return Making {runs.methodOf(run), run.request(), run.values(), run.model};
    };
    return differences(making(first), making(second));
}

QString runTitle(const Runs& runs, const Run& run)
{
    if (!run.marks.name.isEmpty())
        return run.marks.name;
    const Method* method = runs.methodOf(run);
    const Parameter* prompt = method ? parameter(*method, Role::Prompt) : nullptr;
    const auto said = prompt ? run.values().find(prompt->id) : run.values().end();
    if (said != run.values().end() && !toText(said->second).empty())
        return QString::fromStdString(toText(said->second)).simplified();
    const Slot* main = method ? mainSlot(*method) : nullptr;
    const auto pictures = main ? run.request().images.find(main->id) : run.request().images.end();
    if (pictures != run.request().images.end() && !pictures->second.empty())
        return QString::fromStdString(pictures->second.front().name);
    return DifferenceWords::tr("Run %1").arg(run.number);
}
