// Lamport's order (1978): a message's rank is one more than any that its device had shown. Causes
// stand above effects, and nobody ever waits; but whatever comes late is put above what is shown.
#include "models/catalogue.h"

#include <algorithm>

namespace cleave::models::ordering {

namespace {

Carried carry(const Past& past) {
  return {past.highest + 1, {}};  // after nothing: shown as soon as it comes
}

void note(Past& past, MessageNumber /*message*/, const Carried& carried) {
  past.highest = std::max(past.highest, carried.rank);
}

}  // namespace

Entry lamport_entry() {
  const Policy policy{.name = "lamport",
                      .about =
                          "Causes stand above effects, in an order that all agree on, and nobody "
                          "waits; what comes late is put above what was shown.",
                      .number = 2,
                      .carry = carry,
                      .note = note};
  return {policy.name, policy.about, {}, policy};
}

}  // namespace cleave::models::ordering
