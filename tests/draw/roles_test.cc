#include "sim/draw/roles.h"

#include "tests/draw/recordings.h"

#include <gtest/gtest.h>

namespace cleave::draw {
namespace {

TEST(Roles, tell_clients_from_replicas_and_others) {
  const Roles roles(github());
  const Cast& cast = github().cast;
  EXPECT_EQ(roles.of(cast.replicas[0][1]).role, Role::replica);
  EXPECT_EQ(roles.of(cast.clients[1][3]).role, Role::client);
  EXPECT_EQ(roles.of(cast.clients[1][3]).group, 1u);
  EXPECT_EQ(roles.of(cast.clients[0][0]).region, 0u);
  EXPECT_EQ(roles.of(cast.clients[1][0]).region, 1u);
  std::size_t others = 0;
  for (std::uint32_t i = 0; i < roles.size(); ++i)
    if (roles.of(NodeId{i}).role == Role::other) ++others;
  EXPECT_EQ(others, 1u) << "the monitor";
}

TEST(Roles, tell_what_kind_of_message_one_is) {
  const Roles roles(github());
  const NodeId client = github().cast.clients[0][0];
  const NodeId primary = github().cast.replicas[0][0];
  const NodeId backup = github().cast.replicas[0][1];
  NodeId monitor;
  for (std::uint32_t i = 0; i < roles.size(); ++i)
    if (roles.of(NodeId{i}).role == Role::other) monitor = NodeId{i};
  EXPECT_EQ(roles.kind(client, primary), MessageKind::request);
  EXPECT_EQ(roles.kind(primary, client), MessageKind::answer);
  EXPECT_EQ(roles.kind(primary, backup), MessageKind::replication);
  EXPECT_EQ(roles.kind(monitor, backup), MessageKind::control);
}

TEST(Roles, shorten_names_that_stay_unique) {
  const Roles roles(tutorial());
  EXPECT_EQ(roles.of(tutorial().cast.replicas[0][0]).label, "us-east/0");
  EXPECT_EQ(roles.of(tutorial().cast.clients[0][2]).label, "east/2");
}

TEST(Roles, say_what_became_of_a_message) {
  const TracedMessage* cut = nullptr;
  for (const TracedMessage& message : tutorial().trace.messages())
    if (message.end == RecordKind::cut && cut == nullptr) cut = &message;
  ASSERT_NE(cut, nullptr);
  const std::string text = spoken(tutorial(), *cut);
  EXPECT_NE(text.find(" from " + std::string(tutorial().name(cut->from)) + " to "),
            std::string::npos)
      << text;
  EXPECT_NE(text.find(", cut 1"), std::string::npos) << text;
}

}  // namespace
}  // namespace cleave::draw
