// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/file/files.h"
#include "tests/app/emptyhome.h"
#include "tests/ui/modesfixture.h"
#include "ui/plaintext.h"

#include <QLabel>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTextDocument>
#include <QThread>

#include <atomic>
#include <filesystem>

namespace fs = std::filesystem;

namespace {

const std::string hostile = "<img src=x><a href=x>";

/// Stays in a stage of that name until it may go on.
Method staying(std::atomic<bool>& mayGoOn)
{
    Method method = analogyMethod();
    method.run = [run = method.run,
                  &mayGoOn](const Request& request, Models& models, const Report& report) {
        report(StageEvent {{"Loading %1", hostile}});
        while (!mayGoOn)
            QThread::msleep(5);
        return run(request, models, report);
    };
    return method;
}

/// What of a label's text is seen.
QString seen(const QLabel& label)
{
    if (label.textFormat() == Qt::PlainText)
        return label.text();
    QTextDocument document;
    document.setHtml(label.text());
    return document.toPlainText();
}

} // namespace

/// Names of files, what a model's folder says and what a run is at are shown as they stand.
class HostileNamesTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void noLabelOfTheWindowTakesANameForHtml()
    {
        const QTemporaryDir folder;
        const fs::path model = fs::path(folder.path().toStdString()) / hostile;
        fs::copy(MINI_MODEL, model, fs::copy_options::recursive);
        const std::string notes = "{\"" + hostile + "\": 3}";
        writeFileAtomically(model / "recommended.json", std::as_bytes(std::span(notes)));
        const fs::path lora = model.parent_path() / (hostile + ".safetensors");
        writeFileAtomically(lora, std::vector<std::byte>(8));

        const PlainText plain(qApp);
        std::atomic<bool> mayGoOn = false;
        WindowFixture f({staying(mayGoOn)}, "analogy");
        const auto leave = qScopeGuard([&] { mayGoOn = true; }); // whatever comes of it
        f.session.model().choose(QString::fromStdString(model.string()));
        QTRY_COMPARE(f.session.model().card().path, model);
        Document document = f.session.editor().document();
        document.loras.push_back({.lora = {.file = lora.string()}, .on = false});
        f.session.editor().put(document);
        for (const char* slot : {"a", "a_prime", "b"})
            f.session.inputs().set(
                slot, filled(8, 8, {1, 2, 3}), QString::fromStdString(hostile + ".png"));
        QTRY_VERIFY(f.session.missing().isEmpty());
        f.session.start();
        const QString name = QString::fromStdString(hostile);
        QTRY_COMPARE(f.session.runs().inProgress()->stage, QStringLiteral("Loading ") + name);
        QCoreApplication::processEvents();

        int found = 0;
        for (const QLabel* label : f.window.findChildren<QLabel*>()) {
            const bool names = label->text().contains(QStringLiteral("img src"));
            if (!names || !label->isVisible())
                continue;
            ++found;
            QVERIFY2(label->textFormat() != Qt::AutoText, qPrintable(label->text()));
            // A long one is shown to its first characters.
            QVERIFY2(
                seen(*label).contains(name) || seen(*label).contains(QStringLiteral("<img src=x>")),
                qPrintable(label->text()));
        }
        mayGoOn = true;
        QTRY_VERIFY(!f.session.runs().running());
        QVERIFY2(found >= 3, qPrintable(QString::number(found)));
    }
};

QTEST_MAIN(HostileNamesTest)
#include "tst_hostilenames.moc"
