// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settingspages.h"

#include "app/cachefolder.h"
#include "app/devices.h"
#include "app/methodlist.h"
#include "app/networkrest.h"
#include "app/session.h"
#include "app/settings.h"
#include "app/translated.h"
#include "core/file/resources.h"
#include "ui/candidatesheet.h"
#include "ui/keptfield.h"
#include "ui/settingsdialog.h"
#include "ui/settingspage.h"
#include "ui/settingsplaces.h"
#include "ui/shortcutsheet.h"
#include "ui/theme.h"

#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>

namespace {

/// Makes the pages.
struct Pages
{
    Q_DECLARE_TR_FUNCTIONS(SettingsDialog)

public:
    Session& session;
    Settings& settings;
    Actions& actions;
    SettingsDialog& dialog;

    SettingsPage* general() const;
    SettingsPage* files() const;
    SettingsPage* models() const;
    SettingsPage* performance() const;
    SettingsPage* recording() const;
    SettingsPage* shortcuts() const;
    SettingsPage* advanced() const;

private:
    SettingsPage* newPage(const char* id, const QString& title) const;
    void addKept(SettingsPage& page, const KeptFiles& kept) const;
    void addClip(SettingsPage& page) const;
    void addOfDocument(
        SettingsPage& page, const QString& name, const QString& help,
        const SettingsPage::Entries& entries, QString Document::*read,
        const std::function<void(const QString&)>& write) const;
};

/// What those who speak a language call it; of no country, else English is American.
QString ownName(const QString& language)
{
    return QLocale(QLocale(language).language(), QLocale::World).nativeLanguageName();
}

SettingsPage* Pages::newPage(const char* id, const QString& title) const
{
    return new SettingsPage(QString::fromLatin1(id), title, &dialog);
}

SettingsPage* Pages::general() const
{
    SettingsPage* page = newPage("general", tr("General"));
    page->addChoice(
        tr("Appearance"), {},
        {{toText(Appearance::System), tr("As the system")},
         {toText(Appearance::Dark), tr("Dark")},
         {toText(Appearance::Light), tr("Light")}},
        [*this] { return toText(appearanceFromText(settings.appearance())); },
        [*this](const QString& chosen) {
            settings.setAppearance(chosen);
            applyAppearance(appearanceFromText(chosen));
        });
    SettingsPage::Entries spoken;
    for (const QString& language : languages())
        spoken.emplace_back(language, language.isEmpty() ? tr("As the system") : ownName(language));
    page->addChoice(
        tr("Language"), tr("It counts from the next start on."), spoken,
        [*this] { return settings.language(); },
        [*this](const QString& language) { settings.setLanguage(language); });
    page->addSwitch(
        tr("Tell when a run is over"),
        tr("By a notification of the desktop, while the window is not looked at."),
        [*this] { return settings.notifies(); }, [*this](bool on) { settings.setNotifies(on); });
    return page;
}

SettingsPage* Pages::files() const
{
    SettingsPage* page = newPage("files", tr("Files"));
    auto* folder = new PlaceField(PlaceField::Folder, tr("Folder for results"), page);
    QObject::connect(folder, &PlaceField::chosen, page, [*this](const QString& path) {
        settings.setResultFolder(path);
    });
    page->addField(
        tr("Folder for results"), tr("Where saving a result begins."), folder,
        [*this, folder] { folder->setPath(settings.resultFolder()); });
    page->addChoice(
        tr("Saved pictures tell"),
        tr("What a PNG file says of how it was made, unless something else is chosen while it is "
           "saved."),
        {{QStringLiteral("full"), tr("All, with the input pictures")},
         {QStringLiteral("settings"), tr("The settings only")},
         {QStringLiteral("none"), tr("Nothing")}},
        [*this] { return settings.embed(); },
        [*this](const QString& embed) { settings.setEmbed(embed); });
    page->addNumber(
        tr("Largest picture"),
        tr("Larger ones are refused; a JPEG picture is made smaller while it is read."),
        {1, mostMegapixels, 5, tr(" megapixels")}, [*this] { return settings.largestPicture(); },
        [*this](int megapixels) { settings.setLargestPicture(megapixels); });
    page->addSwitch(
        tr("Remember the pictures that were used"),
        tr("For Open recent in the menu File, and for the menu of each place. Without it the list "
           "is emptied."),
        [*this] { return settings.remembersFiles(); },
        [*this](bool on) { settings.setRemembersFiles(on); });
    return page;
}

void Pages::addKept(SettingsPage& page, const KeptFiles& kept) const
{
    auto* field = new KeptField(session, settings, kept, &page);
    page.addField(
        translated(kept.label), translated(kept.help), field, [field] { field->reload(); });
}

/// A setting of the document: undone as every edit, and held fast in a branch.
void Pages::addOfDocument(
    SettingsPage& page, const QString& name, const QString& help,
    const SettingsPage::Entries& entries, QString Document::*read,
    const std::function<void(const QString&)>& write) const
{
    page.addChoice(
        name, session.branch().on() ? session.branch().whyFixed() : help, entries,
        [*this, read] { return session.editor().document().*read; }, write);
    page.lastField().setEnabled(!session.branch().on());
}

/// The file by which candidates are ranked.
void Pages::addClip(SettingsPage& page) const
{
    auto* row = new QWidget(&page);
    auto* name = new QLabel(row);
    auto* choose = new QPushButton(tr("Choose..."), row);
    auto* none = new QPushButton(tr("None"), row);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    layout->addWidget(name, 1);
    layout->addWidget(choose);
    layout->addWidget(none);
    Ranker& ranker = session.ranker();
    const auto show = [&ranker, name, none] {
        const QString file = ranker.clipFile();
        name->setText(file.isEmpty() ? tr("None was chosen") : QFileInfo(file).fileName());
        name->setToolTip(QDir::toNativeSeparators(file));
        none->setEnabled(!file.isEmpty());
    };
    QObject::connect(
        choose, &QPushButton::clicked, row, [&ranker, row] { chooseClipFile(ranker, row); });
    QObject::connect(none, &QPushButton::clicked, row, [&ranker] { ranker.setClipFile({}); });
    QObject::connect(&ranker, &Ranker::fileChanged, row, show);
    page.addField(
        tr("CLIP's image encoder"),
        tr("A file that you have, by which candidates are ranked and pictures compared: "
           "model.safetensors of openai/clip-vit-base-patch16."),
        row, show);
}

SettingsPage* Pages::models() const
{
    SettingsPage* page = newPage("models", tr("Models"));
    addOfDocument(
        *page, tr("The model predicts"),
        tr("Where a model's files do not say it, it is guessed by its weights. What is chosen "
           "counts for the model that is open, and is remembered for it."),
        {{QStringLiteral("auto"), tr("As its files say, or a guess")},
         {QStringLiteral("epsilon"), tr("Noise (epsilon)")},
         {QStringLiteral("v_prediction"), tr("Velocity (v-prediction)")},
         {QStringLiteral("sample"), tr("The clean picture (sample)")}},
        &Document::prediction,
        [*this](const QString& prediction) { session.model().setPrediction(prediction); });
    addKept(*page, convertedFiles());
    addClip(*page);
    page->addText(
        tr("Further networks"),
        tr("They are looked for in %1.")
            .arg(QDir::toNativeSeparators(QString::fromStdString(userFolder().string()))));
    return page;
}

SettingsPage* Pages::performance() const
{
    SettingsPage* page = newPage("performance", tr("Performance"));
    const QString now = session.editor().document().device;
    SettingsPage::Entries devices {{QStringLiteral("cpu"), deviceLabel(QStringLiteral("cpu"))}};
    const Graphics graphics = graphicsHere();
    const QString problem = translated(graphics.problem());
    // What cannot be used is offered only where it was chosen, to be taken back.
    for (const GraphicsCard& card : graphics.cards)
        if (const auto device = QString::fromStdString(card.device);
            problem.isEmpty() || device == now)
            devices.emplace_back(device, cardLabel(card));
    if (now != QLatin1String("cpu") && !graphics.card(now.toStdString()))
        devices.emplace_back(now, deviceLabel(now));
    addOfDocument(
        *page, tr("Device"),
        problem.isEmpty() ? tr("What the networks are computed on.")
                          : tr("What the networks are computed on. %1").arg(problem),
        devices, &Document::device, [*this](const QString& device) { session.setDevice(device); });
    addOfDocument(
        *page, tr("Precision"),
        tr("Automatic is what this computer is fastest with. Pictures of one seed are the same "
           "only in the same precision."),
        {{QStringLiteral("auto"), tr("Automatic")},
         {QStringLiteral("fp32"), tr("fp32: 32 bits")},
         {QStringLiteral("bf16"), tr("bf16: 16 bits, wide range")},
         {QStringLiteral("fp16"), tr("fp16: 16 bits, for GPUs")}},
        &Document::precision,
        [*this](const QString& precision) { session.setPrecision(precision); });
    page->addNumber(
        tr("Release the networks after"),
        tr("Without a run for so long, the memory that they take is freed, and the next run loads "
           "them again. 0: never."),
        {0, 24 * 60, 5, tr(" minutes")}, [] { return restAfter(); }, setRestAfter);
    return page;
}

SettingsPage* Pages::recording() const
{
    SettingsPage* page = newPage("recording", tr("Recording"));
    page->addSwitch(
        tr("Record what the network holds"),
        tr("For Inspect, step by step while a run goes. Without it a step is computed again when "
           "it is looked at."),
        [*this] { return settings.records(); }, [*this](bool on) { settings.setRecords(on); });
    const auto set = [*this](int memory, int disk) {
        settings.setTraceLimits(memory, disk);
        session.traces().setLimits(settings.traceLimits());
    };
    const auto memory = [*this] { return int(settings.traceLimits().memory >> 20); };
    const auto disk = [*this] { return int(settings.traceLimits().disk >> 20); };
    page->addNumber(
        tr("Recordings in memory"),
        tr("Of all runs together. What was longest not looked at goes to the disk."),
        {0, mostMegabytes, 256, tr(" MiB")}, memory,
        [set, disk](int megabytes) { set(megabytes, disk()); });
    page->addNumber(
        tr("Recordings on disk"),
        tr("In the cache folder. What was longest not looked at is deleted first; it can be "
           "computed again."),
        {0, mostMegabytes, 256, tr(" MiB")}, disk,
        [set, memory](int megabytes) { set(memory(), megabytes); });
    for (const Method& method : session.editor().methods().methods())
        for (const KeptFiles& kept : method.keeps)
            addKept(*page, kept);
    return page;
}

SettingsPage* Pages::shortcuts() const
{
    SettingsPage* page = newPage("shortcuts", tr("Shortcuts"));
    auto* open = new QPushButton(tr("Show all keys..."), page);
    open->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    QObject::connect(open, &QPushButton::clicked, &dialog, [*this] {
        (new ShortcutSheet(actions, &dialog))->open();
    });
    page->addField(tr("Keys"), tr("Each command can be given another key in the list."), open);
    return page;
}

/// The way back to the first values, and from there.
SettingsPage* Pages::advanced() const
{
    SettingsPage* page = newPage("advanced", tr("Advanced"));
    auto* row = new QWidget(page);
    auto* reset = new QPushButton(tr("&Reset all settings"), row);
    auto* back = new QPushButton(tr("&Take back"), row);
    back->hide();
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    layout->addWidget(reset);
    layout->addWidget(back);
    layout->addStretch();
    row->setFocusProxy(reset);
    const auto before = std::make_shared<QVariantMap>();
    const auto show = [*this, reset, back](bool isReset) {
        applyAppearance(appearanceFromText(settings.appearance()));
        session.traces().setLimits(settings.traceLimits());
        for (SettingsPage* each : dialog.pages())
            each->reload();
        back->setVisible(isReset);
        reset->setEnabled(!isReset);
        (isReset ? back : reset)->setFocus();
    };
    QObject::connect(reset, &QPushButton::clicked, page, [*this, before, show] {
        *before = settings.reset();
        show(true);
    });
    QObject::connect(back, &QPushButton::clicked, page, [*this, before, show] {
        settings.putBack(*before);
        show(false);
    });
    page->addField(
        tr("All pages"),
        tr("All of these pages become as they were at first, but for keys, device, precision and "
           "what the model predicts. It can be taken back until this window is closed."),
        row);
    addPlaces(*page);
    return page;
}

} // namespace

std::vector<SettingsPage*> settingsPages(
    Session& session, Settings& settings, Actions& actions, SettingsDialog& dialog)
{
    const Pages pages {session, settings, actions, dialog};
    return {pages.general(),   pages.files(),     pages.models(),  pages.performance(),
            pages.recording(), pages.shortcuts(), privacy(dialog), pages.advanced()};
}
