// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/helppages.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QListWidget;
class QTextBrowser;
class QUrl;

/// The help: its pages, a search over all of them, and the page that is read. Offline; what leads
/// into the web is opened by the desktop, on a click.
class HelpWindow : public QDialog
{
    Q_OBJECT

public:
    /// Throws Error where the pages cannot be read.
    explicit HelpWindow(QWidget* parent = nullptr);

    /// Opens a page; the first where there is none of that id.
    void showPage(const QString& id);
    QString page() const;       ///< the id of the one that is read; empty: none
    QStringList listed() const; ///< the ids of those that have the words of the search

    QLineEdit& words() const { return *m_words; }
    QListWidget& list() const { return *m_list; }
    QTextBrowser& text() const { return *m_text; }

Q_SIGNALS:
    void actionRequested(const QString& id); ///< of the window's registry
    void webRequested(const QUrl& address);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void search();
    void read();
    void mark();
    void findNext();
    void follow(const QUrl& link);

    std::vector<HelpPage> m_pages;
    std::vector<QString> m_plain; ///< what is read of each, for the search
    QLineEdit* m_words;
    QListWidget* m_list;
    QLabel* m_none;
    QTextBrowser* m_text;
};
