// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

/// The file that a picture was read from, as it was then: what a session keeps of it beside the
/// pixels.
struct SourceFile
{
    QString path = {};     ///< empty: it came as bytes
    int64_t size = 0;      ///< of the file at @p path when it was read
    int64_t modified = 0;  ///< likewise, in milliseconds since 1970
    QByteArray bytes = {}; ///< of one that came as bytes; shared, not copied
    bool known() const { return !path.isEmpty() || !bytes.isEmpty(); }
};

/// The file as it is now.
SourceFile sourceAt(const QString& path);
/// Hands its bytes over, on any thread; nothing where it is larger than a session takes, is gone,
/// or is not the file any more that was read.
void useBytes(const SourceFile& source, const std::function<void(std::span<const std::byte>)>& use);
/// Larger files are not kept: of those a session has the pixels alone.
constexpr int64_t largestSource = int64_t(64) << 20;

/// Gives the bytes of a file.
using ReadFile = std::function<std::vector<std::byte>()>;
