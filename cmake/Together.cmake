# SPDX-License-Identifier: GPL-3.0-or-later
# Several sources are compiled as one: their headers are read and their templates made once, which
# takes less than half the time. A change of one file compiles its neighbours, too; who works on
# the program sets CMAKE_UNITY_BUILD to OFF in the build folder. What names stand in anonymous
# namespaces is told apart within a folder.
if(CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo")
    set(CMAKE_UNITY_BUILD ON CACHE BOOL "Several sources are compiled as one")
endif()

# The sources of a folder go together, in a large one by the first letters of their names: a new file
# changes one group and no other.
function(compile_together target)
    get_target_property(sources ${target} SOURCES)
    list(FILTER sources INCLUDE REGEX "\\.cpp$")
    set(folders ${sources})
    list(TRANSFORM folders REPLACE "[^/]+$" "")
    list(TRANSFORM folders REPLACE "/" "_")
    list(TRANSFORM folders PREPEND "of_")
    foreach(source folder IN ZIP_LISTS sources folders)
        set(neighbours ${folders})
        list(FILTER neighbours INCLUDE REGEX "^${folder}$")
        list(LENGTH neighbours count)
        if(count LESS 20)
            set(letters "a-z")
        elseif(count LESS 40)
            set(letters "a-f" "g-o" "p-z")
        else()
            set(letters a b c d e f g i "hj-l" mn "o-q" r s "t-z")
        endif()
        cmake_path(GET source FILENAME name)
        foreach(range IN LISTS letters)
            if(name MATCHES "^[${range}]")
                set_source_files_properties(${source} PROPERTIES UNITY_GROUP "${folder}${range}")
            endif()
        endforeach()
    endforeach()
    set_target_properties(${target} PROPERTIES UNITY_BUILD_MODE GROUP)
endfunction()
