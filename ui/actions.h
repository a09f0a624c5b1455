// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QObject>
#include <QPointer>
#include <QString>

#include <map>
#include <vector>

class ImageView;
class QAction;
class QWidget;

/// A key that a view or a list takes itself, so that nobody can change it.
struct FixedKey
{
    bool painting = false; ///< where it acts: while painting, or in the views
    QString keys = {};     ///< apart by a blank, as QKeySequence reads them
    QString what = {};
};

/// All actions of the window by id: menus, tool bar, shortcuts and the search of commands read this
/// one registry. Their keys can be changed, and stay so.
class Actions : public QObject
{
    Q_OBJECT

public:
    explicit Actions(QObject* parent = nullptr);

    QAction* operator()(const char* id) const;
    QList<QAction*> all() const; ///< but those of painting
    QList<QAction*> painting() const;
    /// Takes an action that somebody else made, by its object name, with its tip and its keys.
    void adopt(QAction& action);
    /// Lets the single letters act where @p view has the focus, and nowhere else.
    void addLettersTo(QWidget& view);
    /// The others act everywhere in @p window.
    void addWideTo(QWidget& window);
    /// Those of painting act while @p pane is seen, their single keys where it has the focus.
    void addPaintingTo(QWidget& pane) const;
    /// Lets the actions that zoom act on @p view while it is seen.
    void connectZoom(ImageView& view) const;

    /// Gives an action other keys, for the next start, too.
    void setKeys(QAction& action, const QList<QKeySequence>& keys);
    QList<QKeySequence> usualKeys(const QAction& action) const;
    /// Who acts by @p key where @p action would: another action, or else the words of a key that is
    /// fixed. Neither: it is free.
    struct Holder
    {
        QAction* action = nullptr;
        QString fixed = {};
    };
    Holder holder(const QAction& action, const QKeySequence& key) const;
    /// Whether it acts in the views alone.
    bool isLetter(const QAction& action) const;
    /// Why an action that is disabled is so; empty: not known.
    QString why(const QAction& action) const;
    static const std::vector<FixedKey>& fixedKeys();
    /// The first of its keys, as people read them; empty: it has none.
    static QString keyText(const QAction& action);
    /// What it does, with its key.
    static QString tipOf(const QAction& action);

Q_SIGNALS:
    void keysChanged();

private:
    void show(QAction& action, const QList<QKeySequence>& keys);
    void place(QAction& action);
    bool isPainting(const QAction& action) const;

    std::map<QString, QAction*> m_actions;
    std::map<QString, QList<QKeySequence>> m_usual;
    QList<QAction*> m_adopted;
    QList<QPointer<QWidget>> m_views, m_windows;
};
