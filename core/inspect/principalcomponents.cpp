// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/inspect/principalcomponents.h"

#include "core/errors.h"
#include "core/nn/tensor.h"

#include <Spectra/SymEigsSolver.h>
#include <algorithm>
#include <cmath>

namespace {

constexpr int componentCount = PrincipalComponents::count;
/// Up to which a matrix is decomposed as a whole, in one second; 4096 take a minute.
constexpr int64_t small = 1024;

/// The smaller of X'X and XX'.
struct Gram
{
    Tensor x = {};
    bool wide = false;    ///< it is XX'
    Tensor products = {}; ///< X'X itself, where there is no X

    int64_t size() const { return products.defined() ? products.size(0) : x.size(wide ? 0 : 1); }
    Tensor matrix() const
    {
        if (products.defined())
            return products;
        return wide ? x.matmul(x.t()) : x.t().matmul(x);
    }
    Tensor times(const Tensor& y) const
    {
        if (products.defined())
            return products.matmul(y);
        return wide ? x.matmul(x.t().matmul(y)) : x.t().matmul(x.matmul(y));
    }
};

/// The same plus a multiple of the identity, which changes no eigenvector, as Spectra asks for it.
struct Shifted
{
    using Scalar = double;
    const Gram& gram;
    double shift = 0;

    Eigen::Index rows() const { return gram.size(); }
    Eigen::Index cols() const { return gram.size(); }
    void perform_op(const double* in, double* out) const
    {
        const Tensor y = at::from_blob(const_cast<double*>(in), {gram.size()}, at::kDouble);
        at::from_blob(out, {gram.size()}, at::kDouble).copy_(gram.times(y) + shift * y);
    }
};

/// Eigenvalues, the largest first, with their eigenvectors as rows.
struct Eigenpairs
{
    std::vector<double> values = {};
    Tensor vectors = {};
};

/// The leading eigenpairs, by LAPACK, which finds all of them.
Eigenpairs fromAll(const Gram& gram)
{
    const int64_t n = gram.size(), found = std::min<int64_t>(componentCount, n);
    const auto [values, vectors] = at::linalg_eigh(gram.matrix());
    Eigenpairs leading {.vectors = vectors.narrow(1, n - found, found).t().flip(0)};
    for (int64_t i = 1; i <= found; ++i)
        leading.values.push_back(values[n - i].item<double>());
    return leading;
}

/// The leading eigenpairs. @p trace is the sum of all eigenvalues.
Eigenpairs leadingOf(const Gram& gram, double trace)
{
    constexpr int subspace = 8 * componentCount, restarts = 1000;
    constexpr double tolerance = 1e-10;
    if (gram.size() <= small)
        return fromAll(gram);
    const double shift = trace / double(gram.size()); // without it, Spectra trips over rank 1
    Shifted shifted {gram, shift};
    Spectra::SymEigsSolver<Shifted> solver(shifted, componentCount, subspace);
    solver.init();
    solver.compute(Spectra::SortRule::LargestAlge, restarts, tolerance);
    if (solver.info() != Spectra::CompInfo::Successful)
        return fromAll(gram);
    Eigen::VectorXd values = solver.eigenvalues();
    Eigen::MatrixXd vectors = solver.eigenvectors(); // by columns, which are our rows
    Eigenpairs leading {
        .vectors =
            at::from_blob(vectors.data(), {componentCount, gram.size()}, at::kDouble).clone()};
    for (const double value : values)
        leading.values.push_back(value - shift);
    return leading;
}

/// Throws WorkError for what came of numbers that are none.
void checkFinite(double trace)
{
    if (!std::isfinite(trace))
        throw WorkError(
            "A map holds numbers that are NaN or infinite, so it has no components to show: try "
            "the precision fp32.");
}

/// Fewer than these are rounding: there are fewer dimensions than components.
double noiseOf(const Eigenpairs& eigen)
{
    return eigen.values[0] * 1e-12;
}

PrincipalComponents noComponents(int channels)
{
    return {
        .channels = channels,
        .mean = std::vector<double>(size_t(channels)),
        .components = std::vector<double>(size_t(componentCount) * size_t(channels)),
        .singularValues = std::vector<double>(componentCount)};
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
    PrincipalComponents fitted = noComponents(channels);
    Tensor x =
        at::from_blob(const_cast<float*>(rows.data()), {n, channels}, at::kFloat).to(at::kDouble);
    const Tensor mean = x.mean(0).contiguous();
    std::copy_n(mean.data_ptr<double>(), channels, fitted.mean.begin());
    x.sub_(mean);
    const bool wide = channels > n;
    const double trace = std::pow(x.norm().item<double>(), 2);
    checkFinite(trace);
    fitted.total = trace;
    if (trace == 0)
        return fitted;
    const Eigenpairs eigen = leadingOf({x, wide}, trace);
    const double noise = noiseOf(eigen);
    for (int c = 0; c < int(eigen.values.size()); ++c) {
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

ComponentSums::ComponentSums(int channels)
    : m_channels(channels)
{
}

void ComponentSums::add(std::span<const float> rows)
{
    m_rows.insert(m_rows.end(), rows.begin(), rows.end());
    const auto n = int64_t(m_rows.size()) / m_channels;
    if (m_summed + n <= m_channels)
        return;
    const c10::InferenceMode noGradients;
    const Tensor x = at::from_blob(m_rows.data(), {n, m_channels}, at::kFloat).to(at::kDouble);
    m_sums.resize(size_t(m_channels));
    m_products.resize(size_t(m_channels) * size_t(m_channels));
    at::from_blob(m_sums.data(), {m_channels}, at::kDouble).add_(x.sum(0));
    at::from_blob(m_products.data(), {m_channels, m_channels}, at::kDouble).add_(x.t().matmul(x));
    m_summed += n;
    m_rows.clear();
}

PrincipalComponents ComponentSums::fit() const
{
    if (m_summed == 0)
        return fitComponents(m_rows, m_channels);
    const c10::InferenceMode noGradients;
    PrincipalComponents fitted = noComponents(m_channels);
    const Tensor mean = at::from_blob(const_cast<double*>(m_sums.data()), {m_channels}, at::kDouble)
        / double(m_summed);
    std::copy_n(mean.data_ptr<double>(), m_channels, fitted.mean.begin());
    const Tensor products =
        at::from_blob(const_cast<double*>(m_products.data()), {m_channels, m_channels}, at::kDouble)
        - mean.unsqueeze(1).matmul(mean.unsqueeze(0)) * double(m_summed);
    for (int64_t i = 0; i < m_channels; ++i)
        fitted.total += products.data_ptr<double>()[i * (m_channels + 1)];
    checkFinite(fitted.total);
    if (fitted.total <= 0)
        return fitted;
    const Eigenpairs eigen = leadingOf({.products = products}, fitted.total);
    for (int c = 0; c < int(eigen.values.size()) && eigen.values[c] > noiseOf(eigen); ++c) {
        fitted.singularValues[c] = std::sqrt(eigen.values[c]);
        const Tensor component = eigen.vectors.narrow(0, c, 1).contiguous();
        std::copy_n(
            component.data_ptr<double>(), m_channels,
            fitted.components.begin() + std::ptrdiff_t(c) * m_channels);
    }
    return fitted;
}

std::vector<float> project(const PrincipalComponents& fitted, std::span<const float> rows)
{
    const auto channels = std::size_t(fitted.channels);
    const std::size_t n = rows.size() / channels;
    std::vector<float> scores(n * componentCount);
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t c = 0; c < componentCount; ++c) {
            double sum = 0;
            for (std::size_t j = 0; j < channels; ++j)
                sum += (double(rows[i * channels + j]) - fitted.mean[j])
                    * fitted.components[c * channels + j];
            scores[i * componentCount + c] = float(sum);
        }
    return scores;
}

Image toPicture(std::span<const float> scores, int width, int height)
{
    std::array<float, 3> least, most;
    least.fill(INFINITY);
    most.fill(-INFINITY);
    for (std::size_t i = 0; i < scores.size(); ++i) {
        least[i % componentCount] = std::min(least[i % componentCount], scores[i]);
        most[i % componentCount] = std::max(most[i % componentCount], scores[i]);
    }
    return toPicture(scores, width, height, least, most);
}

Image toPicture(
    std::span<const float> scores, int width, int height, const std::array<float, 3>& least,
    const std::array<float, 3>& most)
{
    Image picture = filled(width, height, {0, 0, 0});
    for (std::size_t i = 0; i < picture.rgb.size(); ++i) {
        const double from = least[i % componentCount], to = most[i % componentCount];
        if (to > from)
            picture.rgb[i] =
                uint8_t(std::clamp((double(scores[i]) - from) / (to - from), 0., 1.) * 255);
    }
    return picture;
}
