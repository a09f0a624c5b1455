// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QPixmap>
#include <QSortFilterProxyModel>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

class Session;
struct Run;

/// The runs as rows, the newest first, but a branch behind the run that it goes on from, with its
/// own branches: a tree, laid flat. A thumbnail is made when it is first asked for.
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
        IconRole,   ///< of the mode; empty: it has none
        PlaceRole,  ///< "Run 3", or "4 from step 12" of a branch
        DepthRole,  ///< how deep it stands in the tree: 0 is a run of its own
        RootRole,   ///< the number of the run at the foot of its tree
    };
    static constexpr int side = 64; ///< of a thumbnail

    explicit RunsModel(Session& session, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QModelIndex indexOf(int number) const; ///< not valid where there is none

private:
    struct Row
    {
        int number = 0, depth = 0, root = 0;
        int64_t id = 0, parent = 0; ///< in the session; 0: none
    };

    void add(int number);
    int placeOf(Row& row) const;
    void arrange();
    void remove(int number);
    void refresh(int number);
    const Run* at(const QModelIndex& index) const;
    QPixmap thumbnail(const Run& run) const;

    Session& m_session;
    std::vector<Row> m_rows;
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
