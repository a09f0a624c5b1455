// SPDX-License-Identifier: GPL-3.0-or-later
// Of Restorer: the model and the LoRAs of what is taken back.

#include "app/background.h"
#include "app/loras.h"
#include "app/modelchoice.h"
#include "app/restorer.h"
#include "app/runrecord.h"
#include "app/settings.h"

#include <QtConcurrentRun>

#include <algorithm>

/// Looks for the model of a record by its hash among the models that are known.
void Restorer::findModel(const Record& record)
{
    if (record.modelHash.empty())
        return;
    QStringList paths {m_model.chosen(), QString()};
    paths += m_settings.recentModels();
    paths.removeDuplicates();
    const Values before = m_editor.document().chosen().byHand;
    whenDone(
        QtConcurrent::run([paths, hash = record.modelHash] { return modelOfHash(paths, hash); }),
        this,
        [this, record, before, step = m_editor.step(),
         replaced = m_replaced](const std::optional<QString>& path) {
            if (replaced != m_replaced)
                return; // it was undone meanwhile
            if (!path) {
                Q_EMIT notes({tr("The picture was made with the model %1, which is not among "
                                 "the known ones: "
                                 "another model gives another picture.")
                                  .arg(QString::fromStdString(record.model))});
                return;
            }
            if (*path == m_model.chosen())
                return;
            const Editor::Step late(m_editor, {}, step);
            m_model.choose(*path);
            m_model.whenKnown([this, record, before, step] { retakeValues(record, before, step); });
        });
}

/// Those, in their order, are on; what else is in the list stays there and is off.
void Restorer::takeLoras(const std::vector<Lora>& loras)
{
    m_editor.change([&](Document& d) {
        std::vector<ListedLora> list;
        for (const Lora& lora : loras)
            list.push_back({.lora = lora});
        for (ListedLora& other : d.loras)
            if (int(list.size()) < mostLoras && std::ranges::none_of(loras, [&](const Lora& each) {
                    return each.sha256 == other.lora.sha256;
                })) {
                other.on = false;
                list.push_back(std::move(other));
            }
        d.loras = std::move(list);
    });
}

/// Takes those whose files were found (findLoras()), and says which were not.
void Restorer::lookForLoras(const Record& record)
{
    std::vector<Lora> known;
    QStringList missing;
    for (const Lora& lora : record.request.loras)
        if (isPlaced(lora))
            known.push_back(lora);
        else
            missing.append(loraName(lora));
    takeLoras(known);
    if (!missing.isEmpty())
        Q_EMIT notes({tr("The picture was made with LoRAs that are not among the known ones, and "
                         "without them the result will differ: %1.")
                          .arg(missing.join(QStringLiteral(", ")))});
}
