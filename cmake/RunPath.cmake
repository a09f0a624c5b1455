# Where a program or library looks for our libraries, for libtorch, which lies beside them (Package.cmake),
# and for Qt and OpenCV where they are the user's own. It is built with that run path already: one that
# CMake is to replace when it installs is padded with empty parts, and an empty part is the working
# directory, so that a library lying among somebody's pictures would be loaded.
function(set_run_path target ours) # the folder of our libraries, from $ORIGIN
    set(run_path ${ours} ${ours}/torch/lib)
    foreach(library Qt6::Core opencv_core)
        get_target_property(file ${library} LOCATION)
        cmake_path(GET file PARENT_PATH folder)
        if(NOT folder IN_LIST CMAKE_CXX_IMPLICIT_LINK_DIRECTORIES)
            list(APPEND run_path ${folder})
        endif()
    endforeach()
    list(REMOVE_DUPLICATES run_path)
    set_target_properties(${target} PROPERTIES BUILD_WITH_INSTALL_RPATH ON INSTALL_RPATH "${run_path}")
endfunction()
