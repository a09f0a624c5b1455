# All tracked files together stay below 60 MiB: the whole project is cloned to be built.
#   cmake -DROOT=folder -P size.cmake

execute_process(
    COMMAND git -C ${ROOT} ls-files
    RESULT_VARIABLE result OUTPUT_VARIABLE files ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE
)
if(NOT result EQUAL 0)
    message("Skipped: this is not a git checkout.")
    return()
endif()

string(REPLACE "\n" ";" files "${files}")
set(sum 0)
foreach(file IN LISTS files)
    if(EXISTS ${ROOT}/${file} AND NOT IS_SYMLINK ${ROOT}/${file})
        file(SIZE ${ROOT}/${file} size)
        math(EXPR sum "${sum} + ${size}")
    endif()
endforeach()
math(EXPR kib "${sum} / 1024")
message("The tracked files have ${kib} KiB.")
if(kib GREATER_EQUAL 61440)
    message(SEND_ERROR "The tracked files together must stay below 60 MiB.")
endif()
