// Which timestamps a client's requests carry.
#include "tests/store/scripted_store.h"

namespace cleave::models::store {
namespace {

TEST_F(StoreClientTest, stamps_nothing_unless_its_store_asks_for_it) {
  build({{{ok}}});
  write();
  lab.run_for(1_s);
  EXPECT_EQ(replica(0).asked.at(0).timestamp, std::nullopt);
}

TEST_F(StoreClientTest, stamps_an_operation_once_however_often_it_is_sent) {
  clock = ClientClock::own;
  patience = {.deadline = 20_s, .answer_within = 1_s, .backoff = 10_ms};
  build({{{nothing}, {no_leader}, {ok}}});
  write();
  lab.run_for(20_s);
  ASSERT_EQ(asked(0), 3u);
  const Timestamp first = timestamp_of(Time{} + 1_ms);
  for (const Request& request : replica(0).asked)
    EXPECT_EQ(request.timestamp, first);
}

TEST_F(StoreClientTest, stamps_ever_later_though_its_clock_goes_back) {
  clock = ClientClock::own;
  build({{{ok}}});
  lab.run_for(10_s);
  write();
  write();
  lab.run_for(1_s);
  Fault back = lab.make_fault(Verb::skew, {{"alice"}});
  back.duration = Duration{} - 5_s;
  lab.begin(back);
  write();
  lab.run_for(1_s);
  const Timestamp first = timestamp_of(Time{} + 10_s + 1_ms);
  ASSERT_EQ(asked(0), 3u);
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_EQ(replica(0).asked[i].timestamp, first + static_cast<Timestamp>(i));
}

TEST_F(StoreClientTest, tells_the_next_replica_what_the_last_one_told) {
  clock = ClientClock::seen;
  build({{{ok}}});
  write();
  lab.run_for(1_s);
  write();
  lab.run_for(1_s);
  EXPECT_EQ(replica(0).asked.at(0).timestamp, std::nullopt);
  EXPECT_EQ(replica(0).asked.at(1).timestamp, 7000);
}

// What carries a timestamp is longer by it, and nothing else is.
TEST(ClientProtocol, is_longer_by_the_timestamps_that_it_carries) {
  Request request;
  Reply reply;
  const Bytes asked = request.wire_size();
  const Bytes answered = reply.wire_size();
  request.timestamp = reply.timestamp = 1;
  EXPECT_EQ(request.wire_size(), asked + Bytes{8});
  EXPECT_EQ(reply.wire_size(), answered + Bytes{8});
}

}  // namespace
}  // namespace cleave::models::store
