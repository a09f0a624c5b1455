// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/file/replyhead.h"

#include "core/errors.h"
#include "core/file/files.h"
#include "core/file/freespace.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <limits>

namespace fs = std::filesystem;

namespace {

constexpr int64_t now = 1445412480; // 21 Oct 2015 07:28:00

ReplyHead head(int status, const char* lines = "")
{
    return replyHead(status, parseHeadLines(lines), now);
}

WantedReply wanted(uint64_t have, uint64_t bytes, bool independent = true, bool site = false)
{
    return {
        .host = "host",
        .name = "file",
        .site = site,
        .have = have,
        .bytes = bytes,
        .independent = independent};
}

} // namespace

class TestReplyHead : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rangesAreReadAsTheyAreWritten_data();
    void rangesAreReadAsTheyAreWritten();
    void waitsAreNumbersOrDates_data();
    void waitsAreNumbersOrDates();
    void onlyStrongTagsCount();
    void theSitesWordIsKept();
    void headsThatContradictThemselvesAreRefused();
    void rubbishIsLeftOut();
    void whatIsDoneAfterAReply_data();
    void whatIsDoneAfterAReply();
    void whatIsUnchanged();

    void theSpaceOfACopyIsCounted();
};

void TestReplyHead::rangesAreReadAsTheyAreWritten_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("good");
    QTest::newRow("usual") << "bytes 5-9/10" << true;
    QTest::newRow("total unknown") << "bytes 5-9/*" << true;
    QTest::newRow("none of it") << "bytes */10" << true;
    QTest::newRow("in capitals, with blanks") << "  Bytes  5 - 9 / 10" << false;
    QTest::newRow("blanks around") << "BYTES  5-9/10 " << true;
    QTest::newRow("nothing known") << "bytes */*" << false;
    QTest::newRow("backwards") << "bytes 9-5/10" << false;
    QTest::newRow("beyond the end") << "bytes 5-10/10" << false;
    QTest::newRow("negative") << "bytes -5-9/10" << false;
    QTest::newRow("other unit") << "items 5-9/10" << false;
    QTest::newRow("no unit") << "5-9/10" << false;
    QTest::newRow("no total") << "bytes 5-9" << false;
    QTest::newRow("too large") << "bytes 5-9/99999999999999999999" << false;
    QTest::newRow("letters") << "bytes 5-9/1O" << false;
    QTest::newRow("empty") << "" << false;
    QTest::newRow("half") << "bytes 5-/10" << false;
    QTest::newRow("one number") << "bytes 59/10" << false;
}

void TestReplyHead::rangesAreReadAsTheyAreWritten()
{
    QFETCH(QString, text);
    QFETCH(bool, good);
    const auto range = parseContentRange(text.toStdString());
    QCOMPARE(range.has_value(), good);
    if (text == QLatin1String("bytes 5-9/10"))
        QVERIFY((range == ContentRange {.first = 5, .last = 9, .total = 10}));
}

void TestReplyHead::waitsAreNumbersOrDates_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("seconds"); ///< -1: nothing
    QTest::newRow("number") << "120" << 120;
    QTest::newRow("none") << "" << -1;
    QTest::newRow("negative") << "-5" << -1;
    QTest::newRow("words") << "soon" << -1;
    QTest::newRow("a minute from now") << "Wed, 21 Oct 2015 07:29:00 GMT" << 60;
    QTest::newRow("past") << "Sun, 06 Nov 1994 08:49:37 GMT" << 0;
    QTest::newRow("a leap day") << "Mon, 29 Feb 2016 07:28:00 GMT" << 131 * 86400;
    QTest::newRow("other zone") << "Wed, 21 Oct 2015 07:29:00 CET" << -1;
    QTest::newRow("no month") << "Wed, 21 Xyz 2015 07:29:00 GMT" << -1;
    QTest::newRow("between months") << "Wed, 21 anF 2015 07:29:00 GMT" << -1;
    QTest::newRow("hour 25") << "Wed, 21 Oct 2015 25:29:00 GMT" << -1;
}

void TestReplyHead::waitsAreNumbersOrDates()
{
    QFETCH(QString, text);
    QFETCH(int, seconds);
    QCOMPARE(parseRetryAfter(text.toStdString(), now).value_or(-1), int64_t(seconds));
}

void TestReplyHead::onlyStrongTagsCount()
{
    QCOMPARE(strongEtag("\"abc\""), std::string("\"abc\""));
    for (const char* none : {"W/\"abc\"", "abc", "\"", "", "\"a\"b\"", "\"a\nb\""})
        QCOMPARE(strongEtag(none), std::string());
}

void TestReplyHead::theSitesWordIsKept()
{
    const ReplyHead site = head(
        302,
        "x-linked-etag: \"aa\"\r\nX-Linked-Size: 12\r\nX-Repo-Commit: cc\r\n"
        "LOCATION: /next?Signature=s\r\nETag: \"e\"\r\n");
    QCOMPARE(site.linkedEtag, std::string("aa"));
    QCOMPARE(site.linkedSize.value_or(0), 12u);
    QCOMPARE(site.commit, std::string("cc"));
    QCOMPARE(site.location, std::string("/next?Signature=s"));
    QCOMPARE(site.etag, std::string("\"e\""));
    QCOMPARE(head(200, "X-Linked-ETag: W/\"aa\"").linkedEtag, std::string("aa"));
    QCOMPARE(head(200, "X-Linked-ETag: aa").linkedEtag, std::string("aa"));
}

void TestReplyHead::headsThatContradictThemselvesAreRefused()
{
    for (const char* lines :
         {"Content-Length: 5\nContent-Length: 6", "Content-Length: five", "Content-Length: -1",
          "Content-Length: 5, 5", "Content-Range: bytes 0-4/5\nContent-Range: bytes 0-3/5"}) {
        const Verdict verdict = judge(head(200, lines), wanted(0, 0));
        QVERIFY2(verdict.what == Verdict::Refuse, lines);
    }
    QVERIFY(!head(200, "Content-Length: 5\nContent-Length: 5").contradictory);
    QVERIFY(judge(head(200, "Content-Encoding: gzip"), wanted(0, 0)).what == Verdict::Refuse);
    QVERIFY(judge(head(200, "Content-Encoding: identity"), wanted(0, 0)).what == Verdict::Take);
}

void TestReplyHead::rubbishIsLeftOut()
{
    const std::string longValue(10000, 'x');
    HeadLines lines = parseHeadLines("no colon\n: no name\nETag : \"a\"\nEtag:\"b\"");
    QCOMPARE(int(lines.size()), 2);
    lines.emplace_back("Location", longValue);
    lines.emplace_back(longValue, "5");
    lines.emplace_back("X-Repo-Commit", std::string("a\0b", 3));
    const ReplyHead read = replyHead(200, lines, now);
    QCOMPARE(read.etag, std::string("\"b\""));
    QVERIFY(read.location.empty() && read.commit.empty());
    std::string many;
    for (int i = 0; i < 1000; ++i)
        many += "a: b\n";
    QCOMPARE(int(parseHeadLines(many).size()), 200);
    HeadLines more(200, {"a", "b"});
    more.emplace_back("Location", "/x");
    QVERIFY(replyHead(302, more, now).location.empty());
}

void TestReplyHead::whatIsDoneAfterAReply_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("lines");
    QTest::addColumn<int>("have");
    QTest::addColumn<int>("bytes");
    QTest::addColumn<bool>("independent");
    QTest::addColumn<int>("what");
    QTest::addColumn<int>("from");
    const auto row = [](const char* name, int status, const char* lines, int have, int bytes,
                        bool independent, Verdict::What what, int from = 0) {
        QTest::newRow(name) << status << QString::fromLatin1(lines) << have << bytes << independent
                            << int(what) << from;
    };
    const char* rest = "Content-Range: bytes 4-9/10\nContent-Length: 6";
    row("whole", 200, "Content-Length: 10", 0, 10, true, Verdict::Take);
    row("whole in place of a part", 200, "Content-Length: 10", 4, 10, true, Verdict::Take);
    row("whole without a length", 200, "", 0, 10, true, Verdict::Take);
    row("whole of another length", 200, "Content-Length: 9", 0, 10, true, Verdict::Refuse);
    row("another length, never known", 200, "Content-Length: 9", 0, 10, false, Verdict::Refuse);
    row("another length than then", 200, "Content-Length: 9", 4, 10, false, Verdict::Take);
    row("part", 206, rest, 4, 10, true, Verdict::Take, 4);
    row("part of a file of unknown size", 206, rest, 4, 0, false, Verdict::Take, 4);
    row("part, total not said", 206, "Content-Range: bytes 4-9/*", 4, 10, true, Verdict::Take, 4);
    row("another part", 206, "Content-Range: bytes 3-9/10", 4, 10, true, Verdict::Anew);
    row("part without a range", 206, "Content-Length: 6", 4, 10, true, Verdict::Anew);
    row("part of another length", 206, "Content-Range: bytes 4-9/10\nContent-Length: 5", 4, 10,
        true, Verdict::Anew);
    row("part that nobody asked for", 206, "Content-Range: bytes 0-9/10", 0, 10, true,
        Verdict::Refuse);
    row("part of another file", 206, "Content-Range: bytes 4-9/11", 4, 10, true, Verdict::Refuse);
    row("part of a changed file", 206, "Content-Range: bytes 4-9/11", 4, 10, false, Verdict::Anew);
    row("all is there", 416, "Content-Range: bytes */10", 10, 10, true, Verdict::Complete);
    row("all is there, size unknown", 416, "Content-Range: bytes */10", 10, 0, true,
        Verdict::Complete);
    row("more is there", 416, "Content-Range: bytes */9", 10, 10, true, Verdict::Anew);
    row("no such part", 416, "", 4, 10, true, Verdict::Anew);
    row("no such file", 416, "", 0, 10, true, Verdict::Refuse);
    row("redirect", 302, "Location: /x", 0, 10, true, Verdict::Follow);
    row("redirect to nowhere", 302, "", 0, 10, true, Verdict::Refuse);
    row("not modified", 304, "Location: /x", 0, 10, true, Verdict::Refuse);
    row("expired", 403, "", 4, 10, true, Verdict::Again);
    row("busy", 429, "Retry-After: 3", 4, 10, true, Verdict::Wait);
    row("odd", 999, "", 4, 10, true, Verdict::Refuse);
    row("gone", 404, "", 4, 10, true, Verdict::Refuse);
    row("gone for good", 410, "", 0, 10, true, Verdict::Refuse);
    row("a proxy's name", 407, "", 0, 10, true, Verdict::Refuse);
    for (const int fault : {408, 500, 502, 503, 504})
        row(std::to_string(fault).c_str(), fault, "", 4, 10, true, Verdict::Wait);
    row("a page", 200, "Content-Type: Text/HTML; charset=utf-8\nContent-Length: 10", 0, 10, true,
        Verdict::Refuse);
    row("a page for the rest", 206, "Content-Type: text/html\nContent-Range: bytes 4-9/10", 4, 10,
        true, Verdict::Refuse);
    row("a page behind a failure", 503, "Content-Type: text/html", 0, 10, true, Verdict::Wait);
    row("a text", 200, "Content-Type: text/plain\nContent-Length: 10", 0, 10, true, Verdict::Take);
    row("packed", 200, "Content-Encoding: gzip\nContent-Length: 10", 0, 10, true, Verdict::Refuse);
}

void TestReplyHead::whatIsDoneAfterAReply()
{
    QFETCH(int, status);
    QFETCH(QString, lines);
    QFETCH(int, have);
    QFETCH(int, bytes);
    QFETCH(bool, independent);
    QFETCH(int, what);
    QFETCH(int, from);
    const ReplyHead reply = head(status, lines.toLatin1().constData());
    const Verdict verdict = judge(reply, wanted(uint64_t(have), uint64_t(bytes), independent));
    QCOMPARE(int(verdict.what), what);
    QCOMPARE(verdict.from, uint64_t(from));
    const bool tells =
        what != Verdict::Take && what != Verdict::Follow && what != Verdict::Complete;
    QCOMPARE(!verdict.why.empty(), tells);
    if (status == 429)
        QCOMPARE(verdict.seconds.value_or(0), 3);
    if (status == 403) // of the site itself nothing else can be asked
        QVERIFY(judge(reply, wanted(4, 10, true, true)).what == Verdict::Refuse);
}

void TestReplyHead::whatIsUnchanged()
{
    const ReplyHead site = head(302, "X-Linked-ETag: \"a\"\nX-Linked-Size: 10");
    QVERIFY(isUnchanged("a", 10, site));
    QVERIFY(isUnchanged("a", 0, site));
    QVERIFY(!isUnchanged("a", 11, site));
    QVERIFY(!isUnchanged("b", 10, site));
    QVERIFY(!isUnchanged("", 10, site));
    QVERIFY(!isUnchanged("", 10, head(302)));
}

void TestReplyHead::theSpaceOfACopyIsCounted()
{
    const auto space = [](const fs::path& folder) {
        return FreeSpace {.bytes = 100, .disk = folder == "/cache" ? 2u : 1u};
    };
    const auto fits = [&](const char* target, uint64_t bytes, uint64_t have, const char* cache) {
        try {
            checkSpace(spaceFor(target, bytes, have, cache), "x", space);
            return true;
        } catch (const WorkError&) {
            return false;
        }
    };
    QVERIFY(fits("/models/a.safetensors", 100, 0, "/models/cache"));
    QVERIFY(!fits("/models/a.safetensors", 101, 0, "/models/cache"));
    QVERIFY(fits("/models/a.safetensors", 101, 1, "/models/cache"));
    QVERIFY(!fits("/models/a.ckpt", 51, 0, "/models/cache")); // on one disk
    QVERIFY(fits("/models/a.ckpt", 100, 0, "/cache"));        // on two
    QVERIFY(!fits("/models/a.ckpt", 101, 1, "/cache"));
    QVERIFY(freeSpace("/there/is/no/such/folder").bytes > 0);
    QCOMPARE(freeSpace({}).bytes, std::numeric_limits<uint64_t>::max()); // nobody can tell
}

QTEST_GUILESS_MAIN(TestReplyHead)
#include "tst_replyhead.moc"
