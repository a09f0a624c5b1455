// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <map>

class ImageView;
class QAction;
class QWidget;

/// All actions of the window by id: menus, tool bar and shortcuts read this one registry.
class Actions : public QObject
{
    Q_OBJECT

public:
    explicit Actions(QObject* parent = nullptr);

    QAction* operator()(const char* id) const;
    QList<QAction*> all() const; ///< but those of painting
    QList<QAction*> painting() const;
    /// Lets the single letters act where @p view has the focus, and nowhere else.
    void addLettersTo(QWidget& view) const;
    /// The others act everywhere in @p window.
    void addWideTo(QWidget& window) const;
    /// Those of painting act while @p pane is seen, their single keys where it has the focus.
    void addPaintingTo(QWidget& pane) const;
    /// Lets the actions that zoom act on @p view while it is seen.
    void connectZoom(ImageView& view) const;

private:
    std::map<QString, QAction*> m_actions;
};
