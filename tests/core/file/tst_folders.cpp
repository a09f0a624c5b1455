// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/file/folders.h"

#include "core/file/files.h"
#include "tests/core/file/faultfolder.h"
#include "tests/failure.h"

#include <QTest>

namespace fs = std::filesystem;

class FoldersTest : public QObject, FaultFolder
{
    Q_OBJECT

private Q_SLOTS:
    void init() { renew(); }

    void filesAreFoundBelowAFolderAndLinksToFoldersAreNotFollowed()
    {
        const fs::path folder = path().parent_path() / "model";
        fs::create_directories(folder / "unet" / "empty");
        for (const char* name : {"b", "unet/a"})
            writeFileAtomically(folder / name, {});
        fs::create_directory_symlink("..", folder / "unet" / "loop");
        fs::create_symlink("b", folder / "c");
        QCOMPARE(filesBelow(folder), (std::vector {folder / "b", folder / "c", folder / "unet/a"}));
    }

    void aFolderThatIsNoModelsIsRefusedBeforeAllOfItIsRead()
    {
        const std::string said = failure([] { filesBelow("/proc"); });
        QVERIFY2(said.find("/proc") != said.npos, said.c_str());
        const std::string absent = failure([&] { filesBelow(path() / "none"); });
        QVERIFY2(absent.find("could not be read") != absent.npos, absent.c_str());
    }
};

QTEST_GUILESS_MAIN(FoldersTest)
#include "tst_folders.moc"
