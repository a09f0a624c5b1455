// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

#include <QDockWidget>
#include <QTimer>

class MapView;
class QComboBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QScrollArea;
class QSpinBox;
class QVBoxLayout;
class Session;

/// What the network holds at the step of the run that is shown: a kind of its tensors, a layer. Of
/// a kind without layers the pictures are those of the whole run.
class InspectorDock : public QDockWidget
{
    Q_OBJECT

public:
    explicit InspectorDock(Session& session, QWidget* parent = nullptr);

    /// The step that is seen; looks again where the dock is visible.
    void setStep(int step);
    /// Shown where the method has something to show, else as soon as one has.
    void setWanted(bool wanted);
    bool wanted() const { return m_wanted; }

    QComboBox& kind() const { return *m_kind; }
    QSpinBox& layer() const { return *m_layer; }
    QList<MapView*> maps() const;
    /// Saves the numbers behind the maps; hidden where there are none.
    QPushButton& numbers() const { return *m_numbers; }
    QString message() const;

Q_SIGNALS:
    void wantedChanged(bool wanted);

protected:
    void showEvent(QShowEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    void takeKinds();
    void takeLayers();
    void lookSoon();
    void look();
    void say(const QString& text);
    void showPictures(const Look& look, const Inspection& inspection);
    void tell(const QString& sentence);
    void save();

    Session& m_session;
    QTimer m_timer;
    QFormLayout* m_form;
    QComboBox* m_kind;
    QSpinBox* m_layer;
    QLabel *m_message, *m_shown;
    QPushButton* m_numbers;
    std::map<std::string, Array> m_arrays; ///< of what is shown
    QScrollArea* m_scroll;
    QVBoxLayout* m_pictures;
    int m_step = 0;
    Look m_seen; ///< what is shown
    bool m_layered = true; ///< the kind has layers
    bool m_wanted = false;
};
