// The order of the clocks of mailboxes: each message has the time at which the first mailbox that
// saw it was asked, as messengers of today do. Everybody agrees on the order, but it is no better
// than the clocks: where they differ by more than a message is under way, an answer stands above
// what it answers.
#include "models/catalogue.h"

namespace cleave::models::ordering {

namespace {

Carried carry(const Past& /*past*/) {
  return {};
}

void note(Past& /*past*/, MessageNumber /*message*/, const Carried& /*carried*/) {}

}  // namespace

Entry server_timestamp_entry() {
  const Policy policy{
      .name = "server-timestamp",
      .about =
          "By the clock of the mailbox that first saw the message; all agree, as far "
          "as the store of the queues keeps what it acknowledged, but clocks that "
          "differ put answers above questions.",
      .number = 1,
      .stamped = true,
      .carry = carry,
      .note = note};
  return {policy.name, policy.about, {}, policy};
}

}  // namespace cleave::models::ordering
