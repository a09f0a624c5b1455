# What an attacker who finds a mistake would have to get past: programs at addresses that nobody knows,
# tables of functions that are read-only once the program has started, a check of the stack at the end
# of functions, lengths that the compiler knows checked in the C library, and indices in the C++
# library. tests/hardened.cmake reads in what is built whether they are there.

include(CheckPIESupported)
check_pie_supported(LANGUAGES CXX)

add_compile_options(-fstack-protector-strong)
add_compile_definitions(_GLIBCXX_ASSERTIONS)
# Its checks are made by the optimiser. Some distributions set a level of their own.
add_compile_options(
    "$<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE>" "$<$<NOT:$<CONFIG:Debug>>:-D_FORTIFY_SOURCE=3>"
)
add_link_options(-Wl,-z,relro,-z,now,-z,noexecstack)
