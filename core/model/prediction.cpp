// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/prediction.h"

#include "core/errors.h"
#include "core/file/files.h"
#include "core/file/json.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string_view>

namespace fs = std::filesystem;

namespace {

/// What the marks of a single file say.
struct Marks
{
    std::optional<bool> velocity = {}; ///< nothing: they do not say
    bool zeroSnr = false;
    std::vector<Sentence> notes = {};
};

std::string_view withoutBlanks(std::string_view text)
{
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    return text;
}

using Words = std::initializer_list<std::string_view>;

/// The value that a line of YAML gives to a key, without quotes and a remark behind it; empty: it
/// is no such line.
std::string_view valueOn(std::string_view line, std::string_view key)
{
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    line = withoutBlanks(line);
    if (!line.starts_with(key) || !line.substr(key.size()).starts_with(':'))
        return {};
    line = withoutBlanks(line.substr(key.size() + 1));
    const auto skipQuote = [&] {
        line.remove_prefix(line.starts_with('"') || line.starts_with('\''));
    };
    skipQuote();
    const std::string_view value = line.substr(0, line.find_first_of(" \t\"'#"));
    line.remove_prefix(value.size());
    skipQuote();
    line = withoutBlanks(line);
    return line.empty() || line.starts_with('#') ? value : std::string_view();
}

/// The first of these values, in whatever case, that one of the keys has in CompVis' configuration,
/// on a line of its own; empty: none has.
std::string_view valueIn(std::string_view yaml, Words keys, Words values)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; };
    while (!yaml.empty()) {
        const std::string_view line = yaml.substr(0, yaml.find('\n'));
        yaml.remove_prefix(std::min(line.size() + 1, yaml.size()));
        for (const std::string_view key : keys)
            for (const std::string_view value : values)
                if (std::ranges::equal(valueOn(line, key), value, {}, lower))
                    return value;
    }
    return {};
}

void readConfiguration(const fs::path& model, Marks& marks)
{
    for (const char* extension : {".yaml", ".yml"}) {
        fs::path file = model;
        file.replace_extension(extension);
        std::error_code none;
        if (!fs::is_regular_file(file, none))
            continue;
        const std::string text = readText(file, 1 << 20), name = file.filename().string();
        const std::string_view value = valueIn(text, {"parameterization"}, {"v", "eps"});
        if (!value.empty()) {
            marks.velocity = value == "v";
            marks.notes.emplace_back(
                *marks.velocity ? "The file %1 beside it says that it predicts velocity."
                                : "The file %1 beside it says that it predicts noise.",
                name);
        }
        marks.zeroSnr =
            !valueIn(
                 text, {"rescale_betas_zero_snr", "zero_terminal_snr", "zero_snr", "ztsnr", "zsnr"},
                 {"true"})
                 .empty();
        return;
    }
}

/// Tensors without anything in them, which are there to be seen.
void readKeys(const ModelFiles& files, Marks& marks)
{
    const auto has = [&](const char* key) {
        return std::ranges::find(files.ignored, key) != files.ignored.end();
    };
    marks.zeroSnr = marks.zeroSnr || has("ztsnr");
    if (marks.velocity || !has("v_pred"))
        return;
    marks.velocity = true;
    marks.notes.emplace_back("It is marked as a v-prediction model (%1).", std::string("v_pred"));
}

void readMetadata(const ModelFiles& files, Marks& marks)
{
    const auto value = [&](const char* key) {
        const auto found = files.metadata.find(key);
        return found == files.metadata.end() ? std::string() : found->second;
    };
    const auto isTrue = [&](const char* key) { return value(key).ends_with("rue"); }; // with T or t
    marks.zeroSnr = marks.zeroSnr || isTrue("ss_zero_terminal_snr");
    if (marks.velocity)
        return;
    if (const std::string type = value("modelspec.prediction_type"); !type.empty())
        marks.velocity = type.starts_with("v");
    else if (isTrue("ss_v_parameterization"))
        marks.velocity = true;
}

/// The strongest first: what somebody put beside the file, what its maker put into it.
Marks marksOf(const ModelFiles& files, const fs::path& model)
{
    Marks marks;
    std::error_code none;
    if (fs::is_directory(model, none))
        return marks;
    readConfiguration(model, marks);
    readKeys(files, marks);
    readMetadata(files, marks);
    if (!marks.velocity && marks.zeroSnr) // at the last level noise says nothing of a picture
        marks.velocity = true;
    if (marks.zeroSnr && !*marks.velocity) {
        marks.zeroSnr = false;
        marks.notes.emplace_back(
            "It is marked as a model whose noise ends without any signal, which only one that "
            "predicts velocity can be: that mark is not followed.");
    } else if (marks.zeroSnr) {
        marks.notes.emplace_back(
            "It is marked as a model whose noise ends without any signal (zero terminal SNR): its "
            "noise levels are rescaled, and steps begin at the last one.");
    }
    return marks;
}

/// A guess by the weights, since a single file does not say it: the spread of one norm's bias is
/// wider in v-prediction models of SD 2.
bool looksLikeVelocity(const ModelFiles& files)
{
    const auto found =
        files.unet.tensors.find("up_blocks.3.attentions.2.transformer_blocks.0.norm1.bias");
    if (found == files.unet.tensors.end())
        return false;
    const PartFiles::Place& place = found->second;
    return place.file->tensor(place.name).to(at::kDouble).std(0, false).item<double>() > 0.09;
}

} // namespace

void describePrediction(const ModelFiles& files, ModelCard& card)
{
    if (!files.scheduler.empty()) {
        const auto json = parseJson(
            files.scheduler,
            {"The file %1", (card.path / "scheduler" / "scheduler_config.json").string()});
        card.velocity = json.is_object()
            && isText(json.value("prediction_type", nlohmann::json()), "v_prediction");
        return;
    }
    const Marks marks = marksOf(files, card.path);
    card.guessesPrediction = !marks.velocity;
    card.velocity = marks.velocity
        ? *marks.velocity
        : card.contextWidth == 1024 && card.channels == 4 && looksLikeVelocity(files);
    card.notes.insert(card.notes.end(), marks.notes.begin(), marks.notes.end());
}

bool endsWithoutSignal(const ModelFiles& files, const fs::path& model)
{
    return marksOf(files, model).zeroSnr;
}
