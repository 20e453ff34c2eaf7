// Judges of messages: each where it must speak up, and where it must not.
#include "sim/check/conversation/durable_first.h"
#include "sim/check/conversation/judges.h"
#include "sim/check/conversation/message_order.h"
#include "sim/check/conversation/messages_arrive.h"
#include "sim/check/conversation/same_view.h"
#include "sim/check/conversation/shown_once.h"
#include "sim/check/conversation/ticks_rise.h"
#include "sim/check/conversation/truthful_ticks.h"
#include "tests/conversation/talk.h"

namespace cleave::conversation::test {
namespace {

constexpr Duration kFiveSeconds{5'000'000'000};

TEST(ShownOnce, tells_a_second_time_and_what_nobody_sent) {
  judge_rows(
      {
          {"", Word::vacuous, 0, "no message was shown"},
          {"a sends a1 to b; a shows a1; b shows a1", Word::holds, 2},
          {"a sends a1 to b; b shows a1; b shows a1", Word::violated, 2,
           "bo/phone showed message 1 of ana/phone twice"},
          {"a sends a1 to b; b shows a1; b drops a1", Word::holds, 1},
          // What is shown is lost in a crash, and shown again after it.
          {"a sends a1 to b; b shows a1; b down; b up; b shows a1", Word::holds, 2},
          {"a sends a1 to b; b shows a1; b down; b up; b shows a1; b shows a1", Word::violated, 3,
           "twice"},
          {"b shows a1; a sends a1 to b", Word::violated, 1, "which nobody sent"},
      },
      [] { return ShownOnce(Watched()); });
}

TEST(ShownOnce, looks_at_the_devices_it_was_told) {
  judge_rows({{"a sends a1 to bc; b shows a1; b shows a1; c shows a1", Word::holds, 1}},
             [] { return ShownOnce(Watched({device('c')})); });
}

TEST(TicksRise, tells_a_status_that_goes_back) {
  judge_rows(
      {
          {"a sees a1 accepted by b", Word::vacuous, 0, "no message was shown in two statuses"},
          {"a sees a1 accepted by b; a sees a1 delivered by b; a sees a1 read by b", Word::holds,
           2},
          {"a sees a1 read by b; a sees a1 delivered by b", Word::violated, 1,
           "ana/phone showed message 1 of ana/phone as delivered after it had shown it as read"},
          // Each person, device and message by itself.
          {"a sees a1 read by b; a sees a1 delivered by c; A sees a1 delivered by b; a sees a2 "
           "delivered by b; a sees a2 read by b",
           Word::holds, 1},
          // The highest counts, not the last.
          {"a sees a1 read by b; a sees a1 accepted by b; a sees a1 delivered by b", Word::violated,
           2, "as accepted after"},
          {"a sees a1 read by b; a down; a up; a sees a1 delivered by b", Word::violated, 1},
      },
      [] { return TicksRise(Watched()); });
}

TEST(TruthfulTicks, tells_a_status_before_its_time) {
  judge_rows(
      {
          {"a sees a1 accepted by b", Word::vacuous, 0},
          {"b stores a1; a sees a1 delivered by b; b shows a1; a sees a1 read by b", Word::holds,
           2},
          {"a sees a1 delivered by b; b stores a1", Word::violated, 1,
           "as delivered before any device of the person had it on its disk"},
          {"b stores a1; a sees a1 read by b; b shows a1", Word::violated, 1,
           "as read before any device of the person had shown it"},
          // One of the person's devices is enough; another person's is not, nor is one's own.
          {"B stores a1; a sees a1 delivered by b", Word::holds, 1},
          {"c stores a1; A stores a1; a sees a1 delivered by b", Word::violated, 1},
          {"b stores a2; a sees a1 delivered by b", Word::violated, 1},
      },
      [] {
        return TruthfulTicks({Watched(), persons()});
      });
}

TEST(DurableFirst, tells_what_the_mailbox_may_forget_too_early) {
  judge_rows(
      {
          {"b stores a1", Word::vacuous, 0},
          {"b stores a1; b acks a1", Word::holds, 1},
          {"b acks a1; b stores a1", Word::violated, 1, "before it was on its disk"},
          {"c stores a1; b acks a1", Word::violated, 1, "bo/phone acknowledged"},
          // After a crash it says what its disk has.
          {"b stores a1; b acks a1; b down; b up; b stores a1", Word::holds, 1},
          {"b stores a1; b acks a1; b down; b up", Word::violated, 1, "and lost it in a crash"},
          {"b stores a1; b acks a1; b down", Word::holds, 1},
          {"b stores a1; b down; b up; b acks a1", Word::violated, 1, "lost"},
          {"b stores a1; b down; b up; b acks a1; b stores a1", Word::violated, 1, "lost"},
      },
      [] { return DurableFirst(Watched()); });
}

TEST(MessagesArrive, tells_what_is_late_and_what_never_comes) {
  judge_rows(
      {
          {"", Word::vacuous, 0, "no message was due"},
          {"a sends a1 to bc; b shows a1; c shows a1; @99", Word::holds, 2,
           "2 messages shown within 5.000 s, the slowest in 2.000 s"},
          {"@1 a sends a1 to b; @7 b shows a1", Word::violated, 1,
           "message 1 of ana/phone was shown by bo/phone at 7.000 s, which was due at 6.000 s; "
           "1 of 1 was late"},
          {"@1 a sends a1 to b; @6 b shows a1", Word::holds, 1},
          {"@1 a sends a1 to bc; c shows a1; @6", Word::violated, 2,
           "was not shown by bo/phone by the end"},
          {"@1 a sends a1 to b; @5", Word::undecided, 0, "let it run longer"},
          {"@1 a sends a1 to b; b shows a1; @30 a sends a2 to b; @31", Word::holds, 1},
          // Who was told that it was not sent waits for nothing.
          {"@1 a sends a1 to b; @3 a forsakes a1; @30", Word::vacuous, 0},
          // What is stated anew after a crash is due as it was.
          {"@1 a sends a1 to b; a down; a up; @5 a sends a1 to b; @9 b shows a1", Word::violated, 1,
           "due at 6.000 s"},
          // The first is the one that was due first, however late others were.
          {"@1 a sends a1 to b; a sends a2 to b; @9 b shows a2; @10 b shows a1", Word::violated, 2,
           "message 1 of ana/phone was shown by bo/phone at 10.000 s, which was due at 6.000 s"},
          {"@1 a sends a1 to b; a sends a2 to b; @9 b shows a1; @10 b shows a2", Word::violated, 2,
           "message 1 of ana/phone was shown by bo/phone at 9.000 s"},
          {"@1 a sends a1 to bB; @2 b shows a1; @20 a sends a2 to bB; @40", Word::violated, 4,
           "; 3 of 4 were late"},
      },
      [] {
        return MessagesArrive(Watched(), {kFiveSeconds, {}});
      });
}

TEST(MessagesArrive, waits_for_the_end_of_a_fault) {
  judge_rows(
      {
          {"@1 a sends a1 to b; @2 fault begins; @20 fault ends; @25 b shows a1", Word::holds, 1,
           "within 5.000 s of the fault's end"},
          {"@1 a sends a1 to b; @2 fault begins; @20 fault ends; @26 b shows a1", Word::violated, 1,
           "due at 25.000 s"},
          {"@1 a sends a1 to b; @2 fault begins; @19 b shows a1; @20 fault ends; @30", Word::holds,
           1},
          {"@1 a sends a1 to b; @2 fault begins; @99", Word::undecided, 0},
          {"@1 fault begins; @20 fault ends; @21 a sends a1 to b; @27 b shows a1", Word::violated,
           1, "due at 26.000 s"},
      },
      [] {
        return MessagesArrive(Watched(), {kFiveSeconds, FaultId{0}});
      });
}

TEST(QueuesDrain, tells_what_a_mailbox_still_keeps) {
  judge_rows(
      {
          {"@1 a sends a1 to b; @3 b acks a1; @30", Word::holds, 1, "acknowledged within"},
          {"@1 a sends a1 to b; @3 b shows a1; @30", Word::violated, 1, "was not acknowledged by"},
          {"@1 a sends a1 to b; @9 b acks a1", Word::violated, 1, "was acknowledged by"},
          {"@1 a sends a1 to b; @2 a forsakes a1; @30", Word::vacuous, 0},
      },
      [] {
        return MessagesArrive(Watched(), {kFiveSeconds, {}}, MessagesArrive::Until::acknowledged);
      });
}

TEST(ReceiptsArrive, tells_what_the_sender_never_sees) {
  judge_rows(
      {
          {"@1 b tells a1 delivered; @3 a sees a1 delivered by b; @30", Word::holds, 1},
          {"@1 b tells a1 delivered; @30", Word::violated, 1,
           "ana/phone did not show message 1 of ana/phone as delivered by the end"},
          {"@1 b tells a1 read; @3 a sees a1 delivered by b; @30", Word::violated, 1, "as read"},
          // Read says delivered too; another person's receipt says nothing of this one.
          {"@1 b tells a1 delivered; @3 a sees a1 read by b; @30", Word::holds, 1},
          {"@1 b tells a1 delivered; @3 a sees a1 delivered by c; @30", Word::violated, 1},
          // The sender's other device is not who must know, and has nothing to tell.
          {"@1 b tells a1 delivered; @3 A sees a1 delivered by b; @30", Word::violated, 1},
          {"@1 A tells a1 delivered; @30", Word::vacuous, 0},
          {"@1 b tells a1 delivered; @1 B tells a1 delivered; @3 a sees a1 delivered by b; @30",
           Word::holds, 1},
      },
      [] {
        return ReceiptsArrive({Watched(), persons(), {kFiveSeconds, {}}});
      });
}

TEST(SenderOrder, tells_what_one_device_sent_out_of_order) {
  judge_rows(
      {
          {"a sends a1 to b; b shows a1", Word::vacuous, 0},
          {"a sends a1 to b; a sends a2 to b; b shows a1; b shows a2", Word::holds, 1},
          {"a sends a1 to b; a sends a2 to b; b shows a2; b shows a1 at 0", Word::violated, 1,
           "bo/phone showed message 2 of ana/phone before message 1 of ana/phone"},
          {"a sends a1 to b; a sends a2 to b; b shows a1; b shows a2 at 0", Word::violated, 1,
           "above"},
          // It says that one is lacking, and puts it where it belongs.
          {"a sends a1 to b; a sends a2 to b; b delays a2 for a1; b shows a2; b shows a1 at 0",
           Word::holds, 1},
          {"a sends a1 to b; a sends a2 to b; b delays a2 for a1; b shows a2; b shows a1 at 1",
           Word::violated, 1, "above"},
          // Not of one conversation, not for this device, given up: nothing is missed.
          {"a sends a1 to b in 1; a sends a2 to b; b shows a2; b shows a1", Word::vacuous, 0},
          {"a sends a1 to c; a sends a2 to bc; b shows a2", Word::vacuous, 0},
          {"a sends a1 to b; a sends a2 to b; a forsakes a1; b shows a2", Word::holds, 1},
          {"a sends a1 to b; a sends a2 to b; b shows a2; a forsakes a1", Word::holds, 1},
          // Others' messages are another question.
          {"b sends b1 to ac; a shows b1; a sends a1 to bc; c shows a1; c shows b1 at 1",
           Word::vacuous, 0},
          // After a crash the list is shown anew; the first time is what counts.
          {"a sends a1 to b; a sends a2 to b; b shows a1; b shows a2; b down; b up; b shows a2; b "
           "shows a1 at 0",
           Word::holds, 1},
          {"a sends a1 to b; a sends a2 to b; b shows a1; b shows a2; b down; b up; b shows a2 at "
           "0; b shows a1 at 1",
           Word::violated, 1, "above"},
      },
      [] { return MessageOrder(Watched(), MessageOrder::Relation::sender); });
}

TEST(CausalOrder, tells_an_effect_that_is_shown_before_its_cause) {
  judge_rows(
      {
          {"b sends b1 to ac; a shows b1; a sends a1 to bc; c shows b1; c shows a1", Word::holds,
           1},
          {"b sends b1 to ac; a shows b1; a sends a1 to bc; c shows a1; c shows b1 at 0",
           Word::violated, 1,
           "cy/phone showed message 1 of ana/phone before message 1 of bo/phone"},
          {"b sends b1 to ac; a shows b1; a sends a1 to bc; c shows b1; c shows a1 at 0",
           Word::violated, 1, "above"},
          // Only the last links of a chain are looked at.
          {"b sends b1 to ac; a shows b1; a sends a1 to bc; a sends a2 to bc; c shows b1; c shows "
           "a1; c shows a2",
           Word::holds, 2},
          // Concurrent ones come in any order.
          {"b sends b1 to ac; a sends a1 to bc; a shows b1; c shows a1; c shows b1", Word::vacuous,
           0},
          // Through a third: each link is looked at.
          {"b sends b1 to ac; b shows b1; a shows b1; a sends a1 to bc; b shows a1; b sends b2 to "
           "ac; c shows "
           "b1; c shows b2; c shows a1 at 1",
           Word::violated, 4, "message 2 of bo/phone before message 1 of ana/phone"},
          // What it answers comes before it, also if another device of its person showed that.
          {"b sends b1 to aAc; A shows b1; a sends a1 to bc answering b1; c shows a1; c shows b1",
           Word::violated, 1},
      },
      [] { return MessageOrder(Watched(), MessageOrder::Relation::causal); });
}

TEST(SameView, tells_devices_that_do_not_agree_at_the_end) {
  judge_rows(
      {
          {"", Word::vacuous, 0},
          {"a sends a1 to b; @30", Word::vacuous, 0, "no message was to be seen on two devices"},
          {"a sends a1 to b; a shows a1; b shows a1; @30", Word::holds, 1,
           "the same 1 message in the same order, the last since 3.000 s"},
          {"a sends a1 to b; a shows a1; @30", Word::violated, 1,
           "bo/phone does not show message 1 of ana/phone, which ana/phone shows"},
          {"a sends a1 to b; b shows a1; @30", Word::violated, 1, "ana/phone does not show"},
          {"a sends a1 to b; b sends b1 to a; a shows a1; a shows b1; b shows b1; b shows a1; @30",
           Word::violated, 1,
           "ana/phone shows message 1 of ana/phone where bo/phone shows message 1 of bo/phone"},
          {"a sends a1 to b; b sends b1 to a; a shows a1; a shows b1; b shows b1; b shows a1 at 0; "
           "@30",
           Word::holds, 1},
          // Young, given up, of a device that is down, in another conversation.
          {"a sends a1 to b; a shows a1; b shows a1; @29 a sends a2 to b; a shows a2; @31",
           Word::holds, 1},
          {"a sends a1 to b; a shows a1; b shows a1; a sends a2 to b; a shows a2; a forsakes a2; "
           "@30",
           Word::holds, 1},
          {"a sends a1 to bc; a shows a1; b shows a1; c down; @30", Word::holds, 1},
          {"a sends a1 to b; a shows a1; b shows a1; b down; b up; @30", Word::violated, 1,
           "bo/phone does not show"},
          {"a sends a1 to b in 1; a sends a2 to b in 2; a shows a1; a shows a2; b shows a2; b "
           "shows a1; @30",
           Word::holds, 2},
      },
      [] {
        return SameView({Watched(), kFiveSeconds});
      });
}

// Each word makes the judge that it names: a talk that this one and no other need find wrong.
TEST(Judges, are_made_by_their_words) {
  const std::map<std::string, std::string> wrong{
      {"causal-order",
       "b sends b1 to ac; a shows b1; a sends a1 to bc; c shows a1; c shows b1 at 0"},
      {"durable-first", "b acks a1; b stores a1"},
      {"messages-arrive", "@1 a sends a1 to b; b stores a1; b acks a1; @30"},
      {"queues-drain", "@1 a sends a1 to b; b stores a1; b shows a1; @30"},
      {"receipts-arrive", "@1 b tells a1 delivered; @30"},
      {"same-view", "a sends a1 to b; a shows a1; @30"},
      {"sender-order", "a sends a1 to b; a sends a2 to b; b shows a2; b shows a1 at 0"},
      {"shown-once", "a sends a1 to b; b shows a1; b shows a1"},
      {"ticks-rise", "a sees a1 read by b; a sees a1 delivered by b"},
      {"truthful-ticks", "a sees a1 delivered by b"},
  };
  ASSERT_EQ(judges().size(), wrong.size());
  const Scope scope{{}, persons(), {kFiveSeconds, {}}};
  for (const auto& [name, talk] : wrong) {
    SCOPED_TRACE(name);
    const std::optional<Judge> judge = judge_of(name);
    ASSERT_TRUE(judge);
    EXPECT_EQ(to_string(*judge), name);
    EXPECT_EQ(Talk(*make(*judge, scope), talk).verdict().word, Word::violated);
  }
  // What one of two that are alike in shape finds, the other does not.
  for (const auto& [name, other] :
       {std::pair{"messages-arrive", "queues-drain"}, std::pair{"queues-drain", "messages-arrive"},
        std::pair{"sender-order", "causal-order"}})
    EXPECT_NE(Talk(*make(*judge_of(name), scope), wrong.at(other)).verdict().word, Word::violated)
        << name;
}

// A violation's witness is what shows it, in order.
TEST(Witness, is_what_was_sent_and_what_was_shown) {
  MessageOrder judge(Watched(), MessageOrder::Relation::sender);
  const Verdict verdict =
      Talk(judge, "a sends a1 to b; a sends a2 to b; b shows a2; b shows a1 at 0").verdict();
  EXPECT_EQ(verdict.witness, (std::vector<EventId>{{1}, {2}, {3}}));
  EXPECT_EQ(verdict.event, EventId{3});
  EXPECT_EQ(verdict.at, Time{3'000'000'000});
}

}  // namespace
}  // namespace cleave::conversation::test
