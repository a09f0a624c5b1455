// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/actions.h"

#include "app/keptkeys.h"
#include "ui/baretext.h"
#include "ui/imageview.h"
#include "ui/theme.h"

#include <QAction>
#include <QKeySequence>
#include <QWidget>

#include <algorithm>
#include <optional>

namespace {

struct Entry
{
    const char* id = nullptr;
    const char* text = nullptr;
    const char* shortcuts = ""; ///< apart by a blank; a single letter acts in the views only
    const char* tip = nullptr;
    const char* icon = nullptr;
    bool checkable = false;
};

// clang-format off
const Entry entries[] = {
    {"open", QT_TRANSLATE_NOOP("Actions", "&Open..."), "Ctrl+O", QT_TRANSLATE_NOOP("Actions", "Open pictures, or a result of ours to restore its run"), "open"},
    {"sample", QT_TRANSLATE_NOOP("Actions", "&Sample"), "", QT_TRANSLATE_NOOP("Actions", "Fill the slots with a sample that works offline, and lock its seed")},
    {"save", QT_TRANSLATE_NOOP("Actions", "&Save result..."), "Ctrl+S", QT_TRANSLATE_NOOP("Actions", "Save the picture that is shown in the result's place")},
    {"export", QT_TRANSLATE_NOOP("Actions", "&Export..."), "Ctrl+E", QT_TRANSLATE_NOOP("Actions", "Export the result, all candidates, a sheet of them, the grid or the steps: as PNG, JPEG, WebP or TIFF")},
    {"quit", QT_TRANSLATE_NOOP("Actions", "&Quit"), "Ctrl+Q", QT_TRANSLATE_NOOP("Actions", "Close the window")},
    {"undo", QT_TRANSLATE_NOOP("Actions", "&Undo"), "Ctrl+Z", QT_TRANSLATE_NOOP("Actions", "Take the last change back")},
    {"redo", QT_TRANSLATE_NOOP("Actions", "R&edo"), "Ctrl+Shift+Z Ctrl+Y", QT_TRANSLATE_NOOP("Actions", "Make the change again that was taken back")},
    {"copy", QT_TRANSLATE_NOOP("Actions", "&Copy image"), "Ctrl+C", QT_TRANSLATE_NOOP("Actions", "Copy the result that is shown")},
    {"copy-parameters", QT_TRANSLATE_NOOP("Actions", "Copy &parameters"), "Ctrl+Alt+C", QT_TRANSLATE_NOOP("Actions", "Copy the values of the shown run as text")},
    {"copy-marked", QT_TRANSLATE_NOOP("Actions", "Copy the &marked grid"), "", QT_TRANSLATE_NOOP("Actions", "Copy the grid with letters and arrows, to ask a vision-language model for a prompt")},
    {"copy-question", QT_TRANSLATE_NOOP("Actions", "Copy its &question"), "", QT_TRANSLATE_NOOP("Actions", "Copy what a vision-language model is asked about the marked grid")},
    {"paste", QT_TRANSLATE_NOOP("Actions", "&Paste into slot"), "Ctrl+V", QT_TRANSLATE_NOOP("Actions", "Paste a picture into the slot with the focus, or the first empty one")},
    {"swap", QT_TRANSLATE_NOOP("Actions", "&Swap the first two pictures"), "X", QT_TRANSLATE_NOOP("Actions", "Exchange the first two pictures"), "swap"},
    {"swap-third", QT_TRANSLATE_NOOP("Actions", "Swap the first and the &third picture"), "", QT_TRANSLATE_NOOP("Actions", "Exchange the first and the third picture")},
    {"settings", QT_TRANSLATE_NOOP("Actions", "Sett&ings..."), "Ctrl+,", QT_TRANSLATE_NOOP("Actions", "Appearance, language, files, device and precision, what is kept")},
    {"all-pictures", QT_TRANSLATE_NOOP("Actions", "&Grid"), "Ctrl+1", QT_TRANSLATE_NOOP("Actions", "Show all pictures (0)"), nullptr, true},
    {"result-alone", QT_TRANSLATE_NOOP("Actions", "&Result"), "Ctrl+2", QT_TRANSLATE_NOOP("Actions", "Show the result alone"), nullptr, true},
    {"network", QT_TRANSLATE_NOOP("Actions", "As the &network sees it"), "N", QT_TRANSLATE_NOOP("Actions", "Show the latent of all cells as the network sees it at the step, noise and all"), "network", true},
    {"compare", QT_TRANSLATE_NOOP("Actions", "&Compare"), "Ctrl+3", QT_TRANSLATE_NOOP("Actions", "Lay two pictures over each other: results, inputs, steps"), nullptr, true},
    {"candidate-sheet", QT_TRANSLATE_NOOP("Actions", "All ca&ndidates..."), "", QT_TRANSLATE_NOOP("Actions", "All candidates of the run, large, to be sorted by a score")},
    {"inspect", QT_TRANSLATE_NOOP("Actions", "&Inspect"), "Ctrl+4", QT_TRANSLATE_NOOP("Actions", "Look into the network at the step that is shown"), nullptr, true},
    {"play", QT_TRANSLATE_NOOP("Actions", "&Play the steps"), "P", QT_TRANSLATE_NOOP("Actions", "Go through the steps of the run, over and over"), nullptr, true},
    {"fit-view", QT_TRANSLATE_NOOP("Actions", "&Fit"), "F", QT_TRANSLATE_NOOP("Actions", "Fit the pictures into the view")},
    {"actual", QT_TRANSLATE_NOOP("Actions", "&100 %"), "Ctrl+0", QT_TRANSLATE_NOOP("Actions", "Show the pictures at a scale of one")},
    {"zoom-in", QT_TRANSLATE_NOOP("Actions", "Zoom &in"), "Ctrl++ Ctrl+=", QT_TRANSLATE_NOOP("Actions", "Enlarge")},
    {"zoom-out", QT_TRANSLATE_NOOP("Actions", "Zoom &out"), "Ctrl+-", QT_TRANSLATE_NOOP("Actions", "Reduce")},
    {"full-screen", QT_TRANSLATE_NOOP("Actions", "F&ull screen"), "F11", QT_TRANSLATE_NOOP("Actions", "Picture and time line alone"), nullptr, true},
    {"run", QT_TRANSLATE_NOOP("Actions", "&Run"), "Ctrl+Return Ctrl+Enter", QT_TRANSLATE_NOOP("Actions", "Make the picture")},
    {"run-front", QT_TRANSLATE_NOOP("Actions", "Run &next"), "Ctrl+Shift+Return Ctrl+Shift+Enter", QT_TRANSLATE_NOOP("Actions", "Make the picture, in front of those that wait")},
    {"pause-queue", QT_TRANSLATE_NOOP("Actions", "&Pause"), "Ctrl+Alt+P", QT_TRANSLATE_NOOP("Actions", "Start none of the runs that wait when this one has ended"), nullptr, true},
    {"pause-run", QT_TRANSLATE_NOOP("Actions", "Pause &now"), "Ctrl+Shift+P", QT_TRANSLATE_NOOP("Actions", "Pause the run in progress, too: it keeps its step, and goes on from there")},
    {"clear-queue", QT_TRANSLATE_NOOP("Actions", "&Clear"), "", QT_TRANSLATE_NOOP("Actions", "Take all runs that wait out of the queue")},
    {"until-stopped", QT_TRANSLATE_NOOP("Actions", "&Until stopped"), "", QT_TRANSLATE_NOOP("Actions", "Run again and again with new seeds, until it is stopped"), nullptr, true},
    {"sweep", QT_TRANSLATE_NOOP("Actions", "S&weep..."), "", QT_TRANSLATE_NOOP("Actions", "Make the picture with every combination of some values, and one sheet of all of them")},
    {"batch", QT_TRANSLATE_NOOP("Actions", "For a f&older or table..."), "", QT_TRANSLATE_NOOP("Actions", "Make the picture once for each picture of a folder, or for each row of a table")},
    {"discard", QT_TRANSLATE_NOOP("Actions", "Stop and &discard"), "Ctrl+.", QT_TRANSLATE_NOOP("Actions", "Stop after this step and drop the run")},
    {"keep", QT_TRANSLATE_NOOP("Actions", "Stop and &keep"), "Ctrl+Shift+.", QT_TRANSLATE_NOOP("Actions", "Stop after this step and keep the picture so far")},
    {"go-on", QT_TRANSLATE_NOOP("Actions", "&Go on from there"), "", QT_TRANSLATE_NOOP("Actions", "Go on with the shown run from the step at which it stopped"), "go-on"},
    {"branch", QT_TRANSLATE_NOOP("Actions", "&Branch from this step"), "Ctrl+B", QT_TRANSLATE_NOOP("Actions", "Let the next run take over the steps up to the one that is shown, and go on with other values"), "branch"},
    {"leave-branch", QT_TRANSLATE_NOOP("Actions", "Leave the branc&h"), "", QT_TRANSLATE_NOOP("Actions", "Let the next run begin at its start again; the values stay")},
    {"verify", QT_TRANSLATE_NOOP("Actions", "&Verify"), "", QT_TRANSLATE_NOOP("Actions", "Make the shown run again, and say whether it comes out the same bit for bit")},
    {"dice", QT_TRANSLATE_NOOP("Actions", "&New random seed"), "R", QT_TRANSLATE_NOOP("Actions", "Draw another seed, for the next run unless the seed is locked"), "dice"},
    {"lock", QT_TRANSLATE_NOOP("Actions", "&Lock seed"), "L", QT_TRANSLATE_NOOP("Actions", "Locked: every run takes the same seed, at first that of the run that is shown"), "unlock", true},
    {"decode", QT_TRANSLATE_NOOP("Actions", "D&ecode the step in full"), "", QT_TRANSLATE_NOOP("Actions", "Decode the step that is shown in full")},
    {"release", QT_TRANSLATE_NOOP("Actions", "Release the ne&tworks"), "", QT_TRANSLATE_NOOP("Actions", "Free the memory that the model and the other networks take; the next run loads them again")},
    {"about", QT_TRANSLATE_NOOP("Actions", "&About Simile"), "", QT_TRANSLATE_NOOP("Actions", "Version and licence")},
    {"help", QT_TRANSLATE_NOOP("Actions", "&Help"), "F1", QT_TRANSLATE_NOOP("Actions", "What the mode does, what pictures it wants, and what can go wrong: pages to read and to search, offline")},
    {"first-steps", QT_TRANSLATE_NOOP("Actions", "First s&teps"), "", QT_TRANSLATE_NOOP("Actions", "Show what the modes do, each with a sample to try")},
    {"choose-model", QT_TRANSLATE_NOOP("Actions", "Choose a &model..."), "", QT_TRANSLATE_NOOP("Actions", "Go to the panel where another model is chosen, for photographs")},
    {"get-models", QT_TRANSLATE_NOOP("Actions", "&Get models..."), "", QT_TRANSLATE_NOOP("Actions", "Models for photographs and what goes with them: fetched from where they are published, taken in, verified, moved")},
    {"found", QT_TRANSLATE_NOOP("Actions", "Models on this &computer..."), "", QT_TRANSLATE_NOOP("Actions", "List the networks that are on this computer already: what each is, for which mode, and whether it fits")},
    {"commands", QT_TRANSLATE_NOOP("Actions", "&Find a command..."), "Ctrl+K", QT_TRANSLATE_NOOP("Actions", "Find what the window can do by some words, and do it")},
    {"shortcuts", QT_TRANSLATE_NOOP("Actions", "&Shortcuts"), "Ctrl+F1", QT_TRANSLATE_NOOP("Actions", "All keys in a list, to be changed there")},
};

const Entry paintingEntries[] = {
    {"paint-brush", QT_TRANSLATE_NOOP("Actions", "Brush"), "P", QT_TRANSLATE_NOOP("Actions", "Mark what is painted anew"), nullptr, true},
    {"paint-eraser", QT_TRANSLATE_NOOP("Actions", "Eraser"), "E", QT_TRANSLATE_NOOP("Actions", "Take marks away, as the right button does"), nullptr, true},
    {"paint-white", QT_TRANSLATE_NOOP("Actions", "White"), "W", QT_TRANSLATE_NOOP("Actions", "Paint white: lines of an edge map"), nullptr, true},
    {"paint-black", QT_TRANSLATE_NOOP("Actions", "Black"), "K", QT_TRANSLATE_NOOP("Actions", "Paint black: takes lines of an edge map away"), nullptr, true},
    {"paint-pick", QT_TRANSLATE_NOOP("Actions", "Pick colour"), "C", QT_TRANSLATE_NOOP("Actions", "Paint with a colour of the map: the next click takes it"), nullptr, true},
    {"paint-smaller", QT_TRANSLATE_NOOP("Actions", "Smaller brush"), "[", QT_TRANSLATE_NOOP("Actions", "A smaller brush")},
    {"paint-larger", QT_TRANSLATE_NOOP("Actions", "Larger brush"), "]", QT_TRANSLATE_NOOP("Actions", "A larger brush")},
    {"paint-fill", QT_TRANSLATE_NOOP("Actions", "Fill all"), "A", QT_TRANSLATE_NOOP("Actions", "Paint everything")},
    {"paint-clear", QT_TRANSLATE_NOOP("Actions", "Clear"), "Del", QT_TRANSLATE_NOOP("Actions", "Take everything away: all black")},
    {"paint-invert", QT_TRANSLATE_NOOP("Actions", "Invert"), "I", QT_TRANSLATE_NOOP("Actions", "Exchange black and white")},
    {"paint-cancel", QT_TRANSLATE_NOOP("Actions", "Cancel"), "Esc", QT_TRANSLATE_NOOP("Actions", "Leave off, with everything as it was before")},
    {"paint-done", QT_TRANSLATE_NOOP("Actions", "Done"), "Ctrl+D", QT_TRANSLATE_NOOP("Actions", "Go back to the pictures")},
};
// clang-format on

/// Why an action is disabled where it is; "run" says it in its tip.
const std::map<QString, const char*> whys = {
    {QStringLiteral("save"), QT_TRANSLATE_NOOP("Actions", "There is nothing to save yet")},
    {QStringLiteral("export"), QT_TRANSLATE_NOOP("Actions", "There is nothing to export yet")},
    {QStringLiteral("copy"), QT_TRANSLATE_NOOP("Actions", "There is nothing to copy yet")},
    {QStringLiteral("copy-marked"),
     QT_TRANSLATE_NOOP("Actions", "Only in a grid whose pictures are all there")},
    {QStringLiteral("copy-question"), QT_TRANSLATE_NOOP("Actions", "Only in a grid")},
    {QStringLiteral("copy-parameters"), QT_TRANSLATE_NOOP("Actions", "There is no run yet")},
    {QStringLiteral("undo"), QT_TRANSLATE_NOOP("Actions", "Nothing was changed")},
    {QStringLiteral("redo"), QT_TRANSLATE_NOOP("Actions", "Nothing was taken back")},
    {QStringLiteral("swap"), QT_TRANSLATE_NOOP("Actions", "Only in a grid, and not in a branch")},
    {QStringLiteral("swap-third"),
     QT_TRANSLATE_NOOP("Actions", "Only in a grid, and not in a branch")},
    {QStringLiteral("discard"), QT_TRANSLATE_NOOP("Actions", "No run is in progress")},
    {QStringLiteral("keep"), QT_TRANSLATE_NOOP("Actions", "No run is in progress")},
    {QStringLiteral("pause-run"), QT_TRANSLATE_NOOP("Actions", "No run is in progress")},
    {QStringLiteral("pause-queue"),
     QT_TRANSLATE_NOOP("Actions", "No run is in progress, and none waits")},
    {QStringLiteral("clear-queue"), QT_TRANSLATE_NOOP("Actions", "No run waits")},
    {QStringLiteral("go-on"),
     QT_TRANSLATE_NOOP("Actions", "The shown run did not stop on its way")},
    {QStringLiteral("branch"),
     QT_TRANSLATE_NOOP("Actions", "No step is shown from which a run could go on")},
    {QStringLiteral("leave-branch"), QT_TRANSLATE_NOOP("Actions", "The next run is no branch")},
    {QStringLiteral("candidate-sheet"), QT_TRANSLATE_NOOP("Actions", "The run has one picture")},
    {QStringLiteral("verify"),
     QT_TRANSLATE_NOOP("Actions", "No run is shown that could be made again now")},
    {QStringLiteral("decode"),
     QT_TRANSLATE_NOOP("Actions", "No step is shown that could be decoded")},
};

bool isPlain(const QKeySequence& keys)
{
    return keys.count() == 1 && keys[0].keyboardModifiers() == Qt::NoModifier;
}

/// What writes something in a text, so that it may not act everywhere.
bool isTyped(const QKeySequence& keys)
{
    return keys.count() == 1 && keys[0].key() < Qt::Key_Escape
        && !(keys[0].keyboardModifiers() & ~Qt::ShiftModifier);
}

QList<QKeySequence> keysIn(const QStringList& texts)
{
    QList<QKeySequence> keys;
    for (const QString& text : texts)
        if (const QKeySequence key(text); key.count() == 1 && key[0].key() != Qt::Key_unknown)
            keys << key;
    return keys;
}

QList<QKeySequence> keysIn(const QString& apartByBlanks)
{
    return keysIn(apartByBlanks.split(QLatin1Char(' '), Qt::SkipEmptyParts));
}

QAction* actionOf(const Entry& entry, QObject* parent)
{
    auto* action = new QAction(Actions::tr(entry.text), parent);
    action->setObjectName(QString::fromLatin1(entry.id));
    action->setIconText(bareText(action->text())); // it stays where the text says more
    action->setStatusTip(Actions::tr(entry.tip));
    action->setCheckable(entry.checkable);
    action->setShortcuts(keysIn(QString::fromLatin1(entry.shortcuts)));
    if (entry.icon)
        action->setIcon(icon(QString::fromLatin1(entry.icon)));
    return action;
}

} // namespace

Actions::Actions(QObject* parent)
    : QObject(parent)
{
    const auto add = [this](const Entry& entry) {
        QAction* action = m_actions[QString::fromLatin1(entry.id)] = actionOf(entry, this);
        m_usual[action->objectName()] = action->shortcuts();
        const auto kept = keptKeys(action->objectName());
        show(*action, kept ? keysIn(*kept) : action->shortcuts());
    };
    for (const Entry& entry : entries)
        add(entry);
    for (const Entry& entry : paintingEntries)
        add(entry);
}

void Actions::adopt(QAction& action)
{
    m_adopted << &action;
    m_usual[action.objectName()] = action.shortcuts();
    const auto kept = keptKeys(action.objectName());
    show(action, kept ? keysIn(*kept) : action.shortcuts());
}

QAction* Actions::operator()(const char* id) const
{
    return m_actions.at(QString::fromLatin1(id));
}

QList<QAction*> Actions::all() const
{
    QList<QAction*> actions;
    for (const Entry& entry : entries)
        actions << (*this)(entry.id);
    return actions + m_adopted;
}

QList<QAction*> Actions::painting() const
{
    QList<QAction*> actions;
    for (const Entry& entry : paintingEntries)
        actions << (*this)(entry.id);
    return actions;
}

bool Actions::isPainting(const QAction& action) const
{
    return std::ranges::any_of(paintingEntries, [&](const Entry& entry) {
        return action.objectName() == QLatin1String(entry.id);
    });
}

bool Actions::isLetter(const QAction& action) const
{
    return !isPainting(action) && isTyped(action.shortcut());
}

QString Actions::keyText(const QAction& action)
{
    return action.shortcut().toString(QKeySequence::NativeText);
}

QString Actions::tipOf(const QAction& action)
{
    const QString key = keyText(action);
    return key.isEmpty() ? action.statusTip()
                         : QStringLiteral("%1 (%2)").arg(action.statusTip(), key);
}

/// Gives it the keys, tells of them in its tip, and lets them act where they may.
void Actions::show(QAction& action, const QList<QKeySequence>& keys)
{
    action.setShortcuts(keys);
    action.setToolTip(tipOf(action));
    const bool narrow =
        isPainting(action) ? isPlain(action.shortcut()) : isTyped(action.shortcut());
    action.setShortcutContext(narrow ? Qt::WidgetWithChildrenShortcut : Qt::WindowShortcut);
    if (!isPainting(action))
        place(action);
}

void Actions::place(QAction& action)
{
    const bool letter = isLetter(action);
    const auto put = [&action](const QList<QPointer<QWidget>>& widgets, bool there) {
        for (const QPointer<QWidget>& widget : widgets) {
            if (widget && there)
                widget->addAction(&action);
            else if (widget)
                widget->removeAction(&action);
        }
    };
    put(m_views, letter);
    put(m_windows, !letter);
}

void Actions::setKeys(QAction& action, const QList<QKeySequence>& keys)
{
    show(action, keys);
    QStringList texts;
    for (const QKeySequence& key : keys)
        texts << key.toString(QKeySequence::PortableText);
    keepKeys(
        action.objectName(),
        keys == usualKeys(action) ? std::nullopt : std::optional<QStringList>(texts));
    Q_EMIT keysChanged();
}

QList<QKeySequence> Actions::usualKeys(const QAction& action) const
{
    return m_usual.at(action.objectName());
}

const std::vector<FixedKey>& Actions::fixedKeys()
{
    static const std::vector<FixedKey> keys = {
        {false, QStringLiteral("1 2 3 4"), tr("Enlarge a picture")},
        {false, QStringLiteral("0"), tr("Back to all pictures")},
        {false, QStringLiteral("B"), tr("Held down: the picture before, in the result's place")},
        {false, QStringLiteral("Space"), tr("Held down: the pointer moves the picture")},
        {false, QStringLiteral("Alt+Left Alt+Right"), tr("Move a picture among those of its slot")},
        {true, QStringLiteral("Left Right Up Down"), tr("Move the brush; with Shift by a pixel")},
        {true, QStringLiteral("Return"), tr("Paint where the brush is")},
        {true, QStringLiteral("Backspace"), tr("Erase where the brush is")},
        {true, QStringLiteral("Space"), tr("Held down: the pointer moves the picture")},
        {true, QStringLiteral("B"), tr("Held down: without what was painted")},
    };
    return keys;
}

/// Painting takes the place of the views, so what acts there alone does not meet it; what acts
/// everywhere does.
Actions::Holder Actions::holder(const QAction& action, const QKeySequence& key) const
{
    const bool painting = isPainting(action);
    for (const FixedKey& fixed : fixedKeys())
        if (keysIn(fixed.keys).contains(key) && (fixed.painting == painting || !isTyped(key)))
            return {.fixed = fixed.what};
    for (QAction* other : all() + this->painting()) {
        const bool meet = isPainting(*other) == painting || !isTyped(key);
        if (other != &action && meet && other->shortcuts().contains(key))
            return {.action = other};
    }
    return {};
}

QString Actions::why(const QAction& action) const
{
    if (action.objectName() == QLatin1String("run")
        || action.objectName() == QLatin1String("run-front"))
        return (*this)("run")->toolTip();
    const auto found = whys.find(action.objectName());
    return found == whys.end() ? QString() : tr(found->second);
}

void Actions::addLettersTo(QWidget& view)
{
    m_views << &view;
    for (QAction* action : all())
        place(*action);
}

void Actions::addWideTo(QWidget& window)
{
    m_windows << &window;
    for (QAction* action : all())
        place(*action);
}

void Actions::addPaintingTo(QWidget& pane) const
{
    pane.addActions(painting());
}

void Actions::connectZoom(ImageView& view) const
{
    const auto on = [&](const char* id, void (ImageView::*act)()) {
        connect((*this)(id), &QAction::triggered, &view, [&view, act] {
            if (view.isVisible())
                (view.*act)();
        });
    };
    on("actual", &ImageView::showActualSize);
    on("zoom-in", &ImageView::zoomIn);
    on("zoom-out", &ImageView::zoomOut);
}
