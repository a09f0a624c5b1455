// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/batchplan.h"
#include "app/foundfolders.h"
#include "app/keptkeys.h"
#include "app/modelstore.h"
#include "app/networkrest.h"
#include "app/settings.h"
#include "core/file/files.h"
#include "tests/app/emptyhome.h"

#include <QPoint>
#include <QTest>

namespace {

const KeptFiles kept {.folder = "inversions", .label = "Kept", .usualLimit = 2048};

/// All that settings say, a line each.
QStringList allOf(const std::filesystem::path& model)
{
    const Settings s;
    const BatchPlan batch = keptBatchPlan();
    const Traces::Limits traces = s.traceLimits();
    QStringList all {
        s.device(),
        s.precision(),
        s.prediction(model),
        s.model(),
        s.session(),
        s.clipFile(),
        s.resultFolder(),
        s.embed(),
        s.appearance(),
        s.language(),
        QString::fromLatin1(s.exportPlan()),
        QString::fromLatin1(s.inspectState()),
        QString::fromLatin1(s.windowState()),
        QString::fromLatin1(s.windowGeometry()),
        QString::fromStdString(modelsFolder().string()),
        batch.from,
        batch.folder,
        batch.name,
        QString::number(batch.seed)};
    for (const bool on : {s.notifies(), s.remembersFiles(), s.records()})
        all << QString::number(on);
    for (const int number : {s.largestPicture(), s.keptLimit(kept), restAfter()})
        all << QString::number(number);
    for (const uint64_t bytes : {traces.memory, traces.disk})
        all << QString::number(bytes);
    for (const QStringList& list :
         {s.recentModels(), s.recentFiles(), s.recentLoras(), s.recentSessions(),
          s.recentPaths("net"), foundFolders(), favouriteNetworks(),
          keptKeys(QStringLiteral("run")).value_or(QStringList {QStringLiteral("none")})})
        all << list.join(QLatin1Char('|'));
    return all;
}

} // namespace

/// A value that cannot be, under each key that there is, is as none; nothing else changes by it.
class SettingsValuesTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;
    QTemporaryDir m_folder;

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void whatIsOutOfRangeGivesTheDefault_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QVariant>("value");
        const auto add = [](const char* key, const QVariantList& values) {
            for (int i = 0; i < values.size(); ++i)
                QTest::addRow("%s %d", key, i) << QString::fromLatin1(key) << values.at(i);
        };
        const QVariant point = QPoint(3, 4), text = QStringLiteral("../x\nrm"), none = QString();
        const QVariantList shapes {point, QVariantMap {{QStringLiteral("a"), 1}}};
        const QVariantList ranges {
            -1,
            std::numeric_limits<int>::min(),
            QStringLiteral("1099511627776"), // texts, as they are in a file
            QStringLiteral("18446744073709551616"),
            QStringLiteral("-99999999999999999999"),
            QStringLiteral("1e999"),
            QStringLiteral("nan"),
            QStringLiteral("7 or so"),
            text,
            none,
            QString(70000, QLatin1Char('9'))};
        for (const char* number :
             {"largestPicture", "traceMemory", "traceDisk", "keptLimit/inversions",
              "networks/releaseAfter"})
            add(number, ranges + shapes);
        add("largestPicture", {0, 269, 100'000});
        const QVariantList words {
            -1,
            text,
            none,
            QStringLiteral("FULL"),
            QString(70000, QLatin1Char('x')),
            QStringLiteral("cuda:123")};
        for (const char* choice :
             {"device", "precision", "prediction", "embed", "appearance", "language"})
            add(choice, words + shapes);
        for (const char* flag : {"notifies", "remembersFiles", "records"})
            add(flag, QVariantList {7, text, none} + shapes);
        for (const char* list :
             {"recentModels", "recentFiles", "recentLoras", "recentSessions", "recentPaths/net"})
            add(list,
                QVariantList {-1, text, none, QStringList(5000, QStringLiteral("/nowhere"))}
                    + shapes);
        for (const char* list : {"networkFolders", "favouriteNetworks", "keys/run"})
            add(list, QVariantList {-1} + shapes);
        for (const char* path : {"model", "session", "clipFile", "resultFolder"})
            add(path, QVariantList {-1, none} + shapes);
        add("resultFolder", {QStringLiteral("/nowhere/at/all"), text});
        add("models/folder", QVariantList {-1, text, none} + shapes);
        for (const char* bytes : {"export", "inspect", "window/state", "window/geometry"})
            add(bytes, QVariantList {-1, none} + shapes);
        add("batch/name", QVariantList {none, QStringLiteral("{date}")} + shapes);
        add("batch/seed", ranges.mid(4) + QVariantList {-1} + shapes);
    }

    void whatIsOutOfRangeGivesTheDefault()
    {
        QFETCH(QString, key);
        QFETCH(QVariant, value);
        const std::filesystem::path model =
            m_folder.filePath(QStringLiteral("model.safetensors")).toStdString();
        writeFileAtomically(model, {});
        if (key == QLatin1String("prediction")) { // its key has the file in it
            Settings().setPrediction(model, QStringLiteral("epsilon"));
            key = QSettings().allKeys().at(0);
            QSettings().clear();
        }
        const QStringList before = allOf(model);
        QSettings().setValue(key, value);
        QSettings().sync();
        QCOMPARE(allOf(model), before);
    }
};

QTEST_GUILESS_MAIN(SettingsValuesTest)
#include "tst_settingsvalues.moc"
