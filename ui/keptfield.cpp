// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/keptfield.h"

#include "app/background.h"
#include "app/cachefolder.h"
#include "app/session.h"
#include "app/settings.h"
#include "app/translated.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QSpinBox>
#include <QtConcurrentRun>

KeptField::KeptField(Session& session, Settings& settings, const KeptFiles& kept, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_settings(settings)
    , m_kept(kept)
    , m_limit(new QSpinBox(this))
    , m_delete(new QPushButton(tr("Delete all"), this))
{
    setObjectName(QStringLiteral("kept.") + QString::fromStdString(kept.folder));
    m_limit->setRange(0, mostMegabytes);
    m_limit->setSingleStep(256);
    m_limit->setSuffix(tr(" MiB"));
    m_limit->setKeyboardTracking(false);
    m_limit->setAccessibleName(translated(kept.label));
    m_limit->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_delete->setEnabled(false);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->addWidget(m_limit);
    row->addWidget(m_delete);
    row->addStretch();
    setFocusProxy(m_limit);
    connect(m_limit, &QSpinBox::valueChanged, this, [this](int megabytes) {
        m_settings.setKeptLimit(m_kept, megabytes);
    });
    connect(m_delete, &QPushButton::clicked, this, &KeptField::empty);
    connect(&session.runs(), &Runs::ended, this, &KeptField::count);
    reload();
}

void KeptField::reload()
{
    const QSignalBlocker quiet(m_limit);
    m_limit->setValue(m_settings.keptLimit(m_kept));
    count();
}

void KeptField::count()
{
    whenDone(
        QtConcurrent::run([folder = keptFolder(m_kept)] { return bytesIn(folder); }), this,
        [this](uint64_t bytes) {
            m_delete->setText(
                tr("Delete all (%1)").arg(locale().formattedDataSize(qint64(bytes), 1)));
            m_delete->setEnabled(bytes > 0 && !m_session.runs().running());
        });
}

void KeptField::empty()
{
    m_delete->setEnabled(false);
    whenDone(
        QtConcurrent::run([folder = keptFolder(m_kept)] { emptyFolder(folder); }), this, [this] {
            m_session.notes().askSoon();
            count();
        });
}
