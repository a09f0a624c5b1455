// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/file/json.h"
#include "tests/failure.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

template<typename T>
concept ComparesWithText = requires(const T& value)
{
    value == "a";
};

class JsonTest : public QObject
{
    Q_OBJECT

    static std::string problem(const std::string& text)
    {
        return failure([&] { parseJson(text, {"The file %1", std::string("x.json")}); });
    }
    static std::string nested(int levels)
    {
        return std::string(size_t(levels), '[') + std::string(size_t(levels), ']');
    }

private Q_SLOTS:
    void whatIsReadIsWhatStandsThere()
    {
        const auto json =
            parseJson("\xEF\xBB\xBF {\"a\": [1, -2, 0.5, null], \"b\": \"\u00e9\"}", {});
        QCOMPARE(json["a"].size(), size_t(4));
        QCOMPARE(json["a"][1].get<int>(), -2);
        QCOMPARE(json["b"].get<std::string>(), std::string("\u00e9"));
        QCOMPARE(parseJson(nested(64), {}).dump(), nested(64));
    }

    void aTextIsComparedWithoutMakingAValueOfIt()
    {
        QVERIFY(isText("a", "a"));
        QVERIFY(!isText("b", "a"));
        QVERIFY(!isText("", "a"));
        QVERIFY(!isText(1, "a"));
        QVERIFY(!isText(nullptr, ""));
        QVERIFY(!isText({"a"}, "a"));
        // Its comparison ends the program where there is no memory for a value.
        static_assert(!ComparesWithText<nlohmann::json>);
        static_assert(ComparesWithText<std::string>);
    }

    void whatIsRefusedIsNamedInOurWords_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("sentence");
        QTest::newRow("65 levels")
            << QByteArray::fromStdString(nested(65))
            << QByteArray("The file x.json is nested too deeply: 64 levels are "
                          "read.");
        QTest::newRow("objects in objects")
            << QByteArray("{\"a\":").repeated(100'000)
            << QByteArray("The file x.json is nested too deeply: 64 levels are read.");
        QTest::newRow("a million brackets")
            << QByteArray(1'000'000, '[')
            << QByteArray("The file x.json is nested too deeply: 64 levels are read.");
        QTest::newRow("too many values")
            << "[" + QByteArray("0,").repeated(1'000'000) + "0]"
            << QByteArray("The file x.json holds more than the 1000000 values that are read.");
        QTest::newRow("a great number")
            << QByteArray("{\"a\": 1e999}")
            << QByteArray("The file x.json holds a number that is too large to be read.");
        QTest::newRow("cut off")
            << QByteArray("{\n\n\"a\": ")
            << QByteArray("The file x.json is not valid JSON: line 3 cannot be read.");
        QTest::newRow("no text")
            << QByteArray("{\"\xff\": 1}")
            << QByteArray("The file x.json is not valid JSON: line 1 cannot be read.");
        QTest::newRow("nothing")
            << QByteArray()
            << QByteArray("The file x.json is not valid JSON: line 1 cannot be read.");
        QTest::newRow("more behind it")
            << QByteArray("{} {}")
            << QByteArray("The file x.json is not valid JSON: line 1 cannot be read.");
    }

    void whatIsRefusedIsNamedInOurWords()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, sentence);
        QCOMPARE(QByteArray::fromStdString(problem(text.toStdString())), sentence);
    }

    void aFileIsNamedAndMayNotBeTooLarge()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath(QStringLiteral("a.json")).toStdString();
        std::ofstream(file) << "{\"a\": 3}";
        QCOMPARE(readJson(file)["a"].get<int>(), 3);
        QVERIFY(failure([&] { readJson(file, 4); }).find("too large") != std::string::npos);
        std::ofstream(file) << "{";
        QVERIFY(failure([&] { readJson(file); }).starts_with("The file " + file.string()));
    }
};

QTEST_APPLESS_MAIN(JsonTest)
#include "tst_json.moc"
