# For checks that are tried on violations: with -DPLANT=folder such a check plants files there and
# runs itself over the folder with -DROOT. It sets `complaint`, a regular expression, to what it says
# behind the name of a file at fault.

file(REMOVE_RECURSE ${PLANT})

# What this check says of the folder when the file with that text is in it: its exit status and errors.
function(verdict file text)
    file(WRITE ${PLANT}/${file} "${text}\n")
    execute_process(
        COMMAND ${CMAKE_COMMAND} -DROOT=${PLANT} -DPLANTED=1 -P ${CMAKE_SCRIPT_MODE_FILE}
        RESULT_VARIABLE result ERROR_VARIABLE output OUTPUT_QUIET
    )
    file(REMOVE ${PLANT}/${file})
    set(result ${result} PARENT_SCOPE)
    set(output "${output}" PARENT_SCOPE)
endfunction()

function(must_be_found file text)
    verdict(${file} "${text}")
    if(result EQUAL 0 OR NOT output MATCHES "${file} ${complaint}")
        message(SEND_ERROR "Not found: ${text} in ${file}")
    endif()
endfunction()

function(must_be_allowed file text)
    verdict(${file} "${text}")
    if(NOT result EQUAL 0)
        message(SEND_ERROR "Not allowed: ${text} in ${file}\n${output}")
    endif()
endfunction()
