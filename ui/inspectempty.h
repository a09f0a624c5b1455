// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;

/// Why nothing is seen, in a sentence, with the way out where there is one.
class InspectEmpty : public QWidget
{
    Q_OBJECT

public:
    explicit InspectEmpty(QWidget* parent = nullptr);

    /// @p seconds: it can be computed in about that time.
    void say(const QString& sentence, std::optional<double> seconds = {});
    void setComputing(const QString& sentence);
    QString text() const;
    QPushButton& compute() const { return *m_compute; }
    QPushButton& stop() const { return *m_stop; }

private:
    QLabel* m_text;
    QPushButton *m_compute, *m_stop;
};
