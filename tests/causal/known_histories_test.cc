// Histories that tell the levels apart, drawn from the definitions: for each the levels that it
// violates. Those that tell CC, CM, CCv and sequential consistency apart are of the kinds that
// Bouajjani, Enea, Guerraoui and Hamza (2017, figure 3) list.
#include "sim/check/causal/causal.h"
#include "tests/support/lanes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace cleave {
namespace {

using testing::lanes;

std::map<std::string, Level> levels_by_name() {
  return {{"CC", Level::causal},
          {"CM", Level::causal_memory},
          {"CCv", Level::causal_convergence},
          {"PRAM", Level::pram},
          {"RYW", Level::read_your_writes},
          {"MR", Level::monotonic_reads},
          {"MW", Level::monotonic_writes},
          {"WFR", Level::writes_follow_reads}};
}

struct Known {
  const char* name;
  std::vector<std::string> drawing;
  std::vector<std::string> violates;
  Model model = Model::cas_register;
};

class KnownHistory : public ::testing::TestWithParam<Known> {};

TEST_P(KnownHistory, violates_what_it_should) {
  const History history = lanes(GetParam().drawing);
  ASSERT_EQ(check_history(history), std::nullopt);
  for (const auto& [name, level] : levels_by_name()) {
    const bool bad = std::count(GetParam().violates.begin(), GetParam().violates.end(), name) > 0;
    const Finding finding = judge_causal(history, {GetParam().model, level, {}, {}});
    EXPECT_EQ(finding.word == Word::violated, bad) << name << ": " << finding.why;
    EXPECT_NE(finding.word, Word::undecided) << name << ": " << finding.why;
    EXPECT_EQ(finding.anomaly.empty(), !bad) << name;
    EXPECT_EQ(finding.witness.empty(), !bad) << name;
  }
}

INSTANTIATE_TEST_SUITE_P(
    , KnownHistory,
    ::testing::Values(
        Known{"sequential", {"|w 1|     |r 2|", "     |w 2|     |r 2|"}, {}},
        Known{"each_process_sees_the_other_last", {"|w 1|     |r 2|", "|w 2|     |r 1|"}, {"CCv"}},
        Known{"last_writer_wins_against_the_order_of_arrival",
              {"|w z=1| |w x=1| |w y=1|", "|w x=2| |r z=nil| |r y=1| |r x=2|"},
              {"CM", "PRAM"}},
        // b=2 came before b=1; so what its process wrote or read before did, too, early enough for
        // the read of d: see Sight.
        Known{"an_early_read_turns_out_wrong_through_what_was_read_again",
              {"|w d=1| |w a=1| |w b=1|", "|r d=1| |w d=2| |w a=2| |w b=2| |w c=1|",
               "|r a=1| |r d=1| |r b=1| |r a=1| |r c=1| |r b=1|"},
              {"CM"}},
        Known{"an_early_read_turns_out_wrong_through_a_third",
              {"|w d=1| |w b=1|", "|r d=1| |w d=2| |w e=1|", "|r e=1| |w b=2| |w c=1|",
               "|r b=1| |r d=1| |r c=1| |r b=1|"},
              {"CM"}},
        Known{"a_value_comes_back", {"|w 1|", "|w 2|   |r 1|   |r 2|"}, {"CM", "CCv", "PRAM"}},
        Known{"two_readers_disagree_for_good",
              {"|w 1|", "|w 2|", "      |r 1| |r 2|", "      |r 2| |r 1|"},
              {"CCv"}},
        Known{"stale_through_a_third",
              {"|w x=1|", "        |r x=1| |w y=1|", "                        |r y=1| |r x=nil|"},
              {"CC", "CM", "CCv", "WFR"}},
        Known{"overwritten_through_a_third",
              {"|w x=1| |w x=2|", "                |r x=2| |w y=1|",
               "                                |r y=1| |r x=1|"},
              {"CC", "CM", "CCv", "WFR"}},
        Known{"from_the_future", {"|r 1| |w 1|"}, {"CC", "CM", "CCv", "PRAM", "WFR"}},
        Known{"from_each_others_future",
              {"|r y=1| |w x=1|", "|r x=1| |w y=1|"},
              {"CC", "CM", "CCv", "WFR"}},
        Known{"long_fork",
              {"|w x=1|", "|w y=1|", "        |r x=1| |r y=nil|", "        |r y=1| |r x=nil|"},
              {}},
        Known{"store_buffer", {"|w x=1| |r y=nil|", "|w y=1| |r x=nil|"}, {}},
        Known{"lost_update", {"|r nil|      |w 1|", "   |r nil| |w 2|"}, {}},
        Known{"both_swaps_win", {"|cas nil 1|", "|cas nil 2|"}, {}},
        Known{"own_write_not_seen", {"|w x=1| |r x=nil|"}, {"CC", "CM", "CCv", "PRAM", "RYW"}},
        Known{
            "own_later_write_not_seen", {"|w 1| |w 2| |r 1|"}, {"CC", "CM", "CCv", "PRAM", "RYW"}},
        Known{"read_goes_back",
              {"|w 1| |w 2|", "      |r 2| |r 1|"},
              {"CC", "CM", "CCv", "PRAM", "MR"}},
        Known{"read_goes_back_to_nothing",
              {"|w 1|", "     |r 1| |r nil|"},
              {"CC", "CM", "CCv", "PRAM", "MR"}},
        Known{"later_write_seen_first",
              {"|w x=1| |w y=1|", "                |r y=1| |r x=nil|"},
              {"CC", "CM", "CCv", "PRAM", "MW"}},
        Known{"older_than_what_the_writer_replaced",
              {"|w x=1| |w x=2| |w y=1|", "                        |r y=1| |r x=1|"},
              {"CC", "CM", "CCv", "PRAM", "MW"}},
        Known{"what_was_replied_to_comes_back_once_more",
              {"|w x=1|", "        |r x=1| |w x=2|", "                   |r x=2| |r x=1|"},
              {"CC", "CM", "CCv"}},
        Known{"a_failed_write_is_read",
              {"|w 1!", "    |r 1|"},
              {"CC", "CM", "CCv", "PRAM", "RYW", "MR", "MW", "WFR"}},
        Known{"out_of_thin_air", {"|r 1|"}, {"CC", "CM", "CCv", "PRAM", "RYW", "MR", "MW", "WFR"}},
        Known{"an_unanswered_write_is_read", {"|w 1>", "    |r 1|"}, {}},
        Known{"an_unanswered_swap_must_have_found_what_it_expected",
              {"|w 1| |w 2| |cas 1 3>", "                  |r 3|"},
              {"CC", "CM", "CCv", "PRAM", "RYW"}},
        Known{"an_unanswered_swap_of_what_an_unanswered_swap_wrote",
              {"|w 1| |w 2| |cas 1 3>", "              |cas 3 4>", "                  |r 4|"},
              {"CC", "CM", "CCv", "PRAM", "RYW"}},
        Known{"an_unanswered_swap_of_nothing",
              {"|cas 9 3>", "     |cas 3 4>", "            |r 4|"},
              {"CC", "CM", "CCv", "PRAM", "RYW", "MR", "MW", "WFR"}},
        Known{"an_unanswered_swap_need_not_have_happened", {"|w 1| |w 2| |cas 1 3>", "|r 1|"}, {}},
        Known{"unknown_answers_say_nothing", {"|w 1| |r ?|"}, {}},
        Known{"half_of_an_atomic_write",
              {"|t w x=1; w y=1|", "                  |t r x=1; r y=nil|"},
              {"CC", "CM", "CCv", "PRAM"},
              Model::multi_register},
        Known{"two_atomic_writes_mixed",
              {"|t w x=1; w y=1|", "|t w x=2; w y=2|", "                  |t r x=1; r y=2|"},
              {"CC", "CM", "CCv", "PRAM"},
              Model::multi_register},
        Known{"not_what_it_just_wrote_itself",
              {"|t w x=1; r x=2|", "|w x=2|"},
              {"CC", "CM", "CCv", "PRAM", "RYW", "MR", "MW", "WFR"},
              Model::multi_register}),
    [](const auto& known) { return known.param.name; });

}  // namespace
}  // namespace cleave
