// Values of EDN and JSON, one by one.
#include "sim/exchange/form_reader.h"

#include "tests/exchange/reading.h"

#include <gtest/gtest.h>

namespace cleave::exchange {
namespace {

std::string repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i)
    all += text;
  return all;
}

struct Case {
  Dialect dialect;
  std::string text;
  std::string value;  // as EDN writes it, or what is wrong
};

std::string read(Dialect dialect, const std::string& text, std::size_t block, bool skips = false) {
  TextReader reader(blocks_of(text, block));
  Names names;
  FormReader forms(reader, dialect, names);
  Forms read;
  try {
    if (skips)
      forms.skip();
    else
      forms.read(read);
    if (forms.next() != TextReader::kEnd) reader.fail_here("no more");
  } catch (const Malformed& malformed) {
    return std::to_string(malformed.place.line) + ":" + std::to_string(malformed.place.column) +
           ": " + malformed.mistake.found + "; expected " + malformed.mistake.expected;
  }
  return skips ? "" : FormView(read, 0).text(names);
}

class FormReaderTest : public ::testing::TestWithParam<Case> {};

TEST_P(FormReaderTest, reads_a_value_however_it_is_cut_into_blocks) {
  const auto& [dialect, text, value] = GetParam();
  EXPECT_EQ(read(dialect, text, 1 << 20), value) << text;
  EXPECT_EQ(read(dialect, text, 1), value) << text;
}

constexpr Dialect kEdn = Dialect::edn;
constexpr Dialect kJson = Dialect::json;

INSTANTIATE_TEST_SUITE_P(
    , FormReaderTest,
    ::testing::Values(
        Case{kEdn, "7", "7"}, Case{kEdn, "-7", "-7"}, Case{kEdn, "+7", "7"}, Case{kEdn, "0", "0"},
        Case{kEdn, "-0", "0"}, Case{kEdn, "42N", "42"},
        Case{kEdn, "4611686018427387904", "4611686018427387904"},
        Case{kEdn, "123456789012345678901234567890N", "123456789012345678901234567890"},
        Case{kEdn, "1.5", "1.5"}, Case{kEdn, "-1.5e-3", "-0.0015"}, Case{kEdn, "2.50M", "2.5M"},
        // One text for each number.
        Case{kEdn, "1.0", "1.0"}, Case{kEdn, "1.00", "1.0"}, Case{kEdn, "10e-1", "1.0"},
        Case{kEdn, "1e2", "100.0"}, Case{kEdn, "0.1e1", "1.0"}, Case{kEdn, "0.50", "0.5"},
        Case{kEdn, "-0.0", "0.0"}, Case{kEdn, "1e300", "1e300"}, Case{kEdn, "12e-40", "12e-40"},
        Case{kEdn, "1e99999999999", "1e99999999999"}, Case{kEdn, "1.0M", "1.0M"},
        Case{kJson, "1.0", "1"}, Case{kJson, "1e2", "100"}, Case{kJson, "1.50", "1.5"},
        Case{kEdn, "1/2", "1/2"}, Case{kEdn, "nil", "nil"}, Case{kEdn, "true", "true"},
        Case{kEdn, ":a.b/c", ":a.b/c"}, Case{kEdn, "sym-bol", "sym-bol"}, Case{kEdn, "-", "-"},
        Case{kEdn, "\"a b\"", "a b"}, Case{kEdn, R"("\"\\\n\t")", "\"\\\n\t"},
        Case{kEdn, R"("\u00e9\u20ac\ud83d\ude00")", "é€😀"}, Case{kEdn, R"("\ud83d.")", "\ufffd."},
        Case{kEdn, "\"a\nb\"", "a\nb"}, Case{kEdn, "\\newline", "\\newline"},
        Case{kEdn, "\\,", "\\,"}, Case{kEdn, "\\a", "\\a"},
        Case{kEdn, " ,\n[1, [2 (3)],,4]", "[1 [2 [3]] 4]"}, Case{kEdn, "()", "[]"},
        Case{kEdn, "#{1 2}", "#{1 2}"}, Case{kEdn, "{:a 1, :b [2]}", "{:a 1 :b [2]}"},
        Case{kEdn, "; what?\n1 ; the end", "1"}, Case{kEdn, "[1 #_ [2 3] 4 #_5]", "[1 4]"},
        Case{kEdn, "#_ #_ 1 2 3", "3"}, Case{kEdn, "#inst \"1985\"", "1985"},
        Case{kEdn, "#jepsen.history.Op{:index 1}", "{:index 1}"}, Case{kEdn, "[#a #b 1]", "[1]"},
        Case{kJson, "-12", "-12"}, Case{kJson, "null", "nil"}, Case{kJson, "1.5E+2", "150"},
        Case{kJson, R"("a\/\u0041")", "a/A"},
        Case{kJson, R"( {"a" : [1, true, null], "b": {}} )", "{a [1 true nil] b {}}"},
        Case{kJson, "[ ]", "[]"},
        // what is wrong
        Case{kEdn, "", "1:1: the text ends; expected a value"},
        Case{kEdn, "[1 2", "1:5: the text ends; expected ']'"},
        Case{kEdn, "[1\n (2", "2:4: the text ends; expected ')'"},
        Case{kEdn, "[1 }", "1:4: found '}'; expected a value"},
        Case{kEdn, "]", "1:1: found ']'; expected a value"},
        Case{kEdn, "{:a}", "1:2: a map has a key without a value; expected a value for each key"},
        Case{kEdn, "\"ab", "1:1: a string does not end; expected '\"'"},
        Case{kEdn, R"("é\q")",
             "1:3: found an unknown escape in a string; expected one of "
             R"(\" \\ \n \t \uXXXX)"},
        Case{kEdn, "\"é\" é\n é\x94", "1:5: found 'é'; expected no more"},
        Case{kEdn, "[\x94\"é", "1:2: a string does not end; expected '\"'"},
        Case{kEdn, R"("\u12x4")", "1:6: found 'x4'; expected four hexadecimal digits after \\u"},
        Case{kEdn, "12ab", "1:1: found '12ab'; expected a number"},
        Case{kEdn, "007", "1:1: found '007'; expected a number"},
        Case{kEdn, "1.", "1:1: found '1.'; expected a number"},
        Case{kEdn, "#", "1:1: found '#'; expected a tag, a set or #_"},
        Case{kEdn, "[1 #_]", "1:6: found ']'; expected a value"},
        Case{kEdn, "#_", "1:1: found #_ at the end; expected a value"},
        Case{kEdn, "#tag", "1:1: found a tag at the end; expected a value"},
        Case{kEdn, "1 2", "1:3: found '2'; expected no more"},
        Case{kEdn, std::string(200, '['),
             "1:102: found more than 100 brackets in each other; expected a history"},
        Case{kEdn, repeated("#_ ", 100'000),
             "1:301: found more than 100 #_ in each other; expected a history"},
        Case{kEdn, repeated("#a ", 100'000), "1:299998: found a tag at the end; expected a value"},
        Case{kJson, "[1 2]", "1:4: found '2'; expected ',' or ']'"},
        Case{kJson, "[1,]", "1:4: found a comma before ']'; expected a value after it"},
        Case{kJson, "[,1]", "1:2: found ',1'; expected a value"},
        Case{kJson, "{\"a\" 1}", "1:6: found '1'; expected ':' between a key and its value"},
        Case{kJson, "{a: 1}", "1:2: found 'a:'; expected a key in double quotes"},
        Case{kJson, "nil", "1:1: found 'nil'; expected a value"},
        Case{kJson, "'a'", "1:1: found ''a''; expected a value"},
        Case{kJson, "+1", "1:1: found '+1'; expected a value"},
        Case{kJson, "01", "1:1: found '01'; expected a number"},
        Case{kJson, "[1] ; so", "1:5: found ';'; expected no more"},
        Case{kJson, "\"a\nb\"",
             "1:3: found a control character in a string; expected an escape such as \\n"}),
    [](const auto& tested) {
      return (tested.param.dialect == kEdn ? "edn_" : "json_") + std::to_string(tested.index);
    });

TEST(FormReader, passes_by_what_nobody_wants_without_looking_closely) {
  for (const std::string text : {"#object[java.lang.Foo 0x7f \"so\"]", "[007 {:a \\} \"]\"} #{1}]",
                                 "\"\\\"\"", ":a", "\\newline", "#{1}"})
    EXPECT_EQ(read(kEdn, text, 1, true), "") << text;
  EXPECT_EQ(read(kEdn, "[1", 1, true), "1:3: the text ends; expected ']'");
  EXPECT_EQ(read(kEdn, "", 1, true), "1:1: the text ends; expected a value");
}

TEST(FormReader, tells_a_text_from_a_number_and_nil) {
  Names names;
  const Forms forms = forms_of_text("[7 \"7\" nil \"nil\"]", names);
  const FormView list(forms, 0);
  EXPECT_EQ(list[0].value(names), integer(7));
  EXPECT_NE(list[1].value(names), integer(7));
  EXPECT_TRUE(list[2].is_nil());
  EXPECT_FALSE(list[3].is_nil());
}

}  // namespace
}  // namespace cleave::exchange
