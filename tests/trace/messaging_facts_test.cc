#include "sim/trace/messaging_facts.h"

#include <gtest/gtest.h>

namespace cleave {
namespace {

TEST(MessagingFacts, number_of_a_message_names_its_device) {
  const MessageNumber number = MessageNumber::of(NodeId{0xfffffffe}, 7);
  EXPECT_EQ(number.device(), NodeId{0xfffffffe});
  EXPECT_EQ(number.counter(), 7u);
  EXPECT_LT(number, MessageNumber::of(NodeId{0xffffffff}, 1));
}

TEST(MessagingFacts, status_of_a_person_survives_packing) {
  const StatusShown shown{70'000, MessageStatus::read};
  EXPECT_EQ(StatusShown::unpack(shown.pack()), shown);
  EXPECT_EQ(shown.pack(), 70'000u << 8 | 3u);
}

TEST(MessagingFacts, device_is_found_by_its_node) {
  MessagingCast cast;
  cast.devices = {{NodeId{3}, "ana/phone", 0}, {NodeId{9}, "bo/phone", 1}};
  EXPECT_EQ(cast.device_of(NodeId{9}), 1u);
  EXPECT_EQ(cast.device_of(NodeId{4}), std::nullopt);
  EXPECT_EQ(cast.device_of(NodeId{10}), std::nullopt);
}

}  // namespace
}  // namespace cleave
