// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picture/imagefile.h"
#include "core/record.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QMap>
#include <QRegularExpression>
#include <QTest>

namespace {

Method method()
{
    Method m {.id = "analogy", .name = "Analogy"};
    m.parameters = {
        {.id = "prompt", .label = "Prompt", .initial = std::string(), .role = Role::Prompt},
        {.id = "negative",
         .label = "Negative",
         .initial = std::string(),
         .role = Role::NegativePrompt},
        {.id = "steps", .label = "Steps", .initial = 50, .role = Role::Steps},
        {.id = "guidance", .label = "Guidance", .initial = 15.0, .role = Role::Guidance},
        {.id = "strength", .label = "Strength", .initial = 0.98, .role = Role::Strength},
        {.id = "size", .label = "Size", .initial = 512, .role = Role::Size},
        {.id = "sampler",
         .label = "Sampler",
         .initial = std::string("euler"),
         .choices = {{"euler", "Euler, \"a\": fast"}},
         .role = Role::Sampler}};
    return m;
}

/// As AUTOMATIC1111's web UI takes a text apart that a picture has: the last line by its pattern,
/// what is quoted as JSON, the prompts line by line.
QMap<QString, QString> takenApart(const std::string& text)
{
    QMap<QString, QString> fields;
    QStringList lines = QString::fromStdString(text).trimmed().split(QLatin1Char('\n'));
    const QRegularExpression pattern(
        QStringLiteral("\\s*(\\w[\\w \\-/]+):\\s*(\"(?:\\\\.|[^\\\\\"])+\"|[^,]*)(?:,|$)"),
        QRegularExpression::UseUnicodePropertiesOption);
    auto found = pattern.globalMatch(lines.takeLast());
    while (found.hasNext()) {
        const QRegularExpressionMatch match = found.next();
        QString value = match.captured(2);
        if (value.size() > 1 && value.startsWith(QLatin1Char('"'))
            && value.endsWith(QLatin1Char('"')))
            value = QJsonDocument::fromJson("[" + value.toUtf8() + "]").array().at(0).toString();
        fields[match.captured(1)] = value;
    }
    const QString mark = QStringLiteral("Negative prompt:");
    QString part = QStringLiteral("prompt");
    for (QString line : lines) {
        line = line.trimmed();
        if (line.startsWith(mark)) {
            part = QStringLiteral("negative");
            line = line.mid(mark.size()).trimmed();
        }
        QString& so = fields[part];
        so += (so.isEmpty() ? QString() : QStringLiteral("\n")) + line;
    }
    return fields;
}

} // namespace

/// That a text comes back whatever is in it: for us, and for programs that read what A1111 writes.
class RecordTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFieldComesBackForUsAndForOthers_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("plain") << QStringLiteral("a red star");
        QTest::newRow("emoji") << QStringLiteral("🌟 and 👩🏽‍🎨 in 🇰🇷");
        QTest::newRow("Chinese, Japanese, Korean") << QStringLiteral("红色的星，赤い星、빨간 별");
        QTest::newRow("quotes") << QStringLiteral("\"red\" 'star' \\\"n\\\\ “so” \"");
        QTest::newRow("quoted") << QStringLiteral("\"all of it\"");
        QTest::newRow("colons and commas")
            << QStringLiteral("Steps: 3, Seed: 4, Model: x, (a:1.2)");
        QTest::newRow("lines") << QStringLiteral("one\ntwo, three: 3\n\nfour");
        QTest::newRow("tabs and signs") << QStringLiteral("a\tb <c> & %1 {d} \x01 e");
        QString many;
        for (int i = 0; i < 10'000; ++i)
            many += QStringLiteral("word%1 ").arg(i);
        QTest::newRow("10,000 words") << many.trimmed();
    }

    void everyFieldComesBackForUsAndForOthers()
    {
        QFETCH(const QString, text);
        const std::string value = text.toStdString();
        Record record {
            .resolved =
                {{"prompt", value},
                 {"negative", value},
                 {"sampler", std::string("euler")},
                 {"guidance", 7.5},
                 {"steps", 12},
                 {"size", 256},
                 {"strength", 0.5}},
            .model = value,
            .modelHash = "0123456789abcdef",
            .version = "0.1.0"};
        record.request = {.method = "analogy", .seed = 18364758544493064720u};
        record.request.values = {{"prompt", value}};
        record.request.images["b"] = {{.image = filled(2, 2, {}), .name = value}};
        const auto file = encodePng(filled(4, 4, {}), toText(record, Embed::Full, method()));

        const auto ours = readRecord(file);
        QVERIFY(ours.has_value());
        QCOMPARE(ours->resolved, record.resolved);
        QCOMPARE(ours->request.values, record.request.values);
        QCOMPARE(ours->request.seed, record.request.seed);
        const std::string name = value.substr(value.find_last_of("/\\") + 1); // of a file
        QCOMPARE(ours->model, name);
        QCOMPARE(ours->request.images.at("b")[0].name, name);

        const auto chunks = readPngText(file);
        QCOMPARE(chunks.at(0).keyword, std::string("parameters"));
        const auto theirs = takenApart(chunks[0].text);
        QCOMPARE(theirs.value(QStringLiteral("prompt")), text);
        QCOMPARE(theirs.value(QStringLiteral("negative")), text);
        QCOMPARE(theirs.value(QStringLiteral("Model")), text.section(QLatin1Char('\\'), -1));
        const std::pair<const char*, const char*> others[] = {
            {"Steps", "12"},
            {"Sampler", "Euler, \"a\": fast"},
            {"CFG scale", "7.5"},
            {"Seed", "18364758544493064720"},
            {"Size", "256x256"},
            {"Model hash", "0123456789"},
            {"Denoising strength", "0.5"},
            {"Version", "Simile 0.1.0"}};
        for (const auto& [key, wanted] : others)
            QCOMPARE(theirs.value(QLatin1String(key)), QLatin1String(wanted));
        QCOMPARE(theirs.size(), qsizetype(std::size(others)) + 3); // and nothing else
    }
};

QTEST_APPLESS_MAIN(RecordTextTest)
#include "tst_recordtext.moc"
