// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/sample.h"

#include "core/errors.h"
#include "core/file/files.h"
#include "core/file/resources.h"
#include "core/picture/imagefile.h"

#include <QJsonDocument>
#include <QJsonObject>

Sample readSample(const Method& method)
{
    Sample sample;
    const auto folder = resourceFolder() / "samples" / method.id;
    const auto bytes = readText(folder / "sample.json");
    const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(bytes)).object();
    const QJsonObject pictures = object[QLatin1String("pictures")].toObject();
    for (const Slot& slot : method.slots) {
        const std::string name = pictures[QString::fromStdString(slot.id)].toString().toStdString();
        if (name.empty() && slot.needed)
            throw Error(
                "The sample in %1 has no picture for %2: install the program anew.",
                folder.string(), inWords(slot.label));
        if (!name.empty())
            sample.pictures[slot.id] = {{.image = loadImage(folder / name).image, .name = name}};
    }
    const QJsonObject values = object[QLatin1String("values")].toObject();
    for (auto value = values.begin(); value != values.end(); ++value) {
        const std::string id = value.key().toStdString();
        sample.values[id] = parseValue(parameter(method, id), value->toString().toStdString());
    }
    return sample;
}
