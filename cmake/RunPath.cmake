# Where a program or library that is installed looks for our libraries, relative to itself, and for
# libtorch. It is built with that run path already: one that CMake is to replace when it installs is
# padded with empty parts, and an empty part is the working directory, so that a library lying among
# somebody's pictures would be loaded.
function(set_run_path target) # [folders from $ORIGIN]
    cmake_path(GET TORCH_CPU_LIBRARY PARENT_PATH torch)
    set_target_properties(
        ${target}
        PROPERTIES BUILD_WITH_INSTALL_RPATH ON
                   INSTALL_RPATH "${ARGN};${torch}"
                   INSTALL_RPATH_USE_LINK_PATH ON # Qt and OpenCV, where they are the user's own
    )
endfunction()
