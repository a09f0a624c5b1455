// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commandline.h"
#include "app/methodlist.h"
#include "tests/app/toolmethods.h"

#include <QTest>

/// What cannot be read of a command line is said in our words, which name it and the way out.
class CommandFaultsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrongIsNamedWithTheWayOut_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("said");
        const auto row = [](const char* name, const char* arguments, const char* said) {
            QTest::newRow(name) << QString::fromLatin1(arguments).split(QLatin1Char(' '))
                                << QString::fromLatin1(said);
        };
        row("a picture is missing", "analogy a b -o x.png",
            "b is missing. simile analogy --help says what has to be given.");
        row("an option is missing", "inspect x.png",
            "--kind is missing. simile inspect --help says what has to be given.");
        row("an unknown option", "analogy a b c -o x.png --frob 3",
            "There is no option --frob here. simile analogy --help says which there are.");
        row("an unknown option of the program", "--frob",
            "There is no option --frob here. simile --help says which there are.");
        row("one picture too many", "analogy a b c d -o x.png",
            "\"d\" is one argument too many. simile analogy --help says what is taken.");
        row("no value", "analogy a b c -o",
            "--out takes a value: give one behind it. simile analogy --help says which.");
        row("none of a list", "analogy a b c -o x.png --precision half",
            "--precision cannot be \"half\": it is one of auto, fp32, bf16, fp16.");
        row("no number of a list", "analogy a b c -o x.png --embed 7",
            "--embed cannot be \"7\": it is one of full, settings, none.");
        row("a seed below zero", "analogy a b c -o x.png --seed -1",
            "--seed: A seed is a whole number below 2^64.");
        row("two that exclude each other", "models --found --check",
            "--check and --found cannot be given together: give one of them.");
        row("a value for a flag", "analogy a b c -o x.png --json=perhaps",
            "--json cannot be \"perhaps\". simile analogy --help says what it takes.");
    }

    void whatIsWrongIsNamedWithTheWayOut()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, said);
        const TextCommand told = textOf(arguments);
        QCOMPARE(told.status, 2);
        QCOMPARE(QString::fromStdString(told.text), said + QLatin1Char('\n'));
    }

    /// As of an unset variable of a shell: the shipped model would be taken, or a picture ""
    /// sought.
    void anEmptyNameOfAFileIsRefused_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("name");
        const QStringList count = {
            QStringLiteral("analogy"), QStringLiteral("a"), QStringLiteral("b"),
            QStringLiteral("c"), QStringLiteral("-o")};
        const QString x = QStringLiteral("x.png");
        QTest::newRow("output") << count + QStringList {QString()} << QStringLiteral("--out");
        QTest::newRow("model") << count + QStringList {x, QStringLiteral("--model"), QString()}
                               << QStringLiteral("--model");
        QTest::newRow("picture") << QStringList {QStringLiteral("compare"), x, QString()}
                                 << QStringLiteral("second");
        QTest::newRow("session") << QStringList {QStringLiteral("runs"), QString()}
                                 << QStringLiteral("session");
    }

    void anEmptyNameOfAFileIsRefused()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, name);
        const TextCommand told = textOf(arguments);
        QCOMPARE(told.status, 2);
        QCOMPARE(
            QString::fromStdString(told.text),
            QStringLiteral("The name of a file or folder is empty: give one for %1.\n").arg(name));
    }

private:
    static TextCommand textOf(const QStringList& arguments)
    {
        std::vector<std::string> list;
        for (const QString& argument : arguments)
            list.push_back(argument.toStdString());
        const Command command = parseCommandLine(list, MethodList({countingMethod()}));
        const auto* text = std::get_if<TextCommand>(&command);
        return text ? *text : TextCommand {"it was taken", 0};
    }
};

QTEST_GUILESS_MAIN(CommandFaultsTest)
#include "tst_commandfaults.moc"
