// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/pseudolanguage.h"

#include <QRegularExpression>

#include <algorithm>

namespace {

QChar accented(QChar sign)
{
    static const QString plain = QStringLiteral("AEIOUYaeiouycnszCNSZdtDTgGrRl");
    static const QString other = QStringLiteral("ÀÉÎÖÛÝàéîöûýçñšžÇÑŠŽðŧÐŦğĞŕŔļ");
    const qsizetype at = plain.indexOf(sign);
    return at < 0 ? sign : other.at(at);
}

} // namespace

QString pseudo(const QString& text)
{
    // What is read by the program: gaps, tags, entities, (*.png), {fields}.
    static const QRegularExpression kept(
        QStringLiteral("%(?:L?\\d|n)|<[^<>]*>|&[a-z]+;|\\(\\*[^()]*\\)|\\{[^{}]*\\}"));
    const qsizetype tab = text.indexOf(QLatin1Char('\t'));
    const QString words = tab < 0 ? text : text.left(tab);
    QString made;
    qsizetype at = 0, letters = 0;
    const auto take = [&](qsizetype end) {
        for (; at < end; ++at) {
            made += accented(words.at(at));
            letters += words.at(at).isLetter();
        }
    };
    for (auto match = kept.globalMatch(words); match.hasNext();) {
        const auto found = match.next();
        take(found.capturedStart());
        made += found.captured();
        at = found.capturedEnd();
    }
    take(words.size());
    if (letters == 0)
        return text;
    for (qsizetype more = (letters * 2 + 4) / 5; more > 0; more -= 5) // in words, so that it wraps
        made += QLatin1Char(' ') + QString(std::min<qsizetype>(more, 5), QChar(0xb7));
    return QLatin1Char('[') + made + QLatin1Char(']') + (tab < 0 ? QString() : text.mid(tab));
}

PseudoLanguage::PseudoLanguage(bool mirrored)
    : m_mirrored(mirrored)
{
}

QString PseudoLanguage::translate(
    const char* /*context*/, const char* source, const char* /*disambiguation*/, int /*n*/) const
{
    const QString text = QString::fromUtf8(source);
    // By the translation of this Qt decides how the window is laid out.
    if (text == QLatin1String("QT_LAYOUT_DIRECTION"))
        return m_mirrored ? QStringLiteral("RTL") : QStringLiteral("LTR");
    return pseudo(text);
}
