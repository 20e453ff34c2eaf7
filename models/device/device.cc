#include "models/device/device.h"

#include <algorithm>

namespace cleave::models::device {

using messaging::Message;

std::string Device::summary() const {
  std::size_t shown = 0;
  std::size_t held = 0;
  for (const auto& [number, conversation] : memory.store.conversations) {
    shown += conversation.list.size();
    held += conversation.held.size();
  }
  std::string text = std::to_string(shown) + " shown";
  if (held > 0) text += ", " + std::to_string(held) + " held back";
  if (!memory.outbox.waiting.empty())
    text += ", " + std::to_string(memory.outbox.waiting.size()) + " to send";
  if (memory.asleep)
    text += ", asleep";
  else if (memory.session.state != Session::State::up)
    text += ", not connected";
  return text;
}

bool Device::is_mine(MessageNumber message) const {
  return message.device() == directory->cast.devices[index].node;
}

bool Device::is_ours(MessageNumber message) const {
  return directory->sender_of(message) == person();
}

// What was written here and is ranked by mailboxes has its rank since it was accepted.
std::int64_t Device::rank_of(const Message& message) const {
  if (!directory->policy().stamped || !is_mine(message.number)) return message.carried.rank;
  const Fate* fate = disk.fates.find(message.number);
  return fate ? fate->rank : 0;
}

void Device::on(const Start& start, NodeId /*self*/, Context& ctx) {
  memory.receipts.ticket = static_cast<std::uint32_t>(start.incarnation) << 20;
  memory.asleep = habits.sleeps_at(ctx.monotonic());
  restore(ctx);
  wait_for_sleep(ctx);
  plan_chat(ctx);
  write_lines(ctx);
  look_later(ctx);
  connect(ctx);
}

void Device::restore(Context& ctx) {
  disk.messages.discard_torn();
  for (std::uint64_t at = 0; at < disk.messages.size(); ++at)
    memory.store.known[disk.messages[at].number].at = at;
  // First what was written here: nothing has been shown that its writer had not seen.
  for (std::uint64_t at = 0; at < disk.messages.size(); ++at)
    if (is_mine(disk.messages[at].number)) state_sent(disk.messages[at], ctx);
  for (std::uint64_t at = 0; at < disk.messages.size(); ++at)
    restore_message(at, ctx);
}

void Device::restore_message(std::uint64_t at, Context& ctx) {
  const Message& message = disk.messages[at];
  if (!is_mine(message.number)) {
    ctx.fact(facts::kMessageStored, message.number.value);
    show(at, ctx);
    if (is_ours(message.number)) return;
    const Mark mark = disk.mark(message.number);
    if (mark.told < MessageStatus::delivered) tell(message.number, MessageStatus::delivered);
    if (mark.read && mark.told < MessageStatus::read) tell(message.number, MessageStatus::read);
    return;
  }
  if (message.number.counter() <= habits.lines.size())
    memory.lines = std::max(memory.lines, message.number.counter());
  ordering::Past& past = memory.store.conversations[message.conversation].past;
  directory->policy().note(past, message.number, message.carried);
  const Fate* fate = disk.fates.find(message.number);
  if (!fate) send_later(at, ctx);
  if (!directory->policy().stamped || (fate && fate->kind == Fate::Kind::accepted)) show(at, ctx);
}

}  // namespace cleave::models::device
