// What became of messages, both ways. A device tells the service that it has a message, once that
// is durable, and that its person has read it; and it shows how far the messages of its own person
// have come, which only ever rises.
#include "models/device/device.h"

#include <algorithm>

namespace cleave::models::device {

using messaging::Asked;
using messaging::Bug;
using messaging::Receipt;
using messaging::Report;
using messaging::Reported;

void Device::tell(MessageNumber message, MessageStatus status) {
  if (is_ours(message)) return;
  memory.receipts.waiting[{directory->sender_of(message), status}].push_back(message);
}

void Device::tell_delivered(const Arrival& arrival, Context& ctx) {
  for (const std::uint64_t at : arrival.fresh)
    tell(disk.messages[at].number, MessageStatus::delivered);
  report(ctx);
}

void Device::report(Context& ctx) {
  Receipts& receipts = memory.receipts;
  if (receipts.waiting.empty() || !may_ask(Asked::report)) return;
  const auto& [key, messages] = *receipts.waiting.begin();
  receipts.asked = key;
  receipts.count = static_cast<std::uint32_t>(
      std::min<std::size_t>(messages.size(), options().receipts_at_once));
  Report report{ctx.self(), ++receipts.ticket, key.first, key.second, {}};
  report.messages.assign(messages.begin(), messages.begin() + receipts.count);
  for (const MessageNumber message : report.messages)
    ctx.fact(facts::kReceiptSent, message.value, static_cast<std::uint64_t>(key.second));
  ctx.send(memory.session.gateway, report);
  await(Asked::report, ctx);
}

void Device::on(const Reported& m, NodeId gateway, Context& ctx) {
  Receipts& receipts = memory.receipts;
  if (!hear(gateway, ctx) || !receipts.asked || m.ticket != receipts.ticket) return;
  take_answer(Asked::report, ctx);
  const auto entry = receipts.waiting.find(*receipts.asked);
  std::vector<MessageNumber>& messages = entry->second;
  const auto told = messages.begin() + receipts.count;
  for (auto message = messages.begin(); message != told; ++message) {
    Mark mark = disk.mark(*message);
    mark.told = std::max(mark.told, entry->first.second);
    disk.marks.put(*message, mark);
  }
  messages.erase(messages.begin(), told);
  if (messages.empty()) receipts.waiting.erase(entry);
  receipts.asked.reset();
  report(ctx);
}

void Device::take_receipt(const Receipt& receipt, Arrival& arrival, Context& /*ctx*/) {
  for (const MessageNumber message : receipt.messages) {
    if (receipt.person == person()) {  // read on another device of ours
      mark_read(message);
      Mark mark = disk.mark(message);
      mark.told = MessageStatus::read;
      disk.marks.put(message, mark);
      continue;
    }
    const MessageAndPerson of{message, receipt.person};
    const MessageStatus before = disk.status(of);
    const bool news =
        options().has(Bug::last_receipt_wins) ? before != receipt.status : before < receipt.status;
    if (!news) continue;
    disk.statuses.put(of, receipt.status);
    arrival.statuses.push_back(of);
  }
}

void Device::mark_read(MessageNumber message) {
  Mark mark = disk.mark(message);
  mark.read = true;
  disk.marks.put(message, mark);
  std::erase(memory.unread, message);
}

}  // namespace cleave::models::device
