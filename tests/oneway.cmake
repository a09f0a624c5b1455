# What there is one way for, all must go through it: JSON, pictures, weights, files that are written,
# answers from other threads.
#   cmake -DROOT=folder -P oneway.cmake      checks the sources below ROOT
#   cmake -DPLANT=folder -P oneway.cmake     plants violations in a folder; each must be found

function(only pattern) # files that may, regular expressions
    list(JOIN ARGN "|" allowed)
    foreach(file IN LISTS sources)
        if(allowed AND file MATCHES "^(${allowed})$")
            continue()
        endif()
        file(STRINGS ${ROOT}/${file} lines REGEX "${pattern}")
        foreach(line IN LISTS lines)
            if(NOT line MATCHES "^ *//")
                message(SEND_ERROR "${file} goes around the one way: ${line}")
            endif()
        endforeach()
    endforeach()
endfunction()

function(check)
    foreach(folder app core plugins ui)
        file(GLOB_RECURSE found RELATIVE ${ROOT} ${ROOT}/${folder}/*.h ${ROOT}/${folder}/*.cpp)
        list(APPEND sources ${found})
    endforeach()
    if(NOT sources)
        message(FATAL_ERROR "There are no sources below ${ROOT}.")
    endif()
    # JSON: parseJson(), which has limits; a safetensors header has a reader with limits of its own. Qt's
    # reads what the program ships or wrote for itself.
    only("json::parse\\(|sax_parse\\(|json::accept\\(" core/file/json\\.cpp
         core/weights/safetensorsheader\\.cpp
    )
    only("fromJson\\(" app/forecasts\\.cpp app/network/instance\\.cpp
         "ui/(exportplan|helppages|inspectstate|lessons)\\.cpp"
    )
    # Pictures: decodeImage(), which looks at the header first.
    only("imdecode\\(|imread\\(|QImageReader|Image::fromData\\(|loadFromData\\(|QMovie" core/picture/bmpdecoder\\.cpp)
    # Weights: SafetensorsFile; pickles in a process of their own.
    only("torch::(jit::)?load|pickle_load|from_file\\(")
    # Files: writeFileAtomically() and what it stands on. Else: a download as it grows, copies that
    # are put in their place when they are whole, a lock, marks without a content, what is no file,
    # the report of a fault, in which little may be done.
    only("ofstream|QSaveFile|WriteOnly|O_WRONLY|O_RDWR|O_CREAT|imwrite\\(|copy_file\\(|QFile::copy|fopen\\([^)]*\"[wa]|[.>]save\\(path"
         "core/file/(outputfile|partialfile)\\.cpp"
         "core/(convert|memory)\\.cpp"
         "app/(cachefolder|convertedfile|crashreport|ownplugins|prepareprocess|sessions)\\.cpp"
         ui/savepicture\\.cpp
    )
    # An answer from another thread: whenDone() (app/background.h).
    only("\\.then\\(|\\.onFailed\\(")
endfunction()

if(DEFINED PLANT)
    include(${CMAKE_CURRENT_LIST_DIR}/planted.cmake)
    set(complaint "goes around the one way")
    must_be_found(core/models.cpp "const auto json = nlohmann::json::parse(text)")
    must_be_found(app/session.cpp "QJsonDocument::fromJson(bytes)")
    must_be_found(core/picture/turned.cpp "cv::imread(path)")
    must_be_found(ui/opener.cpp "QImageReader reader(path)")
    must_be_found(core/weights/naming.cpp "torch::load(tensors, path)")
    must_be_found(app/settings.cpp "std::ofstream(path) << text")
    must_be_found(ui/dragout.cpp "image.save(path, \"PNG\")")
    must_be_found(app/looks.cpp "future.then(this, [] {})")
    must_be_found(ui/saver.cpp "future.onFailed(this, [] {})")
    must_be_found(core/tracefile.cpp "std::fopen(path, \"wb\")")
    must_be_allowed(core/file/json.cpp "json::parse(text, limits)")
    must_be_allowed(ui/lessons.cpp "QJsonDocument::fromJson(json)")
    must_be_allowed(core/models.cpp "// not json::parse(text)")
    must_be_allowed(core/tracefile.cpp "parseJson(text)")
    file(REMOVE_RECURSE ${PLANT})
else()
    check()
endif()
