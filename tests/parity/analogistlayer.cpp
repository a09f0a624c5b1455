// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/layers.h"
#include "plugins/analogist/attention.h"
#include "tests/parity/case.h"

#include <cmath>

namespace {

/// One attention layer with its queries, keys and values [batch, heads, tokens, d].
struct Layer
{
    Weights w = {};
    Tensor q = {}, k = {}, v = {};
    double scale = 1;

    Layer(const Weights& weights, const Tensor& x, const Tensor& context, int64_t heads)
        : w(weights)
        , q(splitHeads(linear(w["to_q"], x), heads))
        , k(splitHeads(linear(w["to_k"], context), heads))
        , v(splitHeads(linear(w["to_v"], context), heads))
        , scale(1 / std::sqrt(double(q.size(3))))
    {
    }

    /// [batch * heads, query, key]
    Tensor logits() const
    {
        return (q.matmul(k.transpose(-1, -2)) * scale).flatten(0, 1).contiguous();
    }
    /// Heads merged: [batch, tokens, channels].
    Tensor core(const Tensor& probabilities) const
    {
        return mergeHeads(
            probabilities.matmul(v.flatten(0, 1)).unflatten(0, {q.size(0), q.size(1)}));
    }
    Tensor out(const Tensor& core) const { return linear(w["to_out"][0], core); }
};

void runSelf(const Layer& layer, double s, Comparison& results)
{
    results.tensor("self.q", layer.q.flatten(0, 1));
    results.tensor("self.k", layer.k.flatten(0, 1));
    results.tensor("self.v", layer.v.flatten(0, 1));
    Tensor logits = layer.logits();
    const Tensor plain = layer.core(logits.softmax(-1));
    cloneScores(logits, s);
    const Tensor cloned = layer.core(logits.softmax(-1));
    const Tensor quick = mergeHeads(clonedAttention(layer.q, layer.k, layer.v, layer.scale, s));
    results.tensor("self.core_plain", plain);
    results.tensor("self.out_plain", layer.out(plain));
    results.tensor("self.core_sac", cloned);
    results.tensor("self.out_sac", layer.out(cloned));
    results.tensor("self.core_sac, provided", quick, "self.core_sac");
    results.tensor("self.out_sac, provided", layer.out(quick), "self.out_sac");
}

void runCross(const Layer& layer, Comparison& results)
{
    results.tensor("cross.q", layer.q.flatten(0, 1));
    results.tensor("cross.k", layer.k.flatten(0, 1));
    results.tensor("cross.v", layer.v.flatten(0, 1));
    Tensor probabilities = layer.logits().softmax(-1);
    results.tensor("cross.out_plain", layer.out(layer.core(probabilities)));
    maskProbabilities(probabilities);
    results.tensor("cross.out_cam", layer.out(layer.core(probabilities)));
    results.tensor(
        "cross.out_cam, provided",
        layer.out(mergeHeads(maskedAttention(layer.q, layer.k, layer.v, layer.scale))),
        "cross.out_cam");
}

/// The side of the small part, as many tokens as the case has stored of it; 0: none.
int64_t smallSide(const Case& c)
{
    for (const char* name :
         {"small.logits_before", "small.logits_after", "small.out_plain", "small.out_sac"})
        if (const auto stored = c.outputs.find(name); stored != c.outputs.end())
            return std::lround(std::sqrt(double(stored->second.size(1))));
    return 0;
}

/// The self-attention layer on the top left part of the tokens of the first picture.
void runSmall(const Layer& layer, double s, Comparison& results)
{
    Tensor logits = layer.logits();
    results.tensor("small.logits_before", logits);
    results.tensor("small.out_plain", layer.out(layer.core(logits.softmax(-1))));
    cloneScores(logits, s);
    results.tensor("small.logits_after", logits);
    results.tensor("small.out_sac", layer.out(layer.core(logits.softmax(-1))));
}

} // namespace

void runAnalogistLayer(const Case& c, Comparison& results)
{
    const Weights w = c.weights("layer");
    const Tensor x = c.input("x"), context = c.input("context");
    const auto heads = c.params().at("heads").get<int64_t>();
    const auto grid = c.params().at("grid").get<int64_t>();
    const auto s = c.params().at("scale_sac").get<double>();

    const Tensor indices = at::arange(grid * grid);
    const std::map<std::string, Cell> cells = {
        {"A", A}, {"Aprime", APrime}, {"B", B}, {"Bprime", BPrime}};
    for (const auto& [name, cell] : cells)
        results.expected(
            "tokens." + name, part(indices, 0, cell).flatten(), c.input("tokens." + name), 0);

    runSelf(Layer(w["attn1"], x, x, heads), s, results);
    runCross(Layer(w["attn2"], x, context, heads), results);
    const int64_t side = smallSide(c);
    if (side == 0)
        return;
    const Tensor corner = x.narrow(0, 0, 1)
                              .unflatten(1, {grid, grid})
                              .narrow(1, 0, side)
                              .narrow(2, 0, side)
                              .flatten(1, 2)
                              .contiguous();
    runSmall(Layer(w["attn1"], corner, corner, heads), s, results);
}
