// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/samemodel.h"

#include "app/settings.h"
#include "core/errors.h"
#include "core/models.h"

namespace fs = std::filesystem;

static std::string hashNow(const ModelCard& card)
{
    return modelHash(card, Settings::cacheFolder().toStdString());
}

std::string stampOf(const fs::path& model)
{
    try {
        return fileStamp(model);
    } catch (const std::exception&) { // it is being replaced, or cannot be read
        return {};
    }
}

std::string modelHashOf(const ModelMark& mark, const ModelCard& card)
{
    const auto isSame = [&] { return mark.stamp.empty() || mark.stamp == stampOf(card.path); };
    if (!mark.hash.empty() || !isSame())
        return mark.hash;
    try {
        const std::string hash = hashNow(card);
        return isSame() ? hash : std::string();
    } catch (const std::exception&) { // it was removed meanwhile
        return {};
    }
}

ModelMark goingOn(const ModelMark& mark)
{
    return mark == ModelMark() ? ModelMark {.stamp = "unknown"} : mark;
}

bool checkSameModel(
    const ModelMark& mark, ModelCard card, const Request& request, const StageReport& progress)
{
    if (std::error_code failed; !fs::exists(card.path, failed)) {
        if (!request.model.empty())
            return true; // a copy of it is loaded, or nothing, which the run says
        card.path = modelPath(request);
    }
    if (mark.hash.empty() || (!mark.stamp.empty() && mark.stamp == stampOf(card.path)))
        return true;
    if (!progress(StageEvent {"Looking whether the model is the same"}))
        return false;
    const std::string now = hashNow(card);
    if (!now.empty() && now != mark.hash)
        throw Error(
            "The model %1 is another file now than when the run was begun, and the steps of both "
            "make no picture together: put the former file back, or make the picture anew.",
            card.name);
    return !now.empty();
}
