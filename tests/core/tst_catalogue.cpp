// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/catalogue.h"

#include "core/errors.h"
#include "core/file/files.h"
#include "core/published.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <set>

namespace {

/// With " for each '.
std::string quoted(std::string text)
{
    std::ranges::replace(text, '\'', '"');
    return text;
}

/// Why it is refused; empty: it is not.
template<typename Act>
std::string refusal(Act act)
{
    try {
        act();
        return {};
    } catch (const Error& error) {
        return error.what();
    }
}

nlohmann::json small()
{
    return nlohmann::json::parse(quoted(
        "{"
        " 'licences': [{'id': 'mit', 'name': 'MIT', 'restrictions': 'None.', 'link': "
        "'https://x.org/'}],"
        " 'purposes': [{'id': 'use', 'title': 'Use'}],"
        " 'files': [{'id': 'one', 'title': 'One', 'purpose': 'For this.', 'for': ['use'],"
        " 'modes': ['analogy'], 'repository': 'owner/name', 'revision': 'main',"
        " 'file': 'a/b.safetensors', 'folder': 'loras', 'bytes': 5, 'licence': 'mit',"
        " 'sha256': '"
        + std::string(64, 'a')
        + "',"
          " 'few-steps': {'name': 'Few', 'sampler': 'lcm', 'steps': 4, 'guidance': 1}}],"
          " 'known': []}"));
}

std::string refused(const nlohmann::json& catalogue)
{
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath(QStringLiteral("x.json")).toStdString();
    const std::string text = catalogue.dump();
    writeFileAtomically(file, std::as_bytes(std::span(text)));
    return refusal([&] { readCatalogue(file); });
}

} // namespace

class TestCatalogue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theOneThatComesAlongIsWhole();
    void whatIsKnownOfItsFilesIsAsPublished();
    void whatIsWrongIsNamed_data();
    void whatIsWrongIsNamed();
    void filesAreFoundByTheirHash();
    void linksAreRead_data();
    void linksAreRead();
    void linksThatAreRefused_data();
    void linksThatAreRefused();
    void addressesAreEncoded();
    void aRepositorysFilesAreRead();
    void aListThatIsNoneIsRefused_data();
    void aListThatIsNoneIsRefused();
};

void TestCatalogue::theOneThatComesAlongIsWhole()
{
    const Catalogue catalogue = readCatalogue();
    QVERIFY(catalogue.entries.size() >= 20);
    std::set<std::string> places;
    for (const CatalogueEntry& entry : catalogue.entries) {
        QVERIFY2(places.insert(entry.folder + '/' + entry.name).second, entry.id.c_str());
        QVERIFY2(hasWeightsName(entry.name), entry.id.c_str());
        QVERIFY2(!entry.modes.empty(), entry.id.c_str());
        QVERIFY2(entry.purpose.ends_with('.'), entry.id.c_str());
        if (entry.canBeFetched())
            QVERIFY2(catalogue.licence(entry.licence), entry.id.c_str());
    }
    for (const Licence& licence : catalogue.licences)
        QVERIFY2(licence.restrictions.ends_with('.'), licence.id.c_str());
    for (const Purpose& purpose : catalogue.purposes)
        QVERIFY2(
            std::ranges::any_of(
                catalogue.entries,
                [&](const CatalogueEntry& entry) {
                    return std::ranges::find(entry.purposes, purpose.id) != entry.purposes.end();
                }),
            purpose.id.c_str());
    QCOMPARE(int(catalogue.known.size()), 5);
}

void TestCatalogue::whatIsKnownOfItsFilesIsAsPublished()
{
    const Catalogue catalogue = readCatalogue();
    const CatalogueEntry* inpainting = catalogue.entry("sd15-inpainting");
    QVERIFY(inpainting);
    QCOMPARE(inpainting->exactBytes(), 4265437280u);
    QCOMPARE(
        inpainting->sha256,
        std::string("c6bbc15e3224e6973459ba78de4998b80b50112b0ae5b5c67113d56b4e366b19"));
    QCOMPARE(inpainting->name, std::string("sd-v1-5-inpainting.ckpt"));
    const CatalogueEntry* canny = catalogue.entry("cn-canny");
    QVERIFY(canny && canny->about);
    QCOMPARE(canny->exactBytes(), 0u);
    QVERIFY(catalogue.licence(catalogue.entry("pidinet")->licence)->nonCommercial);
    QVERIFY(!catalogue.entry("hed")->canBeFetched()); // its name is known, not its place
    QVERIFY(!catalogue.entry("nothing"));
}

void TestCatalogue::whatIsWrongIsNamed_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("said");
    QTest::newRow("short hash") << "/files/0/sha256"
                                << "\"abc\""
                                << "\"sha256\"";
    QTest::newRow("hash in capitals")
        << "/files/0/sha256" << QStringLiteral("\"%1\"").arg(QString(64, QLatin1Char('A')))
        << "\"sha256\"";
    QTest::newRow("way up") << "/files/0/file"
                            << "\"../x.safetensors\""
                            << "\"file\"";
    QTest::newRow("absolute") << "/files/0/file"
                              << "\"/etc/x\""
                              << "\"file\"";
    QTest::newRow("folder up") << "/files/0/folder"
                               << "\"..\""
                               << "\"folder\"";
    QTest::newRow("folder in a folder") << "/files/0/folder"
                                        << "\"a/b\""
                                        << "\"folder\"";
    QTest::newRow("hidden name") << "/files/0/name"
                                 << "\".bashrc\""
                                 << "\"name\"";
    QTest::newRow("repository") << "/files/0/repository"
                                << "\"a/b/c\""
                                << "\"repository\"";
    QTest::newRow("revision") << "/files/0/revision"
                              << "\"-x\""
                              << "\"revision\"";
    QTest::newRow("bytes") << "/files/0/bytes"
                           << "-5"
                           << "\"bytes\"";
    QTest::newRow("no licence of that id") << "/files/0/licence"
                                           << "\"bsd\""
                                           << "licence";
    QTest::newRow("for nothing") << "/files/0/for"
                                 << "[]"
                                 << "is for something";
    QTest::newRow("for what is not listed") << "/files/0/for"
                                            << "[\"x\"]"
                                            << "is for something";
    QTest::newRow("link") << "/licences/0/link"
                          << "\"http://x.org/\""
                          << "\"link\"";
    QTest::newRow("link with a name") << "/licences/0/link"
                                      << "\"https://a@x.org/\""
                                      << "\"link\"";
    QTest::newRow("no name") << "/licences/0/name"
                             << "\"\""
                             << "\"name\"";
    QTest::newRow("number") << "/files/0/title"
                            << "5"
                            << "\"title\"";
    QTest::newRow("flag") << "/files/0/gated"
                          << "\"yes\""
                          << "\"gated\"";
    QTest::newRow("few steps without a hash") << "/files/0/sha256"
                                              << "\"\""
                                              << "\"few-steps\"";
    QTest::newRow("few steps, how many") << "/files/0/few-steps/steps"
                                         << "0"
                                         << "\"steps\"";
    QTest::newRow("few steps, no name") << "/files/0/few-steps/name"
                                        << "\"\""
                                        << "\"name\"";
    QTest::newRow("no list") << "/files"
                             << "{}"
                             << "\"files\"";
    QTest::newRow("no object") << "/files/0"
                               << "5"
                               << "\"files\"";
}

void TestCatalogue::whatIsWrongIsNamed()
{
    QFETCH(QString, path);
    QFETCH(QString, value);
    QFETCH(QString, said);
    nlohmann::json catalogue = small();
    QCOMPARE(refused(catalogue), std::string());
    catalogue[nlohmann::json::json_pointer(path.toStdString())] =
        nlohmann::json::parse(value.toStdString());
    const QString why = QString::fromStdString(refused(catalogue));
    QVERIFY2(why.contains(said), qPrintable(why));
    catalogue = small();
    catalogue["files"].push_back(catalogue["files"][0]);
    QVERIFY(refused(catalogue).find("there twice") != std::string::npos);
}

void TestCatalogue::filesAreFoundByTheirHash()
{
    const Catalogue catalogue = readCatalogue();
    const CatalogueEntry* sd15 = catalogue.entry("sd15");
    QCOMPARE(catalogue.withHash(sd15->sha256), sd15);
    QVERIFY(!catalogue.withHash(""));
    QVERIFY(!catalogue.withHash(std::string(64, '0')));
    QVERIFY(catalogue.mayKnow(sd15->bytes));
}

void TestCatalogue::linksAreRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("read"); ///< repository, revision, file
    const auto row = [](const char* text, const char* read) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(read);
    };
    row("owner/name", "owner/name main ");
    row(" owner/name \n", "owner/name main ");
    row("owner/name/a/b.safetensors", "owner/name main a/b.safetensors");
    row("https://huggingface.co/owner/name", "owner/name main ");
    row("https://huggingface.co/owner/name/", "owner/name main ");
    row("HTTPS://HuggingFace.co/owner/name", "owner/name main ");
    row("huggingface.co/owner/name", "owner/name main ");
    row("https://huggingface.co/owner/name/tree/v2/sub", "owner/name v2 ");
    row("https://huggingface.co/owner/name/blob/main/x.ckpt", "owner/name main x.ckpt");
    row("https://huggingface.co/owner/name/resolve/main/a%20b.ckpt?download=true",
        "owner/name main a b.ckpt");
    row("https://huggingface.co/owner/name/resolve/main/x.ckpt?token=SECRET#x",
        "owner/name main x.ckpt");
    row("https://huggingface.co/owner/name/resolve/refs%2Fpr%2F1/x.ckpt",
        "owner/name refs/pr/1 x.ckpt");
}

void TestCatalogue::linksAreRead()
{
    QFETCH(QString, text);
    QFETCH(QString, read);
    const PublishedFile file = publishedAt(text.toStdString(), "huggingface.co");
    QCOMPARE(QString::fromStdString(file.repository + ' ' + file.revision + ' ' + file.file), read);
}

void TestCatalogue::linksThatAreRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("said");
    const auto row = [](const char* text, const char* said) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(said);
    };
    row("", "neither");
    row("name", "neither");
    row("owner/", "neither");
    row("owner/../x", "neither");
    row("owner/name/../x.ckpt", "neither");
    row("owner/name/%2e%2e/x.ckpt", "neither");
    row("https://huggingface.co/owner/name/resolve/main/%2e%2e%2fx.ckpt", "neither");
    row("https://huggingface.co/owner/name/settings", "neither");
    row("owner/na me", "neither");
    row("http://huggingface.co/owner/name", "https");
    row("ftp://huggingface.co/owner/name", "https");
    row("file:///etc/passwd", "https");
    row("https://example.org/owner/name", "another site");
    row("https://huggingface.co.evil.org/owner/name", "another site");
    row("https://me:SECRET@huggingface.co/owner/name", "a name and a password");
    row("owner/name/readme.md", "no file of weights");
}

void TestCatalogue::linksThatAreRefused()
{
    QFETCH(QString, text);
    QFETCH(QString, said);
    const QString why =
        QString::fromStdString(refusal([&] { publishedAt(text.toStdString(), "huggingface.co"); }));
    QVERIFY2(why.contains(said), qPrintable(why));
    QVERIFY(!why.contains(QLatin1String("SECRET")));
}

void TestCatalogue::addressesAreEncoded()
{
    QCOMPARE(
        resolveAddress(
            {.repository = "owner/name", .revision = "refs/pr/1", .file = "a b/ä#?.ckpt"},
            "https://x.test:5"),
        std::string("https://x.test:5/owner/name/resolve/refs%2Fpr%2F1/a%20b/%C3%A4%23%3F.ckpt"));
    QCOMPARE(
        listAddress({.repository = "owner/name", .revision = "main"}, "https://x.test"),
        std::string("https://x.test/api/models/owner/name/revision/main?blobs=true"));
}

void TestCatalogue::aRepositorysFilesAreRead()
{
    const std::string hash(64, 'a');
    std::string text = quoted(
        "{'sha': '0123', 'gated': 'auto', 'tags': ['x', 5, 'license:openrail'], 'siblings': ["
        "{'rfilename': 'z.ckpt', 'size': 7, 'lfs': {'sha256': 'HASH', 'size': 7}},"
        "{'rfilename': 'README.md'}, {'rfilename': '../up.ckpt'},"
        "{'rfilename': 'a/unet.safetensors', 'size': null, 'lfs': null}]}");
    text.replace(text.find("HASH"), 4, hash);
    const RepositoryList list = parseRepositoryList(text);
    QVERIFY(list.gated);
    QCOMPARE(list.licence, std::string("openrail"));
    QCOMPARE(list.commit, std::string("0123"));
    QCOMPARE(int(list.files.size()), 2);
    QCOMPARE(list.files[0].file, std::string("a/unet.safetensors"));
    QCOMPARE(list.files[1].sha256, hash);
    QCOMPARE(list.files[1].bytes, 7u);
}

void TestCatalogue::aListThatIsNoneIsRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("a page") << QByteArray("<html>");
    QTest::newRow("an array") << QByteArray("[]");
    QTest::newRow("deep") << QByteArray(100000, '[');
    QTest::newRow("no list") << QByteArray::fromStdString(quoted("{'siblings': 5}"));
    QTest::newRow("no objects") << QByteArray::fromStdString(quoted("{'siblings': [5]}"));
    QTest::newRow("no name") << QByteArray::fromStdString(
        quoted("{'siblings': [{'rfilename': 5}]}"));
    QTest::newRow("negative") << QByteArray::fromStdString(
        quoted("{'siblings': [{'rfilename': 'a.pt', 'size': -1}]}"));
    QTest::newRow("bytes that are no text") << QByteArray("{\"sha\": \"\xff\xfe\"}");
}

void TestCatalogue::aListThatIsNoneIsRefused()
{
    QFETCH(QByteArray, text);
    const std::string why = refusal([&] { parseRepositoryList(text.toStdString()); });
    QVERIFY(why.starts_with("The site's list of files cannot be read: "));
}

QTEST_GUILESS_MAIN(TestCatalogue)
#include "tst_catalogue.moc"
