// A service that keeps its state in a store, and the pages of engines.
#include "models/catalogue.h"
#include "models/store/primary_backup/install.h"
#include "tests/store/engine_page.h"
#include "tests/store/mailbox_example.h"
#include "tests/support/lab.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace cleave::models::example {
namespace {

using support::Lab;

struct Device {
  static constexpr std::string_view kind = "device";
  NodeId mailbox;
  std::vector<MessageId> accepted, refused;
  std::vector<Blob> received;
  CLEAVE_DESCRIBE(mailbox, accepted, refused, received)

  struct Say {
    static constexpr std::string_view name = "say";
    Submit submit;
    CLEAVE_DESCRIBE(submit)
  };
  struct Look {
    static constexpr std::string_view name = "look";
    DeviceId device;
    CLEAVE_DESCRIBE(device)
  };
  using Receives = std::variant<Say, Look, Accepted, TryAgain, Batch>;
  void on(const Say& say, NodeId /*self*/, Context& ctx) { ctx.send(mailbox, say.submit); }
  void on(const Look& look, NodeId /*self*/, Context& ctx) {
    ctx.send(mailbox, Pull{look.device, 1});
  }
  void on(const Accepted& m, NodeId /*from*/, Context& /*ctx*/) { accepted.push_back(m.id); }
  void on(const TryAgain& m, NodeId /*from*/, Context& /*ctx*/) { refused.push_back(m.id); }
  void on(const Batch& m, NodeId /*from*/, Context& /*ctx*/) { received = m.envelopes; }
};

struct MailboxTest : ::testing::Test {
  Lab lab{{"east", "west"}};
  NodeId device;
  std::uint64_t sent = 0;

  MailboxTest() {
    store::primary_backup::Options options;
    options.acknowledge = store::primary_backup::Acknowledge::semi_sync;
    options.fallback_after.reset();
    lab.add_store("queues", {"east", "west"}, [&](World& world, const store::StorePlan& plan) {
      return store::primary_backup::install(world, plan, {options, "west"});
    });
    Mailbox mailbox;
    mailbox.queues = lab.access("east", "queues");
    Device node;
    node.mailbox = lab.add("mailbox", "east", mailbox);
    device = lab.add("device", "east", node);
    lab.run_for(1_s);
  }
  void say(std::string text) {
    const Submit submit{{++sent}, DeviceId{2}, Blob(1, 1, std::move(text))};
    lab.world.act(device, [&](Context& ctx) { ctx.start_timer(0_s, Device::Say{submit}); });
  }
  void look() {
    lab.world.act(device, [](Context& ctx) { ctx.start_timer(0_s, Device::Look{DeviceId{2}}); });
  }
  const Device& at_device() const { return lab.world.node<Device>(device); }
};

TEST_F(MailboxTest, answers_when_the_store_has) {
  say("one");
  lab.run_for(50_ms);
  EXPECT_TRUE(at_device().accepted.empty()) << "it is on its way to the backup";
  lab.run_for(1_s);
  say("two");
  lab.run_for(1_s);
  EXPECT_EQ(at_device().accepted, (std::vector<MessageId>{{1}, {2}}));
  look();
  lab.run_for(1_s);
  ASSERT_EQ(at_device().received.size(), 2u);
  EXPECT_EQ(at_device().received[0].bytes(), "one");
  EXPECT_EQ(at_device().received[1].bytes(), "two");
}

TEST_F(MailboxTest, does_not_accept_what_the_store_could_not_confirm) {
  lab.cut({{"east"}, {"west"}});
  say("one");
  lab.run_for(20_s);
  EXPECT_TRUE(at_device().accepted.empty());
  EXPECT_EQ(at_device().refused, std::vector<MessageId>{{1}});
}

TEST_F(MailboxTest, goes_on_after_a_crash_with_what_the_store_has) {
  say("one");
  lab.run_for(1_s);
  lab.crash("mailbox");
  lab.restart("mailbox");
  lab.run_for(1_s);
  say("meets a mailbox that knows of no such connection, and is lost with it");
  lab.run_for(1_s);
  say("two");
  lab.run_for(1_s);
  look();
  lab.run_for(1_s);
  EXPECT_EQ(at_device().received.size(), 2u);
}

// ---- pages --------------------------------------------------------------------------------------

TEST(Docs, of_each_engine_say_what_the_engine_says) {
  for (const Entry& entry : catalogue()) {
    if (!entry.engine) continue;
    std::string folder(entry.name);
    std::replace(folder.begin(), folder.end(), '-', '_');
    const std::string path = "models/store/" + folder + "/README.md";
    for (const std::string& part : store::missing_on_page(*entry.engine, path))
      ADD_FAILURE() << path << " should contain\n" << part;
  }
}

}  // namespace
}  // namespace cleave::models::example
