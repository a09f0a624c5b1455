// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/opener.h"

#include "core/file/files.h"
#include "core/picture/imagefile.h"
#include "tests/app/emptyhome.h"
#include "tests/app/sessionfixture.h"
#include "tests/app/toolmethods.h"
#include "ui/noticebar.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>
#include <filesystem>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace {

struct Fixture : SessionFixture
{
    Fixture()
        : SessionFixture({promptFreeMethod(), countingMethod()})
        , opener(session, notices)
        , failed(&session.inputs(), &Inputs::failed)
    {
    }
    QString path(const char* name) const { return folder.filePath(QString::fromLatin1(name)); }
    QString pipe(const char* name) const
    {
        return ::mkfifo(path(name).toUtf8().constData(), 0600) == 0 ? path(name) : QString();
    }
    QString socket(const char* name) const
    {
        sockaddr_un address {};
        address.sun_family = AF_UNIX;
        qstrncpy(address.sun_path, path(name).toUtf8().constData(), sizeof address.sun_path);
        const int made = ::socket(AF_UNIX, SOCK_STREAM, 0);
        const int bound = ::bind(made, reinterpret_cast<const sockaddr*>(&address), sizeof address);
        ::close(made);
        return bound == 0 ? path(name) : QString();
    }
    QString picture(const char* name, uint8_t red) const
    {
        const auto png = encodePng(filled(2, 2, {red, 0, 0}));
        QFile file(path(name));
        if (file.open(QFile::WriteOnly))
            file.write(reinterpret_cast<const char*>(png.data()), qint64(png.size()));
        return path(name);
    }
    QString said() const { return failed.isEmpty() ? QString() : failed.last().at(1).toString(); }

    QTemporaryDir folder;
    NoticeBar notices;
    Opener opener;
    QSignalSpy failed;
};

} // namespace

class OpenerTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void whatIsNoFileIsRefusedByItsKindAndNothingWaits_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::newRow("pipe") << QStringLiteral("a pipe");
        QTest::newRow("socket") << QStringLiteral("a socket");
        QTest::newRow("device") << QStringLiteral("a device");
        QTest::newRow("folder") << QStringLiteral("a folder");
    }
    void whatIsNoFileIsRefusedByItsKindAndNothingWaits()
    {
        QFETCH(const QString, kind);
        Fixture f;
        const QString given = kind == QLatin1String("a pipe") ? f.pipe("a.png")
            : kind == QLatin1String("a socket")               ? f.socket("a.png")
            : kind == QLatin1String("a device")               ? QStringLiteral("/dev/zero")
                                                              : f.folder.path();
        QVERIFY(!given.isEmpty());
        f.opener.open({given}, "reference", Opener::Ask);
        QTRY_COMPARE(f.failed.size(), 1);
        QVERIFY2(
            f.said().contains(QStringLiteral(" is %1, not a file.").arg(kind)),
            qPrintable(f.said()));
        QVERIFY(f.session.inputs().in("reference").empty());
    }

    void aPipeAmongPicturesIsLeftOut()
    {
        Fixture f;
        f.opener.open(
            {f.picture("1.png", 1), f.pipe("2.png"), f.picture("3.png", 3)}, "reference",
            Opener::Ask);
        QTRY_COMPARE(f.session.inputs().in("reference").size(), size_t(2));
        QCOMPARE(f.failed.size(), 1);
    }

    void aThousandPicturesAreTakenAsFarAsTheyFit()
    {
        Fixture f;
        QStringList given;
        for (int i = 0; i < 1000; ++i)
            given << f.picture(qPrintable(QStringLiteral("%1.png").arg(i)), uint8_t(i));
        f.opener.open(given, "reference", Opener::Ask);
        QTRY_COMPARE_WITH_TIMEOUT(
            f.session.inputs().in("reference").size(), size_t(mostPictures), 20000);
        QCOMPARE(f.failed.size(), 1);
        QVERIFY2(
            f.said().startsWith(QLatin1String("744 of 1000 pictures were left out")),
            qPrintable(f.said()));
        f.opener.open({given.first()}, {"reference", mostPictures}, Opener::Ask);
        QTRY_COMPARE(f.failed.size(), 2);
        QVERIFY2(f.said().startsWith(QLatin1String("1 of 1 ")), qPrintable(f.said()));
        const Input& one = f.session.inputs().at("reference");
        f.session.inputs().put({"reference", mostPictures}, one);
        QCOMPARE(f.session.inputs().in("reference").size(), size_t(mostPictures));
    }

    void addressesAmongFilesAreLeftOutAndSaid()
    {
        Fixture f;
        const QString address = QStringLiteral("https://example.org/b.png");
        f.opener.open({f.picture("a.png", 7), address}, "reference", Opener::Ask);
        QTRY_COMPARE(f.session.inputs().in("reference").size(), size_t(1));
        QVERIFY(f.notices.text().startsWith(QLatin1String("Addresses were left out: ")));
        QVERIFY(f.failed.isEmpty());
        f.session.setMethod("analogy");
        f.opener.open({f.picture("a.png", 7), f.picture("b.png", 8), address}, "a", Opener::Ask);
        QTRY_VERIFY(!f.session.inputs().at("a").image.empty());
        QVERIFY2(
            f.notices.text().contains(QLatin1String(". Addresses were left out: ")),
            qPrintable(f.notices.text()));
    }

    void whatIsTooMuchAtOnceIsLeftOut()
    {
        Fixture f;
        f.session.inputs().setMostPixels(10);
        const QStringList four {
            f.picture("1.png", 1), f.picture("2.png", 2), f.picture("3.png", 3),
            f.picture("4.png", 4)};
        f.opener.open(four, "reference", Opener::Ask);
        QTRY_COMPARE(f.session.inputs().in("reference").size(), size_t(2));
        QVERIFY2(f.said().startsWith(QLatin1String("2 of 4 ")), qPrintable(f.said()));
        f.session.inputs().setMostPixels(1);
        f.opener.open({four.last()}, "reference", Opener::Ask); // one is taken whatever it has
        QTRY_COMPARE(f.session.inputs().at("reference").image->pixel(0, 0)[0], uint8_t(4));
        QCOMPARE(f.failed.size(), 1);
    }

    void aNameOfAnyKindIsOpenedOrRefusedInASentence()
    {
        Fixture f;
        const auto open = [&f](const QByteArray& name) {
            const std::filesystem::path file =
                f.folder.path().toStdString() + "/" + name.toStdString();
            writeFileAtomically(file, encodePng(filled(2, 2, {9, 0, 0})));
            const QByteArray url = "file://" + QByteArray(file.c_str()).toPercentEncoding("/");
            f.opener.open({QUrl::fromEncoded(url).toLocalFile()}, "reference", Opener::Ask);
        };
        for (const QByteArray& name :
             {QByteArray("new\nline.png"), QByteArray("-o.png"), QByteArray("--help"),
              QByteArray("\xF0\x9F\x8C\x9F \xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x8E\xA8.png"),
              QByteArray("e\xCC\x81.png"), QByteArray("%1 %n;'\".png"), QByteArray(255, 'x')}) {
            open(name);
            QTRY_COMPARE(f.session.inputs().at("reference").name, name.toStdString());
            QVERIFY2(f.failed.isEmpty(), qPrintable(f.said()));
        }
        open("not\xff\xfetext.png");
        QTRY_COMPARE(f.failed.size(), 1);
        QVERIFY2(
            f.said().contains(QLatin1String("cannot be opened here, since its name is not written "
                                            "in UTF-8: rename it")),
            qPrintable(f.said()));
        // Qt would not find it to remove it.
        std::filesystem::remove(f.folder.path().toStdString() + "/not\xff\xfetext.png");
    }

    void aPictureOfOursIsKnownByItsRecord()
    {
        Fixture f;
        f.opener.open({f.picture("plain.png", 7)}, "reference", Opener::Ask);
        QTRY_COMPARE(f.session.inputs().in("reference").size(), size_t(1));
        QVERIFY(f.notices.isHidden());
    }
};

QTEST_MAIN(OpenerTest)
#include "tst_opener.moc"
