// What operations of a history carry, in eight bytes: an integer as itself, anything else by its
// number in a table of names. Comparing two values of one history compares what they stand for.
#pragma once
#include <compare>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace cleave {

struct Value {
  static constexpr std::int64_t kNil = std::numeric_limits<std::int64_t>::min();
  static constexpr std::int64_t kFirstName = std::int64_t{1} << 62;  // integers are below, in size

  std::int64_t code = kNil;

  auto operator<=>(const Value&) const = default;

  constexpr bool is_nil() const { return code == kNil; }
  constexpr bool is_integer() const { return code > -kFirstName && code < kFirstName; }
};

// Requires: -2^62 < number < 2^62. Others are interned by their digits.
constexpr Value integer(std::int64_t number) {
  return {number};
}

// Strings by their characters, everything else as EDN writes it (":ok", "[1 2]"). Each text has one
// number, in the order of first use.
class Names {
 public:
  Names() = default;

  Value intern(std::string_view text);
  // Requires: the value is no integer and not nil, and came from this table. Valid until the next
  // intern().
  std::string_view text_of(Value value) const {
    return texts_[static_cast<std::size_t>(value.code - Value::kFirstName)];
  }
  std::size_t size() const { return texts_.size(); }

 private:
  std::vector<std::string> texts_;
  std::vector<std::uint32_t> slots_;  // places in texts_ from 1, hashed; a power of two, half full

  std::size_t slot_of(std::string_view text) const;
  void grow();
};

// As a person reads it: 17, nil, :ok.
std::string to_text(Value value, const Names& names);

}  // namespace cleave
