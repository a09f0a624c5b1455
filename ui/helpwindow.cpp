// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/helpwindow.h"

#include "core/bounded.h"
#include "ui/commandsearch.h"
#include "ui/theme.h"

#include <QDir>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextDocument>
#include <QTextList>
#include <QTextTable>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>
#include <utility>

namespace {

/// Gives headings, paragraphs and tables room, which Markdown leaves to who shows it.
void giveRoom(QTextDocument& document)
{
    const int line = QFontMetrics(document.defaultFont()).height();
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        const bool heading = block.blockFormat().headingLevel() > 0;
        QTextBlockFormat format;
        format.setTopMargin(heading && block.blockNumber() > 0 ? line : 0);
        format.setBottomMargin(block.textList() ? line / 4. : line / 2.);
        format.setLineHeight(115, QTextBlockFormat::ProportionalHeight);
        QTextCursor cursor(block);
        if (!cursor.currentTable())
            cursor.mergeBlockFormat(format);
    }
    for (QTextFrame* frame : document.rootFrame()->childFrames())
        if (auto* table = qobject_cast<QTextTable*>(frame)) {
            QTextTableFormat format = table->format();
            format.setBorder(0);
            format.setCellSpacing(0);
            format.setCellPadding(line / 3.);
            format.setBottomMargin(line / 2.);
            table->setFormat(format);
        }
}

/// Shows the pictures of a page from its folder.
class Reader : public QTextBrowser
{
public:
    using QTextBrowser::QTextBrowser;

    void show(const HelpPage& page)
    {
        m_folder = page.folder;
        setMarkdown(page.text);
        giveRoom(*document());
    }

    QVariant loadResource(int type, const QUrl& name) override
    {
        if (type != QTextDocument::ImageResource)
            return {};
        return QImage(QDir(m_folder).filePath(name.path()));
    }

private:
    QString m_folder;
};

/// What is read of a page, without its signs.
QString plain(const HelpPage& page)
{
    QTextDocument document;
    document.setMarkdown(page.text);
    return document.toPlainText();
}

} // namespace

HelpWindow::HelpWindow(QWidget* parent)
    : QDialog(parent)
    , m_pages(readHelp(QLocale().name().section(QLatin1Char('_'), 0, 0)))
    , m_words(new QLineEdit(this))
    , m_list(new QListWidget(this))
    , m_none(new QLabel(tr("No page has these words."), this))
    , m_text(new Reader(this))
{
    std::ranges::transform(m_pages, std::back_inserter(m_plain), plain);
    setWindowTitle(tr("Help"));
    m_words->setPlaceholderText(tr("Search all pages"));
    m_words->setAccessibleName(m_words->placeholderText());
    m_words->setClearButtonEnabled(true);
    m_list->setAccessibleName(tr("Pages"));
    m_list->setProperty("role", QStringLiteral("pages"));
    m_none->setProperty("role", QStringLiteral("dim"));
    m_none->setWordWrap(true);
    m_text->setAccessibleName(tr("The page"));
    m_text->setOpenLinks(false);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->document()->setDocumentMargin(18);
    auto* left = new QVBoxLayout;
    left->addWidget(m_words);
    left->addWidget(m_none);
    left->addWidget(m_list, 1);
    auto* close = new QPushButton(tr("Close"), this);
    close->setAutoDefault(false);
    left->addWidget(close);
    auto* columns = new QHBoxLayout(this);
    columns->addLayout(left);
    columns->addWidget(m_text, 1);
    const int wide = fontMetrics().averageCharWidth() * 28;
    for (QWidget* widget : {static_cast<QWidget*>(m_words), static_cast<QWidget*>(m_list)})
        widget->setFixedWidth(wide);
    m_none->setFixedWidth(wide);
    setTabOrder(m_words, m_list);
    setTabOrder(m_list, m_text);
    setTabOrder(m_text, close);
    m_words->installEventFilter(this);
    connect(m_words, &QLineEdit::textChanged, this, &HelpWindow::search);
    connect(m_words, &QLineEdit::returnPressed, this, &HelpWindow::findNext);
    connect(m_list, &QListWidget::currentRowChanged, this, &HelpWindow::read);
    connect(m_text, &QTextBrowser::anchorClicked, this, &HelpWindow::follow);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    search();
    resize(920, 640);
}

void HelpWindow::showPage(const QString& id)
{
    m_words->clear();
    int row = 0;
    for (int i = 0; i < int(m_pages.size()); ++i)
        if (m_pages[i].id == id)
            row = i;
    m_list->setCurrentRow(row);
    m_words->setFocus(Qt::OtherFocusReason);
}

QString HelpWindow::page() const
{
    const auto* item = m_list->currentItem();
    return item ? m_pages[item->data(Qt::UserRole).toInt()].id : QString();
}

QStringList HelpWindow::listed() const
{
    QStringList ids;
    for (int row = 0; row < m_list->count(); ++row)
        ids << m_pages[m_list->item(row)->data(Qt::UserRole).toInt()].id;
    return ids;
}

/// Lists the pages that have all words; the one that was read stays where it is one of them.
void HelpWindow::search()
{
    const QString before = page();
    {
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        for (int i = 0; i < int(m_pages.size()); ++i) {
            if (!hasWords(m_plain[i], m_words->text()))
                continue;
            auto* item = new QListWidgetItem(m_pages[i].title, m_list);
            item->setData(Qt::UserRole, i);
            if (m_pages[i].id == before)
                m_list->setCurrentItem(item);
        }
        if (m_list->currentRow() < 0)
            m_list->setCurrentRow(0);
    }
    m_none->setVisible(m_list->count() == 0);
    if (page() == before)
        mark();
    else
        read();
}

void HelpWindow::read()
{
    const auto* item = m_list->currentItem();
    if (!item)
        return;
    static_cast<Reader*>(m_text)->show(m_pages[item->data(Qt::UserRole).toInt()]);
    mark();
}

/// Marks the words of the search where they stand, and goes to the first.
void HelpWindow::mark()
{
    QList<QTextEdit::ExtraSelection> marks;
    const QStringList words = m_words->text().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    QTextCursor first;
    for (const QString& word : words)
        for (QTextCursor at = m_text->document()->find(word); !at.isNull();
             at = m_text->document()->find(word, at)) {
            QTextCharFormat format;
            format.setBackground(theme().accent);
            format.setForeground(theme().onAccent);
            marks << QTextEdit::ExtraSelection {at, format};
            if (first.isNull() || at.selectionStart() < first.selectionStart())
                first = at;
        }
    m_text->setExtraSelections(marks);
    QTextCursor cursor(m_text->document());
    if (!first.isNull())
        cursor.setPosition(first.selectionStart());
    m_text->setTextCursor(cursor);
    m_text->ensureCursorVisible();
}

/// To the next place that is marked, around the end.
void HelpWindow::findNext()
{
    QList<int> places;
    const auto marks = m_text->extraSelections();
    for (const QTextEdit::ExtraSelection& mark : marks)
        places << mark.cursor.selectionStart();
    if (places.isEmpty())
        return;
    std::ranges::sort(places);
    const auto next = std::ranges::upper_bound(places, m_text->textCursor().position());
    QTextCursor cursor = m_text->textCursor();
    cursor.setPosition(next == places.end() ? places.first() : *next);
    m_text->setTextCursor(cursor);
    m_text->ensureCursorVisible();
}

void HelpWindow::follow(const QUrl& url)
{
    const HelpLink link = helpLink(url.toString());
    if (link.kind == HelpLink::Page)
        showPage(link.target);
    else if (link.kind == HelpLink::Action)
        Q_EMIT actionRequested(link.target);
    else
        Q_EMIT webRequested(url);
}

/// Up and Down in the search go through the list.
bool HelpWindow::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_words && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent&>(*event).key();
        const int step = key == Qt::Key_Down ? 1 : key == Qt::Key_Up ? -1 : 0;
        if (step != 0) {
            m_list->setCurrentRow(bounded(m_list->currentRow() + step, 0, m_list->count() - 1));
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}
