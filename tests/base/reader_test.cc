#include "sim/base/reader.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cleave {
namespace {

enum class Acknowledge : std::uint8_t { async, sync };

// One field of each type and shape that matters.
const Schema& schema() {
  static const Schema kNested{"replica", "A copy.", {{.key = "host", .doc = "Where."}}};
  static const Schema kSchema{
      "engine",
      "Everything that a schema can say.",
      {{.key = "about", .type = Type::text, .when_absent = "nothing", .doc = "Words."},
       {.key = "region", .type = Type::name, .default_text = "us-east", .doc = "Where."},
       {.key = "fencing", .type = Type::boolean, .default_text = "off", .doc = "Epochs."},
       {.key = "count",
        .type = Type::integer,
        .range = "1..64",
        .default_text = "3",
        .doc = "How many."},
       {.key = "seed", .type = Type::natural, .default_text = "1", .doc = "Of the weather."},
       {.key = "skew", .type = Type::decimal, .default_text = "0.99", .doc = "Zipf's s."},
       {.key = "wait",
        .type = Type::duration,
        .range = "1ms..1h",
        .default_text = "20s",
        .doc = "How long."},
       {.key = "size", .type = Type::bytes, .default_text = "64KiB", .doc = "How big."},
       {.key = "rate", .type = Type::bit_rate, .default_text = "1Gbit/s", .doc = "How fast."},
       {.key = "loss",
        .type = Type::probability,
        .range = "..50%",
        .default_text = "0%",
        .doc = "How often."},
       {.key = "drift", .type = Type::drift, .default_text = "0ppm", .doc = "How wrong."},
       {.key = "mode",
        .type = Type::choice,
        .range = "async | sync",
        .default_text = "async",
        .doc = "When to say yes."},
       {.key = "waits",
        .type = Type::duration,
        .shape = Shape::list,
        .when_absent = "none",
        .doc = "Several."},
       {.key = "replicas",
        .type = Type::integer,
        .shape = Shape::map,
        .range = "1..",
        .when_absent = "none",
        .doc = "By region."},
       {.key = "options", .type = Type::section, .when_absent = "none", .doc = "More."},
       {.key = "copies",
        .type = Type::section,
        .shape = Shape::list,
        .when_absent = "none",
        .doc = "Each.",
        .of = &kNested},
       {.key = "named",
        .type = Type::section,
        .shape = Shape::map,
        .when_absent = "none",
        .doc = "Each, by name.",
        .of = &kNested},
       {.key = "cut", .type = Type::any, .when_absent = "none", .doc = "Groups."}}};
  return kSchema;
}

// What reading one key of a map says: the diagnostics' texts without places.
template <class Read>
std::string said(const Section& section, const Read& read) {
  Diagnostics diagnostics;
  Reader reader(section, schema(), diagnostics);
  read(reader);
  return diagnostics.format();
}

TEST(Reader, gives_defaults_for_absent_keys) {
  const Section empty;
  Diagnostics diagnostics;
  Reader reader(empty, schema(), diagnostics);
  EXPECT_EQ(reader.text("about"), "");
  EXPECT_EQ(reader.text("region"), "us-east");
  EXPECT_FALSE(reader.boolean("fencing"));
  EXPECT_EQ(reader.integer("count"), 3);
  EXPECT_EQ(reader.natural("seed"), 1u);
  EXPECT_EQ(reader.decimal("skew").millionths, 990'000);
  EXPECT_EQ(reader.duration("wait"), Duration{20'000'000'000});
  EXPECT_EQ(reader.bytes("size"), Bytes{65'536});
  EXPECT_EQ(reader.bit_rate("rate"), BitRate{1'000'000'000});
  EXPECT_EQ(reader.probability("loss"), Probability{});
  EXPECT_EQ(reader.drift("drift"), Drift{});
  EXPECT_EQ(reader.choice("mode"), "async");
  EXPECT_TRUE(reader.list<Duration>("waits").empty());
  EXPECT_TRUE(reader.map<std::int64_t>("replicas").empty());
  EXPECT_EQ(reader.section("options"), nullptr);
  EXPECT_FALSE(reader.has("wait"));
  reader.finish();
  EXPECT_EQ(diagnostics.format(), "");
}

TEST(Reader, reads_what_is_there) {
  Section text = scalar("20s");
  text.quoted = true;
  const Section section =
      map_of({{"about", text},
              {"region", scalar("eu-west")},
              {"fencing", scalar("on")},
              {"count", scalar("64")},
              {"seed", scalar("18446744073709551615")},
              {"skew", scalar("1.2")},
              {"wait", scalar("1ms")},
              {"size", scalar("1MB")},
              {"rate", scalar("400kbit/s")},
              {"loss", scalar("50%")},
              {"drift", scalar("-20ppb")},
              {"mode", scalar("sync")},
              {"waits", list_of({scalar("1s"), scalar("2s")})},
              {"replicas", map_of({{"us-east", scalar("1")}, {"eu-west", scalar("2")}})},
              {"options", map_of({{"x", scalar("1")}})},
              {"cut", list_of({scalar("a"), list_of({scalar("b")})})}});
  Diagnostics diagnostics;
  Reader reader(section, schema(), diagnostics);
  EXPECT_EQ(reader.text("about"), "20s");
  EXPECT_EQ(reader.text("region"), "eu-west");
  EXPECT_TRUE(reader.boolean("fencing"));
  EXPECT_EQ(reader.integer("count"), 64);
  EXPECT_EQ(reader.natural("seed"), UINT64_MAX);
  EXPECT_EQ(reader.decimal("skew").millionths, 1'200'000);
  EXPECT_EQ(reader.duration("wait"), Duration{1'000'000});
  EXPECT_EQ(reader.bytes("size"), Bytes{1'000'000});
  EXPECT_EQ(reader.bit_rate("rate"), BitRate{400'000});
  EXPECT_EQ(reader.probability("loss").below, std::uint64_t{1} << 63);
  EXPECT_EQ(reader.drift("drift"), Drift{-20});
  EXPECT_EQ(reader.choice<Acknowledge>(
                "mode", {{"async", Acknowledge::async}, {"sync", Acknowledge::sync}}),
            Acknowledge::sync);
  EXPECT_EQ(reader.list<Duration>("waits"),
            (std::vector<Duration>{{1'000'000'000}, {2'000'000'000}}));
  EXPECT_EQ(reader.map<std::int64_t>("replicas"),
            (std::vector<std::pair<std::string, std::int64_t>>{{"us-east", 1}, {"eu-west", 2}}));
  EXPECT_EQ(reader.section("options")->find("x")->text, "1");
  EXPECT_EQ(reader.section("cut")->items.size(), 2u);
  reader.finish();
  EXPECT_EQ(diagnostics.format(), "");
}

TEST(Reader, takes_one_value_for_a_list_of_one) {
  const Section section = map_of({{"waits", scalar("5s")}});
  Diagnostics diagnostics;
  Reader reader(section, schema(), diagnostics);
  EXPECT_EQ(reader.list<Duration>("waits"), std::vector<Duration>{{5'000'000'000}});
  EXPECT_TRUE(diagnostics.empty());
}

TEST(Reader, says_what_is_wrong_with_a_value) {
  Section in_quotes_5 = scalar("5");
  in_quotes_5.quoted = true;
  Section nothing;
  nothing.kind = Section::Kind::nothing;
  struct Case {
    std::string_view key;
    Section value;
    std::string_view message;
  };
  const auto integer = [](Reader& r, std::string_view key) { r.integer(key); };
  const auto duration = [](Reader& r, std::string_view key) { r.duration(key); };
  const auto check = [](const auto& read, const std::vector<Case>& cases) {
    for (const auto& [key, value, message] : cases)
      EXPECT_EQ(said(map_of({{key, value}}), [&read, name = key](Reader& r) { read(r, name); }),
                "error: " + std::string(message) + "\n");
  };
  check(integer,
        {{"count", scalar("0"), "count: '0' is out of range; expected an integer from 1 to 64"},
         {"count", scalar("65"), "count: '65' is out of range; expected an integer from 1 to 64"},
         {"count", scalar("010"),
          "count: '010' begins with 0, which some read as octal; expected an integer from 1 to 64; "
          "write 10"},
         {"count", in_quotes_5,
          "count: found the quoted text '5'; expected an integer from 1 to 64; remove the quotes"},
         {"count", nothing, "count: found nothing; expected an integer from 1 to 64"},
         {"count", list_of({}), "count: found an empty list; expected an integer from 1 to 64"}});
  check(duration,
        {{"wait", scalar("20"),
          "wait: '20' has no unit; expected a duration from 1ms to 1h; write 20s or 20ms"},
         {"wait", scalar("0s"), "wait: '0s' is out of range; expected a duration from 1ms to 1h"},
         {"wait", map_of({}), "wait: found an empty map; expected a duration from 1ms to 1h"}});
  check([](Reader& r, std::string_view key) { r.text(key); },
        {{"region", scalar("us east"),
          "region: 'us east' is not a name; expected a name of letters, digits, '-' and '_' that "
          "begins with a letter or a digit"},
         {"about", list_of({scalar("a")}), "about: found a list of 1 item; expected text"}});
  check([](Reader& r, std::string_view key) { r.choice(key); },
        {{"mode", scalar("asynch"),
          "mode: 'asynch' is unknown; expected one of async, sync; write 'async'"},
         {"mode", scalar("quorum"), "mode: 'quorum' is unknown; expected one of async, sync"}});
  check([](Reader& r, std::string_view key) { r.probability(key); },
        {{"loss", scalar("51%"),
          "loss: '51%' is out of range; expected a probability of at most 50%"}});
  check([](Reader& r, std::string_view key) { r.boolean(key); },
        {{"fencing", scalar("yes"),
          "fencing: 'yes' is not a yes or a no; expected true, false, on or off; write true"}});
}

TEST(Reader, says_what_is_wrong_inside_lists_and_maps) {
  const auto waits = [](Reader& r) { EXPECT_EQ(r.list<Duration>("waits").size(), 1u); };
  EXPECT_EQ(said(map_of({{"waits", list_of({scalar("1s"), scalar("2"), list_of({})})}}), waits),
            "error: waits: '2' has no unit; expected a duration such as 250ms or 1.5s; write 2s or "
            "2ms\nerror: waits: found an empty list; expected a duration such as 250ms or 1.5s\n");
  const auto replicas = [](Reader& r) { r.map<std::int64_t>("replicas"); };
  EXPECT_EQ(
      said(map_of({{"replicas", map_of({{"us", scalar("0")}, {"e u", scalar("1")}})}}), replicas),
      "error: replicas: '0' is out of range; expected an integer of 1 or more\n"
      "error: replicas: 'e u' is not a name; expected a name of letters, digits, '-' and "
      "'_' that begins with a letter or a digit\n");
  EXPECT_EQ(said(map_of({{"replicas", list_of({})}}), replicas),
            "error: replicas: found an empty list; expected a map from names, each value an "
            "integer of 1 or more\n");
  const auto section = [](std::string_view key) {
    return [key](Reader& r) { EXPECT_EQ(r.section(key), nullptr); };
  };
  EXPECT_EQ(said(map_of({{"options", scalar("x")}}), section("options")),
            "error: options: found 'x'; expected a map\n");
  EXPECT_EQ(said(map_of({{"copies", list_of({map_of({}), scalar("x")})}}), section("copies")),
            "error: copies: found 'x'; expected a map: replica\n");
  EXPECT_EQ(said(map_of({{"copies", map_of({})}}), section("copies")),
            "error: copies: found an empty map; expected a list, each item a map: replica\n");
  EXPECT_EQ(said(map_of({{"named", map_of({{"a", scalar("x")}})}}), section("named")),
            "error: named: found 'x'; expected a map: replica\n");
}

TEST(Reader, says_which_keys_are_unknown_missing_or_useless) {
  EXPECT_EQ(said(map_of({{"fenceing", scalar("on")}}), [](Reader&) {}),
            "error: engine: unknown key 'fenceing'; write 'fencing'\n");
  EXPECT_EQ(said(list_of({}), [](Reader& r) { r.finish(); }).substr(0, 64),
            "error: engine: found an empty list; expected a map from keys to ");
  static const Schema kStrict{
      "store", "A store.", {{.key = "engine", .type = Type::name, .doc = "Which."}}};
  Diagnostics diagnostics;
  const Section empty;
  Reader reader(empty, kStrict, diagnostics);
  EXPECT_EQ(reader.text("engine"), "");
  EXPECT_EQ(diagnostics.format(),
            "error: store: 'engine' is missing; expected a name; add `engine: ...`\n");
  EXPECT_EQ(said(map_of({{"wait", scalar("1s")}, {"count", scalar("2")}}),
                 [](Reader& r) {
                   r.integer("count");
                   r.finish("when 'mode' is async");
                 }),
            "error: 'wait' has no effect when 'mode' is async; remove it\n");
}

TEST(Reader, gives_a_value_in_range_for_a_wrong_one) {
  static const Schema kSchema{
      "s",
      "A schema.",
      {{.key = "a", .type = Type::integer, .range = "5..9", .doc = "Number."},
       {.key = "b", .type = Type::choice, .range = "x | y", .doc = "Word."}}};
  const Section section = map_of({{"a", scalar("100")}, {"b", scalar("z")}});
  Diagnostics diagnostics;
  Reader reader(section, kSchema, diagnostics);
  EXPECT_EQ(reader.integer("a"), 5);
  EXPECT_EQ(reader.choice("b"), "x");
  EXPECT_EQ(diagnostics.count(), 2u);
}

TEST(Reader, puts_the_callers_mistakes_at_the_value) {
  Section section = map_of({{"wait", scalar("1s")}});
  section.mark.line = 3;
  section.entries[0].value.mark.line = 4;
  Diagnostics diagnostics;
  Reader reader(section, schema(), diagnostics);
  reader.error("wait", {"shorter than a round trip", "", ""});
  reader.error("count", {"even", "", ""});
  EXPECT_EQ(diagnostics.all()[0].mark.line, 4u);
  EXPECT_EQ(diagnostics.all()[0].mistake.found, "wait: shorter than a round trip");
  EXPECT_EQ(diagnostics.all()[1].mark.line, 3u);
}

TEST(Reader, holds_its_caller_to_the_schema) {
  const Section empty;
  Diagnostics diagnostics;
  Reader reader(empty, schema(), diagnostics);
  EXPECT_THROW(reader.integer("no-such-key"), EngineBug);
  EXPECT_THROW(reader.integer("wait"), EngineBug);
  EXPECT_THROW(reader.duration("waits"), EngineBug);
  EXPECT_THROW(reader.section("wait"), EngineBug);
  EXPECT_THROW(reader.choice("about"), EngineBug);
  EXPECT_THROW(reader.choice<Acknowledge>("mode", {{"sync", Acknowledge::sync}}), EngineBug);
}

TEST(Reader, says_once_that_a_required_key_is_misspelt) {
  static const Schema kStore{"store", "A store.", {{.key = "engine", .doc = "Which."}}};
  const Section section = map_of({{"engin", scalar("raft")}});
  Diagnostics diagnostics;
  Reader reader(section, kStore, diagnostics);
  reader.text("engine");
  EXPECT_EQ(diagnostics.format(), "error: store: unknown key 'engin'; write 'engine'\n");
}

TEST(Reader, says_a_range_as_a_range) {
  static const Schema kStore{"store",
                             "A store.",
                             {{.key = "count", .type = Type::natural, .range = "1..9", .doc = "N."},
                              {.key = "one", .type = Type::natural, .range = "1..1", .doc = "N."}}};
  const Section section = map_of({{"count", scalar("0")}, {"one", scalar("2")}});
  Diagnostics diagnostics;
  Reader reader(section, kStore, diagnostics);
  reader.natural("count");
  reader.natural("one");
  EXPECT_EQ(diagnostics.format(),
            "error: count: '0' is out of range; expected an integer from 1 to 9\n"
            "error: one: '2' is out of range; expected 1\n");
}

}  // namespace
}  // namespace cleave
