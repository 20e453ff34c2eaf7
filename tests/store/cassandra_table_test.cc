// Tables merge whatever comes, in any order and as often as it comes, to the same.
#include "models/store/cassandra/table.h"
#include "sim/base/name.h"
#include "sim/base/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace cleave::models::store::cassandra {
namespace {

using Kind = Column::Kind;

const Told kNobody = [](OperationId, bool) {};

// In so small a space that most meet, with equal timestamps and with each other's tombstones.
Mutation random_mutation(Random& random, std::uint32_t number) {
  static constexpr std::array kKinds{Kind::cell, Kind::cell, Kind::row, Kind::row, Kind::range};
  Mutation mutation;
  mutation.name.partition = {1 + random.below(2)};
  mutation.name.column.kind = kKinds[random.below(kKinds.size())];
  mutation.name.column.major = 1 + random.below(5);
  mutation.cell.timestamp = static_cast<Timestamp>(1 + random.below(6));
  mutation.cell.tombstone = mutation.name.column.kind == Kind::range || random.chance(1, 4);
  if (!mutation.cell.tombstone) mutation.cell.value = Blob(1, 1, std::to_string(random.below(3)));
  mutation.includes = {{mutation.cell.timestamp, {{7}, number}}};
  return mutation;
}

void shuffle(std::vector<Mutation>& all, Random& random) {
  for (std::size_t i = all.size(); i > 1; --i)
    std::swap(all[i - 1], all[random.below(i)]);
}

std::vector<std::pair<CellName, Cell>> cells_of(const Table& table) {
  std::vector<std::pair<CellName, Cell>> cells;
  for (const auto& [name, stored] : table.cells)
    cells.emplace_back(name, stored.cell);
  return cells;
}

TEST(Table, comes_to_the_same_in_any_order_and_with_repetitions) {
  std::uint64_t deleted = 0;
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    Random random = Random::at(seed, Purpose("table").hash, 0, 0);
    std::vector<Mutation> all;
    for (std::uint32_t i = 1; i <= 14; ++i)
      all.push_back(random_mutation(random, i));
    std::vector<Table> tables(3);
    for (Table& table : tables) {
      for (const Mutation& mutation : all)
        table.apply(mutation, kNobody);
      shuffle(all, random);
      for (std::size_t again = 0; again < 5; ++again)
        table.apply(all[again], kNobody);
      table.check();
    }
    for (const Table& table : tables) {
      ASSERT_EQ(cells_of(table), cells_of(tables[0])) << "seed " << seed;
      ASSERT_EQ(table.updates(), tables[0].updates()) << "seed " << seed;
      ASSERT_EQ(table.updates().size(), 14u) << "what is overwritten is included";
    }
    deleted += 14 - tables[0].cells.size();
  }
  EXPECT_GT(deleted, 9'000u) << "many meet";
}

TEST(Table, tells_what_came_and_what_was_undone) {
  std::set<std::uint32_t> held;
  const Told told = [&held](OperationId update, bool applied) {
    if (applied)
      held.insert(update.index);
    else
      held.erase(update.index);
  };
  Table table;
  const CellName name{{1}, {}};
  table.apply({name, {5, false, 0, Blob(1, 1, "a")}, {{5, {{7}, 1}}}, 0}, told);
  table.apply({name, {9, true, 0, {}}, {{9, {{7}, 2}}}, 0}, told);
  EXPECT_EQ(held, (std::set<std::uint32_t>{1, 2}));
  EXPECT_FALSE(table.has_purgeable(9));
  EXPECT_TRUE(table.has_purgeable(10));
  table.purge(10);
  EXPECT_TRUE(table.cells.empty());
  table.apply({name, {5, false, 0, Blob(1, 1, "a")}, {{5, {{7}, 1}}}, 0}, told);
  EXPECT_EQ(held, std::set<std::uint32_t>{1}) << "the deletion is undone";
  EXPECT_EQ(table.updates().size(), 1u);
}

TEST(Table, a_copy_that_wins_over_a_purged_tombstone_undoes_nothing) {
  Table table;
  const CellName name{{1}, {}};
  table.apply({name, {9, true, 0, {}}, {{9, {{7}, 2}}}, 0}, kNobody);
  table.purge(10);
  table.apply({name, {12, false, 0, Blob(1, 1, "b")}, {{12, {{7}, 3}}}, 0}, kNobody);
  EXPECT_EQ(table.updates().size(), 2u);
}

TEST(Table, reads_rows_in_pages) {
  Table table;
  for (std::uint64_t position = 1; position <= 10; ++position)
    table.apply({{{1}, {Kind::row, position, 0}}, {1, false, 0, {}}, {}, 0}, kNobody);
  const Page page =
      table.read({{1}, {Kind::range, 0, 0}, {Kind::row, kLast, kLast}, 4, 3}, Books::without);
  ASSERT_EQ(page.cells.size(), 3u);
  EXPECT_EQ(page.cells[0].column.major, 4u);
  EXPECT_TRUE(page.more);
  EXPECT_EQ(page.newest, 10u);
}

}  // namespace
}  // namespace cleave::models::store::cassandra
