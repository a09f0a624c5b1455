# No connection is made without its certificate being checked, and nothing about that is read from the
# environment (app/network/downloadrules.h).
#   cmake -DROOT=folder -P safeconnections.cmake      checks the sources below ROOT
#   cmake -DPLANT=folder -P safeconnections.cmake     plants violations in a folder; each must be found

set(unsafe "ignoreSslErrors|setPeerVerifyMode|VerifyNone|QueryPeer|AutoVerifyPeer")

function(check)
    foreach(folder app core plugins ui)
        file(GLOB_RECURSE found RELATIVE ${ROOT} ${ROOT}/${folder}/*.h ${ROOT}/${folder}/*.cpp)
        list(APPEND sources ${found})
    endforeach()
    if(NOT sources)
        message(FATAL_ERROR "There are no sources below ${ROOT}.")
    endif()
    foreach(file IN LISTS sources)
        set(forbidden "${unsafe}")
        if(file MATCHES "^app/network/" AND NOT file MATCHES "instance")
            set(forbidden "${unsafe}|getenv|qEnvironmentVariable|qgetenv")
        endif()
        file(STRINGS ${ROOT}/${file} lines REGEX "${forbidden}")
        foreach(line IN LISTS lines)
            message(SEND_ERROR "${file} may not say: ${line}")
        endforeach()
    endforeach()
endfunction()

if(DEFINED PLANT)
    include(${CMAKE_CURRENT_LIST_DIR}/planted.cmake)
    set(complaint "may not say")
    must_be_found(app/network/exchange.cpp "m_reply->ignoreSslErrors()@")
    must_be_found(ui/getmodels.cpp "tls.setPeerVerifyMode(mode)@")
    must_be_found(app/network/downloads.cpp "rules->site = qEnvironmentVariable(\"SITE\")@")
    must_be_allowed(app/network/exchange.cpp "request.setPeerVerifyName(host())@")
    must_be_allowed(app/language.cpp "qEnvironmentVariable(\"LANG\")@")
    file(REMOVE_RECURSE ${PLANT})
else()
    check()
endif()
