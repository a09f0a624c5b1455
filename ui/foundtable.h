// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/foundmodels.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>
#include <QString>
#include <QStringList>

#include <optional>

class Editor;

/// The networks that were found as rows: what each is, for which modes, its size and whose it is.
class FoundTable : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// @p slot: of the parameter that one is chosen for; null: anything.
    FoundTable(
        const FoundModels& found, const Editor& editor, const NetworkSlot* slot,
        QObject* parent = nullptr);

    enum Column { Name, What, Modes, Size, From };

    const FoundNetwork* at(int row) const; ///< null: there is none
    int row(const QString& path) const;    ///< -1: there is none
    /// Why it is of no use now, in a sentence; empty: it is.
    Sentence problem(const FoundNetwork& found) const;
    bool isFavourite(const FoundNetwork& found) const;
    bool isRecent(const FoundNetwork& found) const;
    /// Takes over what is found now, and what became a favourite.
    void refresh();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    QString text(const FoundNetwork& found, int column) const;

    const FoundModels& m_found;
    const Editor& m_editor;
    const NetworkSlot* m_slot;
    std::vector<FoundNetwork> m_list;
    QStringList m_favourites, m_recent;
};

/// Which rows are shown, and in which order: favourites first, then what was used lately, then what
/// fits.
class FoundFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit FoundFilter(FoundTable& table, QObject* parent = nullptr);

    void setWords(const QString& words);
    void setUse(std::optional<NetworkUse> use); ///< nothing: all
    void setFittingOnly(bool on);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    int rank(const FoundNetwork& found) const;

    FoundTable& m_table;
    QString m_words;
    std::optional<NetworkUse> m_use;
    bool m_fittingOnly = true;
};
