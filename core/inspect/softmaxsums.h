// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// The largest of @p count scores; -infinity of none.
float largestOf(const float* scores, int count);

/// Sums over a part of a row of a softmax.
struct SoftmaxSums
{
    float exponentials = 0; ///< of e = exp(score - largest)
    float weighted = 0;     ///< of e (score - largest): with the logarithm of the whole row's sum
                            ///< they give its entropy
};
/// Of scores none of which is above @p largest; exponents below -87 count as -87. Within 2e-6 of
/// exact sums, relatively.
SoftmaxSums softmaxSums(const float* scores, int count, float largest);
/// Puts exp(score - largest) in place of each score, likewise.
void exponentials(float* scores, int count, float largest);
