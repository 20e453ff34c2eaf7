#include "sim/explore/selfcheck.h"

#include "sim/check/words.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

namespace cleave {
namespace {

std::string_view name_of(RecordKind kind) {
  constexpr std::array<std::string_view, 14> kNames{"delivery",
                                                    "timer",
                                                    "loss",
                                                    "cut",
                                                    "loss at a host that was down",
                                                    "misunderstanding",
                                                    "duplicate",
                                                    "held packet",
                                                    "broken connection",
                                                    "fact",
                                                    "fault",
                                                    "replica",
                                                    "invocation",
                                                    "completion"};
  return kNames.at(static_cast<std::size_t>(kind));
}

bool is_between_nodes(RecordKind kind) {
  return kind == RecordKind::delivered ||
         (kind >= RecordKind::lost && kind <= RecordKind::disconnected);
}

std::string words(const World& world, const Record& record) {
  const auto node = [&](std::uint32_t id) {
    return id < world.node_count() ? std::string(world.name(NodeId{id}))
                                   : "node " + std::to_string(id);
  };
  std::string text =
      "at " + in_seconds(Time{record.time_ns}) + ": " + std::string(name_of(record.kind()));
  if (record.kind() == RecordKind::fault) return text;
  if (is_between_nodes(record.kind()))
    return text + " from " + node(record.from) + " to " + node(record.to);
  return text + " of " + node(record.to);
}

// Keeps the records of one chunk of the trace, by their number in the run; the first is number 0.
class Collector : public Observer {
 public:
  struct Item {
    std::uint64_t number = 0;
    EventId event;
    Record record;
  };
  // `next` is the number of the first record that it will see.
  Collector(std::uint64_t next, std::size_t chunk)
      : next_(next),
        from_(chunk * TraceDigest::kRecordsPerChunk),
        to_(from_ + TraceDigest::kRecordsPerChunk) {}

  using Observer::on;
  void on(const Record& record, EventId event) override {
    if (next_ >= from_ && next_ < to_) all_.push_back({next_, event, record});
    ++next_;
  }
  bool done() const { return next_ >= to_; }
  const std::vector<Item>& all() const { return all_; }

 private:
  std::uint64_t next_, from_, to_;
  std::vector<Item> all_;
};

// A run up to the end of a chunk.
struct Replay {
  World world;
  std::vector<Hash128> trail;
  std::vector<Collector::Item> records;  // of the chunk
};

std::vector<Hash128> trail_of(const World& world) {
  std::vector<Hash128> trail;
  for (std::uint64_t i = 0; i < world.trace().trail().size(); ++i)
    trail.push_back(world.trace().trail()[i]);
  return trail;
}

Replay replay(World world, Time until, std::size_t chunk) {
  Collector collector(world.trace().records(), chunk);
  while (!collector.done() && world.step(until, &collector)) {
  }
  std::vector<Hash128> trail = trail_of(world);
  return {std::move(world), std::move(trail), collector.all()};
}

bool same(const Record& a, const Record& b) {
  return a.time_ns == b.time_ns && a.from == b.from && a.to == b.to && a.type == b.type &&
         a.cause == b.cause && a.payload == b.payload;
}

TracedRecord traced(const World& world, const Collector::Item& item) {
  return {item.event, item.record, words(world, item.record)};
}

// Fills in the first records that are not the same. One of the two may have begun half way.
void compare_records(const Replay& a, const Replay& b, Difference& difference) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.records.size() && j < b.records.size()) {
    const Collector::Item& first = a.records[i];
    const Collector::Item& second = b.records[j];
    if (first.number == second.number && !same(first.record, second.record)) break;
    if (first.number <= second.number) ++i;
    if (second.number <= first.number) ++j;
  }
  if (i < a.records.size()) difference.first = traced(a.world, a.records[i]);
  if (j < b.records.size()) difference.second = traced(b.world, b.records[j]);
}

using Memory = std::vector<std::unique_ptr<char[]>>;

// So that what a second run allocates lies elsewhere than what the first did: takes what allocators
// keep ready of each size class, and leaves a hole in each.
Memory disturbed_heap() {
  constexpr std::size_t kSmallest = 8;
  constexpr std::size_t kStep = 16;
  constexpr std::size_t kLargest = 4096;
  constexpr std::size_t kOfEach = 9;
  Memory kept;
  for (std::size_t size = kSmallest; size < kLargest; size += kStep) {
    for (std::size_t i = 0; i < kOfEach; ++i)
      kept.push_back(std::make_unique<char[]>(size));
    kept.pop_back();
  }
  return kept;
}

}  // namespace

std::string Difference::text() const {
  std::string text = how + " differs";
  if (!first && !second) return text + " in its final state, after the same events";
  text += ", first in event " + std::to_string((first ? first : second)->event.value) + ": ";
  if (!first) return text + second->text + ", where the first run had ended";
  if (!second) return text + first->text + ", where the other run had ended";
  if (first->text != second->text) return text + first->text + ", against " + second->text;
  return text + first->text + ", with other content";
}

Fingerprint fingerprint(World world, Time until) {
  world.run_until(until);
  return {trail_of(world), world.digest(), world.event().value};
}

std::optional<std::size_t> first_difference(std::span<const Hash128> a,
                                            std::span<const Hash128> b) {
  const std::size_t common = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < common; ++i)
    if (a[i] != b[i]) return i;
  return a.size() == b.size() ? std::nullopt : std::optional(common);
}

std::vector<TracedRecord> records_of_chunk(World world, Time until, std::size_t chunk) {
  const Replay run = replay(std::move(world), until, chunk);
  std::vector<TracedRecord> records;
  for (const Collector::Item& item : run.records)
    records.push_back(traced(run.world, item));
  return records;
}

Difference where_they_part(const Playable& first, const Playable& second) {
  const std::size_t closed = std::min(first.trail.size(), second.trail.size());
  Difference difference;
  difference.chunk = first_difference(first.trail, second.trail).value_or(closed);
  const Replay a = replay(first.make(), first.until, difference.chunk);
  const Replay b = replay(second.make(), second.until, difference.chunk);
  compare_records(a, b, difference);
  return difference;
}

namespace {

// Plays both again up to the chunk in which they differ. What is not deterministic may differ
// earlier this time; then that chunk is looked at.
void name_first_event(const MakeWorld& first, const MakeWorld& second, Time until,
                      Difference& difference) {
  constexpr int kMostAttempts = 3;
  for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
    const Replay a = replay(first(), until, difference.chunk);
    const auto heap = disturbed_heap();
    const Replay b = replay(second(), until, difference.chunk);
    const std::size_t chunk = first_difference(a.trail, b.trail).value_or(difference.chunk);
    if (chunk >= difference.chunk) return compare_records(a, b, difference);
    difference.chunk = chunk;
  }
}

}  // namespace

Selfcheck selfcheck(const MakeWorld& make, Time until) {
  Selfcheck check;
  check.fingerprint = fingerprint(make(), until);
  const auto heap = disturbed_heap();

  // `second` makes a World that should do what make() does.
  const auto compare = [&](std::string how, const MakeWorld& second) {
    if (check.difference) return;
    const Fingerprint other = fingerprint(second(), until);
    if (other == check.fingerprint) return;
    const std::size_t closed = std::min(other.trail.size(), check.fingerprint.trail.size());
    check.difference =
        Difference{std::move(how),
                   first_difference(check.fingerprint.trail, other.trail).value_or(closed),
                   {},
                   {}};
    name_first_event(make, second, until, *check.difference);
  };

  compare("the second run in one process", make);
  const std::uint64_t half = check.fingerprint.events / 2;
  const auto half_way = [&] {
    World world = make();
    world.run(half, until);
    return world;
  };
  compare("a run from a copy half way", [&] {
    const World original = half_way();
    return World(original);
  });
  compare("a run that was copied half way", [&] {
    World original = half_way();
    World copy = original;
    copy.run(half, until);  // which is none of the original's business
    return original;
  });
  return check;
}

}  // namespace cleave
