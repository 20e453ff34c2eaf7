// Reports of runs that never were, byte by byte. To change one on purpose: run this test with
// CLEAVE_WRITE_GOLDEN=1 and look at what git says.
#include "sim/report/json.h"
#include "sim/report/junit.h"
#include "sim/report/text.h"
#include "tests/report/sample.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

namespace cleave {
namespace {

const std::string kFolder = "tests/report/golden/";  // tests run at the root of the sources

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void expect_golden(const std::string& name, const std::string& text) {
  if (std::getenv("CLEAVE_WRITE_GOLDEN") != nullptr)
    std::ofstream(kFolder + name, std::ios::binary) << text;
  EXPECT_EQ(content(kFolder + name), text) << "in " << kFolder << name;
}

TextOptions options(int columns, Charset charset, Ink ink) {
  TextOptions options;
  options.columns = columns;
  options.charset = charset;
  options.ink = ink;
  return options;
}

TEST(Golden, text) {
  const TextOptions plain = options(80, Charset::utf8, Ink::plain);
  expect_golden("two_coasts.txt", text_report(sample::two_coasts(), plain));
  expect_golden("trouble.txt", text_report(sample::trouble(), plain));
  expect_golden("calm.txt", text_report(sample::calm(), plain));
  expect_golden("comparison.txt", text_comparison(sample::comparison(), plain));
}

TEST(Golden, text_in_colour_and_in_ascii) {
  expect_golden("two_coasts_colour.txt",
                text_report(sample::two_coasts(), options(80, Charset::utf8, Ink::colour)));
  expect_golden("trouble_ascii.txt",
                text_report(sample::trouble(), options(100, Charset::ascii, Ink::plain)));
}

TEST(Golden, json) {
  expect_golden("two_coasts.json", json_report(sample::two_coasts()));
  expect_golden("trouble.json", json_report(sample::trouble()));
  expect_golden("comparison.json", json_comparison(sample::comparison()));
}

TEST(Golden, junit) {
  expect_golden("trouble.xml", junit_report({sample::trouble()}));
  expect_golden("comparison.xml", junit_report(sample::comparison()));
}

}  // namespace
}  // namespace cleave
