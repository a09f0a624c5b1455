// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine.h"
#include "app/methodlist.h"
#include "app/session.h"
#include "app/settings.h"
#include "tests/app/toolmethods.h"
#include "ui/inputsdock.h"
#include "ui/mainwindow.h"
#include "ui/picturecell.h"
#include "ui/resultpane.h"

#include <QApplication>
#include <QListView>
#include <QTest>
#include <QThreadPool>
#include <QToolButton>

#include <initializer_list>

/// Waits for what is done to pictures in the background, and for what follows from it.
inline void finishConversions()
{
    QThreadPool::globalInstance()->waitForDone();
    QCoreApplication::processEvents();
}

/// Selects rows of a list and gives it the keyboard.
inline void chooseRows(QListView& list, std::initializer_list<int> rows)
{
    list.setFocus();
    list.selectionModel()->clear();
    for (const int row : rows)
        list.selectionModel()->setCurrentIndex(
            list.model()->index(row, 0), QItemSelectionModel::Select);
}

inline Method analogyMethod()
{
    Method method = countingMethod();
    method.name = "Analogy";
    return method;
}

/// The window with some methods, in one of their modes.
struct WindowFixture
{
    Settings settings = {};
    Engine engine;
    MethodList methods;
    Session session {engine, methods, settings};
    MainWindow window {session, settings};

    WindowFixture(std::vector<Method> list, const char* mode)
        : WindowFixture(MethodList(std::move(list)), mode)
    {
    }
    WindowFixture(MethodList list, const char* mode)
        : methods(std::move(list))
    {
        window.resize(1280, 800);
        window.show();
        QTRY_VERIFY(!session.model().card().path.empty());
        session.setMethod(mode);
        QTRY_VERIFY(QApplication::activeWindow() == &window);
    }
};

/// That with a mode on a grid, one with all that a slot can ask for, and a tool.
struct ModesFixture : WindowFixture
{
    explicit ModesFixture(const char* mode = "prompt-free")
        : WindowFixture({analogyMethod(), promptFreeMethod(), annotateMethod()}, mode)
    {
        session.editor().setValue("steps", 5);
    }

    PictureCell* cell(const Place& place) const { return window.inputs().cell(place); }
    GridView& grid() const { return window.pane().grid(); }

    void runOnce()
    {
        session.inputs().set("reference", filled(8, 8, {0, 0, 200}), QStringLiteral("r.png"));
        QTRY_VERIFY(!cell("reference")->picture().image().isNull());
        session.start();
        QTRY_VERIFY(!session.runs().running());
    }

    template<typename T>
    T* visibleField(const Place& place, const QString& name) const
    {
        for (T* field : cell(place)->findChildren<T*>())
            if (field->accessibleName().startsWith(name) && field->isVisible())
                return field;
        return nullptr;
    }

    QToolButton* mapButton(const Place& place) const
    {
        for (auto* button : cell(place)->findChildren<QToolButton*>())
            if (button->text().startsWith(QStringLiteral("Mak")))
                return button;
        return nullptr;
    }
};

inline void type(QWidget* field, const QString& text)
{
    field->setFocus();
    QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(field, text);
    QTest::keyClick(field, Qt::Key_Tab);
}
