// What the page of an engine, its README.md, must contain: the options and the promises, as the
// engine itself states them.
#pragma once
#include "models/store/engine.h"

#include <array>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace cleave::models::store {

// One word if all types fare alike, else which types fare how.
inline std::string kept_of(const Promise& promise) {
  if (promise.kept == std::array<Kept, kObjectTypes>{
                          promise.kept[0], promise.kept[0], promise.kept[0], promise.kept[0],
                          promise.kept[0], promise.kept[0], promise.kept[0], promise.kept[0]})
    return std::string(to_string(promise.kept[0]));
  std::string text;
  for (const Kept kept : {Kept::always, Kept::within_bounds, Kept::no}) {
    std::string types;
    for (std::size_t t = 0; t < kObjectTypes; ++t)
      if (promise.kept[t] == kept)
        types += (types.empty() ? "" : ", ") + std::string(to_string(static_cast<ObjectType>(t)));
    if (!types.empty())
      text += (text.empty() ? "" : "; ") + std::string(to_string(kept)) + ": " + types;
  }
  return text;
}

inline std::string promises_as_table(const Engine& engine) {
  std::string table =
      "| options | acknowledged updates | while backups are out of reach | reads | what happens |\n"
      "|---|---|---|---|---|\n";
  for (const Promise& promise : engine.promises) {
    table += "|";
    for (const auto& [key, value] : promise.options)
      table += " `" + std::string(key) + ": " + std::string(value) + "`";
    table += " | " + kept_of(promise);
    table += promise.blocks ? " | not acknowledged" : " | acknowledged";
    table += promise.stale_reads ? " | may be stale" : " | fresh under one primary";
    table += " | " + std::string(promise.about) + " |\n";
  }
  return table;
}

inline std::vector<std::string> missing_on_page(const Engine& engine, const std::string& path) {
  std::stringstream page;
  page << std::ifstream(path).rdbuf();
  std::vector<std::string> missing;
  for (const std::string& part : {markdown(engine.options), promises_as_table(engine)})
    if (page.str().find(part) == std::string::npos) missing.push_back(part);
  return missing;
}

}  // namespace cleave::models::store
