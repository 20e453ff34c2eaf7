// A read on its way from its coordinator to as many replicas as its level asks for.
#include "models/store/answering.h"
#include "models/store/cassandra/probes.h"
#include "models/store/cassandra/replica.h"

#include <algorithm>
#include <bit>
#include <iterator>
#include <tuple>

namespace cleave::models::store::cassandra {

// Replicas by their numbers: this node, those of its region, the rest; the quickest to answer
// first.
std::vector<std::uint32_t> Replica::nearest(const ReplicaSet& replicas, ReplicaMask among,
                                            Context& ctx) const {
  using Distance = std::tuple<int, std::int64_t, std::uint32_t>;
  std::vector<Distance> order;
  for (; among != 0; among &= among - 1) {
    const auto i = static_cast<std::uint32_t>(std::countr_zero(among));
    const NodeId node = replicas.nodes[i];
    const bool near = replicas.region[i] == home(ctx);
    const int ring_of = node == ctx.self() ? 0 : near ? 1 : 2;
    order.emplace_back(ring_of, peer(node).round_trip.ns, i);
  }
  std::stable_sort(order.begin(), order.end());
  std::vector<std::uint32_t> numbers;
  for (const Distance& each : order)
    numbers.push_back(std::get<2>(each));
  return numbers;
}

void Replica::read(const Request& request, Level level, std::optional<Serial> transaction,
                   Context& ctx) {
  const std::size_t range = ring.range_of(token_of(request.key, request.type));
  const ReplicaSet& replicas = ring.replicas_of_range(range);
  const ReplicaMask up = alive(replicas, ctx);
  if (!enough(level, replicas, up, home(ctx))) {
    ctx.sometimes(probes::kUnavailable);
    if (transaction) return time_out_transaction(*transaction, ctx);
    return turn_away(request.id, Outcome::unavailable, Reason::no_leader, ctx);
  }
  const std::vector<std::uint32_t> order =
      nearest(replicas, is_local(level) ? up & replicas.in(home(ctx)) : up, ctx);
  const std::size_t count = needed(level, replicas, home(ctx));
  const Serial serial = ++memory.last_serial;
  Reading& reading = memory.reads[serial];
  reading.request = request;
  reading.transaction = transaction;
  reading.level = level;
  reading.range = range;
  reading.begun = ctx.monotonic();
  reading.deadline = reading.begun + options.read_request_timeout;
  watch(reading.deadline, ctx);
  if (order.size() > count && memory.speculate_after)
    reading.speculation = ctx.start_timer(*memory.speculate_after, SpeculationDue{serial});
  if (transaction) reading.stage = Reading::Stage::full;
  const auto want_of = [&](std::size_t i) {
    if (transaction) return Read::Want::everything;
    return i == 0 ? Read::Want::data : Read::Want::digest;
  };
  // The nearest last: if it is this node, it may answer at once, and end the read.
  for (std::size_t i = count; i-- > 0;)
    ask(serial, reading, order[i], want_of(i), ctx);
}

void Replica::ask(Serial serial, Reading& reading, std::uint32_t replica, Read::Want want,
                  Context& ctx) {
  const NodeId node = ring.replicas_of_range(reading.range).nodes[replica];
  reading.asked |= ReplicaMask{1} << replica;
  const Read message{serial, want, slice_of(reading.request)};
  if (node != ctx.self()) return ctx.send(node, message);
  const Books books = want == Read::Want::everything ? Books::with : Books::without;
  Page page = memory.table.read(message.slice, books);
  const std::uint64_t digest = digest_of_page(page);
  take_answer(
      serial,
      {replica, digest, want == Read::Want::digest ? std::nullopt : std::optional(std::move(page))},
      ctx);
}

void Replica::on(const Read& read, NodeId coordinator, Context& ctx) {
  if (read.want == Read::Want::digest)
    return ctx.send(coordinator, ReadDigest{read.serial, memory.table.digest_of_slice(read.slice)});
  const Books books = read.want == Read::Want::everything ? Books::with : Books::without;
  ctx.send(coordinator, ReadData{read.serial, read.want, memory.table.read(read.slice, books)});
}

void Replica::on(const ReadData& data, NodeId from, Context& ctx) {
  const auto found = memory.reads.find(data.serial);
  if (found == memory.reads.end()) return;
  const bool full = found->second.stage == Reading::Stage::full;
  if (full != (data.want == Read::Want::everything)) return;  // of the stage before
  if (!believes(data.page, ctx)) return ask_one_more(data.serial, data.want, ctx);
  const auto replica =
      static_cast<std::uint32_t>(ring.replicas_of_range(found->second.range).index(from));
  take_answer(data.serial, {replica, digest_of_page(data.page), data.page}, ctx);
}

void Replica::on(const ReadDigest& digest, NodeId from, Context& ctx) {
  const auto found = memory.reads.find(digest.serial);
  if (found == memory.reads.end() || found->second.stage != Reading::Stage::digests) return;
  const auto replica =
      static_cast<std::uint32_t>(ring.replicas_of_range(found->second.range).index(from));
  take_answer(digest.serial, {replica, digest.digest, {}}, ctx);
}

void Replica::take_answer(Serial serial, Reading::Answer answer, Context& ctx) {
  Reading& reading = memory.reads.at(serial);
  const ReplicaMask bit = ReplicaMask{1} << answer.replica;
  if (reading.stage == Reading::Stage::repairing || (reading.answered & bit) != 0) return;
  reading.answered |= bit;
  reading.answers.push_back(std::move(answer));
  const bool has_data =
      std::any_of(reading.answers.begin(), reading.answers.end(),
                  [](const Reading::Answer& each) { return each.page.has_value(); });
  const bool complete =
      enough(reading.level, ring.replicas_of_range(reading.range), reading.answered, home(ctx)) ||
      options.has(Bug::answer_without_digests);
  if (!complete || !has_data) return;
  if (reading.stage == Reading::Stage::full) return repair(serial, reading, ctx);
  compare_digests(serial, reading, ctx);
}

// All alike: that is the answer. Else everything is asked for, of those that answered.
void Replica::compare_digests(Serial serial, Reading& reading, Context& ctx) {
  const std::vector<Reading::Answer> answers = std::move(reading.answers);
  const bool alike = std::all_of(
      answers.begin(), answers.end(),
      [&answers](const Reading::Answer& each) { return each.digest == answers[0].digest; });
  if (alike || options.has(Bug::answer_without_digests)) {
    const auto data = std::find_if(answers.begin(), answers.end(),
                                   [](const Reading::Answer& each) { return each.page; });
    return finish_read(serial, *data->page, ctx);
  }
  ctx.sometimes(probes::kDigestsDiffer);
  reading.stage = Reading::Stage::full;
  reading.answers.clear();
  const ReplicaMask again = std::exchange(reading.answered, 0);
  reading.asked = 0;
  const ReplicaSet& replicas = ring.replicas_of_range(reading.range);
  const std::vector<std::uint32_t> order = nearest(replicas, again, ctx);
  for (auto each = order.rbegin(); each != order.rend(); ++each)
    ask(serial, reading, *each, Read::Want::everything, ctx);
}

void Replica::finish_read(Serial serial, const Page& page, Context& ctx) {
  const auto done = memory.reads.extract(serial);
  const Reading& reading = done.mapped();
  ctx.cancel(reading.speculation);
  note_read_time(ctx.monotonic() - reading.begun);
  if (reading.transaction) return decide_on(*reading.transaction, page, ctx);
  reply(reading.request.id, result_of(reading.request, page), ctx);
}

// ---- speculative retry --------------------------------------------------------------------------

void Replica::on(const SpeculationDue& due, NodeId /*self*/, Context& ctx) {
  const auto found = memory.reads.find(due.serial);
  if (found == memory.reads.end() || found->second.stage != Reading::Stage::digests) return;
  ctx.sometimes(probes::kSpeculated);
  ask_one_more(due.serial, Read::Want::data, ctx);
}

void Replica::ask_one_more(Serial serial, Read::Want want, Context& ctx) {
  Reading& reading = memory.reads.at(serial);
  const ReplicaSet& replicas = ring.replicas_of_range(reading.range);
  ReplicaMask others = alive(replicas, ctx) & ~reading.asked;
  if (is_local(reading.level)) others &= replicas.in(home(ctx));
  if (others != 0) ask(serial, reading, nearest(replicas, others, ctx).front(), want, ctx);
}

void Replica::note_read_time(Duration took) {
  constexpr std::size_t kRemembered = 128;
  if (options.speculative_retry != Speculation::percentile) return;
  if (memory.read_times_ns.size() < kRemembered) return memory.read_times_ns.push_back(took.ns);
  memory.read_times_ns[memory.next_read_time] = took.ns;
  memory.next_read_time = (memory.next_read_time + 1) % kRemembered;
}

// By nearest rank; looked at with every round of gossip.
void Replica::update_speculation() {
  if (options.speculative_retry == Speculation::none) return;
  if (options.speculative_retry == Speculation::fixed) {
    memory.speculate_after = options.speculative_after;
  } else if (!memory.read_times_ns.empty()) {
    std::vector<std::int64_t> times = memory.read_times_ns;
    const std::size_t rank = (times.size() * options.speculative_percentile + 99) / 100;
    std::stable_sort(times.begin(), times.end());
    memory.speculate_after = Duration{times[std::max<std::size_t>(rank, 1) - 1]};
  }
}

}  // namespace cleave::models::store::cassandra
