# No id of a method, tool, slot, parameter, look or kind of map stands as a literal in app/ or ui/:
# methods are plug-ins and say themselves what the program has to know of them.
#   cmake -DROOT=folder -P methodids.cmake     checks the sources below ROOT
#   cmake -DPLANT=folder -P methodids.cmake    plants a violation in a folder; it must be found

cmake_minimum_required(VERSION 3.25)

# Words that are an id somewhere and mean something else in these files: keys of the JSON that the
# command line writes or a sample has, values of settings, names of files and what they are made of.
set(elsewhere
    app/delivery.cpp:width app/delivery.cpp:height app/delivery.cpp:pictures
    app/delivery.cpp:steps app/modelscommand.cpp:kind app/modelscommand.cpp:size
    app/progress.cpp:step app/progress.cpp:steps app/sample.cpp:pictures app/commandline.cpp:none
    app/inspectcommand.cpp:layer app/inspectcommand.cpp:step app/inspectline.cpp:layer
    app/inspectoutput.cpp:layer app/inspectoutput.cpp:step
    app/exportname.cpp:prompt app/exportname.cpp:picture app/exportname.cpp:step
    ui/exportplan.cpp:candidates ui/exportplan.cpp:grid ui/exportplan.cpp:folder
    app/goingoncommand.cpp:steps app/runscommand.cpp:steps app/runscommand.cpp:prompt
    app/store/runtext.cpp:kind app/verifycommand.cpp:step app/verifycommand.cpp:steps
    app/settings.cpp:none ui/curvespane.cpp:layer ui/curvespane.cpp:step
    ui/dragout.cpp:picture ui/inspectstate.cpp:kind ui/resultpanedrag.cpp:result ui/savedialog.cpp:none
    ui/settingspages.cpp:none app/foundcommand.cpp:kind
)

function(collect_ids)
    file(GLOB_RECURSE sources ${ROOT}/plugins/*.cpp)
    set(ids "")
    foreach(file IN LISTS sources)
        file(STRINGS ${file} lines REGEX "(\\.id|\\.value) = \"|^[ \t]*{\"[a-z-]+\", \"")
        foreach(line IN LISTS lines)
            string(REGEX MATCHALL "(\\.id|\\.value) = \"[^\"]+\"" named "${line}")
            foreach(one IN LISTS named)
                string(REGEX REPLACE ".*\"([^\"]+)\"" "\\1" id "${one}")
                list(APPEND ids ${id})
            endforeach()
            if(file MATCHES "annotate\\.cpp$" AND line MATCHES "^[ \t]*{\"([a-z-]+)\", \"")
                list(APPEND ids ${CMAKE_MATCH_1})
            endif()
        endforeach()
    endforeach()
    list(REMOVE_DUPLICATES ids)
    set(ids ${ids} none PARENT_SCOPE) # the kind of a finished map is a constant of its own
endfunction()

function(check)
    collect_ids()
    list(LENGTH ids count)
    if(count LESS 20 AND NOT DEFINED PLANTED)
        message(FATAL_ERROR "Only ${count} ids were found in plugins/: this check no longer reads them.")
    endif()
    list(JOIN ids "|" any)
    foreach(folder app ui)
        file(GLOB_RECURSE found RELATIVE ${ROOT} ${ROOT}/${folder}/*.h ${ROOT}/${folder}/*.cpp)
        foreach(file IN LISTS found)
            file(STRINGS ${ROOT}/${file} lines REGEX "\"(${any})\"")
            foreach(line IN LISTS lines)
                string(REGEX MATCHALL "\"(${any})\"" words "${line}")
                foreach(word IN LISTS words)
                    string(REPLACE "\"" "" word ${word})
                    if(NOT "${file}:${word}" IN_LIST elsewhere AND NOT line MATCHES "^#include")
                        message(SEND_ERROR "${file} knows the id \"${word}\" of a method: ${line}")
                    endif()
                endforeach()
            endforeach()
        endforeach()
    endforeach()
endfunction()

if(DEFINED PLANT)
    include(${CMAKE_CURRENT_LIST_DIR}/planted.cmake)
    set(complaint "knows the id \"warp\"")
    file(WRITE ${PLANT}/plugins/toy/toy.cpp "Slot s {.id = \"warp\", .label = \"Warp\"};\n")
    must_be_found(app/session.cpp "input(\"warp\");")
    file(REMOVE_RECURSE ${PLANT})
else()
    check()
endif()
