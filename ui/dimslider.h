// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QComboBox;
class QLabel;
class QSlider;

/// One of a few things in an order (layers, heads), as a slider and as a list of their names.
class DimSlider : public QWidget
{
    Q_OBJECT

public:
    DimSlider(const QString& label, const QString& toolTip, QWidget* parent = nullptr);

    /// The chosen one stays where it is, as far as there are so many.
    void setEntries(const QStringList& entries);
    int count() const;
    int index() const;
    void setIndex(int index); ///< says nothing

    /// Takes room for a button from the list.
    void addBeside(QWidget* button);
    /// Another one stands in the same line; @p listAlone: without the slider, where that is short.
    void setSharing(bool shares, bool listAlone);

    QSlider& slider() const { return *m_slider; }
    QComboBox& list() const { return *m_list; }

Q_SIGNALS:
    void chosen(int index); ///< by hand

private:
    void take(int index);

    QLabel* m_name;
    QSlider* m_slider;
    QComboBox* m_list;
    int m_listWidth; ///< in a line of its own
};
