// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sweepsheet.h"

#include "app/engine.h"
#include "app/methodlist.h"
#include "app/session.h"
#include "app/translated.h"
#include "ui/contactsheet.h"
#include "ui/convert.h"
#include "ui/imageview.h"
#include "ui/noticebar.h"
#include "ui/savepicture.h"
#include "ui/sweepdialog.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

SweepSheet::SweepSheet(
    Session& session, std::vector<SweepAxis> axes, std::vector<Request> requests, int after,
    QWidget* parent)
    : QDialog(parent)
    , m_session(session)
    , m_after(after)
    , m_axes(std::move(axes))
    , m_requests(std::move(requests))
    , m_images(m_requests.size())
    , m_view(new ImageView(this))
    , m_said(new QLabel(this))
    , m_save(new QPushButton(tr("&Save the sheet..."), this))
{
    setWindowTitle(tr("Sweep"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(760, 620);
    m_view->setFramed(false);
    m_view->setAccessibleName(tr("Sheet of the sweep"));
    m_said->setProperty("role", QStringLiteral("dim"));
    auto* row = new QHBoxLayout;
    row->addWidget(m_said, 1);
    row->addWidget(m_save);
    auto* close = new QPushButton(tr("&Close"), this);
    row->addWidget(close);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_view, 1);
    layout->addLayout(row);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    connect(m_save, &QPushButton::clicked, this, [this] {
        savePicture(
            this, m_sheet, tr("sweep"), [this](const QString& why) { m_said->setText(why); });
    });
    m_soon.setSingleShot(true);
    m_soon.setInterval(100);
    connect(&m_soon, &QTimer::timeout, this, &SweepSheet::refresh);
    const auto soon = [this] {
        if (!m_soon.isActive())
            m_soon.start();
    };
    connect(&session.runs(), &Runs::changed, this, soon);
    connect(&session.runs(), &Runs::ended, this, soon);
    refresh();
}

QString SweepSheet::label(const SweepAxis& axis, std::size_t at) const
{
    const QString value = QString::fromStdString(axis.text(at));
    if (axis.parameter.empty())
        return tr("seed %1").arg(value);
    const Method* method = m_session.editor().methods().find(m_requests.front().method);
    const std::string name = method ? parameter(*method, axis.parameter).label : axis.parameter;
    return QStringLiteral("%1 %2").arg(translated(Sentence(name)), value);
}

/// Takes the pictures that are there: a run stays in the list when the next one begins.
void SweepSheet::refresh()
{
    int failed = 0;
    const int before = m_done;
    for (std::size_t i = 0; i < m_requests.size(); ++i) {
        if (!m_images[i].isNull())
            continue;
        for (const auto& run : m_session.runs().all()) {
            if (run->number <= m_after || run->away || !run->isOf(m_requests[i]))
                continue;
            failed += run->state == Run::Failed;
            if (run->state == Run::Done && !run->candidates.empty())
                m_images[i] = toQImage(run->candidates.front().image);
        }
    }
    m_done =
        int(std::ranges::count_if(m_images, [](const QImage& image) { return !image.isNull(); }));
    m_said->setText(
        failed > 0
            ? tr("%1 of %2 pictures; %3 failed.").arg(m_done).arg(m_images.size()).arg(failed)
            : m_done < int(m_images.size())
            ? tr("%1 of %2 pictures.").arg(m_done).arg(m_images.size())
            : tr("All %1 pictures.").arg(m_done));
    m_save->setEnabled(m_done > 0);
    if (m_done != before || m_sheet.isNull())
        draw();
}

void SweepSheet::draw()
{
    QStringList columns, rows;
    for (std::size_t i = 0; i < m_axes.front().size(); ++i)
        columns << label(m_axes.front(), i);
    if (m_axes.size() > 1)
        for (std::size_t i = 0; i < m_axes[1].size(); ++i)
            rows << label(m_axes[1], i);
    m_sheet = labelledSheet(m_images, columns, rows);
    const QSizeF size = m_sheet.size();
    m_view->setTiles(size, {{.rect = {QPointF(), size}, .image = m_sheet}});
}

void askSweep(Session& session, NoticeBar& notices, QWidget* parent)
{
    double seconds = 0; // of the last run of this mode
    for (const auto& run : session.runs().all())
        if (run->state == Run::Done && run->request().method == session.editor().method().id)
            seconds = run->seconds;
    auto* dialog = new SweepDialog(session.editor().method(), seconds, parent);
    QObject::connect(
        dialog, &SweepDialog::chosen, parent,
        [&session, &notices, parent](const std::vector<SweepAxis>& axes) {
            try {
                int last = 0; // what was made before does not count
                for (const auto& run : session.runs().all())
                    last = std::max(last, run->number);
                auto* sheet = new SweepSheet(session, axes, session.startSweep(axes), last, parent);
                sheet->show();
            } catch (...) {
                notices.say(currentFailure().sentence, true, {{SweepSheet::tr("Close"), {}}});
            }
        });
    dialog->open();
}
