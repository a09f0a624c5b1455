# Every source file names its licence in its first line and stays readable at one sitting.
#   cmake -DROOT=folder -P style.cmake

foreach(folder app core plugins tests ui)
    file(GLOB_RECURSE found ${ROOT}/${folder}/*.h ${ROOT}/${folder}/*.cpp)
    list(APPEND sources ${found})
endforeach()
if(NOT sources)
    message(FATAL_ERROR "There are no sources below ${ROOT}.")
endif()

foreach(file IN LISTS sources)
    file(READ ${file} text)
    if(NOT text MATCHES "^// SPDX-License-Identifier: GPL-3\\.0-or-later\n")
        message(SEND_ERROR "${file} does not begin with its SPDX line.")
    endif()
    string(REGEX REPLACE "[^\n]" "" lines "${text}")
    string(LENGTH "${lines}" lines)
    if(lines GREATER_EQUAL 400)
        message(SEND_ERROR "${file} has ${lines} lines; the limit is 400.")
    endif()
endforeach()
