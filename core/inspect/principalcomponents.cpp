// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/inspect/principalcomponents.h"

#include "core/nn/tensor.h"
#include "core/random.h"

#include <opencv2/core.hpp>

#include <algorithm>
#include <cmath>

namespace {

constexpr int count = PrincipalComponents::count;
constexpr int64_t small = 128; ///< up to which a symmetric matrix is decomposed as a whole

/// Eigenvalues, the largest first, with their eigenvectors as rows.
struct Eigenpairs
{
    std::vector<double> values = {};
    Tensor vectors = {};
};

/// Of a symmetric matrix, all of them.
Eigenpairs eigenOf(const Tensor& matrix)
{
    Tensor whole = ((matrix + matrix.t()) / 2).contiguous();
    const int n = int(whole.size(0));
    cv::Mat values, vectors;
    cv::eigen(cv::Mat(n, n, CV_64F, whole.data_ptr<double>()), values, vectors);
    return {
        {values.begin<double>(), values.end<double>()},
        at::from_blob(vectors.data, {n, n}, at::kDouble).clone()};
}

/// Orthonormal rows that span those of @p rows beyond the span of @p basis, which may be undefined.
/// What is left of a row after rounding alone is dropped.
Tensor orthonormal(Tensor rows, const Tensor& basis)
{
    for (int pass = 0; pass < 2; ++pass) { // the second mends the rounding of the first
        const Tensor before = rows.norm(2, {1}, true);
        if (basis.defined())
            rows = rows - rows.matmul(basis.t()).matmul(basis);
        const Tensor left = rows.norm(2, {1}, true);
        rows = at::where(left > before * 1e-12, rows / left, at::zeros_like(rows));
        const Eigenpairs gram = eigenOf(rows.matmul(rows.t()));
        int64_t rank = 0;
        while (rank < rows.size(0) && gram.values[rank] > 1e-10)
            ++rank;
        const Tensor scale =
            at::tensor(at::ArrayRef<double>(gram.values.data(), size_t(rank))).sqrt();
        rows = gram.vectors.narrow(0, 0, rank).matmul(rows) / scale.unsqueeze(1);
    }
    return rows;
}

Tensor randomRows(int64_t n, int64_t channels)
{
    Tensor rows = at::empty({n, channels}, at::kFloat);
    normal(1, 0, {rows.data_ptr<float>(), size_t(rows.numel())});
    return rows.to(at::kDouble);
}

/// Whether vectors are eigenvectors up to rounding. @p lacking is by how much their images miss
/// them.
bool converged(const std::vector<double>& values, const Tensor& lacking)
{
    for (int i = 0; i < count; ++i)
        if (lacking[i].item<double>() > 1e-9 * values[i] + 1e-12 * values[0])
            return false;
    return true;
}

/// The leading eigenpairs of a symmetric matrix of size @p n that @p apply multiplies rows by: the
/// best in a block Krylov space (Rayleigh and Ritz), from which the next space begins.
template<typename Apply>
Eigenpairs leadingOf(int64_t n, const Apply& apply)
{
    constexpr int64_t block = 8; // finds an eigenvalue that often
    constexpr int powers = 12, most = 100;
    Eigenpairs found;
    Tensor start = orthonormal(randomRows(block, n), {});
    for (int round = 0; round < most; ++round) {
        Tensor basis = start, images = apply(start);
        for (int power = 1; power < powers; ++power) {
            const Tensor last = images.narrow(0, images.size(0) - start.size(0), start.size(0));
            start = orthonormal(last, basis);
            if (start.size(0) == 0)
                break; // nothing leads out of the space: it is exact
            basis = at::cat({basis, start});
            images = at::cat({images, apply(start)});
        }
        const Eigenpairs ritz = eigenOf(basis.matmul(images.t()));
        const int64_t best = std::min(block, basis.size(0));
        const Tensor turn = ritz.vectors.narrow(0, 0, best);
        found.values.assign(ritz.values.begin(), ritz.values.begin() + best);
        found.vectors = turn.matmul(basis);
        const Tensor values = at::tensor(at::ArrayRef<double>(found.values)).unsqueeze(1);
        const Tensor lacking = (turn.matmul(images) - values * found.vectors).norm(2, {1}, false);
        if (start.size(0) == 0 || converged(found.values, lacking))
            break;
        start = orthonormal(found.vectors, {});
    }
    return found;
}

/// The leading eigenpairs of the smaller of X'X and XX'.
Eigenpairs decompose(const Tensor& x, bool wide)
{
    const int64_t n = std::min(x.size(0), x.size(1));
    if (n <= small)
        return eigenOf(wide ? x.matmul(x.t()) : x.t().matmul(x));
    return leadingOf(n, [&](const Tensor& rows) {
        return wide ? rows.matmul(x).matmul(x.t()) : rows.matmul(x.t()).matmul(x);
    });
}

/// The sign with which the score of the largest magnitude is positive.
double signOf(const Tensor& scores)
{
    return -scores.min().item<double>() > scores.max().item<double>() ? -1 : 1;
}

} // namespace

PrincipalComponents fitComponents(std::span<const float> rows, int channels)
{
    const c10::InferenceMode noGradients;
    const auto n = int64_t(rows.size()) / channels;
    PrincipalComponents fitted {
        .channels = channels,
        .mean = std::vector<double>(channels),
        .components = std::vector<double>(std::size_t(count) * channels),
        .singularValues = std::vector<double>(count)};
    Tensor x =
        at::from_blob(const_cast<float*>(rows.data()), {n, channels}, at::kFloat).to(at::kDouble);
    const Tensor mean = x.mean(0).contiguous();
    std::copy_n(mean.data_ptr<double>(), channels, fitted.mean.begin());
    x.sub_(mean);
    const bool wide = channels > n;
    const Eigenpairs eigen = decompose(x, wide);
    const int found = int(eigen.values.size());
    const double noise = found > 0 ? eigen.values[0] * 1e-12 : 0;
    for (int c = 0; c < std::min(count, found); ++c) {
        if (eigen.values[c] <= noise)
            break; // fewer dimensions than components
        const double singular = std::sqrt(eigen.values[c]);
        Tensor component = eigen.vectors.narrow(0, c, 1);
        if (wide)
            component = component.matmul(x) / singular;
        component = (component * signOf(component.matmul(x.t()))).contiguous();
        fitted.singularValues[c] = singular;
        std::copy_n(
            component.data_ptr<double>(), channels,
            fitted.components.begin() + std::ptrdiff_t(c) * channels);
    }
    return fitted;
}

std::vector<float> project(const PrincipalComponents& fitted, std::span<const float> rows)
{
    const auto channels = std::size_t(fitted.channels);
    const std::size_t n = rows.size() / channels;
    std::vector<float> scores(n * count);
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t c = 0; c < count; ++c) {
            double sum = 0;
            for (std::size_t j = 0; j < channels; ++j)
                sum += (double(rows[i * channels + j]) - fitted.mean[j])
                    * fitted.components[c * channels + j];
            scores[i * count + c] = float(sum);
        }
    return scores;
}

Image toPicture(std::span<const float> scores, int width, int height)
{
    Image picture = filled(width, height, {0, 0, 0});
    const std::size_t pixels = std::size_t(width) * height;
    for (std::size_t c = 0; c < count; ++c) {
        double least = INFINITY, largest = -INFINITY;
        for (std::size_t i = 0; i < pixels; ++i) {
            least = std::min(least, double(scores[i * count + c]));
            largest = std::max(largest, double(scores[i * count + c]));
        }
        for (std::size_t i = 0; i < pixels && largest > least; ++i)
            picture.rgb[i * count + c] =
                uint8_t((double(scores[i * count + c]) - least) / (largest - least) * 255);
    }
    return picture;
}
