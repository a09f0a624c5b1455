// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picture/decoder.h"

#include <csetjmp>
#include <cstdio> // jpeglib.h wants it before
#include <new>

#include <jpeglib.h>

#include <jerror.h>

namespace {

constexpr int mostScans = 500; // as many as a decoder of libjpeg-turbo's own tests allows

/// libjpeg's parts for errors and progress first, since it hands out pointers to them.
struct Handling
{
    jpeg_error_mgr errors = {};
    jpeg_progress_mgr progress = {};
    std::jmp_buf leave = {};
    const std::stop_token* stop = nullptr;
    int64_t wholeRows = -1; ///< behind which pixels are missing; -1: they are all there
    int scan = 0;           ///< in which they are
    bool scans = false;     ///< a picture in several, coarse ones first
    bool cut = false, stopped = false, outOfMemory = false;
};

Handling& handlingOf(j_common_ptr jpeg)
{
    return *static_cast<Handling*>(jpeg->client_data);
}

[[noreturn]] void fail(j_common_ptr jpeg)
{
    Handling& handling = handlingOf(jpeg);
    handling.outOfMemory = jpeg->err->msg_code == JERR_OUT_OF_MEMORY;
    std::longjmp(handling.leave, 1);
}

/// Takes note of a warning in place of a line on standard error.
void warn(j_common_ptr jpeg, int level)
{
    if (level >= 0)
        return;
    ++jpeg->err->num_warnings;
    Handling& handling = handlingOf(jpeg);
    const auto* decoder = reinterpret_cast<j_decompress_ptr>(jpeg);
    if (jpeg->err->msg_code == JWRN_JPEG_EOF)
        handling.cut = true;
    if (jpeg->err->msg_code != JWRN_HIT_MARKER || handling.wholeRows >= 0)
        return;
    handling.wholeRows = int64_t(decoder->input_iMCU_row) * decoder->max_v_samp_factor * DCTSIZE;
    handling.scan = decoder->input_scan_number;
}

void silent(j_common_ptr) { }

void watch(j_common_ptr jpeg)
{
    Handling& handling = handlingOf(jpeg);
    handling.stopped = handling.stop->stop_requested();
    if (handling.stopped || reinterpret_cast<j_decompress_ptr>(jpeg)->input_scan_number > mostScans)
        std::longjmp(handling.leave, 1);
}

/// Adobe's programs store the inks inverted.
void rgbOfInks(const JSAMPLE* in, uint8_t* out, int width)
{
    for (int x = 0; x < width; ++x, in += 4)
        for (int channel = 0; channel < 3; ++channel)
            *out++ = uint8_t((in[channel] * in[3] + 127) / 255);
}

struct Decoder
{
    jpeg_decompress_struct jpeg = {};
    Handling handling = {};
    Decoded decoded = {};
    std::vector<JSAMPLE> inks = {}; ///< a row of a picture in CMYK

    ~Decoder() { jpeg_destroy_decompress(&jpeg); }
};

/// False: it gave up, or was stopped. libjpeg leaves by longjmp: nothing here has a destructor.
bool read(Decoder& d, std::span<const std::byte> file, const ImageHeader& header, int divisor)
{
    jpeg_decompress_struct& jpeg = d.jpeg;
    if (setjmp(d.handling.leave))
        return false;
    jpeg_create_decompress(&jpeg);
    jpeg.client_data = &d.handling;
    jpeg.progress = &d.handling.progress;
    jpeg_mem_src(&jpeg, reinterpret_cast<const unsigned char*>(file.data()), file.size());
    jpeg_read_header(&jpeg, TRUE);
    if (jpeg.image_width != header.width || jpeg.image_height != header.height)
        return false;
    const bool inks = jpeg.num_components == 4;
    jpeg.out_color_space = inks ? JCS_CMYK : JCS_RGB;
    jpeg.scale_num = 1;
    jpeg.scale_denom = unsigned(divisor);
    d.handling.scans = jpeg_has_multiple_scans(&jpeg);
    jpeg_start_decompress(&jpeg);
    Image& image = d.decoded.image;
    image = {.width = int(jpeg.output_width), .height = int(jpeg.output_height)};
    image.rgb.resize(std::size_t(image.width) * image.height * 3);
    if (inks)
        d.inks.resize(std::size_t(image.width) * 4);
    while (jpeg.output_scanline < jpeg.output_height) {
        uint8_t* out = image.pixel(0, int(jpeg.output_scanline));
        JSAMPROW row = inks ? d.inks.data() : out;
        jpeg_read_scanlines(&jpeg, &row, 1);
        if (inks)
            rgbOfInks(row, out, image.width);
    }
    jpeg_finish_decompress(&jpeg);
    return true;
}

void addNotes(const Handling& handling, int64_t rows, Decoded& decoded)
{
    const int64_t whole = handling.wholeRows;
    if (whole >= 0 && handling.scans)
        decoded.notes.emplace_back(
            "It is incomplete: its end is missing, so it is coarser than it was.");
    else if (whole >= 0)
        decoded.notes.push_back(missingRows(rows - whole, rows));
    else if (handling.cut)
        decoded.notes.emplace_back("The end of the file is missing; all its pixels are there.");
}

} // namespace

Decoded decodedJpeg(
    std::span<const std::byte> file, const ImageHeader& header, int divisor,
    const std::stop_token& stop)
{
    Decoder d;
    d.jpeg.err = jpeg_std_error(&d.handling.errors);
    d.handling.errors.error_exit = fail;
    d.handling.errors.emit_message = warn;
    d.handling.errors.output_message = silent;
    d.handling.progress.progress_monitor = watch;
    d.handling.stop = &stop;
    d.jpeg.client_data = &d.handling;
    const bool whole = read(d, file, header, divisor);
    if (d.handling.outOfMemory)
        throw std::bad_alloc();
    if (d.handling.stopped)
        return {};
    const bool nothing = d.handling.wholeRows == 0 && d.handling.scan <= 1;
    if (!whole || nothing)
        return {
            .problem = d.handling.cut ? "is incomplete: the end of the JPEG picture is missing"
                                      : "is damaged or incomplete: its pixels could not be read"};
    addNotes(d.handling, header.height, d.decoded);
    return std::move(d.decoded);
}
