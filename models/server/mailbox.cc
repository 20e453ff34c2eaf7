#include "models/server/mailbox.h"

#include "models/store/objects.h"

#include <algorithm>

namespace cleave::models::server {

using messaging::Accepted;
using messaging::Acknowledge;
using messaging::Asked;
using messaging::Batch;
using messaging::Bug;
using messaging::Ping;
using messaging::Pong;
using messaging::Pull;
using messaging::Submit;
using messaging::Unavailable;
using messaging::WakeAll;

void Mailbox::on(const Start& start, NodeId /*self*/, Context& /*ctx*/) {
  memory.client.open(stores, start.incarnation);
}

void Mailbox::on(const Ping& /*m*/, NodeId gateway, Context& ctx) {
  ctx.send(gateway, Pong{});
}

store::ObjectName Mailbox::queue_of(NodeId device) const {
  return {directory->options.queues, ObjectType::queue, directory->device(device).name};
}

// Nobody here knows where a device is connected: whichever gateway has it passes it on. One that is
// lost does no harm for long, since devices look into their queues whenever they have pinged.
void Mailbox::wake(const std::vector<NodeId>& devices, Context& ctx) const {
  if (devices.empty()) return;
  for (const NodeId gateway : directory->cast.gateways)
    ctx.send(gateway, WakeAll{devices});
}

// ---- a message comes in -------------------------------------------------------------------------

void Mailbox::on(const Submit& m, NodeId gateway, Context& ctx) {
  const auto [entry, is_new] = memory.submissions.try_emplace(m.number);
  Submission& submission = entry->second;
  submission.progress.gateway = gateway;
  if (!is_new) return;  // a retry, while the first try is under way
  submission.submit = m;
  if (directory->policy().stamped && !directory->options.has(Bug::accept_before_stored))
    return propose_rank(submission, ctx);
  if (directory->policy().stamped) submission.rank = ctx.now().ns;
  fan_out(submission, ctx);
}

// The first mailbox that proposes a rank for a message decides it, for those as well that may be
// asked to accept the same message again later. Else two copies of it could have two ranks.
void Mailbox::propose_rank(const Submission& submission, Context& ctx) {
  const MessageNumber number = submission.submit.number;
  memory.last_rank = std::max(memory.last_rank + 1, ctx.now().ns);
  const store::ObjectName rank(directory->options.queues, ObjectType::reg,
                               "rank/" + std::to_string(number.value));
  memory.client.compare_and_set(ctx, rank,
                                store::Versioned{0, messaging::write_rank(memory.last_rank)},
                                Stamped{number, memory.last_rank});
}

void Mailbox::on(const store::Answer<Stamped>& stamped, NodeId /*replica*/, Context& ctx) {
  Submission& submission = memory.submissions.at(stamped.then.number);
  submission.rank = stamped.then.rank;
  if (stamped.result.outcome == Outcome::conflict) {
    const std::vector<Blob>& values = stamped.result.values;
    const auto first = values.empty() ? std::nullopt : messaging::read_rank(values.front());
    submission.progress.failed = !first;
    submission.rank = first.value_or(0);
  } else {
    submission.progress.failed = !stamped.ok();
  }
  if (submission.progress.failed) return finish(stamped.then.number, ctx);
  fan_out(submission, ctx);
}

void Mailbox::fan_out(Submission& submission, Context& ctx) {
  const MessageNumber number = submission.submit.number;
  const Blob sealed =
      messaging::seal(submission.submit.letter,
                      directory->policy().stamped ? std::optional(submission.rank) : std::nullopt);
  for (const NodeId device : submission.submit.to)
    memory.client.append(ctx, queue_of(device), sealed, Appended{number});
  submission.progress.waiting = static_cast<std::uint32_t>(submission.submit.to.size());
  if (directory->options.has(Bug::accept_before_stored))
    ctx.send(submission.progress.gateway, Accepted{number, submission.rank});
  if (submission.progress.waiting == 0) finish(number, ctx);
}

void Mailbox::on(const store::Answer<Appended>& appended, NodeId /*replica*/, Context& ctx) {
  Progress& progress = memory.submissions.at(appended.then.number).progress;
  progress.failed |= !appended.ok();
  if (--progress.waiting == 0) finish(appended.then.number, ctx);
}

// One tick: the sender may show it only when the store says that the message is safe. If not, it
// may be in some queues all the same: those who have it already will recognise the next copy.
void Mailbox::finish(MessageNumber number, Context& ctx) {
  const auto done = memory.submissions.extract(number);
  const Submission& submission = done.mapped();
  if (submission.progress.failed)
    ctx.send(submission.progress.gateway, Unavailable{number.device(), Asked::submit});
  else
    ctx.send(submission.progress.gateway, Accepted{number, submission.rank});
  wake(submission.submit.to, ctx);
}

// ---- and goes out -------------------------------------------------------------------------------

void Mailbox::on(const Pull& m, NodeId gateway, Context& ctx) {
  memory.client.read_from(ctx, queue_of(m.device), m.from, Fetched{gateway, m});
}

void Mailbox::on(const store::Answer<Fetched>& fetched, NodeId /*replica*/, Context& ctx) {
  const auto& [gateway, pull] = fetched.then;
  if (!fetched.ok()) return ctx.send(gateway, Unavailable{pull.device, Asked::pull});
  const std::vector<Blob>& letters = fetched.result.values;
  // Entries follow one another up to the end of the queue, unless there are too many for one read;
  // then from where it began, or further on if the queue was trimmed meanwhile. A position that is
  // too low acknowledges too little, which only costs another pull.
  const std::uint64_t first = letters.size() < store::kMostEntriesRead
                                  ? fetched.result.version + 1 - letters.size()
                                  : pull.from;
  Batch batch{pull.device, letters.size() > pull.most, 0, letters};
  if (batch.more) batch.letters.resize(pull.most);
  batch.last = first + batch.letters.size() - 1;
  ctx.send(gateway, batch);
}

// Only what a device has made durable may leave its queue.
void Mailbox::on(const Acknowledge& m, NodeId /*gateway*/, Context& ctx) {
  const NodeId device{static_cast<std::uint32_t>(m.device)};
  memory.client.acknowledge(ctx, queue_of(device), m.through, Trimmed{device});
}

// If it failed, what is still there will be pulled and acknowledged once more.
void Mailbox::on(const store::Answer<Trimmed>& /*trimmed*/, NodeId /*replica*/, Context& /*ctx*/) {}

}  // namespace cleave::models::server
