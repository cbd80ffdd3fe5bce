# Installs a tree of the same shape as the build's: bin, lib, include.
#
# Not GNUInstallDirs: heddle.cfg finds its neighbours by <CFGDIR>, so lib is lib.
include(CMakePackageConfigHelpers)

set(HeddleBin bin)
set(HeddleLib lib)
set(HeddleInclude include)
set(HeddleGoLibraries)
get_target_property(GoLinks heddle_go INTERFACE_LINK_LIBRARIES)
if(GoLinks MATCHES "boost_context|Boost::context")
  set(HeddleGoLibraries boost_context)
endif()

configure_package_config_file(cmake/HeddleConfig.cmake.in
  ${PROJECT_BINARY_DIR}/cmake/HeddleConfig.cmake
  INSTALL_DESTINATION lib/cmake/Heddle
  PATH_VARS HeddleBin HeddleLib HeddleInclude)
write_basic_package_version_file(
  ${PROJECT_BINARY_DIR}/cmake/HeddleConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
configure_file(cmake/heddle.pc.in ${PROJECT_BINARY_DIR}/cmake/heddle.pc @ONLY)

install(TARGETS heddle heddle_rt heddle_go
        RUNTIME DESTINATION bin LIBRARY DESTINATION lib ARCHIVE DESTINATION lib)
install(DIRECTORY runtime/include/ DESTINATION include)
install(FILES ${PROJECT_BINARY_DIR}/cmake/HeddleConfig.cmake
              ${PROJECT_BINARY_DIR}/cmake/HeddleConfigVersion.cmake
              cmake/HeddleFunctions.cmake DESTINATION lib/cmake/Heddle)
install(FILES ${PROJECT_BINARY_DIR}/cmake/heddle.pc
        DESTINATION lib/pkgconfig)
install(FILES LICENSE README.md DESTINATION share/doc/heddle)
