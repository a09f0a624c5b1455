// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/candidatesheet.h"

#include "app/background.h"
#include "app/session.h"
#include "ui/candidatestrip.h"
#include "ui/choicebox.h"
#include "ui/contactsheet.h"
#include "ui/convert.h"
#include "ui/resultpane.h"
#include "ui/savepicture.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>
#include <QtConcurrentRun>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace {

constexpr int side = 176; ///< of a picture in the sheet

/// The candidates' numbers, the best first; those without a score last.
std::vector<int> sorted(std::size_t count, const std::vector<double>& scores)
{
    std::vector<int> order(count);
    std::iota(order.begin(), order.end(), 0);
    if (scores.size() == count)
        std::ranges::stable_sort(order, [&](int a, int b) {
            const double x = scores[std::size_t(a)], y = scores[std::size_t(b)];
            return std::isnan(y) ? !std::isnan(x) : x > y;
        });
    return order;
}

} // namespace

CandidateSheet::CandidateSheet(Session& session, ResultPane& pane)
    : QDialog(pane.window())
    , m_session(session)
    , m_pane(pane)
    , m_order(choiceBox(
          this, {tr("As they were made"), tr("Structure kept (SSIM)"), QString()}, tr("Order"), {},
          28))
    , m_list(new QListWidget(this))
    , m_said(new QLabel(this))
    , m_file(new QPushButton(tr("&CLIP's file..."), this))
    , m_save(new QPushButton(tr("&Save the sheet..."), this))
{
    setWindowTitle(tr("All candidates"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(820, 600);
    m_list->setViewMode(QListView::IconMode);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setMovement(QListView::Static);
    m_list->setIconSize({side, side});
    m_list->setSpacing(8);
    m_list->setAccessibleName(tr("Candidates"));
    m_said->setProperty("role", QStringLiteral("dim"));
    m_said->setWordWrap(true);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(bar());
    layout->addWidget(m_list, 1);
    layout->addWidget(m_said);
    connect(m_order, &QComboBox::currentIndexChanged, this, &CandidateSheet::measure);
    connect(m_list, &QListWidget::currentItemChanged, this, [this](QListWidgetItem* item) {
        if (item)
            m_pane.setCandidate(item->data(Qt::UserRole).toInt());
    });
    new DragSource(*m_list, [this](const QModelIndex& index) {
        return m_pane.draggable(index.data(Qt::UserRole).toInt());
    });
    connect(m_list, &QListWidget::itemActivated, this, &QDialog::close);
    connect(
        m_file, &QPushButton::clicked, this, [this] { chooseClipFile(m_session.ranker(), this); });
    connect(m_save, &QPushButton::clicked, this, &CandidateSheet::save);
    connect(&session.ranker(), &Ranker::fileChanged, this, [this] {
        m_clip.clear();
        measure();
    });
    connect(&session.runs(), &Runs::currentChanged, this, &CandidateSheet::take);
    connect(&session.runs(), &Runs::ended, this, &CandidateSheet::take);
    take();
}

QWidget* CandidateSheet::bar()
{
    auto* bar = new QWidget(this);
    auto* label = new QLabel(tr("&Order"), bar);
    label->setBuddy(m_order);
    m_file->setToolTip(tr("The file of an image encoder of CLIP that you have, by which candidates "
                          "are ranked: model.safetensors of openai/clip-vit-base-patch16"));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins({});
    row->addWidget(label);
    row->addWidget(m_order);
    row->addWidget(m_file);
    row->addStretch();
    row->addWidget(m_save);
    return bar;
}

void CandidateSheet::setOrder(Order order)
{
    m_order->setCurrentIndex(order);
}

void CandidateSheet::take()
{
    const auto run = m_session.runs().current();
    if (run == m_run && m_list->count() > 0)
        return;
    ++m_asked;
    m_run = run;
    m_structure.clear();
    m_clip.clear();
    m_failure.clear();
    const Method* method = run ? m_session.runs().methodOf(*run) : nullptr;
    m_ranking = method ? rankingOf(*run, *method) : std::nullopt;
    const bool change = m_ranking && !m_ranking->a.empty() && !m_ranking->aAfter.empty();
    m_order->setItemText(
        ByClip,
        change ? tr("Same change as the example (CLIP)") : tr("Alike to the picture (CLIP)"));
    measure();
}

void CandidateSheet::measure()
{
    const int order = m_order->currentIndex();
    m_failure.clear();
    if (m_ranking && order == ByStructure && m_structure.empty()) {
        whenDone(
            QtConcurrent::run([ranking = *m_ranking] { return structureScores(ranking); }), this,
            [this, asked = ++m_asked](const std::vector<double>& scores) {
                if (asked != m_asked)
                    return;
                m_structure = scores;
                refresh();
            });
    } else if (
        m_ranking && order == ByClip && m_clip.empty()
        && !m_session.ranker().clipFile().isEmpty()) {
        const int asked = ++m_asked;
        m_session.ranker().ask(
            this, *m_ranking,
            [this, asked](const std::vector<double>& scores) {
                if (asked != m_asked)
                    return;
                m_clip = scores;
                refresh();
            },
            [this, asked](const QString& sentence) {
                if (asked != m_asked)
                    return;
                m_failure = sentence;
                refresh();
            });
    }
    refresh();
}

QString CandidateSheet::said() const
{
    const int order = m_order->currentIndex();
    if (!m_run || m_run->candidates.empty())
        return tr("The run that is shown has no candidates yet.");
    if (!m_failure.isEmpty())
        return m_failure;
    if (order == AsMade)
        return tr("Choose one to have it in the result's place.");
    if (!m_ranking)
        return tr("The run began with no picture, so there is nothing to compare with.");
    if (order == ByClip && m_session.ranker().clipFile().isEmpty())
        return tr("This needs an image encoder of CLIP: choose its file above.");
    if ((order == ByStructure ? m_structure : m_clip).empty())
        return tr("Measuring...");
    return tr("For ranking your own results only: the number says nothing of how good a picture "
              "is.");
}

void CandidateSheet::refresh()
{
    const int order = m_order->currentIndex();
    const std::vector<double>& scores = order == ByClip ? m_clip : m_structure;
    const std::vector<Candidate> none;
    const std::vector<Candidate>& made = m_run ? m_run->candidates : none;
    const bool scored = order != AsMade && scores.size() == made.size();
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    for (const int i : sorted(made.size(), order == AsMade ? std::vector<double>() : scores)) {
        const Candidate& one = made[std::size_t(i)];
        QString line = tr("%1 · seed %2").arg(i + 1).arg(one.seed);
        if (scored)
            line += QLatin1Char('\n')
                + (std::isnan(scores[std::size_t(i)])
                       ? tr("too small to measure")
                       : QString::number(scores[std::size_t(i)], 'f', 3));
        auto* item = new QListWidgetItem(
            thumbnail(toQImage(one.image), side, {}, devicePixelRatioF()), line, m_list);
        item->setData(Qt::UserRole, i);
        if (i == m_pane.candidate())
            m_list->setCurrentItem(item);
    }
    m_file->setVisible(order == ByClip);
    m_save->setEnabled(!made.empty());
    m_said->setText(said());
}

void CandidateSheet::save()
{
    std::vector<SheetEntry> entries;
    for (int row = 0; row < m_list->count(); ++row) {
        const QListWidgetItem& item = *m_list->item(row);
        const auto at = std::size_t(item.data(Qt::UserRole).toInt());
        entries.push_back(
            {toQImage(m_run->candidates[at].image),
             item.text().replace(QLatin1Char('\n'), QStringLiteral(" · "))});
    }
    savePicture(this, contactSheet(entries), tr("all candidates"), [this](const QString& why) {
        m_said->setText(why);
    });
}

void chooseClipFile(Ranker& ranker, QWidget* parent)
{
    const QString before = ranker.clipFile();
    auto* dialog = new QFileDialog(
        parent, CandidateSheet::tr("An image encoder of CLIP"),
        before.isEmpty() ? QString() : QFileInfo(before).absolutePath(),
        CandidateSheet::tr("Weights (*.safetensors *.bin);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    QObject::connect(dialog, &QFileDialog::fileSelected, &ranker, &Ranker::setClipFile);
    dialog->open();
}
