// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sessiondialog.h"

#include "tests/app/emptyhome.h"
#include "tests/app/keepingprogram.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QTemporaryDir>

class SessionDialogTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

    /// Whether one of its labels has these words.
    static bool says(const QWidget& dialog, const QString& words)
    {
        for (const QLabel* label : dialog.findChildren<QLabel*>())
            if (label->text().contains(words))
                return true;
        return false;
    }

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void itSaysWhatThereIsAndDeletesOldRunsByKeys()
    {
        const QTemporaryDir folder;
        Program program(folder.filePath(QStringLiteral("drawings.simile")));
        program.fill();
        for (int i = 0; i < 3; ++i)
            program.run(1);
        QVERIFY(program.keeper.flush());
        Session& session = program.session;
        const QDateTime now = QDateTime::currentDateTime();
        session.runs().all().at(0)->started = now.addDays(-13);
        session.runs().all().at(1)->started = now.addDays(-13);
        session.setStarred({2}, true);
        QVERIFY(program.keeper.flush()); // what is on disk does not change from here on

        auto* dialog = new SessionDialog(session, program.keeper);
        dialog->show();
        for (const char* words : {"drawings", "3, 1 of them with a star", "No run without a star"})
            QVERIFY2(says(*dialog, QString::fromLatin1(words)), words);
        QVERIFY(says(*dialog, QLocale().formattedDataSize(qint64(program.keeper.bytes()))));
        QPushButton* remove = nullptr;
        for (auto* button : dialog->findChildren<QPushButton*>())
            if (button->text() == QStringLiteral("&Delete"))
                remove = button;
        QVERIFY(remove && !remove->isEnabled());
        auto* age = dialog->findChild<QSpinBox*>();
        auto* unit = dialog->findChild<QComboBox*>();
        age->setFocus();
        QTest::keyClick(age, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(age, QStringLiteral("13"));
        QVERIFY(!remove->isEnabled()); // weeks
        unit->setFocus();
        QTest::keyClick(unit, Qt::Key_Up);
        QCOMPARE(unit->currentText(), QStringLiteral("days"));
        QVERIFY(remove->isEnabled());
        QVERIFY(says(*dialog, QStringLiteral("One run, about ")));
        QSignalSpy deleted(dialog, &SessionDialog::deleted);
        QTest::keyClick(remove, Qt::Key_Space);
        QCOMPARE(deleted.size(), 1);
        QCOMPARE(deleted.at(0).at(0).toInt(), 1);
        QCOMPARE(session.runs().all().size(), size_t(2));
        session.history().undo();
        QCOMPARE(session.runs().all().size(), size_t(3));
    }

    void whereNothingIsKeptThatIsSaid()
    {
        Program program;
        auto* dialog = new SessionDialog(program.session, program.keeper);
        dialog->show();
        QVERIFY(says(*dialog, QStringLiteral("Nothing is kept")));
        dialog->close();
    }
};

QTEST_MAIN(SessionDialogTest)
#include "tst_sessiondialog.moc"
