// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/translated.h"

#include <QCoreApplication>

QString translated(const Sentence& sentence)
{
    if (sentence.data || sentence.empty())
        return QString::fromStdString(sentence.pattern);
    const QString pattern = QCoreApplication::translate("core", sentence.pattern.c_str());
    std::vector<std::string> arguments;
    for (const Sentence& argument : sentence.arguments)
        arguments.push_back(translated(argument).toStdString());
    // Not by QString::arg(), which would fill a name that holds %2.
    return QString::fromStdString(filled(pattern.toStdString(), arguments));
}

QStringList translated(const std::vector<Sentence>& sentences)
{
    QStringList texts;
    for (const Sentence& sentence : sentences)
        texts.append(translated(sentence));
    return texts;
}

QString translated(const std::string& label)
{
    return translated(inWords(label));
}
