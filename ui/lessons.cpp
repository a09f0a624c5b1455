// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/lessons.h"

#include "app/methodlist.h"
#include "app/translated.h"
#include "core/errors.h"
#include "core/file/files.h"
#include "core/file/resources.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <filesystem>

namespace {

Lesson::Page pageFrom(const QJsonObject& object)
{
    const auto at = [&](const char* key) { return object.value(QLatin1String(key)); };
    Lesson::Page page;
    page.text = translated(inWords(at("text").toString().toStdString()));
    page.view = inspectStateFrom(QJsonDocument(at("view").toObject()).toJson()).view;
    for (const QJsonValue& word : at("words").toArray())
        page.words << word.toString();
    for (const QJsonValue& place : at("places").toArray())
        page.view.spots.push_back(
            {.corners = {{place.toArray().at(0).toDouble(), place.toArray().at(1).toDouble()}}});
    page.part = at("part").toDouble(1);
    if (at("opacity").isDouble())
        page.opacity = at("opacity").toDouble();
    return page;
}

Lesson lessonFrom(const QJsonObject& object, const Method& method)
{
    Lesson lesson {
        .title = translated(inWords(object[QLatin1String("title")].toString().toStdString())),
        .method = method.id,
        .sample = object[QLatin1String("sample")].toString().toStdString(),
        .seed = uint64_t(object[QLatin1String("seed")].toInteger())};
    const QJsonObject values = object[QLatin1String("values")].toObject();
    for (auto value = values.begin(); value != values.end(); ++value) {
        const std::string id = value.key().toStdString();
        lesson.values[id] = parseValue(parameter(method, id), value->toString().toStdString());
    }
    for (const QJsonValue& page : object[QLatin1String("pages")].toArray())
        lesson.pages.push_back(pageFrom(page.toObject()));
    return lesson;
}

} // namespace

std::vector<Lesson> readLessons(const MethodList& methods)
{
    std::vector<std::filesystem::path> files;
    std::error_code none;
    for (const auto& entry :
         std::filesystem::directory_iterator(resourceFolder() / "lessons", none))
        files.push_back(entry.path());
    std::ranges::sort(files);
    std::vector<Lesson> lessons;
    for (const auto& file : files) {
        const QByteArray json = QByteArray::fromStdString(readText(file));
        const QJsonObject object = QJsonDocument::fromJson(json).object();
        const Method* method =
            methods.find(object[QLatin1String("method")].toString().toStdString());
        if (!method)
            continue;
        Lesson lesson = lessonFrom(object, *method);
        if (lesson.title.isEmpty() || lesson.pages.empty())
            throw Error(
                "The lesson %1 is damaged: install the program anew.", file.filename().string());
        lessons.push_back(std::move(lesson));
    }
    return lessons;
}
