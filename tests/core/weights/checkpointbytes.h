// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/weights/checkpoint.h"
#include "tests/failure.h"

#include <QByteArray>
#include <QFile>
#include <QList>
#include <QTemporaryDir>

#include <filesystem>

// Checkpoints written by hand, so that every field of them can be wrong.

/// Of that type, whatever it is given in.
template<typename T>
QByteArray number(auto given)
{
    const T value = T(given);
    return {reinterpret_cast<const char*>(&value), sizeof value};
}

struct Stored
{
    QByteArray name, bytes;
    quint16 method = 0, flags = 0;
};

/// A zip archive written by hand, so that every field of it can be wrong.
inline QByteArray zip(const QList<Stored>& entries, quint64 extraOffset = 0)
{
    QByteArray file, directory;
    for (const Stored& e : entries) {
        const QByteArray common = number<quint16>(e.flags) + number<quint16>(e.method)
            + number<quint64>(0) // time and checksum
            + number<quint32>(e.bytes.size()) + number<quint32>(e.bytes.size())
            + number<quint16>(e.name.size()) + number<quint16>(0);
        directory += "PK\1\2" + number<quint16>(20) + number<quint16>(20) + common
            + QByteArray(10, '\0') + number<quint32>(file.size() - extraOffset) + e.name;
        file += "PK\3\4" + number<quint16>(20) + common + e.name + e.bytes;
    }
    return file + directory + "PK\5\6" + number<quint32>(0) + number<quint16>(entries.size())
        + number<quint16>(entries.size()) + number<quint32>(directory.size())
        + number<quint32>(file.size()) + number<quint16>(0);
}

inline QByteArray text(const QByteArray& string)
{
    return "X" + number<quint32>(string.size()) + string;
}

inline QByteArray integer(qint32 value)
{
    return "J" + number<qint32>(value);
}

/// One that needs more than 32 bits.
inline QByteArray longInteger(qint64 value)
{
    return "\x8a\x8" + number<qint64>(value);
}

/// A storage of the kind @p kind under @p key; @p elements is what puts their number on the stack.
inline QByteArray storage(
    const QByteArray& elements, const QByteArray& kind, const QByteArray& key = "0")
{
    return "(" + text("storage") + "c" + kind + "\n" + text(key) + text("cpu") + elements + "tQ";
}

/// A storage of @p elements floats under the key 0.
inline QByteArray storage(qint32 elements)
{
    return storage(integer(elements), "torch\nFloatStorage");
}

/// The call that makes a tensor, of what puts each argument on the stack.
inline QByteArray tensor(
    const QByteArray& storage, const QByteArray& offset, const QByteArray& sizes,
    const QByteArray& strides)
{
    return "ctorch._utils\n_rebuild_tensor_v2\n(" + storage + offset + sizes + strides + "\x89"
        + "ccollections\nOrderedDict\n)RtR";
}

/// A tensor of one dimension.
inline QByteArray tensor(const QByteArray& storage, qint32 offset, qint32 size, qint32 stride)
{
    return tensor(storage, integer(offset), integer(size) + "\x85", integer(stride) + "\x85");
}

/// A dictionary with one value.
inline QByteArray dict(const QByteArray& value)
{
    return QByteArray("\x80\2}", 3) + text("a") + value + "s.";
}

/// A file x.ckpt of those bytes.
inline std::filesystem::path checkpoint(const QTemporaryDir& folder, const QByteArray& bytes)
{
    QFile file(folder.filePath(QStringLiteral("x.ckpt")));
    file.open(QFile::WriteOnly);
    file.write(bytes);
    return file.fileName().toStdString();
}

/// What is said against such a file; empty: it is read.
inline QString problemOf(const QTemporaryDir& folder, const QByteArray& bytes)
{
    const std::filesystem::path path = checkpoint(folder, bytes);
    return QString::fromStdString(failure([&] { loadCheckpoint(path); }));
}
