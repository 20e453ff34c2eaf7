#include "sim/base/section.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace cleave {
namespace {

// stores: {accounts: {engine: primary-backup, options: {fencing: off}}}
// faults: [{name: split, at: 20s}, {name: crash, at: 30s}, {at: 40s}, {name: twin}, {name: twin}]
// nothing: []
Section example() {
  const Section accounts = map_of(
      {{"engine", scalar("primary-backup")}, {"options", map_of({{"fencing", scalar("off")}})}});
  return map_of(
      {{"stores", map_of({{"accounts", accounts}})},
       {"faults", list_of({map_of({{"name", scalar("split")}, {"at", scalar("20s")}}),
                           map_of({{"name", scalar("crash")}, {"at", scalar("30s")}}),
                           map_of({{"at", scalar("40s")}}), map_of({{"name", scalar("twin")}}),
                           map_of({{"name", scalar("twin")}})})},
       {"run_for", scalar("180s")},
       {"none", list_of({})}});
}

TEST(Section, finds_by_path) {
  const Section root = example();
  struct Case {
    std::string_view path, text;
  };
  for (const auto& [path, text] :
       {Case{"run_for", "180s"}, Case{"stores.accounts.engine", "primary-backup"},
        Case{"stores.accounts.options.fencing", "off"}, Case{"faults.0.at", "20s"},
        Case{"faults.crash.at", "30s"}, Case{"faults.2.at", "40s"}}) {
    const auto found = find_path(root, path);
    ASSERT_TRUE(std::holds_alternative<const Section*>(found)) << path;
    EXPECT_EQ(std::get<const Section*>(found)->text, text) << path;
  }
}

struct WrongPath {
  std::string_view path, found, advice;
};

const std::vector<WrongPath>& wrong_paths() {
  static const std::vector<WrongPath> kTable{
      {"stors.accounts", "the scenario has no 'stors'", "write 'stores'"},
      {"stores.acounts.engine", "'stores' has no 'acounts'", "write 'accounts'"},
      {"stores.ledger.engine", "'stores' has no 'ledger'",
       "known: accounts; or set 'ledger' as a whole, to a map"},
      {"faults.splt.at", "'faults' has no item named 'splt'", "write 'split'"},
      {"faults.9.at", "'faults' has no item 9", ""},
      {"faults.99999999999999999999.at", "'faults' has no item named '99999999999999999999'",
       "known: split, crash, twin, twin"},
      {"none.0.at", "'none' has no item 0", "the list is empty"},
      {"faults.twin.at", "several items of 'faults' are named 'twin'",
       "name the item by its number, from 0"},
      {"run_for.unit.x", "'run_for' is '180s', which has no 'unit' in it", "end the path here"},
      {"stores..engine", "the path has an empty part", ""},
      {".x", "the path has an empty part", ""},
      {"stores.accounts.", "the path has an empty part", ""},
      {"", "the path has an empty part", ""}};
  return kTable;
}

TEST(Section, says_which_part_of_a_path_is_wrong) {
  for (const auto& [path, found, advice] : wrong_paths()) {
    const auto result = find_path(example(), path);
    ASSERT_TRUE(std::holds_alternative<Mistake>(result)) << path;
    EXPECT_EQ(std::get<Mistake>(result).found, found) << path;
    EXPECT_EQ(std::get<Mistake>(result).advice, advice) << path;
  }
}

TEST(Section, sets_by_path) {
  for (const std::string_view path :
       {"run_for", "stores.accounts.engine", "stores.accounts.options.fencing", "faults.0.at",
        "faults.split.at", "faults.1", "faults.crash", "seed", "stores.ledger", "faults.2.name",
        "stores.accounts.options.promote_after"}) {
    Section root = example();
    ASSERT_EQ(set_path(root, path, map_of({{"new", scalar("1")}})), std::nullopt) << path;
    const auto found = path == "faults.crash" ? find_path(root, "faults.1") : find_path(root, path);
    ASSERT_TRUE(std::holds_alternative<const Section*>(found)) << path;
    EXPECT_TRUE(same_content(*std::get<const Section*>(found), map_of({{"new", scalar("1")}})));
  }
}

TEST(Section, changes_nothing_but_the_path) {
  Section root = example();
  ASSERT_EQ(set_path(root, "faults.crash.at", scalar("31s")), std::nullopt);
  EXPECT_FALSE(same_content(root, example()));
  ASSERT_EQ(set_path(root, "faults.1.at", scalar("30s")), std::nullopt);
  EXPECT_TRUE(same_content(root, example()));
}

TEST(Section, leaves_the_tree_alone_when_a_path_is_wrong) {
  for (const auto& [path, found, advice] : wrong_paths()) {
    Section root = example();
    EXPECT_TRUE(set_path(root, path, scalar("x")).has_value()) << path;
    EXPECT_TRUE(same_content(root, example())) << path;
  }
  for (const std::string_view path : {"faults.5", "none.0", "faults.new", "run_for.x"}) {
    Section root = example();
    EXPECT_TRUE(set_path(root, path, scalar("x")).has_value()) << path;
    EXPECT_TRUE(same_content(root, example())) << path;
  }
}

TEST(Section, gives_a_new_key_the_place_of_its_value) {
  Section root = example();
  Section value = scalar("7");
  value.mark.line = 12;
  ASSERT_EQ(set_path(root, "seed", std::move(value)), std::nullopt);
  EXPECT_EQ(root.entries.back().key, "seed");
  EXPECT_EQ(root.entries.back().mark.line, 12u);
}

TEST(Section, copies_deeply) {
  Section root = example();
  const Section copy = root;
  root.find("stores")->find("accounts")->find("engine")->text = "raft";
  EXPECT_EQ(copy.find("stores")->find("accounts")->find("engine")->text, "primary-backup");
}

TEST(Section, compares_content_and_order) {
  EXPECT_TRUE(same_content(scalar("a"), scalar("a")));
  EXPECT_FALSE(same_content(scalar("a"), scalar("b")));
  EXPECT_FALSE(same_content(list_of({}), map_of({})));
  EXPECT_FALSE(same_content(list_of({scalar("a")}), list_of({scalar("a"), scalar("a")})));
  EXPECT_FALSE(same_content(map_of({{"a", scalar("1")}}), map_of({{"b", scalar("1")}})));
}

TEST(Section, describes_itself) {
  EXPECT_EQ(describe(scalar("x")), "'x'");
  Section quoted = scalar("5");
  quoted.quoted = true;
  EXPECT_EQ(describe(quoted), "the quoted text '5'");
  EXPECT_EQ(describe(list_of({})), "an empty list");
  EXPECT_EQ(describe(list_of({scalar("x")})), "a list of 1 item");
  EXPECT_EQ(describe(map_of({})), "an empty map");
  EXPECT_EQ(describe(map_of({{"a", scalar("1")}, {"b", scalar("2")}})),
            "a map with the keys 'a', 'b'");
  Section nothing;
  nothing.kind = Section::Kind::nothing;
  EXPECT_EQ(describe(nothing), "nothing");
}

}  // namespace
}  // namespace cleave
