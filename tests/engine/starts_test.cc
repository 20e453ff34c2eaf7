// A node that starts: whatever else comes at that instant comes after its Start.
#include "sim/engine/world.h"
#include "tests/support/toy_nodes.h"

#include <gtest/gtest.h>

#include <vector>

namespace cleave {
namespace {

using namespace literals;
using toys::Ask;

// Writes down what comes, its own starts as 0, in an order that survives.
struct Diary {
  static constexpr std::string_view kind = "diary";
  using Receives = std::variant<Start, Ask>;
  std::vector<std::uint64_t> entries;
  CLEAVE_DESCRIBE(entries)
  void on(const Start&, NodeId, Context&) { entries.push_back(0); }
  void on(const Ask& m, NodeId, Context&) { entries.push_back(m.a); }
};

// A packet that arrives at the very instant of a restart, and was on its way before it.
struct Punctual {
  const char* name;
  Duration arrives;  // a connection takes a round trip to be made
  void (*send)(Context& ctx, NodeId to);
};
class PunctualPacket : public ::testing::TestWithParam<Punctual> {};

TEST_P(PunctualPacket, comes_after_the_start) {
  World world{1, toys::two_regions()};
  const NodeId east = world.add("east", world.add_host("east", PlaceId{0}), Diary{});
  const NodeId west = world.add("west", world.add_host("west", PlaceId{1}), Diary{});
  world.schedule({.name = "crash",
                  .verb = Verb::crash,
                  .at = Time{} + 1_ms,
                  .lasts = GetParam().arrives - 1_ms,
                  .groups = {{{.text = "west"}}}});
  world.run_until(Time{} + 2_ms);
  world.act(east, [&](Context& ctx) { GetParam().send(ctx, west); });
  world.run_until(Time{} + 1_s);
  EXPECT_EQ(world.node<Diary>(west).entries, (std::vector<std::uint64_t>{0, 0, 7}));
  EXPECT_FALSE(world.failure());
}

INSTANTIATE_TEST_SUITE_P(, PunctualPacket,
                         ::testing::Values(Punctual{"datagram", 12_ms,
                                                    [](Context& ctx, NodeId to) {
                                                      ctx.send_datagram(to, Ask{7, 0, 0});
                                                    }},
                                           Punctual{"connection", 32_ms,
                                                    [](Context& ctx, NodeId to) {
                                                      ctx.send(to, Ask{7, 0, 0});
                                                    }}),
                         [](const auto& punctual) { return punctual.param.name; });

}  // namespace
}  // namespace cleave
