// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/schedule.h"
#include "core/diffusion/unet.h"
#include "core/file/json.h"
#include "core/model/configfile.h"
#include "tests/fuzz/bytes.h"

/// The JSON files of a model, all of which begin as this does.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size)
{
    const std::string json(text(data, size));
    parse([&] { parseJson(json, {"The file %1", std::string("fuzz")}); });
    parse([&] { Schedule(scheduleConfigFromJson(json, "fuzz")); });
    parse([&] { unetConfigFromJson(json, "fuzz"); });
    return 0;
}
