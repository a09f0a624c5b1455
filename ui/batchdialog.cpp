// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/batchdialog.h"

#include "app/batchrunner.h"
#include "app/engine.h"
#include "app/forecasts.h"
#include "core/errors.h"
#include "ui/batchbar.h"
#include "ui/batchlist.h"
#include "ui/namerow.h"
#include "ui/statusline.h"
#include "ui/styled.h"

#include <QCheckBox>
#include <QDesktopServices>
#include <QDialogButtonBox>
#include <QDir>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QRegularExpressionValidator>
#include <QVBoxLayout>

#include <cmath>

namespace {

QString localFile(const QMimeData* mime)
{
    return mime->hasUrls() && mime->urls().front().isLocalFile()
        ? mime->urls().front().toLocalFile()
        : QString();
}

} // namespace

BatchDialog::BatchDialog(
    BatchRunner& runner, const BatchPlan& plan, const Forecasts* forecasts, QWidget* parent)
    : QDialog(parent)
    , m_runner(runner)
    , m_forecasts(forecasts)
    , m_from(new QLineEdit(plan.from, this))
    , m_into(new QLineEdit(plan.folder, this))
    , m_name(new QLineEdit(plan.name, this))
    , m_seed(new QLineEdit(QString::number(plan.seed), this))
    , m_example(new QLabel(this))
    , m_said(new QLabel(this))
    , m_list(new BatchList(runner, this))
    , m_progress(new QProgressBar(this))
    , m_failedOnly(new QCheckBox(tr("Only what &failed"), this))
    , m_make(new QPushButton(this))
    , m_stop(new QPushButton(tr("&Stop"), this))
    , m_folder(new QPushButton(tr("&Open the folder"), this))
    , m_close(new QPushButton(tr("&Close"), this))
{
    setWindowTitle(tr("For a folder or table"));
    setAttribute(Qt::WA_DeleteOnClose);
    setAcceptDrops(true);
    resize(820, 600);
    build();
    m_soon.setSingleShot(true);
    m_soon.setInterval(300);
    connect(&m_soon, &QTimer::timeout, this, &BatchDialog::relist);
    connect(&runner, &BatchRunner::changed, this, &BatchDialog::refresh);
    connect(&runner, &BatchRunner::listed, this, &BatchDialog::refresh);
    if (!runner.running())
        relist();
    refresh();
}

void BatchDialog::build()
{
    auto* intro = new QLabel(
        tr("Makes the picture once for each picture of a folder, or for each row of a table, with "
           "all else as it is set now."),
        this);
    intro->setWordWrap(true);
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&Pictures"), fromRow());
    form->addRow(
        tr("&Results"),
        folderRow(*m_into, tr("Folder of the results"), tr("The folder of the results"), this));
    form->addRow(tr("&Name"), nameRow(*m_name, batchNameFields(), this));
    m_example->setProperty("role", QStringLiteral("dim"));
    form->addRow(QString(), m_example);
    m_seed->setAccessibleName(tr("Seed"));
    m_seed->setToolTip(tr("Of all that have none of their own in the table"));
    m_seed->setValidator(
        new QRegularExpressionValidator(QRegularExpression(QStringLiteral("[0-9]{1,20}")), m_seed));
    m_seed->setFixedWidth(fontMetrics().averageCharWidth() * 26);
    form->addRow(tr("S&eed"), m_seed);
    m_said->setWordWrap(true);
    m_said->setMinimumHeight(fontMetrics().lineSpacing() * 2);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(6);
    m_progress->setAccessibleName(tr("How far it is"));
    m_make->setDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_failedOnly);
    buttons->addStretch();
    for (QPushButton* button : {m_folder, m_stop, m_make, m_close})
        buttons->addWidget(button);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(intro);
    layout->addLayout(form);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_progress);
    layout->addWidget(m_said);
    layout->addLayout(buttons);
    for (QLineEdit* line : {m_from, m_into, m_name, m_seed}) {
        line->setAcceptDrops(false); // the dialog takes them
        connect(line, &QLineEdit::textChanged, this, &BatchDialog::edited);
    }
    connect(m_from, &QLineEdit::textChanged, this, &BatchDialog::proposeFolder);
    connect(m_failedOnly, &QCheckBox::toggled, m_list, &BatchList::setFailedOnly);
    connect(m_make, &QPushButton::clicked, &m_runner, &BatchRunner::start);
    connect(m_stop, &QPushButton::clicked, &m_runner, &BatchRunner::stop);
    connect(m_close, &QPushButton::clicked, this, &QDialog::close);
    connect(m_folder, &QPushButton::clicked, this, [this] {
        QDesktopServices::openUrl(QUrl::fromLocalFile(m_runner.plan().folder));
    });
}

QWidget* BatchDialog::fromRow()
{
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    m_from->setAccessibleName(tr("Folder or table of the pictures"));
    m_from->setPlaceholderText(tr("A folder or a table (CSV), chosen or dropped here"));
    layout->addWidget(m_from, 1);
    auto* folder = new QPushButton(tr("Fol&der..."), row);
    auto* table = new QPushButton(tr("&Table..."), row);
    connect(folder, &QPushButton::clicked, this, [this] {
        browseFolder(*m_from, tr("A folder of pictures"), this);
    });
    connect(table, &QPushButton::clicked, this, &BatchDialog::browseTable);
    layout->addWidget(folder);
    layout->addWidget(table);
    return row;
}

void BatchDialog::browseTable()
{
    auto* dialog = new QFileDialog(
        this, tr("A table of pictures"), m_from->text(), tr("Tables (*.csv *.tsv *.txt)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, m_from, &QLineEdit::setText);
    dialog->open();
}

void BatchDialog::dragEnterEvent(QDragEnterEvent* event)
{
    if (!m_runner.running() && !localFile(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void BatchDialog::dropEvent(QDropEvent* event)
{
    m_from->setText(QDir::toNativeSeparators(localFile(event->mimeData())));
    event->acceptProposedAction();
}

BatchPlan BatchDialog::plan() const
{
    return {
        .from = m_from->text().trimmed(),
        .folder = m_into->text().trimmed(),
        .name = m_name->text().trimmed(),
        .seed = m_seed->text().toULongLong()};
}

/// A folder beside the pictures, as long as none was chosen.
void BatchDialog::proposeFolder()
{
    if (m_into->text() != m_proposed)
        return;
    const QFileInfo from(QDir::cleanPath(m_from->text().trimmed()));
    m_proposed = m_from->text().trimmed().isEmpty()
        ? QString()
        : from.dir().filePath(
            (from.isDir() ? from.fileName() : from.completeBaseName()) + QStringLiteral("-simile"));
    m_into->setText(m_proposed);
}

void BatchDialog::edited()
{
    if (!m_runner.running())
        m_soon.start();
    m_make->setEnabled(false); // until it is listed
}

void BatchDialog::relist()
{
    if (!plan().from.isEmpty())
        m_runner.list(plan());
    refresh();
}

QString BatchDialog::example() const
{
    for (const BatchItem& item : m_runner.items())
        if (!item.refused)
            return tr("For example %1").arg(QString::fromStdString(item.out.filename().string()));
    return {};
}

/// How long the next ones take, as far as runs of their kind were made here.
QString BatchDialog::took() const
{
    try {
        const BatchJob& job = m_runner.job();
        const Request request = m_runner.typical();
        const auto one = m_forecasts
            ? m_forecasts->of(job.method, request, resolve(job.method, request, job.card), job.card)
            : std::nullopt;
        const double seconds = one ? one->seconds * m_runner.counts().waiting : 0;
        return seconds > 0 ? tr("This takes about %1.").arg(duration(std::ceil(seconds)))
                           : QString();
    } catch (const Error&) { // the list says it
        return {};
    }
}

/// What stands there before it runs.
QString BatchDialog::before() const
{
    const BatchCounts counts = m_runner.counts();
    QStringList said;
    said << tr("To be made: %1.").arg(counts.waiting);
    if (counts.done() > 0)
        said << tr("There already: %1.").arg(counts.done());
    if (counts.failed > 0)
        said << tr("Cannot be made: %1.").arg(counts.failed);
    if (m_runner.looking())
        said << tr("The pictures are still being looked at.");
    else if (counts.waiting > 0)
        said << took();
    return said.join(QLatin1Char(' '));
}

void BatchDialog::refresh()
{
    const bool running = m_runner.running(), chosen = !m_from->text().trimmed().isEmpty();
    const BatchCounts counts = m_runner.counts();
    const QStringList missing = chosen ? m_runner.missing() : QStringList();
    for (QWidget* field : {m_from->parentWidget(), m_into->parentWidget(), m_name->parentWidget()})
        field->setEnabled(!running);
    m_seed->setEnabled(!running);
    m_example->setText(chosen ? example() : QString());
    m_example->setVisible(!m_example->text().isEmpty());
    m_progress->setVisible(running);
    m_progress->setRange(0, std::max(1, counts.all));
    m_progress->setValue(counts.done() + counts.failed);
    m_stop->setVisible(running);
    m_make->setVisible(!running);
    m_folder->setEnabled(QFileInfo(m_runner.plan().folder).isDir());
    m_make->setText(
        counts.waiting > 0 || counts.failed == 0
            ? counts.done() > 0 ? tr("&Make the rest") : tr("&Make all")
            : tr("&Try again"));
    const bool listing = counts.all == 0 && m_runner.problem().isEmpty();
    const bool good = m_runner.problem().isEmpty() && (listing || missing.isEmpty());
    m_make->setEnabled(chosen && good && !m_soon.isActive() && counts.waiting + counts.failed > 0);
    const bool error = chosen && (!good || !m_runner.reason().isEmpty());
    setStyled(*m_said, "role", QLatin1String(error ? "error" : "dim"));
    m_said->setText(
        !chosen       ? tr("Nothing is chosen yet: choose a folder or a table, or drop one here.")
            : running ? batchProgress(m_runner)
            : listing ? tr("The pictures are being listed...")
            : !m_runner.problem().isEmpty() ? m_runner.problem()
            : !missing.isEmpty() ? tr("Still needed: %1").arg(missing.join(QStringLiteral(", ")))
            : !m_runner.reason().isEmpty() || counts.made > 0 ? batchOutcome(m_runner)
                                                              : before());
}

QString BatchDialog::said() const
{
    return m_said->text();
}

void showBatch(
    BatchRunner& runner, quint64 seed, bool seedLocked, const Forecasts* forecasts, QWidget* parent)
{
    BatchPlan plan = runner.running() ? runner.plan() : keptBatchPlan();
    if (!runner.running() && (seedLocked || plan.from.isEmpty()))
        plan.seed = seed;
    (new BatchDialog(runner, plan, forecasts, parent))->open();
}
