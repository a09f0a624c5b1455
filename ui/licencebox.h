// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include <string>

class QCheckBox;
class QLabel;
class QPushButton;

/// The terms of a network, as they are shown.
struct Terms
{
    std::string id = {}; ///< by which they are accepted; empty: nobody names a licence
    QString name = {}, restrictions = {}, link = {};
    bool nonCommercial = false;
    bool asks = true; ///< whether it has to be accepted here
};

/// A licence: its name, what it restricts in a sentence, where to read it, and whether it is
/// accepted. Once is enough; the day is kept. The link is opened by the user alone.
class LicenceBox : public QFrame
{
    Q_OBJECT

public:
    explicit LicenceBox(QWidget* parent = nullptr);

    void showTerms(const Terms& terms);
    bool accepted() const; ///< also where there is nothing to accept
    QCheckBox* acceptBox() const { return m_accept; }

Q_SIGNALS:
    void acceptedChanged();

private:
    void refresh();

    Terms m_terms;
    QLabel *m_name, *m_mark, *m_text, *m_day;
    QPushButton* m_read;
    QCheckBox* m_accept;
};
