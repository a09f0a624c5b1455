# What is built is hardened (cmake/Hardening.cmake): read from the programs and libraries themselves.
#   cmake -DBUILD=folder -DLIBRARIES=folder [-DDEBUG=ON] -P hardened.cmake
#   cmake -DPLANT=folder -DCOMPILE=command -P hardened.cmake  tries it on programs that lack something
cmake_minimum_required(VERSION 3.25)

function(read_elf result file)
    execute_process(
        COMMAND readelf -W ${ARGN} ${file} OUTPUT_VARIABLE text ERROR_QUIET COMMAND_ERROR_IS_FATAL ANY
    )
    set(${result} "${text}" PARENT_SCOPE)
endfunction()

function(want file text expression what)
    if(NOT text MATCHES "${expression}")
        message(SEND_ERROR "${file} ${what}")
    endif()
endfunction()

# Whether `file`, a program or a library, is linked as it should be.
function(check_linked file)
    read_elf(header ${file} -h)
    read_elf(segments ${file} -l)
    read_elf(dynamic ${file} -d)
    want(${file} "${header}" "Type: +DYN" "has addresses that are known beforehand (no PIE).")
    want(${file} "${segments}" "GNU_RELRO" "has tables that stay writable (no RELRO).")
    want(${file} "${dynamic}" "BIND_NOW|FLAGS_1[^\n]*NOW" "looks functions up late (no -z now).")
    if(NOT segments MATCHES "GNU_STACK[^\n]*RW +0x" OR segments MATCHES "GNU_STACK[^\n]*RWE")
        message(SEND_ERROR "${file} has a stack that can be executed.")
    endif()
    if(segments MATCHES "LOAD[^\n]*RWE")
        message(SEND_ERROR "${file} has memory that can be written and executed.")
    endif()
endfunction()

# Whether it was compiled with checks; it must be large enough to have some of each.
function(check_compiled file)
    read_elf(symbols ${file} --dyn-syms)
    want(${file} "${symbols}" "__stack_chk_fail" "does not check its stack.")
    want(${file} "${symbols}" "__glibcxx_assert_fail" "does not check indices of the C++ library.")
    if(NOT DEBUG)
        want(${file} "${symbols}" "__[a-z]+_chk[@ \n]" "does not check lengths that are known (FORTIFY).")
    endif()
endfunction()

function(is_linked result file)
    file(READ ${file} magic LIMIT 4 HEX)
    if(magic STREQUAL 7f454c46)
        set(${result} ON PARENT_SCOPE)
    else()
        set(${result} OFF PARENT_SCOPE)
    endif()
endfunction()

function(check)
    file(GLOB programs ${BUILD}/bin/*)
    file(GLOB_RECURSE libraries ${LIBRARIES}/*.so)
    set(count 0)
    foreach(file IN LISTS programs libraries)
        is_linked(linked ${file})
        if(linked)
            check_linked(${file})
            math(EXPR count "${count} + 1")
        endif()
    endforeach()
    if(count LESS 5)
        message(FATAL_ERROR "There are only ${count} programs and libraries.")
    endif()
    file(GLOB ours ${LIBRARIES}/libsimile-*.so)
    foreach(file IN LISTS ours)
        check_compiled(${file})
    endforeach()
    message("${count} programs and libraries were read.")
endfunction()

# Compiles a program that has something of each to check, and wants the check to say `complaint` of
# it; empty: nothing.
function(plant complaint) # the flags
    file(WRITE ${PLANT}/planted.cpp [=[
#include <cstring>
#include <vector>
int main(int count, char** arguments)
{
    char text[16];
    std::memcpy(text, arguments[0], std::size_t(count));
    std::vector<int> numbers(3);
    return numbers[std::size_t(count)] + text[std::size_t(count)];
}
]=])
    execute_process(
        COMMAND ${COMPILE} ${ARGN} -o ${PLANT}/planted ${PLANT}/planted.cpp ERROR_QUIET COMMAND_ERROR_IS_FATAL ANY
    )
    execute_process(
        COMMAND ${CMAKE_COMMAND} -DFILE=${PLANT}/planted -P ${CMAKE_CURRENT_LIST_FILE}
        RESULT_VARIABLE result ERROR_VARIABLE output OUTPUT_QUIET
    )
    string(REGEX REPLACE "[ \n]+" " " output "${output}") # wrapped where the path's length wants it
    if(complaint STREQUAL "" AND NOT result EQUAL 0)
        message(SEND_ERROR "A hardened program is refused: ${output}")
    elseif(NOT complaint STREQUAL "" AND NOT output MATCHES "${complaint}")
        message(SEND_ERROR "Not found: ${complaint} ${output}")
    endif()
endfunction()

find_program(READELF readelf REQUIRED)
if(DEFINED FILE)
    check_linked(${FILE})
    check_compiled(${FILE})
elseif(DEFINED PLANT)
    file(REMOVE_RECURSE ${PLANT})
    set(all -O2 -fPIE -pie -fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -D_GLIBCXX_ASSERTIONS
            -Wl,-z,relro,-z,now,-z,noexecstack
    )
    plant("" ${all})
    plant("no PIE" ${all} -fno-pie -no-pie)
    plant("no RELRO" ${all} -Wl,-z,norelro)
    plant("no -z now" ${all} -Wl,-z,lazy)
    plant("stack that can be executed" ${all} -Wl,-z,execstack)
    plant("does not check its stack" ${all} -fno-stack-protector)
    plant("does not check lengths" ${all} -U_FORTIFY_SOURCE)
    plant("does not check indices" ${all} -U_GLIBCXX_ASSERTIONS)
    file(REMOVE_RECURSE ${PLANT})
else()
    check()
endif()
