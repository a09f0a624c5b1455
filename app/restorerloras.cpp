// SPDX-License-Identifier: GPL-3.0-or-later
// Of Restorer: the LoRAs of what is taken back.

#include "app/loras.h"
#include "app/restorer.h"

#include <QtConcurrent>

#include <algorithm>

/// Those, in their order, are on; what else is in the list stays there and is off.
void Restorer::takeLoras(const std::vector<Lora>& loras)
{
    m_editor.change([&](Document& d) {
        std::vector<ListedLora> list;
        for (const Lora& lora : loras)
            list.push_back({.lora = lora});
        for (ListedLora& other : d.loras)
            if (std::ranges::none_of(
                    loras, [&](const Lora& each) { return each.sha256 == other.lora.sha256; })) {
                other.on = false;
                list.push_back(std::move(other));
            }
        d.loras = std::move(list);
    });
}

/// Looks for the files of a record by their hashes, among those in the list and those that were
/// used before: its names are somebody else's.
void Restorer::lookForLoras(const Record& record)
{
    takeLoras({});
    if (record.request.loras.empty())
        return;
    QStringList given;
    for (const ListedLora& listed : m_editor.document().loras)
        given.append(QString::fromStdString(listed.lora.file));
    struct Found
    {
        std::vector<Lora> loras = {};
        QStringList missing = {};
    };
    QtConcurrent::run([loras = record.request.loras, given]() mutable {
        Found found {.loras = std::move(loras)};
        found.missing = findLoras(found.loras, given);
        std::erase_if(found.loras, [](const Lora& lora) { return lora.file.empty(); });
        return found;
    }).then(this, [this, step = m_editor.step(), replaced = m_replaced](const Found& found) {
        if (replaced != m_replaced)
            return; // it was undone meanwhile
        if (!found.missing.isEmpty())
            Q_EMIT notes({tr("The picture was made with LoRAs that are not among the known ones, "
                             "and without them the result will differ: %1.")
                              .arg(found.missing.join(QStringLiteral(", ")))});
        const Editor::Step late(m_editor, {}, step);
        takeLoras(found.loras);
    });
}
