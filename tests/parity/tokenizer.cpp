// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/text/tokenizer.h"
#include "core/errors.h"
#include "core/file/files.h"
#include "tests/parity/case.h"

void runTokenizer(const Case& c, Comparison& results)
{
    const Tokenizer tokenizer(c.folder);
    const auto strings = nlohmann::json::parse(readText(c.folder / "strings.json"));
    const auto unpadded = nlohmann::json::parse(readText(c.folder / "ids_unpadded.json"));
    if (strings.size() != unpadded.size())
        throw Error("strings.json and ids_unpadded.json differ in length.");

    std::vector<Tensor> padded;
    for (size_t i = 0; i < strings.size(); ++i) {
        const auto ids = tokenizer.encode(strings[i].get<std::string>());
        const auto wanted = unpadded[i].get<std::vector<int64_t>>();
        results.expected(
            "ids_unpadded " + std::to_string(i), at::tensor(ids), at::tensor(wanted), 0);
        padded.push_back(at::tensor(tokenizer.padded(ids)));
    }
    results.tensor("ids", at::stack(padded));
}
