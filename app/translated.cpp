// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/translated.h"

#include <QCoreApplication>

QString translated(const Sentence& sentence)
{
<<<<<<< HEAD
    if (sentence.data)
        return QString::fromStdString(sentence.pattern);
    const QString pattern = QCoreApplication::translate("core", sentence.pattern.c_str());
    std::vector<std::string> arguments; // filled by core: an argument may hold a %2 of its own
    for (const Sentence& argument : sentence.arguments)
        arguments.push_back(translated(argument).toStdString());
    return QString::fromStdString(filled(pattern.toStdString(), arguments));
}

QStringList translated(const std::vector<Sentence>& sentences)
{
    QStringList texts;
    for (const Sentence& sentence : sentences)
        texts.append(translated(sentence));
    return texts;
}

QString translatedLabel(const std::string& label)
=======
    if (sentence.data || sentence.empty())
        return QString::fromStdString(sentence.pattern);
    const QString pattern = QCoreApplication::translate("core", sentence.pattern.c_str());
    std::vector<std::string> arguments;
    for (const Sentence& argument : sentence.arguments)
        arguments.push_back(translated(argument).toStdString());
    // Not by QString::arg(), which would fill a name that holds %2.
    return QString::fromStdString(filled(pattern.toStdString(), arguments));
}

QString translated(const std::string& label)
>>>>>>> fd1f95574346976f2c0c33f7230dc680c2dec9ec
{
    return translated(inWords(label));
}
