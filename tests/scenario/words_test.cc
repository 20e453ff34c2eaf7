#include "sim/scenario/words.h"

#include "sim/check/judges.h"
#include "sim/scenario/engines.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace cleave {
namespace {

TEST(Words, have_no_faults) {
  EXPECT_EQ(faults_of(scenario_words()), std::vector<std::string>{});
}

TEST(Words, of_engines_have_no_faults) {
  ASSERT_FALSE(engines().empty());
  for (const models::store::Engine& engine : engines())
    EXPECT_EQ(faults_of(engine.options), std::vector<std::string>{});
}

TEST(Words, name_every_judge) {
  std::set<std::string_view> words;
  for (const Schema* one : expect_words().one_of)
    words.insert(one->name);
  for (const JudgeInfo& judge : judges())
    EXPECT_TRUE(words.contains(judge.name)) << judge.name;
}

TEST(Words, name_every_verb) {
  ASSERT_EQ(fault_words().one_of.size(), all_verbs().size());
  for (const Verb verb : all_verbs())
    EXPECT_EQ(verb_words(verb).name, to_string(verb));
}

TEST(Words, make_the_reference_page) {
  const std::string path = "docs/scenario-reference.md";
  const std::string page = reference_page();
  if (std::getenv("CLEAVE_UPDATE") != nullptr) std::ofstream(path) << page;
  std::ostringstream there;
  there << std::ifstream(path).rdbuf();
  EXPECT_TRUE(there.str() == page)
      << path << " is not what the schemas say: run this test with CLEAVE_UPDATE=1";
}

}  // namespace
}  // namespace cleave
