// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/language.h"

#include "app/pseudolanguage.h"
#include "core/errors.h"
#include "core/file/resources.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QTranslator>

namespace {

/// Where the program's own translations lie; empty where its files are not found, of which whoever
/// needs them tells.
QString translationFolder()
{
    try {
        return QString::fromStdString((resourceFolder() / "translations").string());
    } catch (const Error&) {
        return {};
    }
}

/// The translations of @p program in the first of the locale's languages that there is; null: none.
std::unique_ptr<QTranslator> loaded(
    const QLocale& locale, const char* program, const QString& folder)
{
    auto translator = std::make_unique<QTranslator>();
    const bool found =
        translator->load(locale, QString::fromLatin1(program), QStringLiteral("_"), folder);
    return found ? std::move(translator) : nullptr;
}

} // namespace

Language::Language(const QString& name)
{
    const QString wanted = qEnvironmentVariable("SIMILE_LANGUAGE", name);
    const QString folder = translationFolder();
    add(loaded(QLocale(QLocale::English), "simile", folder)); // its plurals
    if (wanted == PseudoLanguage::leftToRight || wanted == PseudoLanguage::rightToLeft) {
        add(std::make_unique<PseudoLanguage>(wanted == PseudoLanguage::rightToLeft));
        return;
    }
    const QLocale locale = wanted.isEmpty() ? QLocale::system() : QLocale(wanted);
    if (!wanted.isEmpty())
        QLocale::setDefault(locale);
    auto own = loaded(locale, "simile", folder);
    if (!own || own->language().startsWith(QLatin1String("en")))
        return; // Qt's texts are of the same language as ours
    add(loaded(locale, "qtbase", QLibraryInfo::path(QLibraryInfo::TranslationsPath)));
    add(std::move(own));
}

Language::~Language()
{
    QLocale::setDefault(m_before);
}

void Language::add(std::unique_ptr<QTranslator> translator)
{
    if (translator && QCoreApplication::installTranslator(translator.get()))
        m_translators.push_back(std::move(translator));
}
