# What is installed besides our own files, and the Debian package of all of it (packaging/deb).

# libtorch lies beside our libraries: a link in the build tree, its files where it is installed, with
# NVIDIA's libraries, which it looks for from there. So what is installed needs no build tree.
cmake_path(GET TORCH_CPU_LIBRARY PARENT_PATH torch)
file(MAKE_DIRECTORY ${CMAKE_LIBRARY_OUTPUT_DIRECTORY}/torch)
file(CREATE_LINK ${torch} ${CMAKE_LIBRARY_OUTPUT_DIRECTORY}/torch/lib SYMBOLIC)
if(NOT torch IN_LIST CMAKE_CXX_IMPLICIT_LINK_DIRECTORIES) # the system's own
    install(
        DIRECTORY ${torch}/
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/simile/torch/lib
        FILES_MATCHING
        PATTERN "libtorch*.so*"
        PATTERN "libc10*.so*"
        PATTERN "libcaffe2*.so*"
        PATTERN "libgomp*.so*"
        PATTERN "*python*" EXCLUDE
        PATTERN "*_test.so" EXCLUDE
        PATTERN "libshm*" EXCLUDE
    )
    file(GLOB licences ${torch}/../../*.dist-info/licenses) # libtorch's, and of what is in it
    foreach(folder IN LISTS licences)
        install(DIRECTORY ${folder}/ DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/simile/libraries)
    endforeach()
    if(EXISTS ${torch}/../../nvidia)
        install(
            DIRECTORY ${torch}/../../nvidia DESTINATION ${CMAKE_INSTALL_LIBDIR}/simile FILES_MATCHING PATTERN "*.so*"
        )
    endif()
endif()

install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/simile RENAME copyright)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME simile)
set(CPACK_PACKAGE_CONTACT "Simile's maintainers")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION graphics)
set(CPACK_DEBIAN_COMPRESSION_TYPE zstd)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
    "Give it a picture before and after a change and another picture: it makes\nthe same change there. It also repaints a picture by a prompt and makes\npictures from a reference, on this computer alone."
)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${CMAKE_LIBRARY_OUTPUT_DIRECTORY} ${torch})
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "qt6-wayland, qt6-translations-l10n")
include(CPack)
