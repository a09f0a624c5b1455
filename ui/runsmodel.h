// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QPixmap>
#include <QSortFilterProxyModel>

#include <map>
#include <string>
#include <vector>

class Session;
struct Run;

/// The runs as rows, the newest first. A thumbnail is made when it is first asked for.
class RunsModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        NumberRole = Qt::UserRole,
        ModeRole,  ///< the name of the method
        StateRole, ///< in a word; empty: done
        StarRole,
        WordsRole,  ///< all that can be searched
        MethodRole, ///< its id
    };
    static constexpr int side = 64; ///< of a thumbnail

    explicit RunsModel(Session& session, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QModelIndex indexOf(int number) const; ///< not valid where there is none

private:
    void add(int number);
    void remove(int number);
    void refresh(int number);
    const Run* at(const QModelIndex& index) const;
    QPixmap thumbnail(const Run& run) const;

    Session& m_session;
    std::vector<int> m_numbers; ///< of the rows
    mutable std::map<int, QPixmap> m_thumbnails;
};

/// Those of the runs that are looked for.
class RunsFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setWords(const QString& words);       ///< each of them must be there; empty: all runs
    void setMethod(const std::string& method); ///< its id; empty: all
    void setStarred(bool starred);             ///< only those
    bool filters() const { return !m_words.isEmpty() || !m_method.empty() || m_starred; }

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    QStringList m_words;
    std::string m_method;
    bool m_starred = false;
};
