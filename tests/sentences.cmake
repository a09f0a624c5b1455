# A failure is told as a pattern with arguments, which can be translated, never as text that is glued
# together with + (core/sentence.h).
#   cmake -DROOT=folder -P sentences.cmake      checks the sources below ROOT
#   cmake -DPLANT=folder -P sentences.cmake     plants violations in a folder; each must be found
cmake_minimum_required(VERSION 3.25)

set(folders app core plugins) # those that speak to the user in patterns

function(check_file file)
    file(READ ${ROOT}/${file} text)
    # Without comments and without what stands in quotes; no signs that mean something in a list.
    string(REGEX REPLACE "(^|[ \n])//[^\n]*" "\\1" text "${text}")
    string(REGEX REPLACE "'([^'\\\n]|\\\\.)'" "0" text "${text}")
    string(REGEX REPLACE "\"([^\"\\\n]|\\\\.)*\"" "\"\"" text "${text}")
    string(REPLACE ";" "@" text "${text}")
    string(REPLACE "[" "(" text "${text}")
    string(REPLACE "]" ")" text "${text}")
    string(REGEX MATCHALL "(throw [A-Za-z]*Error|fails?)[({][^@]*@" sites "${text}")
    foreach(site IN LISTS sites)
        if(site MATCHES "\"\"\\)*[ \n]*\\+|\\+[ \n]*([A-Za-z:]*\\()?\"\"")
            string(REGEX REPLACE "[ \n]+" " " site "${site}")
            message(SEND_ERROR "${file} glues a sentence: ${site}")
        endif()
    endforeach()
endfunction()

function(check)
    set(sources)
    foreach(folder IN LISTS folders)
        file(GLOB_RECURSE found RELATIVE ${ROOT} ${ROOT}/${folder}/*.h ${ROOT}/${folder}/*.cpp)
        list(APPEND sources ${found})
    endforeach()
    if(NOT sources)
        message(FATAL_ERROR "There are no sources below ${ROOT}.")
    endif()
    foreach(file IN LISTS sources)
        check_file(${file})
    endforeach()
endfunction()

function(verdict line)
    file(REMOVE_RECURSE ${PLANT})
    file(WRITE ${PLANT}/core/planted.cpp "${line}\n")
    execute_process(
        COMMAND ${CMAKE_COMMAND} -DROOT=${PLANT} -P ${CMAKE_CURRENT_LIST_FILE}
        RESULT_VARIABLE result ERROR_VARIABLE output OUTPUT_QUIET
    )
    set(result ${result} PARENT_SCOPE)
    set(output "${output}" PARENT_SCOPE)
endfunction()

function(must_be_found line)
    verdict("${line}")
    if(result EQUAL 0 OR NOT output MATCHES "glues a sentence")
        message(SEND_ERROR "Not found: ${line}")
    endif()
endfunction()

function(must_be_allowed line)
    verdict("${line}")
    if(NOT result EQUAL 0)
        message(SEND_ERROR "Not allowed: ${line}\n${output}")
    endif()
endfunction()

if(DEFINED PLANT)
    must_be_found("throw Error(\"The file \" + name + \".\");")
    must_be_found("throw Error(name + \" is damaged; get it again.\");")
    must_be_found("throw Error(\n    name\n    + \" is damaged.\");")
    must_be_found("throw WorkError(\"It is damaged; get it again: \" + name);")
    must_be_found("throw ValueError(std::string(\"The file \") + name);")
    must_be_found("throw CommandError(ExitFailed, what + std::string(\" failed.\"));")
    must_be_found("if (a[0])\n    fail(\"has the tensor \" + name);")
    must_be_allowed("throw Error(\"The file %1 has %2 + %3.\", name, count + 1, a[i + 1]);")
    must_be_allowed("throw Error(\"It is damaged; get it again.\");")
    must_be_allowed("const std::string key = \"unet.\" + name;\nthrow Error(\"No %1.\", key);")
    must_be_allowed("// throw Error(\"The file \" + name);")
    file(REMOVE_RECURSE ${PLANT})
else()
    check()
endif()
