# What `cmake --install` brings, and what find_package(Cleave) finds: the program, the libraries
# as Cleave::base to Cleave::scenario, their headers under include/cleave, and the scenarios.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

function(cleave_install)
  set(package "${CMAKE_INSTALL_LIBDIR}/cmake/Cleave")
  install(TARGETS cleave_base cleave_engine cleave_check cleave_exchange cleave_models cleave_scenario
          EXPORT CleaveTargets)
  if(TARGET cleave)
    install(TARGETS cleave)
  endif()
  install(EXPORT CleaveTargets NAMESPACE Cleave:: DESTINATION "${package}")
  install(DIRECTORY "${PROJECT_SOURCE_DIR}/sim" "${PROJECT_SOURCE_DIR}/models"
          DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/cleave" FILES_MATCHING PATTERN "*.h")
  install(DIRECTORY "${PROJECT_SOURCE_DIR}/scenarios"
          DESTINATION "${CMAKE_INSTALL_DATADIR}/cleave" FILES_MATCHING PATTERN "*.yaml")
  install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}")

  configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/CleaveConfig.cmake.in"
    "${PROJECT_BINARY_DIR}/CleaveConfig.cmake" INSTALL_DESTINATION "${package}")
  write_basic_package_version_file("${PROJECT_BINARY_DIR}/CleaveConfigVersion.cmake"
    COMPATIBILITY SameMajorVersion)
  install(FILES "${PROJECT_BINARY_DIR}/CleaveConfig.cmake"
                "${PROJECT_BINARY_DIR}/CleaveConfigVersion.cmake" DESTINATION "${package}")
endfunction()
