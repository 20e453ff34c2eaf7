// What was written on this device, until the service has it. One message at a time is under way,
// under the same number in every retry: so messages come into each queue in the order in which they
// were written, and a copy is recognised.
#include "models/device/device.h"

#include <algorithm>
#include <utility>

namespace cleave::models::device {

using messaging::Accepted;
using messaging::Asked;
using messaging::Bug;
using messaging::Message;
using messaging::Submit;

bool Device::compose(const Line& line, std::uint32_t counter, Context& ctx) {
  if (ctx.disk_full()) return false;
  ordering::Past& past = memory.store.conversations[line.conversation].past;
  Message message{MessageNumber::of(ctx.self(), counter), line.conversation,
                  directory->policy().carry(past), line.answers, line.text};
  directory->policy().note(past, message.number, message.carried);
  const std::uint64_t at = disk.messages.size();
  memory.store.known[message.number].at = at;
  disk.messages.append(std::move(message));
  ++memory.outbox.unsaved;
  ctx.sync_then(Written{at});
  return true;
}

// Nobody may learn of it before it is durable: a crash must not make the device write another
// message of the same number.
void Device::on(const Written& written, NodeId /*self*/, Context& ctx) {
  state_sent(disk.messages[written.at], ctx);
  send_later(written.at, ctx);
  if (!directory->policy().stamped) show(written.at, ctx);
  submit(ctx);
  if (--memory.outbox.unsaved > 0) return;
  for (const std::uint32_t batch : std::exchange(memory.inbox.kept, {}))
    take_in(batch, ctx);
  write_lines(ctx);  // the person may answer what was just sent
}

void Device::state_sent(const Message& message, Context& ctx) const {
  const std::uint64_t number = message.number.value;
  ctx.fact(facts::kMessageSent, number, message.conversation);
  for (const NodeId device : directory->addressees(message.conversation, ctx.self()))
    ctx.fact(facts::kMessageAddressed, number, device.value);
  if (message.answers) ctx.fact(facts::kMessageAnswers, number, message.answers->value);
}

void Device::send_later(std::uint64_t at, Context& ctx) {
  memory.outbox.waiting.push_back(at);
  if (options().give_up_after) ctx.start_timer(*options().give_up_after, GiveUpDue{at});
}

// What nobody was sent cannot be waited for: in its place stands what it came after.
std::vector<MessageNumber> Device::sendable(const std::vector<MessageNumber>& after) const {
  std::vector<MessageNumber> found;
  std::vector<MessageNumber> open(after.rbegin(), after.rend());
  while (!open.empty()) {
    const MessageNumber next = open.back();
    open.pop_back();
    if (disk.given_up(next)) {
      const Message& lost = disk.messages[memory.store.known.at(next).at];
      open.insert(open.end(), lost.carried.after.begin(), lost.carried.after.end());
    } else if (std::find(found.begin(), found.end(), next) == found.end()) {
      found.push_back(next);
    }
  }
  return found;
}

void Device::submit(Context& ctx) {
  if (memory.outbox.waiting.empty() || !may_ask(Asked::submit)) return;
  Message message = disk.messages[memory.outbox.waiting.front()];
  message.carried.after = sendable(message.carried.after);
  Submit submit{message.number, directory->addressees(message.conversation, ctx.self()),
                messaging::write_letter(message)};
  if (options().has(Bug::forget_own_devices))
    std::erase_if(submit.to, [this](NodeId d) { return directory->person_of(d) == person(); });
  ctx.send(memory.session.gateway, submit);
  await(Asked::submit, ctx);
}

void Device::on(const Accepted& m, NodeId gateway, Context& ctx) {
  if (!hear(gateway, ctx)) return;
  std::vector<std::uint64_t>& waiting = memory.outbox.waiting;
  if (waiting.empty() || disk.messages[waiting.front()].number != m.number) return;
  const std::uint64_t at = waiting.front();
  take_answer(Asked::submit, ctx);
  waiting.erase(waiting.begin());
  disk.fates.put(m.number, Fate{Fate::Kind::accepted, m.rank});
  ctx.fact(facts::kMessageAccepted, m.number.value);
  if (directory->policy().stamped) show(at, ctx);
  const std::uint32_t conversation = disk.messages[at].conversation;
  for (const std::uint32_t member : directory->cast.conversations[conversation].members) {
    if (member == person()) continue;
    const MessageAndPerson of{m.number, member};
    if (disk.status(of) >= MessageStatus::accepted) continue;
    disk.statuses.put(of, MessageStatus::accepted);
    ctx.fact(facts::kStatusShown, m.number.value,
             StatusShown{member, MessageStatus::accepted}.pack());
  }
  submit(ctx);
  write_lines(ctx);
}

void Device::on(const GiveUpDue& due, NodeId /*self*/, Context& ctx) {
  std::vector<std::uint64_t>& waiting = memory.outbox.waiting;
  const auto found = std::find(waiting.begin(), waiting.end(), due.at);
  if (found == waiting.end()) return;
  const MessageNumber number = disk.messages[due.at].number;
  const bool under_way = found == waiting.begin();
  waiting.erase(found);
  disk.fates.put(number, Fate{Fate::Kind::given_up, 0});
  ctx.fact(facts::kMessageGivenUp, number.value);
  if (!under_way) return;
  ctx.cancel(request(Asked::submit).timer);
  request(Asked::submit) = {};
  submit(ctx);
}

}  // namespace cleave::models::device
