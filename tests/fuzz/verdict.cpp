// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/weights/safetensors.h"

#include <iostream>
#include <string>

/// What the program says of safetensors files, for safetensorsrules.py: for each name that comes
/// in, a line goes out, "ok" or the sentence. It is no fuzz target itself.
int main()
{
    for (std::string name; std::getline(std::cin, name);) {
        std::string said = "ok";
        try {
            SafetensorsFile {name};
        } catch (const Error& error) {
            said = error.what();
        }
        std::cout << said << std::endl; // whoever asks waits for it
    }
    return 0;
}
