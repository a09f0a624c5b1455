// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/licencebox.h"

#include "app/licences.h"
#include "ui/fold.h"

#include <QCheckBox>
#include <QDesktopServices>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QUrl>
#include <QVBoxLayout>

LicenceBox::LicenceBox(QWidget* parent)
    : QFrame(parent)
    , m_name(wrappedLabel({}, "section", this))
    , m_mark(wrappedLabel(tr("Not for commercial use"), "warning", this))
    , m_text(wrappedLabel({}, "dim", this))
    , m_day(wrappedLabel({}, "dim", this))
    , m_read(new QPushButton(this))
    , m_accept(new QCheckBox(tr("I accept this licence"), this))
{
    setProperty("role", QStringLiteral("tile"));
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(10, 10, 10, 10);
    rows->setSpacing(6);
    for (QWidget* widget : std::initializer_list<QWidget*> {m_name, m_mark, m_text})
        rows->addWidget(widget);
    rows->addWidget(m_read, 0, Qt::AlignLeft);
    rows->addWidget(m_accept);
    rows->addWidget(m_day);
    connect(m_read, &QPushButton::clicked, this, [this] {
        QDesktopServices::openUrl(QUrl(m_terms.link));
    });
    connect(m_accept, &QCheckBox::clicked, this, [this] {
        acceptLicence(m_terms.id);
        refresh();
        Q_EMIT acceptedChanged();
    });
}

void LicenceBox::showTerms(const Terms& terms)
{
    m_terms = terms;
    refresh();
}

bool LicenceBox::accepted() const
{
    return m_terms.id.empty() || acceptedOn(m_terms.id).isValid();
}

void LicenceBox::refresh()
{
    const bool named = !m_terms.id.empty(), is = named && accepted();
    m_name->setText(
        named ? tr("Licence: %1").arg(m_terms.name) : tr("Its publisher names no licence"));
    m_mark->setVisible(m_terms.nonCommercial);
    m_text->setText(m_terms.restrictions);
    m_text->setVisible(!m_terms.restrictions.isEmpty());
    m_read->setText(tr("Read it in the browser"));
    m_read->setToolTip(m_terms.link);
    m_read->setVisible(!m_terms.link.isEmpty());
    const QSignalBlocker quiet(m_accept);
    m_accept->setChecked(is);
    m_accept->setVisible(named && m_terms.asks && !is);
    m_day->setVisible(is);
    if (is)
        m_day->setText(tr("Accepted on %1")
                           .arg(QLocale().toString(acceptedOn(m_terms.id), QLocale::LongFormat)));
}
