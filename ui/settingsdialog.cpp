// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settingsdialog.h"

#include "ui/fold.h"
#include "ui/settingspage.h"
#include "ui/settingspages.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScreen>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

SettingsDialog::SettingsDialog(
    Session& session, Settings& settings, Actions& actions, QWidget* parent)
    : QDialog(parent)
    , m_words(new QLineEdit(this))
    , m_names(new QListWidget(this))
    , m_stack(new QStackedWidget(this))
    , m_none(wrappedLabel(tr("No setting has these words."), "dim", this))
    , m_pages(settingsPages(session, settings, actions, *this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Settings"));
    build();
    filter({});
    const QSize room = screen()->availableSize() - QSize(24, 60); // the frame around it
    resize(QSize(720, 560).boundedTo(room));
    m_words->setFocus();
}

void SettingsDialog::build()
{
    m_words->setPlaceholderText(tr("Search for a setting"));
    m_words->setClearButtonEnabled(true);
    m_words->setAccessibleName(m_words->placeholderText());
    m_names->setAccessibleName(tr("Pages"));
    m_names->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_none->setAlignment(Qt::AlignTop);
    m_none->setContentsMargins(16, 8, 16, 8);
    for (SettingsPage* page : m_pages) {
        m_names->addItem(page->title());
        m_stack->addWidget(page);
    }
    m_stack->addWidget(m_none);
    m_names->setFixedWidth(m_names->sizeHintForColumn(0) + 36);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_names);
    middle->addWidget(m_stack, 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* rows = new QVBoxLayout(this);
    rows->addWidget(m_words);
    rows->addLayout(middle, 1);
    rows->addWidget(buttons);
    connect(m_words, &QLineEdit::textChanged, this, &SettingsDialog::filter);
    connect(m_names, &QListWidget::currentRowChanged, this, [this](int row) {
        if (row >= 0)
            m_stack->setCurrentIndex(row);
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    for (QPushButton* button : findChildren<QPushButton*>())
        button->setAutoDefault(false); // Return belongs to the fields
}

SettingsPage* SettingsDialog::page() const
{
    const int at = m_stack->currentIndex();
    return at < int(m_pages.size()) ? m_pages[std::size_t(at)] : nullptr;
}

void SettingsDialog::showPage(const QString& id)
{
    const auto page = std::ranges::find(m_pages, id, &QObject::objectName);
    if (page != m_pages.end())
        m_names->setCurrentRow(int(page - m_pages.begin()));
}

/// Leaves the pages that have the words, and shows the first of them unless the one that is shown
/// has them.
void SettingsDialog::filter(const QString& words)
{
    int first = -1;
    for (std::size_t i = 0; i < m_pages.size(); ++i) {
        const bool found = m_pages[i]->filter(words);
        m_names->item(int(i))->setHidden(!found);
        if (found && first < 0)
            first = int(i);
    }
    const int row = m_names->currentRow();
    if (first < 0)
        m_stack->setCurrentWidget(m_none);
    else if (row < 0 || m_names->item(row)->isHidden())
        m_names->setCurrentRow(first);
    else
        m_stack->setCurrentIndex(row); // after nothing was found
}
