# The models' weights, packed in the sources, are in the build tree as they were before they were
# packed, and pack.py refuses a file that is damaged.
#   cmake -DMODELS=folder -DUNPACKED=folder -DPYTHON=program -DSCRATCH=folder -P packed.cmake
cmake_minimum_required(VERSION 3.25)

# The SHA-256 that a packed file ends with.
function(checksum_named_in file result)
    file(SIZE ${file} size)
    math(EXPR place "${size} - 32")
    file(READ ${file} hash OFFSET ${place} HEX)
    set(${result} ${hash} PARENT_SCOPE)
endfunction()

function(pack_py command from to)
    execute_process(
        COMMAND ${PYTHON} ${MODELS}/pack.py ${command} ${from} ${to}
        RESULT_VARIABLE code ERROR_VARIABLE text
    )
    set(code ${code} PARENT_SCOPE)
    set(text "${text}" PARENT_SCOPE)
endfunction()

function(must_be_refused command file sentence)
    file(REMOVE ${SCRATCH}/refused)
    pack_py(${command} ${file} ${SCRATCH}/refused)
    if(code EQUAL 0 OR NOT text MATCHES "^pack\\.py: ${sentence}[^\n]*\\.\n$")
        message(SEND_ERROR "${file} is not refused because \"${sentence}\": ${text}")
    endif()
    if(EXISTS ${SCRATCH}/refused)
        message(SEND_ERROR "Something was made of ${file}.")
    endif()
endfunction()

file(GLOB_RECURSE packed RELATIVE ${MODELS} ${MODELS}/*.packed)
list(LENGTH packed count)
if(NOT count EQUAL 5)
    message(SEND_ERROR "There are ${count} packed files in ${MODELS}, not the 5 of the default model.")
endif()
foreach(file IN LISTS packed)
    checksum_named_in(${MODELS}/${file} named)
    cmake_path(REMOVE_EXTENSION file LAST_ONLY)
    file(SHA256 ${UNPACKED}/${file} hash)
    if(NOT hash STREQUAL named)
        message(SEND_ERROR "${UNPACKED}/${file} has the SHA-256 ${hash}, not ${named}.")
    endif()
endforeach()

file(REMOVE_RECURSE ${SCRATCH})
file(MAKE_DIRECTORY ${SCRATCH})
set(whole ${UNPACKED}/mini/text_encoder/model.safetensors)
# An odd number of bytes, too: one of the planes is longer then.
execute_process(COMMAND head -c 1000001 ${whole} OUTPUT_FILE ${SCRATCH}/odd COMMAND_ERROR_IS_FATAL ANY)
pack_py(pack ${SCRATCH}/odd ${SCRATCH}/packed)
pack_py(unpack ${SCRATCH}/packed ${SCRATCH}/unpacked)
file(SHA256 ${SCRATCH}/odd hash)
file(SHA256 ${SCRATCH}/unpacked unpacked)
if(NOT unpacked STREQUAL hash)
    message(SEND_ERROR "Packing and unpacking changed a file.")
endif()

foreach(length 20 10000 500000)
    execute_process(
        COMMAND head -c ${length} ${SCRATCH}/packed OUTPUT_FILE ${SCRATCH}/cut-${length} COMMAND_ERROR_IS_FATAL ANY
    )
    must_be_refused(unpack ${SCRATCH}/cut-${length} "[^\n]*/cut-${length}: it is damaged")
endforeach()
# Numbers that were changed without the stream's notice are found by the SHA-256.
file(SIZE ${SCRATCH}/packed size)
math(EXPR size "${size} - 32")
execute_process(
    COMMAND sh -c "head -c ${size} packed && head -c 32 /dev/zero"
    WORKING_DIRECTORY ${SCRATCH} OUTPUT_FILE ${SCRATCH}/others COMMAND_ERROR_IS_FATAL ANY
)
must_be_refused(unpack ${SCRATCH}/others "[^\n]*/others: [^\n]*SHA-256")
must_be_refused(unpack ${whole} "[^\n]*: it was not packed")
must_be_refused(unpack ${SCRATCH}/nowhere "${SCRATCH}/nowhere: ")
must_be_refused(pack ${MODELS}/mini/README.md "[^\n]*: it is not a safetensors file")
must_be_refused(pack ${SCRATCH}/nowhere "${SCRATCH}/nowhere: ")
file(REMOVE_RECURSE ${SCRATCH})
