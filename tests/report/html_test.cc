// The page against the text report and the recording that it is made of: it names what they name,
// whatever the run, and stays small.
#include "sim/report/html.h"

#include "sim/explore/fates.h"
#include "sim/explore/losses.h"
#include "sim/report/html_page.h"
#include "sim/report/phrases.h"
#include "sim/report/text.h"
#include "sim/report/typography.h"
#include "tests/draw/recordings.h"
#include "tests/draw/xml.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <string>

namespace cleave {
namespace {

Recorded recorded(const std::string& file, const std::string& configuration = "") {
  RecordingRequest request = request_of(load_file(file));
  request.configuration = configuration;
  return record(request);
}

std::string page_of(Recorded& run) {
  return html_report(run.recording->result, *run.recording, run.timeline);
}

// What a reader sees: no tags, no style, entities as characters.
std::string seen(const std::string& page) {
  std::string text;
  const std::size_t style_end = page.find("</style>");
  for (std::size_t at = page.find("<title>"); at < page.size();) {
    if (at < style_end && page.compare(at, 7, "<style>") == 0) at = style_end;
    if (page[at] == '<') {
      at = page.find('>', at) + 1;
      text += ' ';
      continue;
    }
    bool entity = false;
    for (const auto& [name, c] : {std::pair<std::string, char>{"&amp;", '&'},
                                  {"&lt;", '<'},
                                  {"&gt;", '>'},
                                  {"&quot;", '"'}})
      if (!entity && page.compare(at, name.size(), name) == 0) {
        text += c;
        at += name.size();
        entity = true;
      }
    if (!entity) text += page[at++];
  }
  return text;
}

const Recorded& tutorial() {
  static const Recorded run = recorded("scenarios/tutorial/01-first-cut.yaml");
  return run;
}
const Recorded& github() {
  static const Recorded run = recorded("scenarios/incidents/github-2018.yaml");
  return run;
}

TEST(Html, is_well_formed) {
  for (Recorded run : {tutorial(), github()})
    EXPECT_EQ(draw::trouble_with_xml(page_of(run)), "");
}

TEST(Html, needs_nothing_but_itself) {
  Recorded run = tutorial();
  std::string page = page_of(run);
  const std::string name_space = "xmlns=\"http://www.w3.org/2000/svg\"";
  for (std::size_t at = page.find(name_space); at != std::string::npos; at = page.find(name_space))
    page.erase(at, name_space.size());
  for (const char* asks : {"http:", "https:", "<script", "@import", "src=", "<link"})
    EXPECT_EQ(page.find(asks), std::string::npos) << asks;
}

TEST(Html, has_the_same_bytes_for_the_same_run) {
  Recorded once = recorded("scenarios/tutorial/01-first-cut.yaml");
  Recorded again = recorded("scenarios/tutorial/01-first-cut.yaml");
  again.timeline.seek(Time{3'000'000'000});  // wherever somebody left it
  EXPECT_EQ(page_of(once), page_of(again));
}

// Every id once, and every pattern that a picture asks for is one of them.
TEST(Html, names_its_pictures_apart) {
  Recorded run = github();
  const std::string page = page_of(run);
  std::set<std::string> ids;
  for (std::size_t at = page.find(" id=\""); at != std::string::npos;
       at = page.find(" id=\"", at + 1))
    EXPECT_TRUE(ids.insert(page.substr(at + 5, page.find('"', at + 5) - at - 5)).second)
        << page.substr(at, 40);
  EXPECT_GE(ids.size(), 6u);
  for (std::size_t at = page.find("url(#"); at != std::string::npos;
       at = page.find("url(#", at + 1))
    EXPECT_TRUE(ids.contains(page.substr(at + 5, page.find(')', at) - at - 5)));
}

TEST(Html, stays_below_five_megabytes_for_a_hundred_thousand_messages) {
  Recorded run = recorded("scenarios/incidents/github-2018.yaml", "fenced");
  ASSERT_GT(run.recording->trace.messages().size(), 100'000u);
  EXPECT_LT(page_of(run).size(), 5'000'000u);
}

// Word by word what the text report says, but for its layout: the picture, what is cut to fit.
TEST(Html, names_everything_that_the_text_report_names) {
  for (Recorded run : {tutorial(), github()}) {
    const RunResult& result = run.recording->result;
    const std::string page = seen(page_of(run));
    const auto expect = [&](const std::string& what) {
      EXPECT_NE(page.find(what), std::string::npos) << "not in the page: " << what;
    };
    expect(result.scenario);
    expect("seed " + std::to_string(result.seed));
    expect(counted(result.events, "event", "events"));
    expect(to_hex(result.digest));
    expect(std::string(meaning(result.status)));
    expect(replay_command(result, "cleave", first_break(result)->at));
    for (const StoreResult& store : result.stores) {
      expect(store.name);
      expect(store.engine);
      expect(places(store.replicas, "replica", "replicas"));
      expect(grouped(store.curve.peak));
      expect(ending(result, store));
      if (store.lost_acknowledged > 0) expect(grouped(store.lost_acknowledged) + " of the ");
    }
    for (const ClientGroup& group : result.clients)
      expect(group.name);
    for (const FaultResult& fault : result.faults) {
      expect(fault.fault.name);
      expect(deed(fault.fault));
      expect(effect(fault));
      expect(when(fault));
    }
    for (const AvailabilityRow& row : result.availability) {
      expect(window_name(result, row.window));
      expect(time_span(row.window));
      expect(percentage(served(row), operations(row)));
    }
    for (const LatencyRow& row : result.latency) {
      expect(row.operation);
      for (const Duration d : {row.p50, row.p99, row.p999})
        expect(rounded(d));
    }
    for (const ExpectationResult& expectation : result.expectations) {
      expect(expectation.name);
      expect(expectation.verdict.why);
    }
  }
}

TEST(Html, says_which_acknowledged_writes_were_lost_and_why) {
  Recorded run = github();
  const std::string page = seen(page_of(run));
  const std::vector<Loss> causes = losses(*run.recording);
  ASSERT_EQ(causes.size(), 1u);
  EXPECT_NE(page.find(sentence(*run.recording, causes[0])), std::string::npos);
  const std::vector<Fate> fates = lost_writes(*run.recording, 1);
  EXPECT_NE(page.find(fates[0].story), std::string::npos);
}

TEST(Html, says_so_where_there_is_nothing_to_show) {
  Recorded run = record(request_of(load_text("test.yaml", draw::calm_scenario())));
  const std::string page = seen(page_of(run));
  for (const char* words : {"never apart", "The scenario expects nothing",
                            "None: nothing goes wrong", "Nothing broke."})
    EXPECT_NE(page.find(words), std::string::npos) << words;
}

TEST(Html, says_when_the_recording_was_full) {
  RecordingRequest request = request_of(load_text("test.yaml", draw::crash_scenario()));
  request.budget.bytes = 20'000;
  Recorded run = record(request);
  ASSERT_GT(run.recording->trace.left_out(), 0u);
  const std::string page = page_of(run);
  EXPECT_NE(page.find("The recording was full"), std::string::npos);
  EXPECT_EQ(draw::trouble_with_xml(page), "");
}

TEST(Html, escapes_what_people_write) {
  std::string text = draw::crash_scenario();
  text.replace(text.find("A crash"), 7, "'<b>&\"\"'");
  Recorded run = record(request_of(load_text("a<b>.yaml", text)));
  const std::string page = page_of(run);
  EXPECT_EQ(draw::trouble_with_xml(page), "");
  EXPECT_EQ(page.find("<b>"), std::string::npos);
}

TEST(Html, ends_long_tables_and_says_so) {
  HtmlPage page;
  draw::Table table{"", {"number"}, {}};
  for (std::size_t i = 0; i < HtmlPage::kMostRows + 3; ++i)
    table.rows.push_back({"row" + std::to_string(i)});
  page.section("Long");
  page.table(table);
  const std::string text = std::move(page).text({});
  EXPECT_NE(text.find("row399<"), std::string::npos);
  EXPECT_EQ(text.find("row400<"), std::string::npos);
  EXPECT_NE(text.find("and 3 more rows"), std::string::npos);
}

TEST(Html, sets_numbers_to_the_right_and_words_to_the_left) {
  HtmlPage page;
  page.section("Numbers");
  page.table({"",
              {"name", "count", "mixed"},
              {{"a", "12", "3 of them all, and then some"}, {"b", "-", "none"}}});
  const std::string text = std::move(page).text({});
  EXPECT_NE(text.find("<td>a</td><td class=\"n\">12</td><td>3 of them"), std::string::npos) << text;
}

}  // namespace
}  // namespace cleave
