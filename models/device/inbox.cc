// The queue of this device in the mailbox: pulled page by page, one page at a time. What came is
// made durable, then shown, then acknowledged: a crash at any point leaves it here or there.
#include "models/device/device.h"

#include <algorithm>

namespace cleave::models::device {

using messaging::Acknowledge;
using messaging::Asked;
using messaging::Batch;
using messaging::Bug;
using messaging::Letter;
using messaging::Message;
using messaging::Pull;
using messaging::Receipt;
using messaging::Wake;

void Device::pull(Context& ctx) {
  Inbox& inbox = memory.inbox;
  if (!may_ask(Asked::pull) || !inbox.arrivals.empty()) {
    inbox.again = true;
    return;
  }
  inbox.again = false;
  const Pull page{ctx.self(), options().batch, inbox.next};
  if (options().has(Bug::parallel_pulls))
    ctx.send(memory.session.gateway, Pull{page.device, page.most, page.from + page.most});
  ctx.send(memory.session.gateway, page);
  await(Asked::pull, ctx);
}

void Device::on(const Wake& /*m*/, NodeId gateway, Context& ctx) {
  if (hear(gateway, ctx)) pull(ctx);
}

void Device::on(const Batch& m, NodeId gateway, Context& ctx) {
  if (!hear(gateway, ctx)) return;
  if (!m.letters.empty() && ctx.disk_full()) return back_off(Asked::pull, ctx);
  if (!take_answer(Asked::pull, ctx) && !options().has(Bug::parallel_pulls)) return;
  Inbox& inbox = memory.inbox;
  inbox.again |= m.more;
  if (m.letters.empty()) {
    if (inbox.again) pull(ctx);
    return;
  }
  inbox.next = std::max(inbox.next, m.last + 1);
  const std::uint32_t number = ++inbox.batches;
  Arrival& arrival = inbox.arrivals[number];
  arrival.last = m.last;
  for (const Blob& sealed : m.letters) {
    std::optional<Letter> letter = messaging::open(sealed);
    if (!letter) continue;
    if (auto* message = std::get_if<Message>(&*letter))
      take_message(std::move(*message), arrival, ctx);
    else
      take_receipt(std::get<Receipt>(*letter), arrival, ctx);
  }
  if (options().has(Bug::acknowledge_before_durable)) acknowledge(arrival, ctx);
  if (options().has(Bug::deliver_before_durable)) tell_delivered(arrival, ctx);
  ctx.sync_then(Kept{number});
}

void Device::take_message(Message message, Arrival& arrival, Context& ctx) {
  const MessageNumber number = message.number;
  arrival.messages.push_back(number);
  if (memory.store.has(number) && !options().has(Bug::show_repeats)) {
    ctx.fact(facts::kMessageRepeated, number.value);
    return;
  }
  const std::uint64_t at = disk.messages.size();
  memory.store.known[number].at = at;
  disk.messages.append(std::move(message));
  arrival.fresh.push_back(at);
}

// What is being saved was written before its writer could see this, and is stated first.
void Device::on(const Kept& kept, NodeId /*self*/, Context& ctx) {
  if (memory.outbox.unsaved > 0)
    memory.inbox.kept.push_back(kept.batch);
  else
    take_in(kept.batch, ctx);
}

void Device::take_in(std::uint32_t batch, Context& ctx) {
  const auto done = memory.inbox.arrivals.extract(batch);
  const Arrival& arrival = done.mapped();
  for (const std::uint64_t at : arrival.fresh)
    ctx.fact(facts::kMessageStored, disk.messages[at].number.value);
  for (const std::uint64_t at : arrival.fresh)
    show(at, ctx);
  for (const MessageAndPerson& of : arrival.statuses)
    if (memory.store.shows(of.first))
      ctx.fact(facts::kStatusShown, of.first.value, StatusShown{of.second, disk.status(of)}.pack());
  if (!options().has(Bug::acknowledge_before_durable)) acknowledge(arrival, ctx);
  if (!options().has(Bug::deliver_before_durable)) tell_delivered(arrival, ctx);
  if (memory.inbox.again) pull(ctx);
  write_lines(ctx);  // the person may have waited for this
}

void Device::acknowledge(const Arrival& arrival, Context& ctx) {
  if (memory.session.state != Session::State::up) return;
  for (const MessageNumber message : arrival.messages)
    ctx.fact(facts::kMessageAcknowledged, message.value);
  ctx.send(memory.session.gateway, Acknowledge{ctx.self().value, arrival.last});
}

// ---- what is shown ------------------------------------------------------------------------------

void Device::show(std::uint64_t at, Context& ctx) {
  const Message& message = disk.messages[at];
  const std::uint32_t conversation = message.conversation;
  const std::optional<MessageNumber> lacking = memory.store.lacking(message);
  if (lacking && !options().has(Bug::show_before_cause)) {
    ctx.fact(facts::kMessageWaitsFor, message.number.value, lacking->value);
    memory.store.conversations[conversation].held.push_back(at);
    return;
  }
  show_now(at, ctx);
  release_held(conversation, ctx);
}

void Device::show_now(std::uint64_t at, Context& ctx) {
  const Message& message = disk.messages[at];
  const std::uint64_t number = message.number.value;
  // An answer whose question has not come is shown with a mark that says so.
  const bool lacks_question = message.answers && !memory.store.shows(*message.answers);
  if (lacks_question && !options().has(Bug::show_before_cause))
    ctx.fact(facts::kMessageWaitsFor, number, message.answers->value);
  const std::size_t place = memory.store.show(message, rank_of(message));
  ctx.fact(facts::kMessageShown, number, place);
  if (!is_mine(message.number)) {
    ordering::Past& past = memory.store.conversations[message.conversation].past;
    directory->policy().note(past, message.number, message.carried);
  }
  if (is_ours(message.number)) {
    const auto& rows = disk.statuses.rows();
    for (auto row = rows.lower_bound({message.number, 0});
         row != rows.end() && row->first.first == message.number; ++row)
      ctx.fact(facts::kStatusShown, number, StatusShown{row->first.second, row->second}.pack());
  } else if (!disk.mark(message.number).read) {
    memory.unread.push_back(message.number);
    look_later(ctx);
  }
}

void Device::release_held(std::uint32_t conversation, Context& ctx) {
  std::vector<std::uint64_t>& held = memory.store.conversations[conversation].held;
  for (std::size_t i = 0; i < held.size();) {
    if (memory.store.lacking(disk.messages[held[i]])) {
      ++i;
      continue;
    }
    const std::uint64_t at = held[i];
    held.erase(held.begin() + static_cast<std::ptrdiff_t>(i));
    show_now(at, ctx);
    i = 0;  // others may have waited for this one
  }
}

}  // namespace cleave::models::device
