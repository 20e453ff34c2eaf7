#include "sim/scenario/emit.h"

#include <yaml-cpp/emitter.h>
#include <yaml-cpp/emittermanip.h>

#include <cstddef>
#include <string_view>

namespace cleave {
namespace {

// What is this deep or deeper stands on one line: items of faults, a store, a client group.
constexpr std::size_t kOnOneLine = 2;

// Lines of text that come back as they are: one end of line at the end, no blank at a beginning
// that would pass for indentation.
bool fits_block(std::string_view text) {
  return text.ends_with('\n') && !text.ends_with("\n\n") && !text.starts_with(' ') &&
         !text.starts_with('\n') && text.find(" \n") == std::string_view::npos;
}

void emit_scalar(YAML::Emitter& out, const Section& section, std::size_t depth) {
  if (depth < kOnOneLine && fits_block(section.text))
    out << YAML::Literal << section.text.substr(0, section.text.size() - 1);
  else if (section.quoted)
    out << YAML::DoubleQuoted << section.text;
  else
    out << section.text;
}

void emit(YAML::Emitter& out, const Section& section, std::size_t depth) {
  switch (section.kind) {
    case Section::Kind::nothing:
      break;  // A scenario has none: its reader would have said so.
    case Section::Kind::scalar:
      emit_scalar(out, section, depth);
      break;
    case Section::Kind::list:
      out << (depth < kOnOneLine && !section.items.empty() ? YAML::Block : YAML::Flow);
      out << YAML::BeginSeq;
      for (const Section& item : section.items)
        emit(out, item, kOnOneLine);
      out << YAML::EndSeq;
      break;
    case Section::Kind::map:
      out << (depth < kOnOneLine && !section.entries.empty() ? YAML::Block : YAML::Flow);
      out << YAML::BeginMap;
      for (const Entry& entry : section.entries) {
        out << YAML::Key << entry.key << YAML::Value;
        emit(out, entry.value, depth + 1);
      }
      out << YAML::EndMap;
      break;
  }
}

}  // namespace

std::string to_yaml(const Section& root) {
  YAML::Emitter out;
  emit(out, root, 0);
  return std::string(out.c_str(), out.size()) + "\n";
}

}  // namespace cleave
