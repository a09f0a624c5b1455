// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/tracefile.h"

#include "core/checkedjson.h"
#include "core/errors.h"
#include "core/file/json.h"
#include "core/weights/safetensors.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <climits>
#include <cstring>

using Json = nlohmann::json;

namespace {

constexpr const char* key = "simile_trace";
constexpr int mostSide = 1 << 14; // of anything that a file says; a picture's side is less
constexpr int mostLatent = 1024;  // maps are made in that size
constexpr std::array kindNames = {"self", "cross", "block", "block-input", "control"};

std::string tensorName(size_t pass, const TraceSite& site, const char* what)
{
    return std::to_string(pass) + "." + kindNames.at(size_t(site.kind)) + "."
        + std::to_string(site.layer) + "." + what;
}

Tensor tensorOf(const Numbers& numbers)
{
    if (numbers.empty()) // which may have no shape, as a single number has
        return at::empty({0}, at::kFloat);
    Tensor x = at::empty(numbers.shape(), numbers.isHalf() ? at::kHalf : at::kFloat);
    if (numbers.isHalf())
        std::memcpy(x.data_ptr(), numbers.halves().data(), numbers.halves().size_bytes());
    else
        std::memcpy(x.data_ptr(), numbers.singles().data(), numbers.singles().size_bytes());
    return x;
}

Tensor tensorOf(const std::vector<float>& list)
{
    return at::tensor(at::ArrayRef<float>(list));
}

Json toJson(const Subject& subject)
{
    return {
        {"source", subject.source},
        {"candidate", subject.candidate},
        {"negative", subject.negative}};
}

int wholeAt(const Json& json, const char* entry, int least, int most)
{
    return int(checked::asWhole(json.at(entry), entry, least, most));
}

/// One of the two sides that stand at an entry.
int sideAt(const Json& json, const char* entry, size_t which, int least, int most)
{
    return int(checked::asWhole(json.at(entry).at(which), entry, least, most));
}

Subject subjectOf(const Json& json)
{
    return {json.at("source"), wholeAt(json, "candidate", 0, INT_MAX), json.at("negative")};
}

int cellIn(const Json& json)
{
    return int(checked::asWhole(json, "rule", 0, 3)); // A, A', B, B'
}

Json toJson(const AttentionRule& rule)
{
    Json json = Json::object();
    for (const auto& each : rule.cloned)
        json["cloned"].push_back(
            {each.queries, each.keys, each.likeQueries, each.likeKeys, each.times});
    for (const auto& each : rule.shares)
        json["shares"].push_back({each.queries, each.keys, each.times});
    if (!rule.silent.empty())
        json["silent"] = rule.silent;
    return json;
}

AttentionRule ruleOf(const Json& json)
{
    AttentionRule rule;
    for (const Json& each : json.value("cloned", Json::array()))
        rule.cloned.push_back(
            {cellIn(each.at(0)), cellIn(each.at(1)), cellIn(each.at(2)), cellIn(each.at(3)),
             each.at(4)});
    for (const Json& each : json.value("shares", Json::array()))
        rule.shares.push_back({cellIn(each.at(0)), cellIn(each.at(1)), each.at(2)});
    for (const Json& each : json.value("silent", Json::array()))
        rule.silent.push_back(cellIn(each));
    return rule;
}

/// The lists of a rule, of which there may be thousands of numbers.
std::array<std::pair<const char*, std::vector<float> AttentionRule::*>, 3> ruleLists()
{
    return {
        {{"key_weights", &AttentionRule::keyWeights},
         {"key_times", &AttentionRule::keyTimes},
         {"row_times", &AttentionRule::rowTimes}}};
}

/// Both ways of an attention's lists, so that none is forgotten in one of them.
template<typename Trace, typename Visit>
void visitLists(Trace& trace, Visit visit)
{
    visit("log_sums", trace.logSums);
    visit("shares", trace.figures.shares);
    visit("shares_before", trace.figures.sharesBefore);
    for (const auto& [name, list] : ruleLists())
        visit(name, trace.rule.*list);
}

struct Writer
{
    std::map<std::string, Tensor> tensors = {};

    Json attention(size_t pass, const TraceSite& site, const AttentionTrace& trace)
    {
        tensors[tensorName(pass, site, "query")] = tensorOf(trace.query);
        tensors[tensorName(pass, site, "key")] = tensorOf(trace.key);
        visitLists(trace, [&](const char* name, const std::vector<float>& list) {
            if (!list.empty())
                tensors[tensorName(pass, site, name)] = tensorOf(list);
        });
        return {
            {"kind", kindNames.at(size_t(site.kind))},
            {"layer", site.layer},
            {"name", trace.name},
            {"size", {trace.height, trace.width}},
            {"heads", trace.heads},
            {"keys", trace.keys},
            {"features", trace.features},
            {"scale", trace.scale},
            {"rule", toJson(trace.rule)},
            {"injected", trace.injected},
            {"entropy", trace.figures.entropy},
            {"rows", trace.figures.rows}};
    }
    Json feature(size_t pass, const TraceSite& site, const FeatureTrace& trace)
    {
        tensors[tensorName(pass, site, "values")] = tensorOf(trace.values);
        return {
            {"kind", kindNames.at(size_t(site.kind))},
            {"layer", site.layer},
            {"name", trace.name},
            {"injected", trace.injected}};
    }
    Json setting(const TraceSetting& setting)
    {
        Json json = {
            {"latent", {setting.latentHeight, setting.latentWidth}}, {"grid", setting.grid}};
        for (const auto& [subject, tokens] : setting.tokens) {
            Json list = Json::array();
            for (const ContextToken& token : tokens)
                list.push_back({token.text, token.word});
            json["tokens"].push_back({{"subject", toJson(subject)}, {"tokens", list}});
        }
        for (size_t i = 0; i < setting.references.size(); ++i) {
            const ReferenceTrace& reference = setting.references[i];
            tensors["setting.reference." + std::to_string(i)] = tensorOf(reference.origins);
            json["references"].push_back(
                {{"first", reference.firstToken},
                 {"weight", reference.weight},
                 {"size", {reference.height, reference.width}}});
        }
        return json;
    }
};

struct Reader
{
    const SafetensorsFile& file;

    Numbers numbers(const std::string& name) const
    {
        const Tensor x = file.tensor(name);
        if (x.scalar_type() == at::kHalf) {
            std::vector<uint16_t> halves(size_t(x.numel()));
            std::memcpy(halves.data(), x.data_ptr(), x.nbytes());
            return {x.sizes().vec(), std::move(halves)};
        }
        return {x.sizes().vec(), singles(x, name)};
    }
    std::vector<float> list(const std::string& name) const
    {
        return file.entries().contains(name) ? singles(file.tensor(name), name)
                                             : std::vector<float>();
    }
    static std::vector<float> singles(const Tensor& x, const std::string& name)
    {
        if (x.scalar_type() != at::kFloat)
            throw Error("its tensor %1 is of another type", name);
        return {x.const_data_ptr<float>(), x.const_data_ptr<float>() + x.numel()};
    }
    AttentionTrace attention(size_t pass, const TraceSite& site, const Json& json) const
    {
        AttentionTrace trace {
            .name = json.at("name"),
            .height = sideAt(json, "size", 0, 1, mostSide),
            .width = sideAt(json, "size", 1, 1, mostSide),
            .heads = wholeAt(json, "heads", 1, mostSide),
            .keys = wholeAt(json, "keys", 1, INT_MAX),
            .features = wholeAt(json, "features", 1, mostSide),
            .query = numbers(tensorName(pass, site, "query")),
            .key = numbers(tensorName(pass, site, "key")),
            .scale = json.at("scale"),
            .rule = ruleOf(json.at("rule")),
            .injected = json.at("injected"),
            .figures = {.entropy = json.at("entropy"), .rows = wholeAt(json, "rows", 0, INT_MAX)}};
        visitLists(trace, [&](const char* name, std::vector<float>& values) {
            values = list(tensorName(pass, site, name));
        });
        if (!fits(trace, site.kind == SiteKind::SelfAttention))
            throw Error("its tensors do not fit together");
        return trace;
    }
    /// Whether the sizes are those that whoever looks at an attention goes by.
    static bool fits(const AttentionTrace& trace, bool self)
    {
        const std::vector<int64_t> query = {trace.heads, trace.queries(), trace.features};
        const std::vector<int64_t> keys = {trace.heads, trace.keys, trace.features};
        const auto areSo = [](const std::vector<float>& list, int64_t count) {
            return list.empty() || int64_t(list.size()) == count;
        };
        const int64_t columns = self ? 4 : trace.keys; // of the shares of four cells
        const auto& [entropy, rows, shares, before] = trace.figures;
        return trace.query.shape() == query && trace.key.shape() == keys
            && (!self || trace.keys == trace.queries())
            && areSo(trace.logSums, int64_t(trace.heads) * trace.queries())
            && areSo(trace.rule.keyWeights, trace.keys) && areSo(trace.rule.keyTimes, trace.keys)
            && areSo(trace.rule.rowTimes, trace.queries()) && areSo(shares, 4 * columns)
            && before.size() == shares.size();
    }
    FeatureTrace feature(size_t pass, const TraceSite& site, const Json& json) const
    {
        FeatureTrace trace {
            .name = json.at("name"),
            .values = numbers(tensorName(pass, site, "values")),
            .injected = json.at("injected")};
        const std::vector<int64_t>& shape = trace.values.shape();
        if (shape.size() != 3
            || std::ranges::any_of(shape, [](int64_t n) { return n < 1 || n > mostSide; }))
            throw Error("its tensors do not fit together");
        return trace;
    }
    PassTrace pass(size_t number, const Json& json) const
    {
        PassTrace pass {.guidanceNorm = json.at("guidance")};
        int tokens = 0; // of the context, which all cross-attentions see
        for (const Json& each : json.at("sites")) {
            const auto kind = std::ranges::find(kindNames, each.at("kind").get<std::string>());
            if (kind == kindNames.end())
                throw Error("it has a site of an unknown kind");
            const TraceSite site = {
                SiteKind(kind - kindNames.begin()), wholeAt(each, "layer", 0, INT_MAX)};
            if (!each.contains("heads")) {
                pass.features[site] = feature(number, site, each);
                continue;
            }
            const AttentionTrace& made = pass.attention[site] = attention(number, site, each);
            if (site.kind != SiteKind::CrossAttention)
                continue;
            if (tokens != 0 && made.keys != tokens)
                throw Error("its tensors do not fit together");
            tokens = made.keys;
        }
        return pass;
    }
    TraceSetting setting(const Json& json) const
    {
        TraceSetting setting {
            .latentHeight = sideAt(json, "latent", 0, 0, mostLatent),
            .latentWidth = sideAt(json, "latent", 1, 0, mostLatent),
            .grid = json.at("grid")};
        for (const Json& each : json.value("tokens", Json::array()))
            for (const Json& token : each.at("tokens"))
                setting.tokens[subjectOf(each.at("subject"))].push_back({token.at(0), token.at(1)});
        size_t i = 0;
        for (const Json& each : json.value("references", Json::array())) {
            ReferenceTrace reference {
                .firstToken = wholeAt(each, "first", 0, INT_MAX / 2),
                .weight = each.at("weight"),
                .height = sideAt(each, "size", 0, 0, mostSide),
                .width = sideAt(each, "size", 1, 0, mostSide),
                .origins = numbers("setting.reference." + std::to_string(i++))};
            const std::vector<int64_t>& shape = reference.origins.shape();
            if (!reference.origins.empty()
                && (shape.size() != 2 || shape[0] > mostSide
                    || shape[1] != int64_t(reference.height) * reference.width))
                throw Error("its tensors do not fit together");
            setting.references.push_back(std::move(reference));
        }
        return setting;
    }
};

} // namespace

void saveTrace(const std::filesystem::path& path, const StepTrace& trace)
{
    Writer writer;
    Json json = {{"format", traceFormat}, {"step", trace.step}};
    if (trace.setting)
        json["setting"] = writer.setting(*trace.setting);
    size_t number = 0;
    json["passes"] = Json::array();
    for (const auto& [subject, pass] : trace.passes) {
        Json sites = Json::array();
        for (const auto& [site, attention] : pass.attention)
            sites.push_back(writer.attention(number, site, attention));
        for (const auto& [site, feature] : pass.features)
            sites.push_back(writer.feature(number, site, feature));
        json["passes"].push_back(
            {{"subject", toJson(subject)}, {"guidance", pass.guidanceNorm}, {"sites", sites}});
        ++number;
    }
    // A prompt's token may be a part of a character.
    saveSafetensors(
        path, writer.tensors, {{key, json.dump(-1, ' ', true, Json::error_handler_t::replace)}});
}

std::shared_ptr<const StepTrace> readTrace(const std::filesystem::path& path)
{
    const SafetensorsFile file(path);
    const auto text = file.metadata().find(key);
    if (text == file.metadata().end())
        throw Error("The file %1 does not hold what a network held.", path.string());
    try {
        const Json json = parseJson(text->second, "its description");
        if (json.at("format").get<int>() > traceFormat)
            throw Error("it is from a newer version of Simile");
        const Reader reader {file};
        StepTrace trace {.step = json.at("step")};
        if (json.contains("setting"))
            trace.setting = std::make_shared<TraceSetting>(reader.setting(json.at("setting")));
        size_t number = 0;
        for (const Json& each : json.at("passes"))
            trace.passes[subjectOf(each.at("subject"))] = reader.pass(number++, each);
        return std::make_shared<const StepTrace>(std::move(trace));
    } catch (const Json::exception&) {
        throw Error("The file %1 is damaged: its description cannot be read.", path.string());
    } catch (const Error& error) {
        throw Error("The file %1 is damaged: %2.", path.string(), error.sentence());
    }
}
