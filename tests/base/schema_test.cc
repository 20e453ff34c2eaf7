#include "sim/base/schema.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace cleave {
namespace {

const Schema& link() {
  static const Schema kLink{
      "link",
      "One pair of regions.",
      {{.key = "between", .type = Type::name, .shape = Shape::list, .doc = "The two ends."},
       {.key = "jitter",
        .type = Type::duration,
        .range = "..10s",
        .default_text = "0s",
        .doc = "Added to each packet, uniformly."},
       {.key = "tries",
        .type = Type::integer,
        .range = "1..9",
        .when_absent = "for ever",
        .doc = "At most this often."},
       {.key = "queue",
        .type = Type::choice,
        .range = "drop-tail | on | off",
        .default_text = "drop-tail",
        .doc = "What a full link \"does\"."}}};
  return kLink;
}

const Schema& topology() {
  static const Schema kTopology{
      "topology",
      "Where things are.",
      {{.key = "links",
        .type = Type::section,
        .shape = Shape::list,
        .when_absent = "none",
        .doc = "Overrides.",
        .of = &link()},
       {.key = "access",
        .type = Type::name,
        .shape = Shape::map,
        .when_absent = "none",
        .doc = "By kind of device."},
       {.key = "groups", .type = Type::any, .doc = "As the fault says."}}};
  return kTopology;
}

TEST(Schema, prints_a_reference) {
  EXPECT_EQ(markdown(topology()),
            "### topology\n\n"
            "Where things are.\n\n"
            "| key | value | default | meaning |\n"
            "|---|---|---|---|\n"
            "| `links` | list of link | none | Overrides. |\n"
            "| `access` | map from names to name | none | By kind of device. |\n"
            "| `groups` | as described | required | As the fault says. |\n\n"
            "### link\n\n"
            "One pair of regions.\n\n"
            "| key | value | default | meaning |\n"
            "|---|---|---|---|\n"
            "| `between` | list of name | required | The two ends. |\n"
            "| `jitter` | duration, ..10s | `0s` | Added to each packet, uniformly. |\n"
            "| `tries` | integer, 1..9 | for ever | At most this often. |\n"
            "| `queue` | one of `drop-tail`, `on`, `off` | `drop-tail` | What a full link "
            "\"does\". |\n\n");
}

TEST(Schema, prints_json_schema) {
  EXPECT_EQ(json_schema(link()),
            R"({"title":"link","description":"One pair of regions.","type":"object",)"
            R"("additionalProperties":false,"required":["between"],"properties":{)"
            R"("between":{"description":"The two ends.","anyOf":[{"type":["string","integer"],)"
            R"("pattern":"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"},{"type":"array","items":{"type":)"
            R"(["string","integer"],"pattern":"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"}}]},)"
            R"("jitter":{"description":"Added to each packet, uniformly. Range: ..10s.",)"
            R"("default":"0s","type":"string",)"
            R"("pattern":"^-?(0|[1-9][0-9]*)(\\.[0-9]+)?(ns|us|ms|s|m|h|d)$"},)"
            R"("tries":{"description":"At most this often. Range: 1..9.","type":"integer",)"
            R"("minimum":1,"maximum":9},)"
            R"("queue":{"description":"What a full link \"does\".","default":"drop-tail",)"
            R"("enum":["drop-tail","on",true,"off",false]}}})");
}

TEST(Schema, nests_json_schema) {
  const std::string json = json_schema(topology());
  EXPECT_NE(
      json.find(R"("links":{"description":"Overrides.","type":"array","items":{"title":"link")"),
      std::string::npos)
      << json;
  EXPECT_NE(json.find(R"("access":{"description":"By kind of device.","type":"object",)"
                      R"("additionalProperties":{"type":)"),
            std::string::npos)
      << json;
  EXPECT_NE(json.find(R"("groups":{"description":"As the fault says."})"), std::string::npos)
      << json;
}

TEST(Schema, splits_choices) {
  using Words = std::vector<std::string_view>;
  EXPECT_EQ(choices({.range = "async | semi-sync|sync"}), (Words{"async", "semi-sync", "sync"}));
  EXPECT_EQ(choices({.range = "on"}), (Words{"on"}));
  EXPECT_EQ(choices({.range = "a |"}), (Words{"a", ""}));
  EXPECT_EQ(choices({.range = ""}), (Words{""}));
}

TEST(Schema, finds_no_fault_with_good_ones) {
  EXPECT_EQ(faults_of(topology()), std::vector<std::string>{});
}

TEST(Schema, finds_its_own_faults) {
  struct Case {
    Field field;
    std::string_view fault;
  };
  const std::vector<Case> cases{
      {{.key = "k"}, "s.k: no doc"},
      {{.key = "k", .default_text = "a", .when_absent = "b", .doc = "D."},
       "s.k: both a default and words for absence"},
      {{.key = "k", .type = Type::integer, .range = "1-9", .doc = "D."},
       "s.k: range: '1-9' has no '..'"},
      {{.key = "k", .type = Type::integer, .range = "9..1", .doc = "D."},
       "s.k: range: '9..1' is empty"},
      {{.key = "k", .type = Type::duration, .range = "1..2", .doc = "D."},
       "s.k: range: '1' has no unit"},
      {{.key = "k", .type = Type::duration, .default_text = "5", .doc = "D."},
       "s.k: default: '5' has no unit"},
      {{.key = "k", .type = Type::duration, .range = "1s..", .default_text = "1ms", .doc = "D."},
       "s.k: default: '1ms' is out of range"},
      {{.key = "k", .type = Type::duration, .default_text = "-1ms", .doc = "D."},
       "s.k: default: '-1ms' is out of range"},
      {{.key = "k", .type = Type::choice, .range = "a", .doc = "D."},
       "s.k: range: a choice needs two words or more, joined by '|'"},
      {{.key = "k", .type = Type::choice, .range = "a | | b", .doc = "D."},
       "s.k: range: an empty word"},
      {{.key = "k", .type = Type::choice, .range = "a | b", .default_text = "c", .doc = "D."},
       "s.k: default: 'c' is none of the choices"},
      {{.key = "k", .type = Type::name, .default_text = "a b", .doc = "D."},
       "s.k: default: 'a b' is not a name"},
      {{.key = "k", .type = Type::boolean, .default_text = "yes", .doc = "D."},
       "s.k: default: 'yes' is no boolean"},
      {{.key = "k", .type = Type::text, .range = "1..2", .doc = "D."},
       "s.k: range: this type has none"},
      {{.key = "k", .type = Type::section, .default_text = "x", .doc = "D."},
       "s.k: default: a map has none"},
      {{.key = "k", .type = Type::text, .shape = Shape::list, .default_text = "x", .doc = "D."},
       "s.k: lists and maps have no default; say `when_absent`"},
      {{.key = "k", .type = Type::text, .doc = "D.", .of = &link()}, "s.k: `of` is for sections"}};
  for (const auto& [field, fault] : cases)
    EXPECT_EQ(faults_of({"s", "A schema.", {field}}), std::vector<std::string>{std::string(fault)});
  EXPECT_EQ(faults_of({"", "", {}}),
            (std::vector<std::string>{": a schema needs a name", ": no doc"}));
  const Field twice{.key = "k", .doc = "D."};
  EXPECT_EQ(faults_of({"s", "A schema.", {twice, twice}}),
            std::vector<std::string>{"s.k: the key is there twice"});
}

TEST(Schema, notices_that_it_is_within_itself) {
  Schema loop{"loop", "Round.", {}};
  loop.fields.push_back({.key = "k", .type = Type::section, .doc = "D.", .of = &loop});
  ASSERT_FALSE(faults_of(loop).empty());
  EXPECT_EQ(faults_of(loop).back(), "loop: a schema within itself");
}

TEST(Schema, can_be_one_of_several) {
  const Schema cut{"cut", "A partition.", {{.key = "cut", .type = Type::any, .doc = "Groups."}}};
  const Schema heal{"heal", "Its end.", {{.key = "heal", .type = Type::name, .doc = "Which."}}};
  const Schema fault{"fault", "What goes wrong.", {}, {&cut, &heal}};
  EXPECT_EQ(faults_of(fault), std::vector<std::string>{});
  EXPECT_TRUE(markdown(fault).starts_with("### fault\n\nWhat goes wrong.\n\n\n### cut\n"));
  EXPECT_NE(markdown(fault).find("### heal\n"), std::string::npos);
  const std::string json = json_schema(fault);
  EXPECT_TRUE(json.starts_with(R"({"title":"fault","description":"What goes wrong.","oneOf":[{)"))
      << json;
  EXPECT_NE(json.find(R"({"title":"heal",)"), std::string::npos) << json;

  const Schema nameless{"mend", "Its end.", {{.key = "heal", .type = Type::name, .doc = "Which."}}};
  EXPECT_EQ(faults_of({"fault", "What goes wrong.", {}, {&nameless}}),
            std::vector<std::string>{"fault.mend: an alternative needs a key of its own name"});
  EXPECT_EQ(faults_of({"fault", "What goes wrong.", cut.fields, {&cut}}),
            std::vector<std::string>{"fault: both fields and alternatives"});
}

}  // namespace
}  // namespace cleave
