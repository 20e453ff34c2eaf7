// The order of the clocks of mailboxes: each message has the time at which the first mailbox that
// saw it was asked, as messengers of today do. Everybody agrees on the order, but it is no better
// than the clocks: where they differ by more than a message is under way, an answer stands above
// what it answers.
#include "models/ordering/ordering.h"

namespace cleave::models::ordering {

namespace {

Carried carry(const Past& /*past*/) {
  return {};
}

void note(Past& /*past*/, MessageNumber /*message*/, const Carried& /*carried*/) {}

}  // namespace

Policy server_timestamp() {
  return {"server-timestamp",
          "By the clock of the mailbox that first saw the message; all agree, as far as the store "
          "of the queues keeps what it acknowledged, but clocks that differ put answers above "
          "questions.",
          true, carry, note};
}

}  // namespace cleave::models::ordering
