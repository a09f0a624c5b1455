// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

class InputFile;

/// Reads a pickled checkpoint with the interpreter that never calls anything and writes its
/// weights as safetensors. Throws Error. The program does this in a helper process.
void convertCheckpoint(const std::filesystem::path& in, const std::filesystem::path& out);
/// The same from a file that is open into one that somebody else opened and puts in its place;
/// @p name is the latter's in messages.
void convertCheckpoint(InputFile in, int out, const std::filesystem::path& name);
/// Does once what a conversion finds out about the machine, for a process that may not look at it
/// later, and has it work on one thread alone.
void prepareConversion();

/// Whether a file is a pickled checkpoint: by its content, which may be a zip archive or a stream
/// of pickles under any name; where that tells nothing, or there is no file, by its name.
bool isPickled(const std::filesystem::path& file);
/// Whether a name is one that pickled checkpoints have: .ckpt, .pt, .pth, .bin.
bool hasPickleName(const std::filesystem::path& file);

/// The model in a repository's folder of Hugging Face's cache (models--owner--name): what its
/// refs/main names. Any other path is given back.
std::filesystem::path snapshotOf(const std::filesystem::path& path);

/// Whether a diffusers pipeline's folder has parts whose weights are pickled alone
/// (diffusion_pytorch_model.bin, pytorch_model.bin).
bool hasPickledParts(const std::filesystem::path& folder);
/// The weights of a part that is pickled alone, in its folder: plain, else the fp16 or non_ema
/// variant; empty where it has safetensors, or no weights.
std::filesystem::path pickledWeights(const std::filesystem::path& part);
/// Whether what was converted can be opened: a file, or all safetensors in a folder, as far as
/// their headers and sizes tell.
bool isWhole(const std::filesystem::path& converted);
/// A pickle in a pipeline's folder, and the file that is to be made of it.
struct PickledPart
{
    std::filesystem::path pickle, safetensors;
};
/// Makes a folder @p out of the pipeline in @p in, but for its pickled parts, which it gives: what
/// is small copied, other parts linked to where they are. Throws Error.
std::vector<PickledPart> beginFolder(
    const std::filesystem::path& in, const std::filesystem::path& out);
