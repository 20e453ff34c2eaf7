# cleave_model_list(FILE ROOT...)
# Writes the catalogue of all models under the roots to the file. A model is a file entry.cc or
# *_entry.cc under ROOT/models/; it defines one function, named as the file is, in the namespace of
# its folder:
#   models/store/primary_backup/entry.cc  ->  cleave::models::store::primary_backup::entry()
#   models/ordering/fifo_entry.cc         ->  cleave::models::ordering::fifo_entry()
# A generated list, since an object that only registers itself is dropped from a static library.
function(cleave_model_list generated)
  set(files "")
  foreach(root IN LISTS ARGN)
    file(GLOB_RECURSE found CONFIGURE_DEPENDS RELATIVE "${root}" "${root}/models/*entry.cc")
    list(APPEND files ${found})
  endforeach()
  list(FILTER files INCLUDE REGEX "[/_]entry\\.cc$")
  list(SORT files)
  list(REMOVE_DUPLICATES files)  # of who has copied a model from one root to another
  set(declarations "")
  set(calls "")
  foreach(file IN LISTS files)
    cmake_path(GET file PARENT_PATH folder)
    cmake_path(GET file STEM function)
    string(REPLACE "/" "::" namespace "cleave/${folder}")
    string(APPEND declarations "namespace ${namespace} {\ncleave::models::Entry ${function}();\n}\n")
    string(APPEND calls "  entries.push_back(${namespace}::${function}());\n")
  endforeach()
  file(CONFIGURE OUTPUT "${generated}" @ONLY CONTENT [[
// Generated: one line for each models/**/*entry.cc, in the order of their paths.
#include "models/catalogue.h"

@declarations@
namespace cleave::models {
std::vector<Entry> catalogue() {
  std::vector<Entry> entries;
@calls@  return entries;
}
}  // namespace cleave::models
]])
endfunction()
