// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/record.h"
#include "tests/failure.h"

#include <QTest>

namespace {

Record record()
{
    Record r {.model = "x"};
    r.request.method = "analogy";
    return r;
}

Method method()
{
    return {.id = "analogy", .name = "Analogy"};
}

} // namespace

class LoraRecordTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ofLorasAFullRecordHasTheNames()
    {
        Record r = record();
        const std::string hash(64, 'a');
        r.request.loras = {
            {.file = "/home/somebody/style.safetensors", .sha256 = hash, .weight = -.5}};
        for (const Embed embed : {Embed::Full, Embed::Settings}) {
            const std::string text = toText(r, embed, method()).back().text;
            QVERIFY(text.find("somebody") == std::string::npos);
            QVERIFY(text.find("\"format\":3") != std::string::npos);
            const Record read = parseRecord(text);
            const bool full = embed == Embed::Full;
            QVERIFY(
                read.request.loras
                == (std::vector<Lora> {
                    {.file = full ? "style.safetensors" : "", .sha256 = hash, .weight = -.5}}));
        }
        QVERIFY(
            toText(record(), Embed::Full, method()).back().text.find("\"format\":1")
            != std::string::npos);
        QVERIFY(
            failure([] {
                parseRecord(R"({"format": 3, "loras": [{"hash": "x", "weight": 1}]})");
            }).find("loras")
            != std::string::npos);
        QVERIFY(
            failure([&] {
                parseRecord(
                    R"({"format": 3, "loras": [{"hash": ")" + hash + R"(", "weight": 11}]})");
            }).find("weight")
            != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(LoraRecordTest)
#include "tst_lorarecord.moc"
