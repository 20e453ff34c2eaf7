// A file with a mistake of every kind: all are reported at once, each at its own line and column.
#include "sim/base/reader.h"
#include "sim/scenario/parse.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cleave {
namespace {

// The place of each mistake is marked in the text by a '^' before it, which is taken out again.
constexpr std::string_view kPlanted = R"(# A scenario that could not be more wrong.
name: Two coasts
^nmae: Two
sed: ^042
run_for: ^180
loss: ^0.1
about: ^[a, b]
café: {^côte: 1, size: ^"64KiB"}
stores:
  accounts: {engine: ^primary, replicas: {us-east: ^0, ^us.west: 1}, fencing: ^yes, ^engine: raft}
  ledger: ^{replicas: {us-east: ^one}, rate: ^1Gbps, drift: ^5,
    waits: [1s, ^2, ^-3s, ^[4s]]}
  empty: ^[]
  bare: ^{replicas: {}}
clients:
  - {name: east, region: ^us east, ^cuont: 5}
  - ^text
  - {^name: }
seed: ^18446744073709551616
^seed: 2
)";

struct Planted {
  std::string text;
  std::vector<std::string> places;
};

Planted planted() {
  Planted result;
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  for (const char c : kPlanted) {
    if (c == '^') {
      result.places.push_back(std::to_string(line) + ":" + std::to_string(column));
      continue;
    }
    result.text += c;
    const bool continues = (static_cast<unsigned char>(c) & 0xc0) == 0x80;
    if (!continues) ++column;
    if (c != '\n') continue;
    ++line;
    column = 1;
  }
  return result;
}

const Schema kStore{
    "store",
    "A store.",
    {{.key = "engine", .type = Type::choice, .range = "primary-backup | raft", .doc = "D."},
     {.key = "replicas",
      .type = Type::integer,
      .shape = Shape::map,
      .range = "1..9",
      .when_absent = "none",
      .doc = "D."},
     {.key = "fencing", .type = Type::boolean, .default_text = "off", .doc = "D."},
     {.key = "rate", .type = Type::bit_rate, .default_text = "1Mbit/s", .doc = "D."},
     {.key = "drift", .type = Type::drift, .default_text = "0ppm", .doc = "D."},
     {.key = "waits",
      .type = Type::duration,
      .shape = Shape::list,
      .when_absent = "none",
      .doc = "D."}}};

const Schema kClient{"client",
                     "A client.",
                     {{.key = "name", .type = Type::name, .doc = "D."},
                      {.key = "region", .type = Type::name, .default_text = "x", .doc = "D."},
                      {.key = "count", .type = Type::natural, .default_text = "1", .doc = "D."}}};

const Schema kPlace{
    "place", "A place.", {{.key = "size", .type = Type::bytes, .default_text = "1B", .doc = "D."}}};

const Schema kScenario{
    "scenario",
    "All of it.",
    {{.key = "name", .type = Type::text, .doc = "D."},
     {.key = "about", .type = Type::text, .default_text = "-", .doc = "D."},
     {.key = "sed", .type = Type::integer, .default_text = "1", .doc = "D."},
     {.key = "seed", .type = Type::natural, .default_text = "1", .doc = "D."},
     {.key = "run_for", .type = Type::duration, .range = "1ms..", .doc = "D."},
     {.key = "loss", .type = Type::probability, .default_text = "0%", .doc = "D."},
     {.key = "café", .type = Type::section, .when_absent = "none", .doc = "D.", .of = &kPlace},
     {.key = "stores", .type = Type::any, .when_absent = "none", .doc = "D."},
     {.key = "clients", .type = Type::any, .when_absent = "none", .doc = "D."}}};

void read_scenario(const Section& root, Diagnostics& diagnostics) {
  Reader reader(root, kScenario, diagnostics);
  reader.text("name");
  reader.text("about");
  reader.integer("sed");
  reader.natural("seed");
  reader.duration("run_for");
  reader.probability("loss");
  Reader place(*reader.section("café"), kPlace, diagnostics);
  place.bytes("size");
  for (const Entry& entry : reader.section("stores")->entries) {
    Reader store(entry.value, kStore, diagnostics);
    store.choice("engine");
    store.map<std::int64_t>("replicas");
    store.boolean("fencing");
    store.bit_rate("rate");
    store.drift("drift");
    store.list<Duration>("waits");
    store.finish();
  }
  for (const Section& item : reader.section("clients")->items) {
    Reader client(item, kClient, diagnostics);
    client.text("name");
    client.text("region");
    client.natural("count");
    client.finish();
  }
  reader.finish();
}

TEST(Mistakes, are_all_reported_at_once_with_their_places) {
  const Planted input = planted();
  Diagnostics diagnostics;
  const std::optional<Section> root = parse_text("planted.yaml", input.text, diagnostics);
  ASSERT_TRUE(root.has_value()) << diagnostics.format();
  read_scenario(*root, diagnostics);
  const std::string text = diagnostics.format();
  std::vector<std::string> places;
  for (std::size_t at = text.find("planted.yaml:"); at != std::string::npos;
       at = text.find("planted.yaml:", at + 1)) {
    const std::size_t end = text.find(": ", at);
    if (text.compare(end, 7, ": error") == 0) places.push_back(text.substr(at + 13, end - at - 13));
  }
  EXPECT_EQ(places, input.places) << text;
  EXPECT_EQ(diagnostics.count(), input.places.size());
}

}  // namespace
}  // namespace cleave
