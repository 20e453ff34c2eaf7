#include "sim/check/history/value.h"

#include "sim/base/name.h"

#include <cstddef>

namespace cleave {

Value Names::intern(std::string_view text) {
  if ((texts_.size() + 1) * 2 > slots_.size()) grow();
  std::uint32_t& slot = slots_[slot_of(text)];
  if (slot == 0) {
    texts_.emplace_back(text);
    slot = static_cast<std::uint32_t>(texts_.size());
  }
  return {Value::kFirstName + slot - 1};
}

// Where it is, or the free slot where it belongs (linear probing, Knuth 6.4).
std::size_t Names::slot_of(std::string_view text) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = static_cast<std::size_t>(name_hash(text)) & mask;
  while (slots_[slot] != 0 && texts_[slots_[slot] - 1] != text)
    slot = (slot + 1) & mask;
  return slot;
}

void Names::grow() {
  slots_.assign(slots_.empty() ? 64 : slots_.size() * 2, 0);
  for (std::size_t i = 0; i < texts_.size(); ++i)
    slots_[slot_of(texts_[i])] = static_cast<std::uint32_t>(i + 1);
}

std::string to_text(Value value, const Names& names) {
  if (value.is_nil()) return "nil";
  if (value.is_integer()) return std::to_string(value.code);
  return std::string(names.text_of(value));
}

}  // namespace cleave
