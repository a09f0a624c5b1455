// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/statusline.h"

#include "app/devices.h"
#include "tests/app/emptyhome.h"
#include "tests/ui/modesfixture.h"

#include <QLabel>

namespace {

struct Fixture : ModesFixture
{
    StatusLine line {session};

    Fixture()
        : ModesFixture("analogy")
    {
        line.show();
    }
    void fill()
    {
        for (const char* slot : {"a", "a_prime", "b"})
            session.inputs().set(slot, filled(4, 4, {}), QStringLiteral("p.png"));
    }
    /// The label that says that, with its role.
    QString roleOf(const QString& said) const
    {
        for (const QLabel* label : line.findChildren<QLabel*>())
            if (label->text() == said)
                return label->property("role").toString();
        return QStringLiteral("not said");
    }
    bool hasSign() const
    {
        for (const QLabel* label : line.findChildren<QLabel*>())
            if (!label->pixmap().isNull() && label->isVisible())
                return true;
        return false;
    }
};

} // namespace

class StatusLineTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void readyIsSaidOnlyWhereARunCanStart()
    {
        Fixture f;
        QVERIFY(f.line.stage().startsWith(QStringLiteral("Still needed: ")));
        f.fill();
        QCOMPARE(f.line.stage(), QStringLiteral("Ready"));
        QCOMPARE(f.roleOf(f.line.stage()), QString());
        f.line.setBlocked(QStringLiteral("No file."));
        QCOMPARE(f.line.stage(), QStringLiteral("No file."));
        QCOMPARE(f.roleOf(f.line.stage()), QStringLiteral("error"));
        QVERIFY(f.hasSign());
    }

    void aLongReasonMakesNothingWider()
    {
        Fixture f;
        f.fill();
        const int before = f.line.minimumSizeHint().width();
        const QString reason(200, u'x');
        f.line.setBlocked(reason);
        const int width = f.line.fontMetrics().horizontalAdvance(reason);
        QVERIFY(f.line.minimumSizeHint().width() < before + width / 4);
        QCOMPARE(f.line.stage().size(), 200);
    }

    void greenIsForWhatIsDoneAndRedForWhatFailed()
    {
        Fixture f;
        f.fill();
        f.session.start();
        QTRY_VERIFY(!f.session.runs().running() && f.session.runs().current());
        QCOMPARE(f.roleOf(f.line.stage()), QStringLiteral("good"));
        f.session.editor().setValue("prompt", std::string("error"));
        f.session.start();
        QTRY_COMPARE(f.line.stage(), QStringLiteral("Failed"));
        QCOMPARE(f.roleOf(f.line.stage()), QStringLiteral("error"));
        QVERIFY(f.hasSign());
    }

    void aDeviceHasOneName()
    {
        Fixture f;
        QCOMPARE(deviceLabel(QStringLiteral("cpu")), QStringLiteral("Processor"));
        QCOMPARE(deviceLabel(QStringLiteral("cuda:1")), QStringLiteral("NVIDIA GPU 1"));
        QCOMPARE(
            f.line.findChild<QToolButton*>()->text(),
            QStringLiteral("Processor, automatic precision"));
    }
};

QTEST_MAIN(StatusLineTest)
#include "tst_statusline.moc"
