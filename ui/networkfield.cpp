// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/networkfield.h"

#include "ui/baretext.h"
#include "ui/fold.h"
#include "ui/styled.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace {

constexpr int mostOffered = 12;

QString nameOf(const QString& path)
{
    const QFileInfo file(path);
    return file.fileName().isEmpty() ? path : file.fileName();
}

} // namespace

NetworkField::NetworkField(
    const NetworkSlot& slot, const FormNetworks& networks, std::function<QStringList()> recent,
    const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_slot(slot)
    , m_networks(networks)
    , m_recent(std::move(recent))
    , m_button(new QToolButton(this))
    , m_browse(new QToolButton(this))
    , m_menu(new QMenu(m_button))
    , m_said(wrappedLabel({}, "error", this))
{
    m_button->setMenu(m_menu);
    m_button->setPopupMode(QToolButton::InstantPopup);
    m_button->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_menu->setToolTipsVisible(true);
    m_browse->setText(tr("Browse"));
    m_browse->setAccessibleName(tr("Choose %1").arg(name));
    m_browse->setPopupMode(QToolButton::InstantPopup);
    auto* browse = new QMenu(m_browse);
    m_browse->setMenu(browse);
    if (m_networks.list)
        browse->addAction(tr("On this &computer..."), this, [this] { m_networks.list(m_slot); });
    browse->addAction(tr("&File..."), this, [this] { choosePath(false); })
        ->setVisible(!slot.folder);
    browse->addAction(tr("F&older..."), this, [this] { choosePath(true); });
    if (m_networks.get)
        browse->addAction(tr("&Get models..."), this, [this] { m_networks.get(m_slot); });
    auto* row = new QHBoxLayout;
    row->setContentsMargins({});
    row->setSpacing(6);
    row->addWidget(m_button, 1);
    row->addWidget(m_browse);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(4);
    layout->addLayout(row);
    layout->addWidget(m_said);
    connect(m_menu, &QMenu::aboutToShow, this, &NetworkField::fill);
    refresh();
}

QStringList NetworkField::paths() const
{
    QStringList paths;
    for (const QString& part : m_value.split(QLatin1Char(';')))
        if (!part.trimmed().isEmpty())
            paths << part.trimmed();
    return paths;
}

QString NetworkField::said() const
{
    return m_said->text();
}

void NetworkField::show(const QString& value)
{
    m_value = value;
    refresh();
}

void NetworkField::refresh()
{
    QStringList names, gone;
    for (const QString& path : paths()) {
        names << nameOf(path);
        if (!QFileInfo::exists(path))
            gone << path;
    }
    const QString lacks = !gone.isEmpty() ? tr("%1 is not there: choose another.").arg(gone.first())
        : names.isEmpty() && m_networks.lacks ? m_networks.lacks(m_slot)
                                              : QString();
    const QString all = names.isEmpty() ? (lacks.isEmpty() ? tr("None chosen") : tr("Missing"))
                                        : names.join(QStringLiteral("; "));
    m_shown = all;
    elide();
    m_button->setToolTip(m_value);
    setStyled(*m_button, "invalid", !lacks.isEmpty());
    m_said->setText(lacks);
    m_said->setVisible(!lacks.isEmpty());
}

void NetworkField::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    elide();
}

/// The names with an ellipsis where they are longer than the button.
void NetworkField::elide()
{
    const QString arrow = QStringLiteral(" \u25BE");
    const QFontMetrics font = m_button->fontMetrics();
    const int edges = 4 * font.horizontalAdvance(QLatin1Char('x'));
    const int room = m_button->width() - edges - font.horizontalAdvance(arrow);
    m_button->setText(
        keyless(isVisible() ? font.elidedText(m_shown, Qt::ElideRight, room) : m_shown) + arrow);
}

/// What is found first, then what was chosen before.
void NetworkField::fill()
{
    m_menu->clear();
    const QStringList now = paths();
    QStringList offered;
    const auto offer = [&](const QString& path, const QString& name) {
        if (path.isEmpty() || offered.contains(path))
            return;
        offered << path;
        QAction* action = m_menu->addAction(keyless(name), this, [this, path] { take(path); });
        action->setCheckable(true);
        action->setChecked(now.contains(path));
        action->setToolTip(path);
    };
    if (m_networks.fitting)
        for (const FoundNetwork& found : m_networks.fitting(m_slot))
            if (offered.size() < mostOffered) {
                const QString path = qString(chosenFor(m_slot, found).string());
                offer(path, m_slot.folder ? nameOf(path) : qString(found.card.name));
            }
    const QStringList recent = m_recent ? m_recent() : QStringList();
    if (!offered.isEmpty() && !recent.isEmpty())
        m_menu->addSeparator();
    for (const QString& path : recent)
        offer(path, nameOf(path));
    if (offered.isEmpty())
        m_menu->addAction(tr("Nothing that fits was found"))->setEnabled(false);
    m_menu->addSeparator();
    m_menu->addAction(tr("None"), this, [this] { Q_EMIT chosen({}, {}); })
        ->setEnabled(!m_value.isEmpty());
}

/// Of a slot for several another one is put behind those there are, or taken out.
void NetworkField::take(const QString& path)
{
    if (!m_slot.several) {
        Q_EMIT chosen(path, path);
        return;
    }
    QStringList now = paths();
    if (!now.removeOne(path))
        now << path;
    Q_EMIT chosen(now.join(QLatin1Char(';')), path);
}

void NetworkField::choosePath(bool folder)
{
    const QStringList now = paths();
    auto* dialog = new QFileDialog(
        window(), folder ? tr("Choose a folder") : tr("Choose a file"),
        now.isEmpty() ? QString() : QFileInfo(now.last()).path());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    dialog->setOption(QFileDialog::ShowDirsOnly, folder);
    connect(dialog, &QFileDialog::fileSelected, this, &NetworkField::take);
    dialog->open();
}
