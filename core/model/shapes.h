// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/autoencoder.h"
#include "core/diffusion/unet.h"
#include "core/text/textencoder.h"

#include <map>
#include <string>
#include <vector>

/// A network's tensors by name; -1 is any size.
using Shapes = std::map<std::string, std::vector<int64_t>>;

Shapes unetShapes(const UNetConfig& config);
Shapes autoencoderShapes(const AutoencoderConfig& config);
Shapes textEncoderShapes(const TextEncoderConfig& config);

/// What the shapes of a Stable Diffusion network tell of its configuration; the number of heads
/// follows from the width of the context.
UNetConfig unetConfigOf(const Shapes& shapes);
AutoencoderConfig autoencoderConfigOf(const Shapes& shapes);
TextEncoderConfig textEncoderConfigOf(const Shapes& shapes);

/// Compares what a file has with what a network needs. A 1x1 convolution and a linear layer may
/// stand for each other. Throws Error that names @p file and lists the first ten of what is
/// missing, has nothing in it or is of another shape, with their number.
void checkShapes(const Shapes& expected, const Shapes& found, const std::string& file);
/// A tensor that checkShapes() takes for one of the shapes called @p name, in that shape: as a
/// convolution or as a linear layer, whichever the network has there. Others stay.
Tensor inShape(const Tensor& tensor, const Shapes& expected, const std::string& name);
