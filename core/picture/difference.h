// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"

#include <vector>

// How two pictures of the same size differ, in their colours (alpha does not count). All functions
// throw ValueError where the sizes differ.

/// How far apart they are, in numbers of 255.
struct PictureDifference
{
    double meanAbsolute = 0; ///< over all pixels and channels
    int largest = 0;
    double changed = 0; ///< parts of the pixels, of 1, that are not the same
    double psnr = 0;    ///< dB, one mean squared error over all channels; infinite where it is 0
};
PictureDifference differenceOf(const Image& a, const Image& b);
/// Structural similarity (Wang et al. 2004, "Image Quality Assessment"): a Gaussian window of 11 x
/// 11 with sigma 1.5, population covariance, K1 .01, K2 .03, range 255, windows inside the picture
/// alone; the mean of the channels. 1 where they are the same; NaN where a side is shorter than the
/// window. Takes a second for 6 megapixels.
double similarityOf(const Image& a, const Image& b);

/// What is to be seen of a difference.
struct DifferenceLook
{
    bool isSigned = true; ///< grey where nothing changed; else black
    double gain = 4;      ///< signed: a change of 128 / gain reaches black or white; else of 255 /
                          ///< gain white
};
/// The picture of what @p b has more than @p a, channel by channel.
Image differencePicture(const Image& a, const Image& b, const DifferenceLook& look);
