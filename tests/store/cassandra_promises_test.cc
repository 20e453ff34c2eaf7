// Holds Cassandra to the table of its promises, type by type: two of three replicas are in the
// west, the coasts are cut apart for 43 s, and meanwhile the power fails in the east. What is
// promised must hold; what is not promised must break, or the test shows nothing.
#include "models/catalogue.h"
#include "models/store/cassandra/replica.h"
#include "tests/store/two_coasts.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace cleave::models::store::cassandra {

models::Entry entry();

namespace {

const store::StateMachine& none(const World& /*world*/, NodeId /*replica*/) {
  static const store::StateMachine kNone;
  return kNone;
}

std::vector<store::Promise> all_promises() {
  return entry().engine->promises;
}

// Replicas repair one another in the end, so that it shows what is lost, and not what is late.
TwoCoasts two_coasts(const store::Promise& promise, ObjectType type) {
  TwoCoasts run(*entry().engine, none, promise, type,
                map_of({{"repair_every", scalar("15s")},
                        {"repair_request_timeout", scalar("5s")},
                        {"num_tokens", scalar("4")}}));
  Fault power = run.lab.make_fault(Verb::lose_unsynced, {{"accounts/east/0"}});
  power.at = kCut + 20_s;
  power.lasts = 1_s;
  run.lab.world.schedule(power);
  for (const char* client : {"east client", "west client"})  // reads are of all that was written
    run.lab.world.node_setup<WorkloadClient>(run.lab.node(client)).loads[0].pace =
        OpenLoop{.every = 250_ms};
  return run;
}

// What a replica in the west answers about the object in the end.
struct Held {
  Page page;
  store::Result result;

  Held(const TwoCoasts& run, ObjectType type) {
    Request request;
    request.type = type;
    request.key = key_of("object");
    request.action = actions_of(type)[0];
    const auto& table = run.lab.world.node<Replica>(run.lab.replicas("accounts")[1]).memory.table;
    Slice slice = slice_of(request);
    slice.most_rows = kLast;
    page = table.read(slice, Books::without);
    result = result_of(request, page);
  }
  std::set<std::uint64_t> values() const { return digests(result.values); }
  // The value at a position.
  std::map<std::uint64_t, std::uint64_t> rows() const {
    std::map<std::uint64_t, std::uint64_t> all;
    for (const Copy& copy : page.cells)
      if (copy.column.kind == Column::Kind::row)
        all.emplace(copy.column.major, copy.cell.value.digest());
    return all;
  }
};

// How often a value stands there again.
std::uint64_t repeated(const std::map<std::uint64_t, std::uint64_t>& rows) {
  std::set<std::uint64_t> seen;
  std::uint64_t count = 0;
  for (const auto& [position, value] : rows)
    count += seen.insert(value).second ? 0u : 1u;
  return count;
}

// Reads lower than what had been acknowledged before they were asked for; who raised is told what
// it raised to, and not what others did.
std::uint64_t low_reads(const TwoCoasts& run) {
  std::uint64_t count = 0;
  const std::vector<Served> raised = acknowledged(run, Action::raise);
  for (const auto& [id, done] : run.lab.recorder.completed) {
    const Invoked& asked = run.lab.recorder.invoked.at(id);
    if (done.outcome != Outcome::ok || asked.action != Action::read) continue;
    for (const Served& before : raised)
      if (before.told.at < asked.at && before.asked.argument > done.values.at(0)) {
        ++count;
        break;
      }
  }
  return count;
}

// How often guarantee(type) was broken, from what clients were told and what is left in the end.
std::uint64_t broken_here(const TwoCoasts& run, ObjectType type) {
  const std::uint64_t lost = run.lab.lost("accounts").size();
  const Held held(run, type);
  switch (type) {
    case ObjectType::reg:
      return lost + repeats(acknowledged(run, Action::compare_and_set),
                            [](const Served& s) { return s.asked.expected_version; });
    case ObjectType::map:
      return lost;
    case ObjectType::max_register:
      return low_reads(run);
    case ObjectType::set:
      return missing(acknowledged(run, Action::add), held.values());
    case ObjectType::log: {
      const auto rows = held.rows();
      std::uint64_t moved = 0;
      for (const Served& served : acknowledged(run, Action::append)) {
        const auto row = rows.find(served.told.version);
        moved += row == rows.end() || row->second != served.asked.argument ? 1u : 0u;
      }
      return moved;
    }
    case ObjectType::queue: {
      std::set<std::uint64_t> there;
      for (const auto& [position, value] : held.rows())
        there.insert(value);
      return missing(acknowledged(run, Action::append), there) + repeated(held.rows());
    }
    case ObjectType::counter: {
      const auto held_updates =
          run.lab.world.ledger().held(run.store, run.lab.replicas("accounts")[1]).size();
      const auto value = static_cast<std::uint64_t>(held.result.number);
      return lost + (held_updates > value ? held_updates - value : value - held_updates);
    }
    case ObjectType::pool:
      return lost + repeated(held.rows()) +
             repeats(acknowledged(run, Action::take),
                     [](const Served& s) { return s.told.values.at(0); });
  }
  return 0;
}

class CassandraPromise : public ::testing::TestWithParam<std::size_t> {};

TEST_P(CassandraPromise, is_kept_by_the_types_that_it_names) {
  const store::Promise promise = all_promises()[GetParam()];
  for (std::size_t t = 0; t < kObjectTypes; ++t) {
    const auto type = static_cast<ObjectType>(t);
    TwoCoasts run = two_coasts(promise, type);
    run.run();
    if (HasFatalFailure()) return;
    const std::string what = name_of(promise) + std::string(to_string(type));
    EXPECT_GT(run.lab.recorder.acknowledged(run.store).size(), 50u) << what;
    EXPECT_EQ(broken_here(run, type) > 0, promise.kept[t] == Kept::no) << what;
  }
}

INSTANTIATE_TEST_SUITE_P(OfEachRow, CassandraPromise,
                         ::testing::Range(std::size_t{0}, all_promises().size()));

TEST(CassandraPromises, say_which_side_of_a_cut_is_served) {
  for (const store::Promise& promise : all_promises()) {
    TwoCoasts run = two_coasts(promise, ObjectType::map);
    run.run();
    std::map<std::pair<bool, bool>, int> served;  // in the east, updates
    for (const auto& [id, done] : run.lab.recorder.completed) {
      const Invoked& asked = run.lab.recorder.invoked.at(id);
      if (done.outcome == Outcome::ok && asked.at > kCut + 25_s && done.at < kHeal)
        ++served[{run.in_east(id), is_update(asked.action)}];
    }
    const std::string what = name_of(promise);
    EXPECT_EQ((served[{true, true}]) == 0, promise.blocks) << what;
    EXPECT_EQ((served[{true, false}]) > 0, promise.stale_reads) << what;
    EXPECT_GT((served[{false, true}]), 0) << what;
    EXPECT_GT((served[{false, false}]), 0) << what;
  }
}

}  // namespace
}  // namespace cleave::models::store::cassandra
