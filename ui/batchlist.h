// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QCache>
#include <QPixmap>
#include <QPointer>
#include <QTreeView>

class BatchRunner;
struct BatchItem;

/// The items of a batch as rows: the picture, what it becomes, its state or why it failed.
class BatchModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    explicit BatchModel(BatchRunner& runner, QObject* parent = nullptr);

    enum Column { Picture, Becomes, State };
    static constexpr int failedRole = Qt::UserRole; ///< whether it failed

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    const BatchItem* item(int at) const; ///< null: there is none
    QVariant dataOf(const BatchItem& item, const QModelIndex& index, int role) const;
    QString state(const BatchItem& item, int at) const;
    QPixmap thumbnail(const BatchItem& item, int at) const;
    void itemChanged(int at);
    void madeOther();

    QPointer<BatchRunner> m_runner; ///< goes first when the window goes
    mutable QCache<int, QPixmap> m_thumbnails;
    int m_making = -1;
};

/// The list of them, all or those alone that failed.
class BatchList : public QTreeView
{
    Q_OBJECT

public:
    explicit BatchList(BatchRunner& runner, QWidget* parent = nullptr);

    void setFailedOnly(bool on);

private:
    void fitColumns();
};
