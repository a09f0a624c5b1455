// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

#include <map>

class GetModels;
class QLabel;
class QProgressBar;
class QVBoxLayout;
struct FetchItem;

/// What is fetched, taken in, verified and moved: a row each, with how far it is and its buttons.
/// Hidden while there is nothing.
class FetchList : public QScrollArea
{
    Q_OBJECT

public:
    explicit FetchList(GetModels& models, QWidget* parent = nullptr);

private:
    struct Row
    {
        QLabel* text = nullptr;
        QProgressBar* bar = nullptr;
    };

    void build();
    void addRow(const FetchItem& item);
    void refresh(int number);

    GetModels& m_models;
    QWidget* m_rows;
    QVBoxLayout* m_list;
    std::map<int, Row> m_made;
};

/// "1.2 GB of 4.3 GB, 12 MB a second, 4 min left", or why it stands still.
QString fetchText(const FetchItem& item, const QString& site);
