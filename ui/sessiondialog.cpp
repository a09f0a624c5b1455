// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sessiondialog.h"

#include "app/keeper.h"
#include "app/session.h"
#include "ui/choicebox.h"

#include <QComboBox>
#include <QDateTime>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

SessionDialog::SessionDialog(Session& session, const Keeper& keeper, QWidget* parent)
    : QDialog(parent)
    , m_session(session)
    , m_keeper(keeper)
    , m_age(new QSpinBox(this))
    , m_unit(new ChoiceBox(this))
    , m_found(new QLabel(this))
    , m_delete(new QPushButton(tr("&Delete"), this))
{
    setWindowTitle(tr("Session"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* form = new QFormLayout;
    addFacts(*form);
    auto* older = new QLabel(tr("Delete runs &older than"), this);
    older->setBuddy(m_age);
    form->addRow(older, buildAge());
    m_found->setWordWrap(true);
    m_found->setMinimumWidth(340);
    m_found->setProperty("role", QStringLiteral("dim"));
    form->addRow(QString(), m_found);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->addButton(m_delete, QDialogButtonBox::ActionRole);
    buttons->button(QDialogButtonBox::Close)->setDefault(true);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addStretch();
    layout->addWidget(buttons);
    connect(m_delete, &QPushButton::clicked, this, &SessionDialog::deleteOld);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_age, &QSpinBox::valueChanged, this, &SessionDialog::count);
    connect(m_unit, &QComboBox::currentIndexChanged, this, &SessionDialog::count);
    count();
}

void SessionDialog::addFacts(QFormLayout& form)
{
    const QFileInfo file(QString::fromStdString(m_keeper.path().string()));
    const auto add = [&](const QString& title, const QString& text) {
        auto* label = new QLabel(text, this);
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        form.addRow(title, label);
    };
    if (m_keeper.path().empty()) {
        add(tr("Name"), tr("Nothing is kept"));
    } else {
        add(tr("Name"), file.completeBaseName());
        add(tr("Folder"), QDir::toNativeSeparators(file.absolutePath()));
        add(tr("On disk"), locale().formattedDataSize(qint64(m_keeper.bytes())));
    }
    const auto& runs = m_session.runs().all();
    const auto starred =
        std::ranges::count_if(runs, [](const auto& run) { return run->marks.starred; });
    add(tr("Runs"),
        starred == 0 ? QString::number(runs.size())
                     : tr("%1, %2 of them with a star").arg(runs.size()).arg(starred));
}

QLayout* SessionDialog::buildAge()
{
    m_age->setRange(1, 999);
    m_age->setButtonSymbols(QSpinBox::NoButtons);
    m_age->setFixedWidth(56);
    m_age->setValue(4);
    m_age->setAccessibleName(tr("Age"));
    m_unit->addItems({tr("days"), tr("weeks"), tr("months")});
    m_unit->setCurrentIndex(1);
    m_unit->setAccessibleName(tr("Unit of the age"));
    auto* age = new QHBoxLayout;
    age->addWidget(m_age);
    age->addWidget(m_unit);
    age->addStretch();
    return age;
}

void SessionDialog::count()
{
    const QDateTime now = QDateTime::currentDateTime();
    const int age = m_age->value(), unit = m_unit->currentIndex();
    m_old = m_session.olderThan(
        unit == 2 ? now.addMonths(-age) : now.addDays(unit == 1 ? -7 * age : -age));
    const QString room = locale().formattedDataSize(qint64(m_keeper.bytesOf(m_old)));
    m_delete->setEnabled(!m_old.empty());
    m_found->setText(
        m_old.empty() ? tr("No run without a star is that old.")
            : m_old.size() == 1
            ? tr("One run, about %1; those with a star stay. Undo brings it back until this "
                 "session "
                 "is closed; then the room is free.")
                  .arg(room)
            : tr("%1 runs, about %2; those with a star stay. Undo brings them back until this "
                 "session is closed; then the room is free.")
                  .arg(m_old.size())
                  .arg(room));
}

void SessionDialog::deleteOld()
{
    const int count = int(m_old.size());
    m_session.binOld(m_old);
    Q_EMIT deleted(count);
    accept();
}
