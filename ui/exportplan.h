// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/picture/pictureformat.h"
#include "core/record.h"

#include <QByteArray>
#include <QString>

#include <vector>

/// What of a run is exported.
enum class ExportWhat {
    Result,     ///< the picture that is shown
    Candidates, ///< all of them, a file each
    Sheet,      ///< all of them in one picture
    Grid,       ///< the whole grid that the network filled
    Frames,     ///< every step decoded, a file each, in a folder
    Animation,  ///< every step decoded, one animated WebP
    Latents     ///< what the network held at every step, as numbers
};
/// Whether it is of every step, which have to be decoded.
bool ofSteps(ExportWhat what);
/// Whether it is pictures that a decoder made, as they are, so that 16 bits a channel have a sense.
bool asMade(ExportWhat what);
struct ExportWhatName
{
    ExportWhat what;
    const char* id;
    QString label = {}, help = {};
};
std::vector<ExportWhatName> exportWhats();

constexpr int largestSide = 16384, slowest = 10000; ///< pixels; milliseconds of a frame

/// How it is exported.
struct ExportPlan
{
    ExportWhat what = ExportWhat::Result;
    PictureFormat format = PictureFormat::Png; ///< of an animation always WebP
    int quality = usualQuality;
    bool deep = false; ///< 16 bits a channel, decoded anew, where isDeep()
    int longSide = 0;  ///< pixels; 0: as it is
    Embed embed = Embed::Full;
    QString folder = {}, name = {}; ///< name: a template, app/exportname.h
    bool replace = false;           ///< files that are there
    int milliseconds = 120;         ///< a frame of an animation

    bool operator==(const ExportPlan&) const = default;
    QString suffix() const; ///< of its files
    bool isDeep() const;    ///< wanted, and possible for what is exported and its format
};
QByteArray toJson(const ExportPlan& plan);
/// What is missing or damaged has its usual value.
ExportPlan exportPlanFrom(const QByteArray& json);
