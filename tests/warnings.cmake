# The compiler had nothing to warn of in what is built: a failure where CI=true, else not asked for.
# It warns with the same flags everywhere, so that nothing is compiled again for this; cmake/compile
# keeps what it said.
#   cmake -DBUILD=folder -P warnings.cmake
#   cmake -DPLANT=folder -DCOMPILE=command -P warnings.cmake  compiles planted sources in a folder
cmake_minimum_required(VERSION 3.25)

# g++ 12 warns of these within the standard library's own strings (its bug 105651).
set(not_ours "array-bounds|maybe-uninitialized|restrict|stringop-overflow|stringop-overread")

function(check)
    file(READ ${BUILD}/compile_commands.json commands) # an object whose source is gone stays behind
    file(GLOB_RECURSE files RELATIVE ${BUILD} ${BUILD}/*.warnings)
    foreach(file IN LISTS files)
        string(REGEX REPLACE "\\.warnings$" "" object "${file}")
        string(FIND "${commands}" "-o ${object} " place)
        file(STRINGS ${BUILD}/${file} lines REGEX "warning: " ENCODING UTF-8)
        list(FILTER lines EXCLUDE REGEX "\\[-W(${not_ours})=?\\]$")
        if(lines AND NOT place EQUAL -1)
            list(JOIN lines "\n" text)
            message(SEND_ERROR "${text}")
        endif()
    endforeach()
endfunction()

function(plant line)
    file(REMOVE_RECURSE ${PLANT})
    file(WRITE ${PLANT}/planted.cpp "${line}\n")
    set(command ${COMPILE} -Wall -Wextra -o planted.o -c planted.cpp)
    list(JOIN command " " text)
    file(WRITE ${PLANT}/compile_commands.json "[{\"command\": \"${text}\", \"file\": \"planted.cpp\"}]\n")
    execute_process(
        COMMAND ${command} WORKING_DIRECTORY ${PLANT} ERROR_VARIABLE said COMMAND_ERROR_IS_FATAL ANY
    )
    set(said "${said}" PARENT_SCOPE)
endfunction()

# What the check says of the folder.
function(verdict result output)
    execute_process(
        COMMAND ${CMAKE_COMMAND} -E env CI=true ${CMAKE_COMMAND} -DBUILD=${PLANT} -P ${CMAKE_CURRENT_LIST_FILE}
        RESULT_VARIABLE code ERROR_VARIABLE text OUTPUT_QUIET
    )
    set(${result} ${code} PARENT_SCOPE)
    set(${output} "${text}" PARENT_SCOPE)
endfunction()

if(DEFINED PLANT)
    plant("int f(int unused) { return 0; }")
    verdict(result output)
    if(result EQUAL 0 OR NOT output MATCHES "planted\\.cpp:1:.*unused")
        message(SEND_ERROR "A warning was not found: ${output}")
    endif()
    if(NOT said MATCHES "unused")
        message(SEND_ERROR "The compiler's warning is not shown when it compiles.")
    endif()
    file(WRITE ${PLANT}/compile_commands.json "[]\n")
    verdict(result output)
    if(NOT result EQUAL 0)
        message(SEND_ERROR "A warning about a source that is gone counts: ${output}")
    endif()
    plant("int f(int) { return 0; }")
    verdict(result output)
    if(NOT result EQUAL 0 OR EXISTS ${PLANT}/planted.o.warnings)
        message(SEND_ERROR "A warning was found where there is none: ${output}")
    endif()
    file(WRITE ${PLANT}/planted.o.warnings "string.h:1:2: warning: ‘f’ may read too much [-Wrestrict]\n")
    verdict(result output)
    if(NOT result EQUAL 0)
        message(SEND_ERROR "A warning within the standard library counts: ${output}")
    endif()
    file(REMOVE_RECURSE ${PLANT})
elseif("$ENV{CI}" STREQUAL "true")
    check()
else()
    message("Skipped: warnings are failures where CI=true.")
endif()
