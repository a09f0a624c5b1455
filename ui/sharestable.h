// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/colours.h"
#include "core/inspect/view.h"

#include <QTableWidget>

#include <vector>

class QCheckBox;
class QGridLayout;
class QLabel;

/// A table of shares as numbers on colours: what stands in its rows gives to what stands in its
/// columns, in percent.
class HeatTable : public QTableWidget
{
    Q_OBJECT

public:
    explicit HeatTable(QWidget* parent = nullptr);

    /// The colours go from the darkest to the brightest over @p range.
    void setShares(const SeenMap& table, const ValueRange& range);

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

    /// Tables as see() gives them: of several layers their mean is shown. @p tokens are those of
    /// the context, whose words are shown as words unless their tokens are wanted.
    void setTables(const std::vector<SeenMap>& tables, const std::vector<ContextToken>& tokens);
    QList<HeatTable*> tables() const;
    /// All of them as a picture.
    QImage drawn();
    QCheckBox& perToken() const { return *m_perToken; }

Q_SIGNALS:
    void cellChosen(int queries, int keys); ///< cells of the grid, by a click or Return

private:
    void refresh();

    std::vector<SeenMap> m_tables;
    std::vector<ContextToken> m_tokens;
    QGridLayout* m_grid;
    QWidget* m_inside;
    QCheckBox* m_perToken;
};

/// The same with the columns of a word put together, so that a row still says what its cell gives
/// to each word; @p perToken: only those of equal marks side by side (the filling of a context).
SeenMap byWords(const SeenMap& table, const std::vector<ContextToken>& tokens, bool perToken);
