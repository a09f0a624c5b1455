// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/loras.h"

#include "app/exitstatus.h"
#include "app/runrecord.h"
#include "app/settings.h"
#include "app/store/runtext.h"
#include "core/file/hash.h"
#include "tests/app/emptyhome.h"
#include "tests/app/toolmethods.h"

#include <QFile>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>

namespace {

SharedImage nowhere(const std::string&)
{
    return {};
}

} // namespace

class LorasTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;
    QTemporaryDir m_folder;

    /// A LoRA whose file holds that, as a request has it.
    Lora lora(const char* name, const char* bytes, double weight = 1)
    {
        QFile file(m_folder.filePath(QString::fromLatin1(name)));
        file.open(QFile::WriteOnly);
        file.write(bytes);
        file.close();
        const std::string path = file.fileName().toStdString();
        return {.file = path, .sha256 = sha256(std::filesystem::path(path)), .weight = weight};
    }

    /// As a record has it.
    static Lora told(Lora lora, bool name = true)
    {
        lora.file = name ? std::filesystem::path(lora.file).filename().string() : std::string();
        return lora;
    }

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void filesAreFoundByTheirHashes()
    {
        const Lora first = lora("first.safetensors", "1"), second = lora("second.safetensors", "2");
        Settings().addRecentLora(QString::fromStdString(second.file));
        Request parent;
        parent.loras = {told(first), told(second, false)};
        Request request = parent;
        request.branch = Branch {.parent = std::make_shared<const Request>(parent), .step = 1};
        // The name does not count, nor does one that has something else in it.
        const Lora other = lora("first-copy.safetensors", "1");
        const QStringList missing = findLoras(
            request,
            {QString::fromStdString(lora("x.safetensors", "3").file),
             QString::fromStdString(other.file), QStringLiteral("/nowhere/y.safetensors")});
        QVERIFY(missing.isEmpty());
        const std::vector<Lora> wanted = {{other.file, first.sha256, 1}, second};
        QVERIFY(request.loras == wanted);
        QVERIFY(request.branch->parent->loras == wanted);
    }

    void whatIsNotFoundIsNamedAndHasNoPlace()
    {
        Request request;
        request.loras = {told(lora("a.safetensors", "4")), told(lora("b.safetensors", "5"), false)};
        const QStringList missing = findLoras(request, {});
        QCOMPARE(missing.size(), 2);
        QCOMPARE(missing[0], QStringLiteral("a.safetensors"));
        QVERIFY(missing[1].startsWith(QStringLiteral("SHA-256 ")));
        for (const Lora& each : request.loras)
            QVERIFY(!isPlaced(each));
        try {
            findLorasOrThrow(request, {});
            QFAIL("it was found");
        } catch (const CommandError& error) {
            QVERIFY(QByteArray(error.what()).contains("a.safetensors"));
        }
    }

    void aSessionHasTheirPlacesApart()
    {
        const Method method = countingMethod();
        RunFacts facts;
        facts.prepared.request.method = method.id;
        facts.prepared.request.loras = {lora("a.safetensors", "6", .5)};
        KeptRun kept = keptRun(facts, method);
        QVERIFY(kept.record.find(m_folder.path().toStdString()) == std::string::npos);
        QVERIFY(recordOf(kept, nowhere).request.loras == facts.prepared.request.loras);
        kept.places.clear(); // as of a session that was passed on
        const auto passed = recordOf(kept, nowhere).request.loras;
        QCOMPARE(passed.size(), std::size_t(1));
        QVERIFY(!isPlaced(passed[0]));
        QCOMPARE(passed[0].sha256, facts.prepared.request.loras[0].sha256);
    }

    void whatIsEditedIsKeptWithTheList()
    {
        Document document {.method = countingMethod().id};
        document.loras = {
            {.lora = lora("a.safetensors", "7", -.25)},
            {.lora = lora("b.safetensors", "8"), .on = false}};
        const std::string text = toText(document, {countingMethod()});
        QVERIFY(parseDocument(text, nowhere).loras == document.loras);
        const auto before = text.substr(0, text.find("\"places\""));
        QVERIFY(before.find("safetensors") == std::string::npos);
    }
};

QTEST_GUILESS_MAIN(LorasTest)
#include "tst_loras.moc"
