# No program or library of ours looks for libraries where somebody else may have put some: in the
# working directory (an empty or a relative part of its run path) or in a folder that all may write.
#   cmake -DBUILD=folder -DLIBRARIES=folder -DPREFIX=folder -P runpath.cmake
# reads what is built in BUILD (our libraries in LIBRARIES) and what `cmake --install` makes of it in
# PREFIX, and starts both.
cmake_minimum_required(VERSION 3.25)

function(check_part file part)
    if(part STREQUAL "")
        message(SEND_ERROR "${file}: its run path has an empty part, which is the working directory.")
    elseif(NOT part MATCHES "^(/|\\$ORIGIN(/|$))")
        message(SEND_ERROR "${file}: its run path has the relative part ${part}.")
    endif()
    cmake_path(GET file PARENT_PATH folder)
    string(REPLACE "$ORIGIN" "${folder}" folder "${part}")
    cmake_path(NORMAL_PATH folder)
    get_property(seen GLOBAL PROPERTY seen)
    if(folder IN_LIST seen)
        return()
    endif()
    set_property(GLOBAL APPEND PROPERTY seen ${folder})
    execute_process( # of its parents, too, but in /tmp nobody may rename another's folder
        COMMAND sh -c [=[
            for way in "$1" "$(readlink -f "$1")"; do # and of what a link leads to
                find -H "$way" -maxdepth 0 -perm -2
                until [ "$way" = / ] || [ "$way" = . ]; do
                    way=$(dirname "$way")
                    find -H "$way" -maxdepth 0 -perm -2 ! -perm -1000
                done
            done]=] - "${folder}"
        OUTPUT_VARIABLE writable ERROR_QUIET
    )
    if(NOT writable STREQUAL "")
        message(SEND_ERROR "${file}: its run path has ${part}; all may write to ${writable}")
    endif()
endfunction()

# The files below the folders that the dynamic linker reads. Other tests run meanwhile: what is no
# program or library comes and goes there.
function(linked_files result)
    execute_process(
        COMMAND find ${ARGN} -type f ( -perm -100 -o -name *.so* ) ! -name *.o ! -path */share/* ! -path */CMakeFiles/*
        OUTPUT_VARIABLE lines ERROR_QUIET
    )
    string(REGEX MATCHALL "[^\n]+" files "${lines}")
    set(found)
    foreach(file IN LISTS files)
        file(READ ${file} magic LIMIT 4 HEX)
        if(magic STREQUAL 7f454c46)
            list(APPEND found ${file})
        endif()
    endforeach()
    set(${result} ${found} PARENT_SCOPE)
endfunction()

function(check_run_paths at_least)
    linked_files(files ${ARGN})
    list(LENGTH files count)
    if(count LESS at_least)
        message(FATAL_ERROR "There are only ${count} programs and libraries in ${ARGN}.")
    endif()
    foreach(file IN LISTS files)
        execute_process(COMMAND readelf -dW ${file} OUTPUT_VARIABLE dynamic COMMAND_ERROR_IS_FATAL ANY)
        if(dynamic MATCHES "\\((RPATH|RUNPATH)\\)[^\n]*\\[([^\n]*)\\]")
            string(REPLACE ":" ";" parts "${CMAKE_MATCH_2}")
            foreach(part IN LISTS parts)
                check_part(${file} "${part}")
            endforeach()
        endif()
    endforeach()
    message("${count} programs and libraries were read in ${ARGN}.")
endfunction()

# Starts the program in a folder that holds a bad file for each library that it or a plug-in wants.
function(check_start tree) # and the folders with what it loads
    linked_files(files ${tree}/bin ${ARGN})
    set(trap ${PREFIX}/pictures)
    file(REMOVE_RECURSE ${trap})
    foreach(file IN LISTS files)
        execute_process(COMMAND readelf -dW ${file} OUTPUT_VARIABLE dynamic COMMAND_ERROR_IS_FATAL ANY)
        string(REGEX MATCHALL "library: \\[[^]\n]*" lines "${dynamic}")
        foreach(line IN LISTS lines)
            string(REGEX REPLACE ".*\\[" "" library "${line}")
            file(WRITE ${trap}/${library} "This is no library.\n")
        endforeach()
    endforeach()
    execute_process(
        COMMAND ${CMAKE_COMMAND} -E env --unset=LD_LIBRARY_PATH QT_QPA_PLATFORM=offscreen ${tree}/bin/simile --help
        WORKING_DIRECTORY ${trap}
        RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output
    )
    if(NOT result EQUAL 0 OR NOT output MATCHES "analogy" OR output MATCHES "was not loaded")
        message(SEND_ERROR "${tree}/bin/simile does not start among planted libraries: ${output}")
    endif()
endfunction()

find_program(READELF readelf REQUIRED)
file(REMOVE_RECURSE ${PREFIX})
execute_process(
    COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${PREFIX} OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY
)
check_run_paths(10 ${BUILD}/bin ${LIBRARIES} ${BUILD}/tests)
check_run_paths(4 ${PREFIX})
check_start(${BUILD} ${LIBRARIES})
check_start(${PREFIX} ${PREFIX})
file(REMOVE_RECURSE ${PREFIX})
