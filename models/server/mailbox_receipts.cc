// What became of messages. How far one has come towards a person is a max-register for each message
// and person: the most that any of the person's devices said, in whatever order they said it. Not a
// mark for a whole conversation, below which all is read: devices name the messages, since one that
// was late may stand above others that were read long before.
#include "models/server/mailbox.h"

#include <algorithm>

namespace cleave::models::server {

using messaging::Asked;
using messaging::Bug;
using messaging::Receipt;
using messaging::Report;
using messaging::Reported;
using messaging::Unavailable;

void Mailbox::on(const Report& m, NodeId gateway, Context& ctx) {
  const auto [entry, is_new] = memory.reports.try_emplace({m.device, m.ticket});
  Reporting& reporting = entry->second;
  reporting.progress.gateway = gateway;
  if (!is_new) return;
  reporting.report = m;
  raise(reporting, ctx);
}

void Mailbox::raise(Reporting& reporting, Context& ctx) {
  const Report& report = reporting.report;
  const std::uint32_t person = directory->person_of(report.device);
  const bool last_wins = directory->options.has(Bug::last_receipt_wins);
  const auto status = static_cast<std::int64_t>(report.status);
  reporting.progress.waiting = static_cast<std::uint32_t>(report.messages.size());
  for (const MessageNumber message : report.messages) {
    const store::ObjectName object(
        directory->options.receipts, last_wins ? ObjectType::reg : ObjectType::max_register,
        "receipt/" + std::to_string(message.value) + "/" + std::to_string(person));
    const Raised then{{report.device, report.ticket}, message};
    if (last_wins)
      memory.client.write(ctx, object, messaging::write_rank(status), then);
    else
      memory.client.raise(ctx, object, status, then);
  }
  if (report.messages.empty()) finish_report({report.device, report.ticket}, ctx);
}

// Whoever has raised it further tells of that.
void Mailbox::on(const store::Answer<Raised>& raised, NodeId /*replica*/, Context& ctx) {
  Reporting& reporting = memory.reports.at(raised.then.report);
  reporting.progress.failed |= !raised.ok();
  const auto status = static_cast<std::int64_t>(reporting.report.status);
  if (raised.ok() && raised.result.number <= status) reporting.news.push_back(raised.then.message);
  if (--reporting.progress.waiting != 0) return;
  if (reporting.progress.failed || reporting.news.empty())
    return finish_report(raised.then.report, ctx);
  tell(reporting, ctx);
}

// The sender's devices, and the person's own others: what was read on one is read on all.
std::vector<NodeId> Mailbox::told_of(const Report& report) const {
  std::vector<NodeId> devices;
  for (const std::uint32_t device : directory->cast.people[report.to].devices)
    devices.push_back(directory->cast.devices[device].node);
  if (report.status != MessageStatus::read) return devices;
  const std::uint32_t person = directory->person_of(report.device);
  for (const std::uint32_t device : directory->cast.people[person].devices)
    if (const NodeId other = directory->cast.devices[device].node; other != report.device)
      devices.push_back(other);
  return devices;
}

void Mailbox::tell(Reporting& reporting, Context& ctx) {
  const Report& report = reporting.report;
  const Blob letter =
      messaging::seal(messaging::write_letter(Receipt{directory->person_of(report.device),
                                                      report.status, reporting.news}),
                      std::nullopt);
  const std::vector<NodeId> devices = told_of(report);
  reporting.progress.waiting = static_cast<std::uint32_t>(devices.size());
  for (const NodeId device : devices)
    memory.client.append(ctx, queue_of(device), letter, Told{{report.device, report.ticket}});
}

void Mailbox::on(const store::Answer<Told>& told, NodeId /*replica*/, Context& ctx) {
  Progress& progress = memory.reports.at(told.then.report).progress;
  progress.failed |= !told.ok();
  if (--progress.waiting == 0) finish_report(told.then.report, ctx);
}

void Mailbox::finish_report(ReportId id, Context& ctx) {
  const auto done = memory.reports.extract(id);
  const Reporting& reporting = done.mapped();
  const NodeId device = reporting.report.device;
  if (reporting.progress.failed)
    return ctx.send(reporting.progress.gateway, Unavailable{device, Asked::report});
  ctx.send(reporting.progress.gateway, Reported{device, id.second});
  if (!reporting.news.empty()) wake(told_of(reporting.report), ctx);
}

}  // namespace cleave::models::server
