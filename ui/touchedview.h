// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>

class DifferenceBar;
class ImageView;
class QLabel;

/// The picture of a run, that of a run that was touched, and their difference, side by side, zoomed
/// and moved together.
class TouchedView : public QWidget
{
    Q_OBJECT

public:
    explicit TouchedView(QWidget* parent = nullptr);

    /// @p smooth: previews, a pixel per latent cell. The names are those of the runs.
    void setPictures(const QImage& before, const QImage& after, bool smooth);
    void setNames(const QString& before, const QString& after);
    /// What was touched, in words.
    void setTouches(const QString& touches) { m_touches = touches; }
    /// In place of pictures, a sentence.
    void setMessage(const QString& sentence);

    ImageView& pictures() const { return *m_pictures; }
    DifferenceBar& difference() const { return *m_difference; }
    QString text() const; ///< below the pictures
    QImage shown();

Q_SIGNALS:
    void readout(const QString& text);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();

    QImage m_before, m_after;
    QString m_nameBefore, m_nameAfter, m_touches, m_message;
    bool m_smooth = false;
    ImageView* m_pictures;
    QWidget* m_bar;
    DifferenceBar* m_difference;
    QLabel* m_text;
};
