// A conversation as a line of text, told to a judge: "a sends a1 to b; b stores a1; b shows a1".
// Devices are letters; a and A are ana's, b and B bo's, c and C cy's. Each step is an event of its
// own, a second after the one before, or at the time that `@12` says.
#pragma once
#include "sim/trace/checker.h"
#include "sim/trace/messaging_facts.h"

#include <gtest/gtest.h>

#include <array>
#include <cctype>
#include <cstdint>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace cleave::conversation::test {

inline constexpr std::string_view kLetters = "?aAbBcC";
inline NodeId device(char letter) {
  return {static_cast<std::uint32_t>(kLetters.find(letter))};
}
inline std::uint32_t person(char letter) {
  return static_cast<std::uint32_t>(std::string_view("abc").find(
      static_cast<char>(std::tolower(static_cast<unsigned char>(letter)))));
}
inline std::map<NodeId, std::uint32_t> persons() {
  std::map<NodeId, std::uint32_t> all;
  for (const char letter : kLetters.substr(1))
    all[device(letter)] = person(letter);
  return all;
}
inline std::uint64_t message(const std::string& name) {  // "a1"
  return MessageNumber::of(device(name[0]), static_cast<std::uint32_t>(std::stoul(name.substr(1))))
      .value;
}

class Talk {
 public:
  Talk(Checker& judge, const std::string& text) : judge_(judge) {
    std::stringstream steps(text);
    for (std::string step; std::getline(steps, step, ';');)
      tell(step);
  }
  Verdict verdict() {
    static const std::array<std::string, 7> kNames{
        "?", "ana/phone", "ana/laptop", "bo/phone", "bo/laptop", "cy/phone", "cy/laptop"};
    const DivergenceLedger ledger;
    return judge_.finish({now_, event_, ledger, {}, kNames});
  }

 private:
  void tell(const std::string& step) {
    std::stringstream stream(step);
    std::vector<std::string> words;
    for (std::string word; stream >> word;)
      words.push_back(word);
    if (words.empty()) return;
    event_ = {event_.value + 1};
    if (words[0][0] == '@') {
      now_ = Time{std::stoll(words[0].substr(1)) * 1'000'000'000};
      words.erase(words.begin());
      if (words.empty()) return;
    } else {
      now_ = now_ + Duration{1'000'000'000};
    }
    if (words[0] == "fault") return fault(words[1]);
    const NodeId who = device(words[0][0]);
    if (words[1] == "up" || words[1] == "down") {
      const auto phase = words[1] == "up" ? NodeMark::Phase::up : NodeMark::Phase::down;
      return judge_.on(NodeMark{now_, event_, who, phase});
    }
    state(who, words);
  }

  void fault(const std::string& phase) {
    judge_.on(FaultMark{now_, event_, FaultId{0},
                        phase == "begins" ? FaultMark::Phase::begin : FaultMark::Phase::end});
  }

  void state(NodeId who, const std::vector<std::string>& words) {
    const std::string& verb = words[1];
    const std::uint64_t what = message(words[2]);
    const auto fact = [&](Purpose name, std::uint64_t value = 0) {
      judge_.on(Fact{now_, event_, who, name.hash, what, value});
    };
    const auto after = [&words](const std::string& key, const std::string& otherwise) {
      for (std::size_t i = 3; i + 1 < words.size(); ++i)
        if (words[i] == key) return words[i + 1];
      return otherwise;
    };
    if (verb == "sends") {  // a sends a1 to bc in 0 answering b1
      fact(facts::kMessageSent, std::stoull(after("in", "0")));
      for (const char letter : after("to", ""))
        fact(facts::kMessageAddressed, device(letter).value);
      if (const std::string target = after("answering", ""); !target.empty())
        fact(facts::kMessageAnswers, message(target));
    } else if (verb == "shows") {  // b shows a1 at 0
      fact(facts::kMessageShown, std::stoull(after("at", "999")));
    } else if (verb == "sees") {  // a sees a1 read by b
      const std::string& status = words[3];
      fact(facts::kStatusShown, StatusShown{person(after("by", "b")[0]), status_of(status)}.pack());
    } else if (verb == "tells") {  // b tells a1 read
      fact(facts::kReceiptSent, static_cast<std::uint64_t>(status_of(words[3])));
    } else if (verb == "delays") {  // b delays a2 for a1
      fact(facts::kMessageWaitsFor, message(after("for", "")));
    } else if (verb == "stores") {
      fact(facts::kMessageStored);
    } else if (verb == "acks") {
      fact(facts::kMessageAcknowledged);
    } else if (verb == "drops") {
      fact(facts::kMessageRepeated);
    } else if (verb == "forsakes") {  // gives it up
      fact(facts::kMessageGivenUp);
    } else {
      ADD_FAILURE() << "nobody " << verb;
    }
  }

  static MessageStatus status_of(const std::string& word) {
    return word == "read"        ? MessageStatus::read
           : word == "delivered" ? MessageStatus::delivered
                                 : MessageStatus::accepted;
  }

  Checker& judge_;
  Time now_;
  EventId event_{0};
};

struct Row {
  const char* talk;
  Word word = Word::holds;
  std::uint64_t checked = 0;
  const char* why = "";  // a part of it
};

// Tells each row to a judge of its own.
template <class Make>
void judge_rows(const std::vector<Row>& rows, Make make) {
  for (const Row& row : rows) {
    SCOPED_TRACE(row.talk);
    auto judge = make();
    const Verdict verdict = Talk(judge, row.talk).verdict();
    EXPECT_EQ(to_string(verdict.word), to_string(row.word)) << verdict.why;
    EXPECT_EQ(verdict.checked, row.checked);
    EXPECT_NE(verdict.why.find(row.why), std::string::npos) << verdict.why;
    EXPECT_EQ(verdict.at.has_value(), row.word == Word::violated);
  }
}

}  // namespace cleave::conversation::test
