// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/view.h"

#include <QTableWidget>

#include <vector>

class QGridLayout;
class QLabel;

/// A table of shares as numbers on colours: what stands in its rows gives to what stands in its
/// columns, in percent.
class HeatTable : public QTableWidget
{
    Q_OBJECT

public:
    explicit HeatTable(QWidget* parent = nullptr);

    /// The darkest colour is 0, the brightest @p most.
    void setShares(const SeenMap& table, double most);

private:
    void resizeCells();
};

/// The shares of an analogy: what the cells give to each other after and before cloning, and to the
/// words after and before masking.
class SharesTable : public QWidget
{
    Q_OBJECT

public:
    explicit SharesTable(QWidget* parent = nullptr);

    /// Tables as see() gives them: of several layers their mean is shown.
    void setTables(const std::vector<SeenMap>& tables);
    QList<HeatTable*> tables() const;

private:
    QGridLayout* m_grid;
    QWidget* m_inside;
};

/// The same with columns of equal names side by side (the filling of a context) put together.
SeenMap withoutRepeats(const SeenMap& table);
