#include "sim/check/transactions/cycles.h"

#include <gtest/gtest.h>

namespace cleave::transactions {
namespace {

std::size_t length_of_shortest(const DependencyGraph& graph, Kinds kinds, Shape shape) {
  Work work{1000};
  return shortest_cycle(graph, kinds, shape, work).size();
}

// Around 0, 1, 2 two anti-dependencies follow each other; the ways around that avoid it are longer.
TEST(Cycles, are_the_shortest_of_their_shape) {
  const DependencyGraph graph(5, {{0, 1, 0, 0, Kind::wr},
                                  {1, 2, 0, 0, Kind::rw},
                                  {2, 0, 0, 0, Kind::rw},
                                  {2, 3, 0, 0, Kind::wr},
                                  {3, 0, 0, 0, Kind::wr},
                                  {1, 4, 0, 0, Kind::wr},
                                  {4, 2, 0, 0, Kind::ww}});
  EXPECT_EQ(length_of_shortest(graph, kConflicts, Shape::any), 3u);
  EXPECT_EQ(length_of_shortest(graph, kConflicts, Shape::no_adjacent_rw), 4u);
  EXPECT_EQ(length_of_shortest(graph, kConflicts, Shape::one_rw), 4u);
  EXPECT_EQ(length_of_shortest(graph, kDependencies, Shape::any), 5u);
  EXPECT_EQ(length_of_shortest(graph, kWw, Shape::any), 0u);
}

TEST(Cycles, are_none_where_the_work_is_over) {
  const DependencyGraph graph(2, {{0, 1, 0, 0, Kind::wr}, {1, 0, 0, 0, Kind::wr}});
  Work work{1};
  EXPECT_TRUE(shortest_cycle(graph, kDependencies, Shape::any, work).empty());
  EXPECT_TRUE(work.is_over());
}

}  // namespace
}  // namespace cleave::transactions
