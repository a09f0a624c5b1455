// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/seecoder.h"

#include "core/errors.h"
#include "core/file/files.h"
#include "tests/parity/case.h"
#include "tests/portablefill.h"
#include "tests/seecodercase.h"

namespace {

/// The pictures' sizes in the outputs' names, "53x118.tokens" or "pa.53x118.tokens".
std::set<std::string> sizesOf(const Case& c, const std::string& prefix)
{
    std::set<std::string> sizes;
    for (const auto& [name, tensor] : c.outputs) {
        const std::string rest = name.starts_with(prefix) ? name.substr(prefix.size()) : "";
        if (!rest.empty() && isdigit(rest.front()))
            sizes.insert(rest.substr(0, rest.find('.')));
    }
    return sizes;
}

Tensor imageOf(const Case& c, const std::string& size)
{
    if (c.inputs.contains("image_" + size))
        return c.input("image_" + size);
    const size_t x = size.find('x');
    return portableUniform("image", {1, 3, std::stol(size), std::stol(size.substr(x + 1))});
}

void run(
    const Case& c, const SeeCoderConfig& config, const Weights& w, const std::string& prefix,
    Comparison& results)
{
    for (const std::string& size : sizesOf(c, prefix))
        seeCoder(config, w, imageOf(c, size), [&](std::string_view name, const Tensor& x) {
            results.tensor(prefix + size + "." + std::string(name), x);
        });
}

} // namespace

void runSeeCoder(const Case& c, Comparison& results)
{
    SeeCoderConfig config = seeCoderConfigOfCase(readText(c.folder / "config.json"));
    if (c.description.at("uses").contains("seecoder")) {
        Weights::Dict dict = bareNames(c.weights("seecoder").dict());
        config.positions = c.description.at("uses").contains("position_encoding");
        if (config.positions)
            dict.merge(bareNames(c.weights("position_encoding").dict()));
        run(c, config, Weights(dict, c.name), "", results);
        return;
    }
    for (const std::string prefix : {"", "pa."}) {
        config.positions = !prefix.empty();
        run(c, config, Weights(portableWeights(seeCoderShapes(config)), c.name), prefix, results);
    }
}
