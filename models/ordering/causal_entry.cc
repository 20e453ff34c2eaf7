// Causal order (Lamport 1978; causal delivery: Birman and Joseph 1987). A message names the newest
// messages that its sender's device showed: all others that it had seen come before one of these. A
// device holds it back until they are there. Its rank is one more than any of theirs, a Lamport
// clock: an order that all agree on, and in which causes stand above effects. One message that is
// missing holds up whatever was written after it had been seen.
#include "models/catalogue.h"

#include <algorithm>

namespace cleave::models::ordering {

namespace {

Carried carry(const Past& past) {
  return {past.highest + 1, {past.heads.begin(), past.heads.end()}};
}

void note(Past& past, MessageNumber message, const Carried& carried) {
  past.highest = std::max(past.highest, carried.rank);
  for (const MessageNumber before : carried.after)
    past.heads.erase(before);
  past.heads.insert(message);
}

}  // namespace

Entry causal_entry() {
  const Policy policy{
      .name = "causal",
      .about =
          "What was seen before a message was written is shown above it, by holding "
          "back what comes too early; what is concurrent stands in an order that all "
          "agree on.",
      .number = 0,
      .carry = carry,
      .note = note};
  return {policy.name, policy.about, {}, policy};
}

}  // namespace cleave::models::ordering
