// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/loralist.h"

#include "app/engine.h"
#include "app/methodlist.h"
#include "app/session.h"
#include "app/settings.h"
#include "tests/app/emptyhome.h"
#include "tests/app/toolmethods.h"
#include "tests/ui/shownlabels.h"
#include "ui/numberbox.h"

#include <QCheckBox>
#include <QFile>
#include <QLabel>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <nlohmann/json.hpp>

namespace {

constexpr int width = 128; // of the default model in the middle

/// A LoRA of one layer, of rank 1.
std::string loraFile(const std::string& layer, int in, int out)
{
    const std::string key = "lora_unet_" + layer;
    nlohmann::json header;
    const int down = 4 * in, up = 4 * out;
    header["__metadata__"] = {{"modelspec.trigger_phrase", "<b>starry</b> night"}};
    header[key + ".lora_down.weight"] = {
        {"dtype", "F32"}, {"shape", {1, in}}, {"data_offsets", {0, down}}};
    header[key + ".lora_up.weight"] = {
        {"dtype", "F32"}, {"shape", {out, 1}}, {"data_offsets", {down, down + up}}};
    const std::string text = header.dump();
    std::string file(8, '\0');
    for (std::size_t i = 0; i < 8; ++i)
        file[i] = char((text.size() >> (8 * i)) & 255);
    return file + text + std::string(std::size_t(down + up), '\0');
}

struct Fixture
{
    QTemporaryDir folder;
    Engine engine;
    MethodList methods {std::vector {countingMethod(), promptFreeMethod()}};
    Settings settings;
    Session session {engine, methods, settings};
    LoraList list {session};

    Fixture() { QTRY_VERIFY(!session.model().card().path.empty()); }
    QString file(const char* name, const std::string& bytes) const
    {
        QFile made(folder.filePath(QString::fromLatin1(name)));
        made.open(QFile::WriteOnly);
        made.write(bytes.data(), qint64(bytes.size()));
        return made.fileName();
    }
    void add(const char* name, const std::string& bytes)
    {
        QSignalSpy failed(&session.loras(), &LoraChoice::failed);
        const auto before = session.loras().list().size();
        session.loras().add(file(name, bytes));
        QTRY_VERIFY(!failed.isEmpty() || session.loras().list().size() > before);
    }
    QStringList shown(const char* role) const { return shownLabels(list, role); }
};

} // namespace

class LoraListTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void aFileIsAddedAndGoesIntoTheRequest()
    {
        Fixture f;
        f.add("a & b.safetensors", loraFile("mid_block_attentions_0_proj_in", width, width));
        QCOMPARE(f.list.message(), QString());
        QCOMPARE(f.list.findChild<QToolButton*>()->text(), QStringLiteral("LoRAs (1)"));
        auto* on = f.list.findChild<QCheckBox*>();
        QCOMPARE(on->text(), QStringLiteral("a && b"));
        QVERIFY(on->isChecked());
        QCOMPARE(f.shown("dim"), QStringList {QStringLiteral("Words: <b>starry</b> night")});
        auto* weight = f.list.findChild<NumberBox*>();
        weight->setValue(.8);
        const auto loras = f.session.request().loras;
        QCOMPARE(loras.size(), std::size_t(1));
        QCOMPARE(loras[0].weight, .8);
        QCOMPARE(loras[0].sha256.size(), std::size_t(64));
        QCOMPARE(f.list.findChild<NumberBox*>(), weight); // the row that is edited stays
        on->click();
        QVERIFY(f.session.request().loras.empty());
        QVERIFY(!weight->isEnabled());
        QCOMPARE(f.list.findChild<QToolButton*>()->text(), QStringLiteral("LoRAs"));
    }

    void theWordsGoBehindThePrompt()
    {
        Fixture f;
        f.session.editor().setValue("prompt", std::string("a cat"));
        f.add("x.safetensors", loraFile("mid_block_attentions_0_proj_in", width, width));
        f.session.loras().addTriggers(0);
        QCOMPARE(
            std::get<std::string>(f.session.editor().value("prompt")),
            std::string("a cat, <b>starry</b> night"));
    }

    void whatCannotBeAddedIsSaid()
    {
        Fixture f;
        f.add("x.safetensors", loraFile("mid_block_attentions_0_proj_in", width + 1, width));
        QVERIFY(f.session.loras().list().empty());
        QVERIFY2(
            f.list.message().contains(QStringLiteral("does not fit the model")),
            qPrintable(f.list.message()));
        f.add("y.safetensors", loraFile("no_such_layer", width, width));
        QVERIFY(f.list.message().contains(QStringLiteral("is for another model")));
    }

    void theSameFileIsSwitchedOnAgainAndUndone()
    {
        Fixture f;
        const std::string bytes = loraFile("mid_block_attentions_0_proj_in", width, width);
        f.add("x.safetensors", bytes);
        f.session.loras().setOn(0, false);
        f.session.loras().add(f.file("again.safetensors", bytes));
        QTRY_VERIFY(f.session.loras().list().at(0).on);
        QCOMPARE(f.session.loras().list().size(), std::size_t(1));
        f.session.loras().remove(0);
        QVERIFY(f.session.loras().list().empty());
        f.session.history().undo();
        QCOMPARE(f.session.loras().list().size(), std::size_t(1));
    }
};

QTEST_MAIN(LoraListTest)
#include "tst_loralist.moc"
