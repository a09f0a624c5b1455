// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/methodlist.h"

#include "app/pluginfaults.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace {

void append(const QString& path)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::Append));
    QCOMPARE(file.write("1"), 1);
}

} // namespace

class MethodListTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPluginOfTheBuildIsLoadedWithItsPresets()
    {
        const MethodList list;
        QCOMPARE(list.failures(), QStringList());
        const auto files = QDir(QStringLiteral(PLUGINS)).entryList({QStringLiteral("*.so")});
        const auto modes = std::ranges::count_if(
            list.methods(), [](const Method& method) { return !method.isTool(); });
        QCOMPARE(modes, files.size()); // each has one, and maybe tools towards it
        const Method* analogy = list.find("analogy");
        QVERIFY(analogy);
        QCOMPARE(list.methods().front().id, std::string("analogy"));
        QCOMPARE(analogy->slots.size(), std::size_t(3));
        QVERIFY(analogy->presets.size() > 3);
        QVERIFY(analogy->run && analogy->decode && analogy->refuses);
        QVERIFY(!list.find("none"));
    }

    void presetsHaveTheValuesOfTheirPrograms_data()
    {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("preset");
        QTest::addColumn<QString>("parameter");
        QTest::addColumn<QString>("value");
        const auto row = [](const char* method, const char* preset, const char* id,
                            const char* is) {
            QTest::addRow("%s %s", preset, id)
                << QString::fromLatin1(method) << QString::fromLatin1(preset)
                << QString::fromLatin1(id) << QString::fromLatin1(is);
        };
        // The tables of the papers' programs; what differs from what is usual here.
        row("analogy", "original", "strength", "0.98");
        row("analogy", "original", "guidance", "15");
        row("analogy", "original", "sac", "3:11");
        row("analogy", "original", "sac_scale", "1.3");
        row("analogy", "original", "cam", "3:11");
        row("analogy", "original", "ground", "drop");
        row("analogy", "original", "frame", "keep");
        row("analogy", "original", "fit", "stretch");
        row("analogy", "original", "posterior", "sample");
        row("analogy", "original", "long_prompts", "truncate");
        row("analogy", "original", "emphasis", "literal");
        row("analogy", "deblur", "strength", "0.7");
        row("analogy", "denoise", "strength", "0.7");
        row("analogy", "inpainting", "guidance", "7.5");
        row("translate", "compvis-1.4", "steps", "50");
        row("translate", "compvis-1.4", "guidance", "10");
        row("translate", "compvis-1.4", "feature_until", "0.8");
        row("translate", "compvis-1.4", "attention_until", "0.5");
        row("translate", "compvis-1.4", "feature_layers", "14");
        row("translate", "compvis-1.4", "attention_layers", "8:16");
        row("translate", "compvis-1.4", "inclusive", "on");
        row("translate", "compvis-1.4", "alpha", "1");
        row("translate", "compvis-1.4", "alpha_schedule", "linear");
        row("translate", "compvis-1.4", "inversion_steps", "999");
        row("translate", "compvis-1.4", "inversion_rule", "current");
        row("translate", "compvis-1.4", "features_from", "way-back");
        row("translate", "compvis-1.4", "reverse_steps", "999");
        row("translate", "compvis-1.4", "fit", "square");
        row("translate", "compvis-1.4", "posterior", "sample");
        row("translate", "compvis-1.4", "rounding", "down");
        row("translate", "compvis-1.4", "emphasis", "literal");
        row("translate", "compvis-1.4-made", "emphasis", "literal");
        row("translate", "compvis-1.4-made", "guidance", "7.5");
        row("translate", "compvis-1.4-made", "source_guidance", "5");
        row("translate", "compvis-1.4-made", "inclusive", "on");
        row("translate", "compvis-1.4-made", "alpha", "0.75");
        row("translate", "compvis-1.4-made", "alpha_schedule", "linear");
        row("translate", "compvis-1.4-made", "rounding", "down");
        row("translate", "diffusers-2.1", "negative", "ugly, blurry, black, low res, unrealistic");
        row("translate", "diffusers-2.1", "steps", "50");
        row("translate", "diffusers-2.1", "guidance", "7.5");
        row("translate", "diffusers-2.1", "feature_until", "0.8");
        row("translate", "diffusers-2.1", "attention_until", "0.5");
        row("translate", "diffusers-2.1", "feature_layers", "14");
        row("translate", "diffusers-2.1", "attention_layers", "8:16");
        row("translate", "diffusers-2.1", "inclusive", "off");
        row("translate", "diffusers-2.1", "alpha", "0");
        row("translate", "diffusers-2.1", "alpha_schedule", "constant");
        row("translate", "diffusers-2.1", "inversion_steps", "999");
        row("translate", "diffusers-2.1", "inversion_rule", "next");
        row("translate", "diffusers-2.1", "features_from", "inversion");
        row("translate", "diffusers-2.1", "fit", "short-side");
        row("translate", "diffusers-2.1", "posterior", "mean");
        row("translate", "diffusers-2.1", "long_prompts", "truncate");
        row("translate", "diffusers-2.1", "emphasis", "literal");
        row("translate", "diffusers-2.1", "rounding", "down");
        row("prompt-free", "demo", "emphasis", "literal");
        row("prompt-free", "demo", "rounding", "down");
        row("grid", "original", "fit", "stretch"); // a tool has its method's
        row("invert", "diffusers-2.1", "inversion_steps", "999");
        row("features", "compvis-1.4", "inversion_rule", "current");
        row("prompt-free", "demo", "guidance", "2");
        row("prompt-free", "demo", "half_schedule", "on");
        row("prompt-free", "try-on", "strength", "1");
    }

    void presetsHaveTheValuesOfTheirPrograms()
    {
        QFETCH(QString, method);
        QFETCH(QString, preset);
        QFETCH(QString, parameter);
        QFETCH(QString, value);
        static const MethodList list;
        const Method* found = list.find(method.toStdString());
        QVERIFY(found);
        const auto named = std::ranges::find(found->presets, preset.toStdString(), &Preset::id);
        QVERIFY(named != found->presets.end());
        for (const auto& [id, each] : named->values)
            checkValue(::parameter(*found, id), each);
        QCOMPARE(QString::fromStdString(toText(named->values.at(parameter.toStdString()))), value);
    }

    void whatIsNoPluginIsNamedWithTheReason()
    {
        const QTemporaryDir folder;
        QFile text(folder.filePath(QStringLiteral("text.so")));
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.write("This is no library.");
        text.close();
        QFile empty(folder.filePath(QStringLiteral("empty.so")));
        QVERIFY(empty.open(QIODevice::WriteOnly));
        empty.close();
        QVERIFY(QFile::copy(QStringLiteral(OLD_PLUGIN), folder.filePath(QStringLiteral("old.so"))));
        const MethodList list(folder.path());
        QVERIFY(list.methods().empty());
        QCOMPARE(list.failures().size(), 3);
        QVERIFY(list.failures().at(0).endsWith(
            QStringLiteral("empty.so was not loaded: it is empty.")));
        QVERIFY2(
            list.failures().at(1).contains(QStringLiteral("old.so was not loaded: it was built for "
                                                          "another version")),
            qPrintable(list.failures().at(1)));
        QVERIFY(list.failures().at(2).contains(QStringLiteral("text.so")));
    }

    void aPluginThatWasBuiltWithAnotherLibtorchIsNotLoadedAndSaysSo()
    {
        const QTemporaryDir folder;
        QVERIFY(
            QFile::copy(QStringLiteral(OTHER_PLUGIN), folder.filePath(QStringLiteral("other.so"))));
        const MethodList list(folder.path());
        QCOMPARE(list.failures().size(), 1);
        const QString said = list.failures().front();
        QVERIFY2(
            said.startsWith(QStringLiteral(
                "The plug-in other.so was not loaded: it was built for Simile 0.0.9 with libtorch "
                "1.13.1 by GNU 11, and this is Simile " VERSION " with libtorch " TORCH " by ")),
            qPrintable(said));
        QVERIFY(QStringLiteral(TORCH).contains(QLatin1Char('.')));
    }

    /// Each in a folder with one that is sound.
    void aLibraryThatCannotBeLoadedIsNamedWithItsReasonAndTheOthersAreLoaded_data()
    {
        QTest::addColumn<QByteArray>("old");
        QTest::addColumn<QByteArray>("by");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, const QByteArray& old,
                            const QByteArray& by) -> QTestData& {
            return QTest::newRow(name) << old << by;
        };
        row("another processor", "", "") << QStringLiteral("it is no plug-in of this program.");
        row("32 bits", "\x7f\x45LF\2\1\1", "\x7f\x45LF\1\1\1")
            << QStringLiteral("it is no plug-in of this program.");
        row("a library that is not there", "libsimile-core.so", "libsimile-c0re.so")
            << QStringLiteral("libsimile-c0re.so: cannot open shared object file");
        row("a function that is not there", "QObject5eventE", "QObject5evenTE")
            << QStringLiteral("undefined symbol: _ZN7QObject5evenTEP6QEvent");
    }

    void aLibraryThatCannotBeLoadedIsNamedWithItsReasonAndTheOthersAreLoaded()
    {
        QFETCH(QByteArray, old);
        QFETCH(QByteArray, by);
        QFETCH(QString, reason);
        const QTemporaryDir folder;
        QFile sound(QStringLiteral(TOY_PLUGIN));
        QVERIFY(sound.open(QIODevice::ReadOnly));
        QByteArray bytes = sound.readAll();
        QVERIFY(bytes.contains(old));
        constexpr qsizetype machine = 18; // in the header of an ELF file
        constexpr char aarch64 = char(183);
        if (old.isEmpty())
            bytes[machine] = bytes[machine] == aarch64 ? char(62) : aarch64;
        bytes.replace(old, by);
        QFile broken(folder.filePath(QStringLiteral("broken.so")));
        QVERIFY(broken.open(QIODevice::WriteOnly));
        QCOMPARE(broken.write(bytes), bytes.size());
        broken.close();
        QVERIFY(sound.copy(folder.filePath(QStringLiteral("sound.so"))));
        const MethodList list(folder.path());
        QVERIFY(list.find("toy-weave"));
        QCOMPARE(list.failures().size(), 1);
        const QString said = list.failures().at(0);
        QVERIFY2(
            said.startsWith(QStringLiteral("The plug-in broken.so was not loaded: ")),
            qPrintable(said));
        QVERIFY2(said.contains(reason), qPrintable(said));
        QVERIFY2(!said.contains(QStringLiteral("/proc/")), qPrintable(said));
    }

    void aPluginThatDoesWrongIsNamedAndTheOthersAreLoaded_data()
    {
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* fault, const char* why) {
            QTest::newRow(fault) << QString::fromLatin1(why);
        };
        row("nothing", "");
        row("constructor throws", "no needle");
        row("throws", "no yarn");
        row("throws a number", "Something failed that gave no reason.");
        row("networks throw", "no net");
        row("no method", "it provides no method.");
        row("no name", "one of its methods has no name or cannot be run.");
        row("no run", "one of its methods has no name or cannot be run.");
    }

    void aPluginThatDoesWrongIsNamedAndTheOthersAreLoaded()
    {
        QFETCH(QString, reason);
        const QTemporaryDir folder;
        QVERIFY(QFile::copy(
            QStringLiteral(FAULTY_PLUGIN), folder.filePath(QStringLiteral("faulty.so"))));
        QVERIFY(
            QFile::copy(QStringLiteral(TOY_PLUGIN), folder.filePath(QStringLiteral("sound.so"))));
        qputenv("FAULT", QTest::currentDataTag());
        const MethodList list(folder.path());
        qunsetenv("FAULT");
        QVERIFY(list.find("toy-weave"));
        QCOMPARE(list.find("faulty") != nullptr, reason.isEmpty());
        QCOMPARE(
            list.failures(),
            reason.isEmpty()
                ? QStringList()
                : QStringList {QStringLiteral("The plug-in faulty.so was not loaded: ") + reason});
    }

    /// One that throws in a function that the window calls on its own thread.
    void whatAPluginThrowsIntoTheWindowIsAnAnswerAndIsToldOnce_data()
    {
        QTest::addColumn<QString>("reason");
        for (const char* entry :
             {"Method::follows", "Method::refuses", "Parameter::offers", "MapMaker::lacks",
              "NetworkSlot::lacks"})
            QTest::newRow(entry) << QStringLiteral("torn");
        QTest::newRow("Method::spans") << QStringLiteral("Something failed that gave no reason.");
    }

    void whatAPluginThrowsIntoTheWindowIsAnAnswerAndIsToldOnce()
    {
        QFETCH(QString, reason);
        const QString entry = QString::fromLatin1(QTest::currentDataTag());
        const QTemporaryDir folder;
        QVERIFY(QFile::copy(
            QStringLiteral(FAULTY_PLUGIN), folder.filePath(QStringLiteral("faulty.so"))));
        qputenv("FAULT", "bare " + entry.toUtf8());
        const MethodList list(folder.path());
        qunsetenv("FAULT");
        QCOMPARE(list.failures(), QStringList());
        QSignalSpy added(&list.faults(), &PluginFaults::added);
        const Method& method = *list.find("faulty");
        const NetworkSlot& network = *list.network("faulty", "net");
        for (int time = 0; time < 2; ++time) {
            QVERIFY(!method.spans || method.spans({}, {}).empty());
            QVERIFY(!method.follows || method.follows("cloth", {}, {}).values.empty());
            QVERIFY(
                !method.refuses
                || english(method.refuses({})).find("whether it can use this model: torn")
                    != std::string::npos);
            const auto& offers = method.parameters.front().offers;
            QVERIFY(!offers || offers({}).empty());
            const auto& lacks = method.slots.front().maps->lacks;
            QVERIFY(!lacks || lacks("plain", {}).empty());
            QVERIFY(!network.lacks || network.lacks({}, {}).empty());
        }
        const QString told = QStringLiteral("The plug-in faulty.so failed in its method faulty "
                                            "(%1): %2")
                                 .arg(entry, reason);
        QCOMPARE(list.faults().told(), QStringList {told});
        QCOMPARE(added.size(), 1);
        QCOMPARE(added.at(0).at(0).toString(), told);
    }

    void theSameMethodTwiceIsTakenOnce()
    {
        const QTemporaryDir folder;
        for (const char* name : {"one.so", "two.so"})
            QVERIFY(QFile::copy(
                QStringLiteral(PLUGINS "/analogist.so"), folder.filePath(QLatin1String(name))));
        const MethodList list(folder.path());
        QCOMPARE(list.methods().size(), std::size_t(2)); // with its tool
        QCOMPARE(list.failures().size(), 1);
        QVERIFY(list.failures().at(0).contains(QStringLiteral("two.so")));
    }

    void theProgramsOwnArePluginsWithTheHashOfTheBuildAlone()
    {
        const QTemporaryDir folder;
        const QString copy = folder.filePath(QStringLiteral("analogist.so"));
        QVERIFY(QFile::copy(QStringLiteral(PLUGINS "/analogist.so"), copy));
        const MethodList unknown(folder.path(), MethodList::Built);
        QVERIFY(unknown.methods().empty());
        QVERIFY2(
            unknown.failures().at(0).contains(QStringLiteral("not the file that was built")),
            qPrintable(unknown.failures().at(0)));
        QVERIFY(QFile::copy(
            QStringLiteral(PLUGINS "/analogist.so.sha256"), copy + QStringLiteral(".sha256")));
        QVERIFY(!MethodList(folder.path(), MethodList::Built).methods().empty());
        append(copy);
        QVERIFY(MethodList(folder.path(), MethodList::Built).methods().empty());
    }
};

QTEST_APPLESS_MAIN(MethodListTest)
#include "tst_methodlist.moc"
