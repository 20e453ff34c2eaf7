// The words of the `workload` part.
#include "sim/scenario/words.h"

namespace cleave {
namespace {

// When operations begin, and whose they are.
std::vector<Field> pace_fields() {
  return {{.key = "from", .type = Type::duration, .default_text = "0s", .doc = "When it begins."},
          {.key = "to",
           .type = Type::duration,
           .when_absent = "the end of the run",
           .doc = "When no more operations begin."},
          {.key = "every",
           .type = Type::duration,
           .range = "1ns..",
           .when_absent = "see `rate` and `in_flight`",
           .doc = "Open loop: time from one operation to the next, of all its clients together."},
          {.key = "rate",
           .type = Type::text,
           .when_absent = "see `every` and `in_flight`",
           .doc = "Open loop: operations of all its clients together, as `200/s` or `30/m`."},
          {.key = "arrivals",
           .type = Type::choice,
           .range = "regular | poisson",
           .default_text = "regular",
           .doc = "Open loop: at equal distances, or memoryless with the same mean."},
          {.key = "in_flight",
           .type = Type::natural,
           .range = "1..10000",
           .when_absent = "see `every` and `rate`",
           .doc = "Closed loop: operations that each client has under way."},
          {.key = "think",
           .type = Type::duration,
           .default_text = "0s",
           .doc = "Closed loop: pause between an answer and the next operation."},
          {.key = "by", .type = Type::name, .shape = Shape::list, .doc = "Client groups."}};
}

std::vector<Field> operation_fields() {
  return {
      {.key = "do",
       .type = Type::any,
       .doc = "An action, such as `write`, or several with weights: `{read: 9, write: 1}`."},
      {.key = "on", .type = Type::name, .doc = "A store."},
      {.key = "object",
       .type = Type::choice,
       .range = "register | max_register | set | log | queue | counter | pool | map",
       .when_absent = "the first type in this list that has the actions",
       .doc = "Type of the objects."},
      {.key = "key",
       .type = Type::text,
       .doc = "Names of the objects: one, or a range such as `user-{0..99}`."},
      {.key = "order",
       .type = Type::choice,
       .range = "uniform | sequential",
       .default_text = "uniform",
       .doc = "How a client goes through the keys: by chance, or one after another and around."},
      {.key = "zipf",
       .type = Type::decimal,
       .range = "0..10",
       .when_absent = "all keys alike",
       .doc = "Exponent of a Zipf distribution over the keys: the first is chosen most."},
      {.key = "amount",
       .type = Type::integer,
       .range = "-1000000000..1000000000",
       .default_text = "1",
       .doc = "By how much a counter or max_register rises each time."},
      {.key = "bound",
       .type = Type::integer,
       .range = "0..1000000000000",
       .default_text = "0",
       .doc = "Above which `reserve` must not take a counter."},
      {.key = "consistency",
       .type = Type::choice,
       .range = "configured | strong | eventual",
       .default_text = "configured",
       .doc = "What a read must be: as the engine's options say, the best that it can give, or "
              "whatever the replica that is asked has."}};
}

// What becomes of an operation that is not answered.
std::vector<Field> patience_fields() {
  return {
      {.key = "deadline",
       .type = Type::duration,
       .range = "1us..",
       .default_text = "10s",
       .doc = "After so long a client gives up; what it does not know then stays unknown."},
      {.key = "answer_within",
       .type = Type::duration,
       .range = "1us..",
       .default_text = "2s",
       .doc = "Else an attempt has failed, and another replica may be asked."},
      {.key = "retries",
       .type = Type::natural,
       .range = "0..1000000",
       .when_absent = "until the deadline",
       .doc = "At most. However often it is tried, it is one operation."},
      {.key = "backoff",
       .type = Type::duration,
       .range = "1us..",
       .default_text = "100ms",
       .doc = "Before the first retry at most; it doubles with each one, and the pause is drawn "
              "from nothing up to it (full jitter)."},
      {.key = "most_backoff",
       .type = Type::duration,
       .range = "1us..",
       .default_text = "5s",
       .doc = "At which doubling stops."}};
}

}  // namespace

const Schema& workload_words() {
  static const Schema kWords{"workload",
                             "What some clients do: an open loop at a pace of its own (`every` or "
                             "`rate`), or a closed one "
                             "in which each client waits for its answers (`in_flight`).",
                             joined({pace_fields(), operation_fields(), patience_fields()})};
  return kWords;
}

}  // namespace cleave
