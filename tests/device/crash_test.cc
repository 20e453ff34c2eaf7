// Small scope, exhaustively: two people with two devices each exchange five messages. Each node, be
// it a device, a server or a replica of a store, crashes before and after each event that it
// handles, in a copy of the World, and starts again later.
#include "tests/device/quick_chat.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace cleave {
namespace {

struct CrashRow {
  const char* name;
  std::uint8_t ordering;  // number
  bool raft;
  Verb crash;
  Duration down;
  std::set<Bug> bugs{};
};

Chat five_messages(const CrashRow& row) {
  Chat chat = quick_chat({row.ordering, row.raft, row.bugs});
  const Texts both{"ana", "bo"};
  const MessageNumber one = chat.line(1500_ms, "ana/phone", both, "one");
  chat.line(1510_ms, "ana/laptop", both, "two");
  const MessageNumber three = chat.line(1500_ms, "bo/phone", both, "three", one);
  chat.line(1600_ms, "bo/laptop", both, "four");
  chat.line(1500_ms, "ana/phone", both, "five", three);
  return chat;
}
constexpr Time kFrom = Time{} + 1490_ms;
constexpr Time kTo = Time{} + 2300_ms;

// What must be true in the end, whatever crashed.
std::string wrong_in(const Chat& chat) {
  if (chat.lab.world.failure()) return "model bug: " + chat.lab.world.failure()->what;
  if (!chat.watch.shown_twice.empty()) return "a message is shown twice";
  const Texts expected = chat.shown("ana/phone");
  for (const auto& [number, text] : chat.texts)
    if (std::count(expected.begin(), expected.end(), text) != 1)
      return "\"" + text + "\" is not shown by who wrote it, or who gets it";
  for (const std::string& device : chat.device_names())
    if (chat.shown(device) != expected) return device + " does not show what others show";
  for (const auto& [number, text] : chat.texts) {
    const std::string_view writer = chat.lab.world.name(number.device());
    if (!chat.stated(facts::kMessageAccepted, number, std::string(writer)))
      return "\"" + text + "\" was never accepted";
    const std::uint32_t other = writer.starts_with("ana") ? 1 : 0;
    for (const std::string& device : chat.device_names()) {
      if (device.starts_with("ana") != writer.starts_with("ana")) continue;
      if (chat.device(device).disk.status({number, other}) != MessageStatus::read)
        return device + " does not know that \"" + text + "\" was read";
    }
  }
  auto judged = chat.wrong(8_s);
  // No promise of the clocks of mailboxes.
  if (models::ordering::policy_of(chat.options.ordering).stamped) judged.erase("causal-order");
  if (!judged.empty()) return judged.begin()->first + ": " + judged.begin()->second;
  return {};
}

std::string crash_and_go_on(Chat branch, const std::string& who, const CrashRow& row) {
  const std::string at = " at event " + std::to_string(branch.lab.world.event().value);
  branch.begin(row.crash, {{who}});
  branch.lab.world.run_until(branch.lab.world.now() + row.down, &branch.watch);
  branch.restart(who);
  branch.lab.world.run_until(branch.lab.world.now() + 9_s, &branch.watch);
  const std::string wrong = wrong_in(branch);
  return wrong.empty() ? wrong : wrong + ": " + who + " crashed" + at;
}

struct Search {
  std::string wrong;  // the first thing that is
  std::set<std::string> crashed;
  std::size_t branches = 0;
};

Search crash_at_each_event(const CrashRow& row) {
  Search search;
  Chat chat = five_messages(row);
  chat.run_until(Duration{kFrom.ns});
  const auto crash = [&](const std::string& who) {
    if (!search.wrong.empty()) return;
    ++search.branches;
    search.crashed.insert(who);
    search.wrong = crash_and_go_on(chat, who, row);
  };
  while (search.wrong.empty()) {
    const std::optional<NodeId> handler = models::store::next_handler(chat.lab, kTo);
    if (!handler) break;
    const std::string who(chat.lab.world.name(*handler));
    crash(who);
    chat.lab.world.step(kTo, &chat.watch);
    crash(who);
  }
  return search;
}

class CrashAtEachEvent : public ::testing::TestWithParam<CrashRow> {};

TEST_P(CrashAtEachEvent, loses_nothing_shows_nothing_twice_and_all_agree) {
  const Search search = crash_at_each_event(GetParam());
  EXPECT_EQ(search.wrong, "");
  EXPECT_GE(search.crashed.size(), 4u + 6 + 5) << "devices, servers and replicas that matter";
  EXPECT_GT(search.branches, 3000u);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, CrashAtEachEvent,
    ::testing::Values(CrashRow{"timestamp_raft_short", 1, true, Verb::lose_unsynced, 60_ms},
                      CrashRow{"timestamp_raft_long", 1, true, Verb::torn_write, 1500_ms},
                      CrashRow{"causal_raft", 0, true, Verb::crash, 500_ms},
                      CrashRow{"causal_backup", 0, false, Verb::lose_unsynced, 500_ms},
                      CrashRow{"timestamp_backup", 1, false, Verb::crash, 60_ms}),
    [](const auto& test) { return test.param.name; });

// What the search is for: it finds these.
class CrashFinds : public ::testing::TestWithParam<CrashRow> {};

TEST_P(CrashFinds, the_planted_bug) {
  EXPECT_NE(crash_at_each_event(GetParam()).wrong, "");
}

INSTANTIATE_TEST_SUITE_P(
    Rows, CrashFinds,
    ::testing::Values(
        CrashRow{"acknowledge_before_durable",
                 1,
                 true,
                 Verb::lose_unsynced,
                 500_ms,
                 {Bug::acknowledge_before_durable}},
        CrashRow{"show_repeats", 1, true, Verb::lose_unsynced, 500_ms, {Bug::show_repeats}}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace cleave
