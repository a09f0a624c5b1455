// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/emptyhome.h"
#include "tests/ui/accessiblewalk.h"
#include "tests/ui/keyedfixture.h"
#include "ui/commandsearch.h"
#include "ui/compareview.h"
#include "ui/cropdialog.h"
#include "ui/firststeps.h"
#include "ui/helpwindow.h"
#include "ui/inspectview.h"
#include "ui/lessonpanel.h"
#include "ui/noticebar.h"
#include "ui/ownpresetsdialog.h"
#include "ui/savepresetdialog.h"
#include "ui/settingsdialog.h"
#include "ui/touchpanel.h"

#include <QAction>
#include <QDialog>
#include <QSettings>

/// The window in many states, as somebody meets it who does not see it or has no mouse: whatever
/// can have the focus or be pressed has a name, and Tab comes to it.
class AccessibleTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;
    QStringList m_faults;

    void look(QWidget& window, const char* state)
    {
        m_faults << faultsOf(window, QLatin1String(state));
    }
    void mustBeFine()
    {
        for (const QString& fault : std::as_const(m_faults))
            qWarning().noquote() << fault;
        QVERIFY(m_faults.isEmpty());
    }
    /// The dialogue that an action opens, and away with it.
    void lookAtDialog(MainWindow& window, const char* action)
    {
        window.actions()(action)->trigger();
        QDialog* dialog = nullptr;
        QTRY_VERIFY2((dialog = visibleDialog(window)) != nullptr, action);
        look(*dialog, action);
        dialog->reject();
        QTRY_VERIFY(!visibleDialog(window));
    }
    /// One that goes when it is closed.
    void lookAtNew(QDialog* dialog, const char* state)
    {
        dialog->show();
        look(*dialog, state);
        dialog->close();
    }
    static QDialog* visibleDialog(const MainWindow& window)
    {
        for (QDialog* dialog : window.findChildren<QDialog*>())
            if (dialog->isVisible())
                return dialog;
        return nullptr;
    }

private Q_SLOTS:
    void init()
    {
        QSettings().clear();
        m_faults.clear();
        QAccessible::setActive(true);
    }

    void everyModeEmptyAndWithItsSample()
    {
        static const MethodList shipped;
        WindowFixture f(shipped.methods(), "analogy");
        look(f.window, "start");
        f.window.showFirstSteps();
        look(f.window, "first steps");
        for (const char* mode : {"translate", "prompt-free", "analogy"}) {
            f.session.setMethod(mode);
            look(f.window, mode);
            f.session.restorer().loadSample();
            QTRY_VERIFY(f.session.missing().isEmpty());
            finishConversions();
            look(f.window, qPrintable(QLatin1String(mode) + QStringLiteral(" with its sample")));
            for (const char* view : {"inspect", "compare", "all-pictures"}) {
                f.window.actions()(view)->trigger();
                look(f.window, qPrintable(QLatin1String(mode) + u' ' + QLatin1String(view)));
            }
        }
        mustBeFine();
    }

    void runs()
    {
        KeyedFixture f;
        f.session.editor().setValue("prompt", std::string("error"));
        f.session.start();
        QTRY_VERIFY(!f.session.runs().running());
        look(f.window, "a run that failed");
        f.runOnce("one");
        f.runOnce("two");
        for (const char* view : {"all-pictures", "result-alone", "compare", "inspect"}) {
            f.window.actions()(view)->trigger();
            look(f.window, view);
        }
        InspectView& inspect = f.window.pane().inspect();
        inspect.pages().lessons().setChecked(true);
        look(f.window, "lessons");
        inspect.pages().lessons().setChecked(false);
        inspect.choices().touches().fold().setChecked(true);
        look(f.window, "touches");
        f.window.actions()("all-pictures")->trigger();
        f.window.actions()("branch")->trigger();
        look(f.window, "a branch");
        f.window.actions()("leave-branch")->trigger();
        f.window.pane().notices().say(QStringLiteral("Something"), true, {});
        look(f.window, "a notice");
        f.session.editor().setValue("steps", 100000);
        f.session.start();
        f.session.start();
        QTRY_VERIFY(f.session.runs().running());
        look(f.window, "while it runs");
        f.window.actions()("pause-queue")->trigger();
        f.window.actions()("discard")->trigger();
        QTRY_VERIFY(!f.session.runs().running());
        look(f.window, "a queue that is paused");
        mustBeFine();
    }

    void whileAMaskIsPainted()
    {
        KeyedFixture f;
        f.session.setMethod("prompt-free");
        f.openMask();
        look(f.window, "painting");
        mustBeFine();
    }

    void dialogues()
    {
        KeyedFixture f;
        f.runOnce("one");
        for (const char* action :
             {"help", "shortcuts", "export", "save", "sweep", "batch", "about"})
            lookAtDialog(f.window, action);
        auto* settings = new SettingsDialog(f.session, f.settings, f.window.actions(), &f.window);
        settings->show();
        QVERIFY(settings->pages().size() >= 4);
        auto* names = settings->findChild<QListWidget*>();
        for (int page = 0; page < names->count(); ++page) {
            names->setCurrentRow(page);
            look(*settings, qPrintable(names->item(page)->text()));
        }
        settings->close(); // and away with it
        lookAtNew(new SavePresetDialog(f.session.editor(), &f.window), "a preset is saved");
        lookAtNew(new OwnPresetsDialog(f.session.editor(), &f.window), "presets");
        lookAtNew(new SessionDialog(f.session, f.keeper, &f.window), "the session");
        f.window.actions()("commands")->trigger();
        QVERIFY(f.window.findChild<CommandSearch*>()->isVisible());
        QStringList nameless;
        findNameless(
            QAccessible::queryAccessibleInterface(f.window.findChild<CommandSearch*>()), nameless,
            &f.window);
        m_faults << nameless;
        f.window.findChild<CommandSearch*>()->hide();
        QImage picture(64, 48, QImage::Format_RGB888);
        picture.fill(Qt::gray);
        CropDialog crop(picture, QStringLiteral("A"), &f.window);
        crop.show();
        look(crop, "crop");
        crop.close();
        mustBeFine();
    }
};

QTEST_MAIN(AccessibleTest)
#include "tst_accessible.moc"
