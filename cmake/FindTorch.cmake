# libtorch as one imported target, Torch::Torch, for the CPU and the CUDA wheel alike. The wheel's own
# TorchConfig.cmake demands a CUDA toolkit where the libraries were built with CUDA; running needs none.
#
# LIBTORCH (cache or environment): the folder that holds include/ and lib/.

if(NOT LIBTORCH)
    set(LIBTORCH "$ENV{LIBTORCH}")
endif()
set(LIBTORCH "${LIBTORCH}" CACHE PATH "libtorch: the folder with include/ and lib/")

find_path(TORCH_INCLUDE_DIR ATen/core/Tensor.h HINTS ${LIBTORCH} PATH_SUFFIXES include)
find_library(TORCH_CPU_LIBRARY torch_cpu HINTS ${LIBTORCH} PATH_SUFFIXES lib)
find_library(TORCH_C10_LIBRARY c10 HINTS ${LIBTORCH} PATH_SUFFIXES lib)
find_library(TORCH_CUDA_LIBRARY torch_cuda HINTS ${LIBTORCH} PATH_SUFFIXES lib)
find_library(TORCH_C10_CUDA_LIBRARY c10_cuda HINTS ${LIBTORCH} PATH_SUFFIXES lib)
# NVIDIA's headers lie beside torch in its wheels.
find_path(
    TORCH_CUDA_INCLUDE_DIR cuda_runtime_api.h HINTS ${LIBTORCH}/../nvidia/cu13 ${LIBTORCH}/../nvidia/cuda_runtime
    PATHS /usr/local/cuda PATH_SUFFIXES include
)
mark_as_advanced(
    TORCH_INCLUDE_DIR TORCH_CPU_LIBRARY TORCH_C10_LIBRARY TORCH_CUDA_LIBRARY TORCH_C10_CUDA_LIBRARY
    TORCH_CUDA_INCLUDE_DIR
)

# Parts that were compiled with different versions must not meet (app/methodplugin.h).
find_file(TORCH_VERSION_FILE torch/headeronly/version.h HINTS ${TORCH_INCLUDE_DIR} NO_DEFAULT_PATH)
mark_as_advanced(TORCH_VERSION_FILE)
if(TORCH_VERSION_FILE)
    file(STRINGS ${TORCH_VERSION_FILE} numbers REGEX "define TORCH_VERSION_(MAJOR|MINOR|PATCH) ")
    list(TRANSFORM numbers REPLACE "[^0-9]+" "")
    list(JOIN numbers "." Torch_VERSION)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${TORCH_VERSION_FILE})
endif()

# What notes kernels is compiled where these headers are whole (core/nn/cudagraph.cpp).
if(TORCH_CUDA_LIBRARY AND TORCH_CUDA_INCLUDE_DIR)
    include(CheckIncludeFileCXX)
    set(CMAKE_REQUIRED_INCLUDES ${TORCH_INCLUDE_DIR} ${TORCH_CUDA_INCLUDE_DIR})
    set(CMAKE_REQUIRED_DEFINITIONS -DAT_PER_OPERATOR_HEADERS)
    set(CMAKE_REQUIRED_FLAGS -std=c++20)
    check_include_file_cxx(ATen/cuda/CUDAGraph.h TORCH_HAS_CUDA_GRAPHS)
    unset(CMAKE_REQUIRED_INCLUDES)
    unset(CMAKE_REQUIRED_DEFINITIONS)
    unset(CMAKE_REQUIRED_FLAGS)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(
    Torch
    REQUIRED_VARS TORCH_CPU_LIBRARY TORCH_C10_LIBRARY TORCH_INCLUDE_DIR Torch_VERSION
    VERSION_VAR Torch_VERSION
    REASON_FAILURE_MESSAGE "Set LIBTORCH to the folder that holds libtorch's include/ and lib/."
)

if(Torch_FOUND AND NOT TARGET Torch::Torch)
    add_library(Torch::Torch INTERFACE IMPORTED)
    target_include_directories(Torch::Torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIR})
    target_compile_definitions(Torch::Torch INTERFACE AT_PER_OPERATOR_HEADERS)
    target_link_libraries(Torch::Torch INTERFACE ${TORCH_CPU_LIBRARY} ${TORCH_C10_LIBRARY})
    if(TORCH_CUDA_LIBRARY AND TORCH_C10_CUDA_LIBRARY)
        # Nothing refers to the CUDA library by name: it registers itself when it is loaded.
        target_link_libraries(
            Torch::Torch
            INTERFACE "-Wl,--no-as-needed" ${TORCH_CUDA_LIBRARY} ${TORCH_C10_CUDA_LIBRARY}
                      "-Wl,--as-needed"
        )
    endif()
endif()
