// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/sourcefile.h"

#include "core/errors.h"
#include "core/file/files.h"

#include <QDateTime>
#include <QFileInfo>

SourceFile sourceAt(const QString& path)
{
    const QFileInfo file(path);
    return {.path = path, .size = file.size(), .modified = file.lastModified().toMSecsSinceEpoch()};
}

void useBytes(const SourceFile& source, const std::function<void(std::span<const std::byte>)>& use)
{
    if (!source.bytes.isEmpty()) {
        if (source.bytes.size() <= largestSource)
            use(std::as_bytes(std::span(source.bytes)));
        return;
    }
    const SourceFile now = sourceAt(source.path);
    if (now.size != source.size || now.modified != source.modified || now.size > largestSource)
        return;
    std::vector<std::byte> bytes;
    try {
        bytes = readFile(source.path.toStdString(), uint64_t(largestSource));
    } catch (const Error&) {
        return; // the pixels are what counts
    }
    use(bytes);
}
