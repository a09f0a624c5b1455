// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/translated.h"

#include <QCoreApplication>

QString translated(const Sentence& sentence)
{
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
{
    return translated(inWords(label));
}
