// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/foundfolders.h"

#include <QSettings>

namespace {

const QLatin1String foldersKey("networkFolders"), favouritesKey("favouriteNetworks");

/// A list of one is read back as a text; anything else is damage.
QStringList listAt(QLatin1String key)
{
    const QVariant value = QSettings().value(key);
    const bool list =
        value.typeId() == QMetaType::QStringList || value.typeId() == QMetaType::QString;
    QStringList texts = list ? value.toStringList() : QStringList();
    texts.removeAll(QString());
    texts.removeDuplicates();
    return texts;
}

} // namespace

QStringList foundFolders()
{
    return listAt(foldersKey);
}

void setFoundFolders(const QStringList& folders)
{
    QSettings().setValue(foldersKey, folders);
}

QStringList favouriteNetworks()
{
    return listAt(favouritesKey);
}

void setFavouriteNetwork(const QString& path, bool favourite)
{
    QStringList paths = favouriteNetworks();
    paths.removeAll(path);
    if (favourite)
        paths.append(path);
    QSettings().setValue(favouritesKey, paths);
}
