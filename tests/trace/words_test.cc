#include "sim/trace/history.h"
#include "sim/trace/verdict.h"

#include <gtest/gtest.h>

#include <set>
#include <string_view>

namespace cleave {
namespace {

TEST(Words, every_value_has_its_own) {
  std::set<std::string_view> types;
  for (int i = 0; i <= static_cast<int>(ObjectType::map); ++i)
    types.insert(to_string(static_cast<ObjectType>(i)));
  EXPECT_EQ(types.size(), 8u);
  std::set<std::string_view> actions;
  for (int i = 0; i <= static_cast<int>(Action::take); ++i)
    actions.insert(to_string(static_cast<Action>(i)));
  EXPECT_EQ(actions.size(), 12u);
  EXPECT_EQ(to_string(ObjectType::reg), "register");
  EXPECT_EQ(to_string(ObjectType::map), "map");
  EXPECT_EQ(to_string(Action::take), "take");
  EXPECT_EQ(to_string(Action::read_from), "read_from");
  EXPECT_EQ(to_string(Outcome::unknown), "unknown");
  EXPECT_EQ(to_string(Word::vacuous), "vacuous");
  EXPECT_EQ(to_string(Property::safety), "safety");
  EXPECT_EQ(to_string(Property::liveness), "liveness");
}

TEST(History, reads_are_no_updates_and_answers_are_service) {
  EXPECT_FALSE(is_update(Action::read));
  EXPECT_FALSE(is_update(Action::read_from));
  EXPECT_TRUE(is_update(Action::acknowledge));
  EXPECT_TRUE(is_served(Outcome::refused));
  EXPECT_TRUE(is_served(Outcome::conflict));
  EXPECT_FALSE(is_served(Outcome::unavailable));
  EXPECT_FALSE(is_served(Outcome::unknown));
}

TEST(History, an_operation_fits_into_one_number) {
  for (const OperationId id :
       {OperationId{{0}, 0}, OperationId{{7}, 41}, OperationId{{0xffffffffu}, 0xffffffffu}}) {
    EXPECT_EQ(unpack_operation(pack(id)), id);
  }
  EXPECT_EQ(pack({{1}, 2}), (std::uint64_t{1} << 32) + 2);
}

}  // namespace
}  // namespace cleave
