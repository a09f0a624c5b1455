// SPDX-License-Identifier: GPL-3.0-or-later

// The window with a server of the tests in place of the site, to be used by hand: each network that
// can be fetched is FILE, slowly.
//   getmodels FILE [--light] [1280x800]

#include "ui/getmodels.h"
#include "app/keeper.h"
#include "app/sessions.h"
#include "core/file/files.h"
#include "core/file/hash.h"
#include "tests/app/network/fileserver.h"
#include "tests/manual/shownwindow.h"

#include <QApplication>

#include <cstdio>

namespace {

/// The catalogue, with what the server has.
Catalogue catalogueOf(const QByteArray& bytes)
{
    Catalogue catalogue = readCatalogue();
    for (CatalogueEntry& entry : catalogue.entries)
        if (entry.canBeFetched() && !entry.sha256.empty()) {
            entry.bytes = uint64_t(bytes.size());
            entry.about = false;
            entry.sha256 =
                sha256(std::as_bytes(std::span(bytes.data(), std::size_t(bytes.size()))));
        }
    return catalogue;
}

const char* const listed = R"({"sha": "0123", "tags": ["license:mit"], "siblings": [
    {"rfilename": "model.safetensors", "size": 2000000000},
    {"rfilename": "model-fp16.safetensors", "size": 1000000000}, {"rfilename": "README.md"}]})";

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication::setOrganizationName(QStringLiteral("simile"));
    QCoreApplication::setApplicationName(QStringLiteral("simile"));
    const QApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 2) {
        std::fprintf(stderr, "getmodels FILE [--light] [1280x800]\n");
        return 2;
    }
    Published file {
        .bytes = QByteArray::fromStdString(readText(arguments[1].toStdString(), 1 << 30))};
    file.slow = std::max<qint64>(file.bytes.size() / 200, 1); // ten seconds
    FileServer* self = nullptr;
    FileServer server([&](const Asked& asked) {
        std::printf("%s%s\n", asked.host.constData(), asked.path.constData());
        return asked.path.startsWith("/api/") ? Served {.body = listed} : file.answer(asked, *self);
    });
    self = &server;
    ShownWindow shown(
        MethodList(), arguments.contains(QStringLiteral("--light")), sizeFrom(arguments.last()));
    const auto rules = server.rules();
    rules->cacheFolder = Settings::cacheFolder().toStdString();
    shown.window.findChild<GetModels*>()->setPlace(rules, catalogueOf(file.bytes));
    shown.window.welcome();
    return QApplication::exec();
}
