// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/exportdialog.h"

#include "app/translated.h"
#include "ui/choicebox.h"
#include "ui/namerow.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace {

constexpr int wide = 420;

QStringList formatNames()
{
    QStringList names;
    for (const PictureFormatName& format : pictureFormats())
        names << translated(format.label);
    return names;
}

} // namespace

ExportDialog::ExportDialog(const ExportPlan& plan, Offer offer, QWidget* parent)
    : QDialog(parent)
    , m_offer(std::move(offer))
    , m_form(new QFormLayout)
    , m_what(choiceBox(this, {}, tr("What is exported"), {}))
    , m_format(choiceBox(
          this, formatNames(), tr("Format"), tr("Only PNG carries how the picture was made")))
    , m_depth(choiceBox(
          this, {tr("8 bits a channel"), tr("16 bits a channel")}, tr("Depth"),
          tr("16 bits: decoded anew, with all that the decoder's numbers tell of its colours")))
    , m_embed(choiceBox(
          this, {tr("All, with the input pictures"), tr("The settings only"), tr("Nothing")},
          tr("Metadata"),
          tr("What the file tells of its making: with all of it, it alone is enough to restore the "
             "run")))
    , m_qualityRow(new QWidget(this))
    , m_quality(new QSlider(Qt::Horizontal, m_qualityRow))
    , m_qualityText(new QLabel(m_qualityRow))
    , m_help(new QLabel(this))
    , m_example(new QLabel(this))
    , m_warning(new QLabel(this))
    , m_side(new QSpinBox(this))
    , m_time(new QSpinBox(this))
    , m_folder(new QLineEdit(this))
    , m_name(new QLineEdit(this))
    , m_replace(new QCheckBox(tr("&Replace files that are there"), this))
{
    setWindowTitle(tr("Export"));
    setAttribute(Qt::WA_DeleteOnClose);
    for (const ExportWhatName& each : exportWhats())
        if (std::ranges::count(m_offer.whats, each.what))
            m_what->addItem(each.label, int(each.what));
    build();
    take(plan);
    refresh();
}

void ExportDialog::build()
{
    m_quality->setRange(1, bestQuality);
    m_quality->setPageStep(5);
    m_quality->setAccessibleName(tr("Quality"));
    m_qualityText->setMinimumWidth(fontMetrics().horizontalAdvance(tr("without loss")));
    auto* quality = new QHBoxLayout(m_qualityRow);
    quality->setContentsMargins({});
    quality->addWidget(m_quality, 1);
    quality->addWidget(m_qualityText);
    m_side->setRange(0, largestSide);
    m_side->setSingleStep(64);
    m_side->setSpecialValueText(tr("as it is"));
    m_side->setSuffix(tr(" pixels"));
    m_side->setAccessibleName(tr("Longer side"));
    m_side->setToolTip(tr("0: every picture as large as it was made"));
    m_time->setRange(10, slowest);
    m_time->setSingleStep(10);
    m_time->setSuffix(tr(" ms"));
    m_time->setAccessibleName(tr("Each step is shown for"));
    m_folder->setMinimumWidth(wide);
    for (QLabel* label : {m_help, m_example}) {
        label->setProperty("role", QStringLiteral("dim"));
        label->setWordWrap(true);
        label->setAlignment(Qt::AlignTop | Qt::AlignLeading); // a row has room for several lines
    }
    m_example->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_example->setAccessibleName(tr("Example of the name"));
    m_warning->setProperty("role", QStringLiteral("warning"));
    m_warning->setWordWrap(true);
    m_form->addRow(tr("&What"), m_what);
    m_form->addRow(QString(), m_help);
    m_form->addRow(tr("&Format"), m_format);
    m_form->addRow(tr("&Quality"), m_qualityRow);
    m_form->addRow(tr("&Depth"), m_depth);
    m_form->addRow(tr("Longer &side"), m_side);
    m_form->addRow(tr("Each step for"), m_time);
    m_form->addRow(tr("&Metadata"), m_embed);
    m_form->addRow(tr("F&older"), folderRow(*m_folder, tr("Folder"), tr("Export into"), this));
    m_form->addRow(tr("&Name"), nameRow(*m_name, nameFields(), this));
    m_form->addRow(QString(), m_example);
    m_form->addRow(QString(), m_replace);
    m_form->addRow(m_warning);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_export = buttons->addButton(tr("&Export"), QDialogButtonBox::AcceptRole);
    m_export->setDefault(true);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(m_form);
    layout->addStretch();
    layout->addWidget(buttons);
    for (QComboBox* box : {m_what, m_format, m_depth, m_embed})
        connect(box, &QComboBox::currentIndexChanged, this, &ExportDialog::refresh);
    connect(m_quality, &QSlider::valueChanged, this, &ExportDialog::refresh);
    connect(m_side, &QSpinBox::valueChanged, this, &ExportDialog::refresh);
    for (QLineEdit* line : {m_folder, m_name})
        connect(line, &QLineEdit::textChanged, this, &ExportDialog::refresh);
    connect(m_replace, &QCheckBox::toggled, this, &ExportDialog::refresh);
    connect(buttons, &QDialogButtonBox::accepted, this, &ExportDialog::finish);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void ExportDialog::take(const ExportPlan& plan)
{
    m_what->setCurrentIndex(std::max(0, m_what->findData(int(plan.what))));
    m_format->setCurrentIndex(int(plan.format)); // in their order
    m_embed->setCurrentIndex(plan.embed == Embed::Full ? 0 : plan.embed == Embed::Settings ? 1 : 2);
    m_quality->setValue(plan.quality);
    m_depth->setCurrentIndex(plan.deep ? 1 : 0);
    m_side->setValue(plan.longSide);
    m_time->setValue(plan.milliseconds);
    m_folder->setText(plan.folder);
    m_name->setText(plan.name);
}

ExportPlan ExportDialog::plan() const
{
    constexpr Embed embeds[] = {Embed::Full, Embed::Settings, Embed::None};
    return {
        .what = ExportWhat(m_what->currentData().toInt()),
        .format = pictureFormats()[std::size_t(m_format->currentIndex())].format,
        .quality = m_quality->value(),
        .deep = m_depth->currentIndex() == 1,
        .longSide = m_side->value(),
        .embed = embeds[m_embed->currentIndex()],
        .folder = m_folder->text().trimmed(),
        .name = m_name->text().trimmed(),
        .replace = m_replace->isChecked(),
        .milliseconds = m_time->value()};
}

QString ExportDialog::example() const
{
    const ExportPlan plan = this->plan();
    const QString name = expandName(plan.name, m_offer.fields);
    const bool folder = plan.what == ExportWhat::Frames;
    const QString first = plan.replace || folder
        ? QDir(plan.folder).filePath(name + (folder ? QString() : QLatin1Char('.') + plan.suffix()))
        : freeFile(plan.folder, name, plan.suffix());
    return QFileInfo(first).fileName()
        + (folder ? QStringLiteral("/step-001.") + plan.suffix() : QString());
}

bool ExportDialog::whole() const
{
    const ExportPlan plan = this->plan();
    return !plan.folder.isEmpty() && !plan.name.isEmpty() && unknownField(plan.name).isEmpty();
}

/// What is not asked of a format or a thing is not there.
void ExportDialog::refresh()
{
    const ExportPlan plan = this->plan();
    const bool numbers = plan.what == ExportWhat::Latents;
    const bool animation = plan.what == ExportWhat::Animation || numbers; // of one format
    const auto show = [this](QWidget* field, bool shown) { m_form->setRowVisible(field, shown); };
    const auto whats = exportWhats();
    m_help->setText(std::ranges::find(whats, plan.what, &ExportWhatName::what)->help);
    if (ofSteps(plan.what) && m_offer.steps > 0)
        m_help->setText(
            m_help->text() + QLatin1Char(' ')
            + tr("Steps to be decoded first: %1.").arg(m_offer.steps));
    show(m_format, !animation);
    show(m_qualityRow, !animation && nameOf(plan.format).quality);
    show(m_depth, m_offer.deep && asMade(plan.what) && isDeep(plan.format));
    show(m_time, plan.what == ExportWhat::Animation);
    show(m_side, !numbers);
    show(
        m_embed,
        !animation && plan.format == PictureFormat::Png && plan.what != ExportWhat::Sheet
            && plan.what != ExportWhat::Frames);
    const bool lossless = plan.format == PictureFormat::WebP && plan.quality == bestQuality;
    m_qualityText->setText(lossless ? tr("without loss") : QString::number(plan.quality));
    const QString unknown = unknownField(plan.name);
    m_example->setText(whole() ? tr("For example %1").arg(example()) : QString());
    m_warning->setText(
        !unknown.isEmpty()
            ? tr("%1 is no field of a name: Insert shows those that there are.").arg(unknown)
            : plan.name.isEmpty()   ? tr("The file needs a name.")
            : plan.folder.isEmpty() ? tr("The file needs a folder.")
            : plan.replace ? tr("A file that has the name already is lost with what is in it.")
                           : QString());
    m_warning->setVisible(!m_warning->text().isEmpty());
    m_export->setEnabled(whole());
    adjustSize();
}

void ExportDialog::finish()
{
    if (!whole())
        return;
    Q_EMIT chosen(plan());
    accept();
}
