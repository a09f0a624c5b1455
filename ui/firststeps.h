// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

#include <string>
#include <vector>

class QGridLayout;
class QLabel;
class QPushButton;
class Session;
class SampleFigure;
struct Method;

/// What there is at a first start in the place of the pictures: a tile for each mode that says what
/// it does, with a sample to try; and the way to a model for photographs.
class FirstSteps : public QScrollArea
{
    Q_OBJECT

public:
    explicit FirstSteps(Session& session, QWidget* parent = nullptr);

    /// What a tile has.
    struct Tile
    {
        std::string method = {};
        QWidget* frame = nullptr;
        SampleFigure* figure = nullptr;
        QPushButton *sample = nullptr, *own = nullptr;
    };
    const std::vector<Tile>& tiles() const { return m_tiles; }
    QPushButton& model() const { return *m_model; }
    QPushButton& help() const { return *m_help; }
    QPushButton& skip() const { return *m_skip; }
    QString said() const; ///< of the model

Q_SIGNALS:
    void sampleRequested(const std::string& method);
    void ownRequested(const std::string& method); ///< the user's own pictures
    void getRequested();                          ///< a model that is not there yet
    void modelRequested();
    void helpRequested();
    void closed();

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void addTile(const Method& method, QWidget& body);
    void arrange();
    void sayModel();

    Session& m_session;
    std::vector<Tile> m_tiles;
    QGridLayout* m_grid;
    QLabel* m_said;
    QPushButton *m_get, *m_model, *m_help, *m_skip;
};
