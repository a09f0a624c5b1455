// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/helpwindow.h"

#include "app/engine.h"
#include "app/methodlist.h"
#include "app/session.h"
#include "app/settings.h"
#include "core/errors.h"
#include "core/file/resources.h"
#include "tests/app/emptyhome.h"
#include "ui/actions.h"
#include "ui/mainwindow.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QLineEdit>
#include <QListWidget>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <QTextDocument>

namespace {

/// The targets of a page's links, or of its pictures.
QStringList targets(const HelpPage& page, bool pictures)
{
    const QRegularExpression link(
        (pictures ? QStringLiteral("!") : QStringLiteral("(?<!!)"))
        + QStringLiteral("\\[[^\\]]*\\]\\(([^)]+)\\)"));
    QStringList found;
    for (auto i = link.globalMatch(page.text); i.hasNext();)
        found << i.next().captured(1);
    return found;
}

} // namespace

class HelpWindowTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void everyLinkAndEveryPictureIsThere_data()
    {
        QTest::addColumn<QString>("language");
        const QDir help(QString::fromStdString((resourceFolder() / "help").string()));
        for (const QString& folder : help.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
            if (folder != QLatin1String("pictures"))
                QTest::newRow(qPrintable(folder)) << folder;
    }

    void everyLinkAndEveryPictureIsThere()
    {
        QFETCH(const QString, language);
        Settings settings;
        Engine engine;
        const MethodList methods;
        Session session(engine, methods, settings);
        const MainWindow window(session, settings);
        const auto pages = readHelp(language);
        QStringList ids;
        for (const HelpPage& page : pages) {
            QVERIFY(!page.title.isEmpty());
            QVERIFY(page.text.size() > 200);
            ids << page.id;
        }
        int pictures = 0, papers = 0;
        for (const HelpPage& page : pages) {
            for (const QString& file : targets(page, true)) {
                QVERIFY2(
                    !QImage(QDir(page.folder).filePath(file)).isNull(),
                    qPrintable(page.id + u' ' + file));
                ++pictures;
            }
            for (const QString& href : targets(page, false)) {
                const HelpLink link = helpLink(href);
                if (link.kind == HelpLink::Page)
                    QVERIFY2(ids.contains(link.target), qPrintable(href));
                else if (link.kind == HelpLink::Action)
                    QVERIFY2(
                        window.actions().all().contains(
                            window.actions()(link.target.toLatin1().constData())),
                        qPrintable(href));
                else
                    papers += href.startsWith(QStringLiteral("https://arxiv.org/abs/")) ? 1 : 0;
            }
        }
        QVERIFY(pictures >= 8);
        QCOMPARE(papers, 3);
        for (const Method& method : methods.methods())
            QVERIFY2(
                method.isTool() || ids.contains(QString::fromStdString(method.id)),
                method.id.c_str());
    }

    void aPageThatIsNotTranslatedIsReadInEnglish()
    {
        QTemporaryDir folder;
        const QDir help(folder.filePath(QStringLiteral("help")));
        const auto write = [&](const QString& name, const char* text) {
            QVERIFY(QDir().mkpath(help.filePath(name.section(u'/', 0, 0))));
            QFile file(help.filePath(name));
            QVERIFY(file.open(QFile::WriteOnly));
            file.write(text);
        };
        write(QStringLiteral("en/contents.json"), R"(["one", "two"])");
        write(QStringLiteral("en/one.md"), "# One\n\ntext");
        write(QStringLiteral("en/two.md"), "# Two\n\ntext");
        write(QStringLiteral("ko/one.md"), "# \xed\x95\x98\xeb\x82\x98\n\ntext");
        qputenv("SIMILE_RESOURCES", folder.path().toUtf8());
        const auto pages = readHelp(QStringLiteral("ko"));
        const auto english = readHelp({});
        QFile::remove(help.filePath(QStringLiteral("en/two.md")));
        const auto lacking = [] { return readHelp({}); };
        QVERIFY_THROWS_EXCEPTION(Error, lacking());
        qunsetenv("SIMILE_RESOURCES");
        QCOMPARE(pages.size(), std::size_t(2));
        QCOMPARE(pages[0].title, QString::fromUtf8("\xed\x95\x98\xeb\x82\x98"));
        QCOMPARE(pages[1].title, QStringLiteral("Two"));
        QCOMPARE(english[0].title, QStringLiteral("One"));
    }

    void theSearchFindsWordsAndMarksThem()
    {
        HelpWindow help;
        help.show();
        help.showPage({});
        QCOMPARE(help.page(), QStringLiteral("start"));
        const auto all = help.listed();
        QTest::keyClicks(&help.words(), QStringLiteral("inpainting photographs"));
        QVERIFY(help.listed().contains(QStringLiteral("models")));
        QVERIFY(help.listed().size() < all.size());
        QVERIFY(help.listed().contains(help.page()));
        QVERIFY(help.text().extraSelections().size() >= 2);
        help.words().clear();
        QCOMPARE(help.listed(), all);
        QVERIFY(help.text().extraSelections().isEmpty());
        QTest::keyClicks(&help.words(), QStringLiteral("xylophone"));
        QVERIFY(help.listed().isEmpty());
        help.words().clear();
        QCOMPARE(help.listed(), all);
        QVERIFY(!help.page().isEmpty());
    }

    void theNextPlaceIsFoundByReturnAndPagesByTheArrows()
    {
        HelpWindow help;
        help.show();
        help.showPage(QStringLiteral("translate"));
        QTest::keyClicks(&help.words(), QStringLiteral("inversion"));
        const int first = help.text().textCursor().position();
        QTest::keyClick(&help.words(), Qt::Key_Return);
        QVERIFY(help.text().textCursor().position() > first);
        const int many = int(help.text().extraSelections().size());
        for (int i = 1; i < many; ++i)
            QTest::keyClick(&help.words(), Qt::Key_Return);
        QCOMPARE(help.text().textCursor().position(), first);
        help.words().clear();
        help.showPage({});
        QTest::keyClick(&help.words(), Qt::Key_Down);
        QCOMPARE(help.list().currentRow(), 1);
    }

    void linksLeadToPagesToTheWindowAndIntoTheWeb()
    {
        HelpWindow help;
        QSignalSpy web(&help, &HelpWindow::webRequested), act(&help, &HelpWindow::actionRequested);
        const auto click = [&](const char* href) {
            Q_EMIT help.text().anchorClicked(QUrl(QString::fromLatin1(href)));
        };
        click("models.md");
        QCOMPARE(help.page(), QStringLiteral("models"));
        click("action:shortcuts");
        QCOMPARE(act.value(0).value(0).toString(), QStringLiteral("shortcuts"));
        QCOMPARE(web.size(), 0);
        click("https://arxiv.org/abs/2405.10316");
        QCOMPARE(web.size(), 1); // and nothing else opens it
    }

    void itOpensAtThePageOfTheMode()
    {
        Settings settings;
        Engine engine;
        const MethodList methods;
        Session session(engine, methods, settings);
        MainWindow window(session, settings);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        session.setMethod("translate");
        QTest::keyClick(&window, Qt::Key_F1);
        QVERIFY(window.help());
        QCOMPARE(window.help()->page(), QStringLiteral("translate"));
        QTest::keyClick(window.help(), Qt::Key_Escape);
        QVERIFY(!window.help()->isVisible());
        window.actions()("inspect")->trigger();
        window.actions()("help")->trigger();
        QCOMPARE(window.help()->page(), QStringLiteral("inside"));
    }
};

QTEST_MAIN(HelpWindowTest)
#include "tst_helpwindow.moc"
