// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/file/replyhead.h"
#include "tests/fuzz/bytes.h"

/// A server's answer to a download: its status in two bytes, what is there already in one, then its
/// head. A body is taken only from where it was asked for, and within the file.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size)
{
    if (size < 3)
        return 0;
    const int status = data[0] * 4 + data[1] % 4;
    const HeadLines lines = parseHeadLines(std::string(text(data + 3, size - 3)));
    const ReplyHead head = replyHead(status, lines, 1'700'000'000);
    const WantedReply wanted {
        .host = "fuzz", .name = "fuzz", .site = data[1] % 2 == 0, .have = data[2], .bytes = 100};
    parse([&] {
        const Verdict verdict = judge(head, wanted);
        if (verdict.what == Verdict::Take
            && (verdict.from > wanted.have || (verdict.bytes != 0 && verdict.from > verdict.bytes)))
            std::abort();
        if (verdict.seconds && *verdict.seconds < 0)
            std::abort();
    });
    return 0;
}
