// The words of the `topology` part.
#include "sim/scenario/words.h"

namespace cleave {

const Schema& reorder_words() {
  static const Schema kWords{
      "reorder",
      "Some packets wait longer, so that later ones overtake them.",
      {{.key = "probability", .type = Type::probability, .doc = "Of a packet to be late."},
       {.key = "by", .type = Type::duration, .range = "1ns..", .doc = "How much it waits more."}}};
  return kWords;
}

const Schema& connection_words() {
  static const Schema kWords{
      "connections",
      "How long a connection keeps trying: a lost message is sent again after a timeout that "
      "doubles (RFC 6298). The defaults are those of Linux.",
      {{.key = "minimum_timeout",
        .type = Type::duration,
        .range = "1ms..",
        .default_text = "200ms",
        .doc = "Least time before a message is sent again."},
       {.key = "maximum_timeout",
        .type = Type::duration,
        .range = "1ms..",
        .default_text = "120s",
        .doc = "At which doubling stops."},
       {.key = "retries",
        .type = Type::natural,
        .range = "0..100",
        .default_text = "15",
        .doc = "After so many a connection breaks."}}};
  return kWords;
}

const Schema& bursts_words() {
  static const Schema kWords{
      "bursts",
      "Loss in bursts: a link is in a good or a bad state, and may change from one time slot to "
      "the "
      "next (Gilbert 1960, Elliott 1963).",
      {{.key = "slot",
        .type = Type::duration,
        .range = "1us..",
        .default_text = "10ms",
        .doc = "Length of a time slot."},
       {.key = "to_bad", .type = Type::probability, .doc = "From good to bad, each slot."},
       {.key = "to_good", .type = Type::probability, .doc = "From bad to good, each slot."},
       {.key = "lost_in_good",
        .type = Type::probability,
        .default_text = "0%",
        .doc = "Of a packet to be lost in the good state."},
       {.key = "lost_in_bad",
        .type = Type::probability,
        .default_text = "100%",
        .doc = "Of a packet to be lost in the bad state."}}};
  return kWords;
}

const Schema& link_words() {
  static const Schema kWords{
      "link",
      "How the link between two regions differs from the latency table. `between` speaks of both "
      "directions; `from` and `to` of one, over what `between` says.",
      {{.key = "between",
        .type = Type::name,
        .shape = Shape::list,
        .when_absent = "one direction",
        .doc = "Two regions."},
       {.key = "from", .type = Type::name, .when_absent = "both", .doc = "The sending region."},
       {.key = "to", .type = Type::name, .when_absent = "both", .doc = "The receiving region."},
       {.key = "rtt",
        .type = Type::duration,
        .when_absent = "as in the table",
        .doc = "Round trip, half of it each way. Only with `between`."},
       {.key = "latency",
        .type = Type::duration,
        .when_absent = "as in the table",
        .doc = "One way."},
       {.key = "jitter",
        .type = Type::duration,
        .when_absent = "none",
        .doc = "A packet takes up to so much more, uniformly."},
       {.key = "loss", .type = Type::probability, .when_absent = "0%", .doc = "Of a packet."},
       {.key = "bursts",
        .type = Type::section,
        .when_absent = "none",
        .doc = "Loss in bursts, beside `loss`.",
        .of = &bursts_words()},
       {.key = "duplicate",
        .type = Type::probability,
        .when_absent = "0%",
        .doc = "That a packet arrives twice."},
       {.key = "reorder",
        .type = Type::section,
        .when_absent = "none",
        .doc = "Packets that overtake each other.",
        .of = &reorder_words()},
       {.key = "bandwidth",
        .type = Type::bit_rate,
        .range = "1bit/s..",
        .when_absent = "no limit",
        .doc = "Of the line, shared by all who use it."},
       {.key = "queue",
        .type = Type::bytes,
        .range = "1B..",
        .when_absent = "150kB",
        .doc = "What may wait before the line; more is dropped. Only with `bandwidth`."}}};
  return kWords;
}

const Schema& topology_words() {
  static const Schema kWords{
      "topology",
      "Where things are: regions, the links between them, and how devices reach them.",
      {{.key = "latency",
        .type = Type::name,
        .when_absent = "from `links` alone",
        .doc = "A table of published round trips: see `cleave list latencies`."},
       {.key = "regions", .type = Type::name, .shape = Shape::list, .doc = "Their names."},
       {.key = "local_rtt",
        .type = Type::duration,
        .default_text = "2ms",
        .doc = "Round trip between two machines of one region: two zones of a data centre."},
       {.key = "links",
        .type = Type::section,
        .shape = Shape::list,
        .when_absent = "as in the table",
        .doc = "What differs from the table.",
        .of = &link_words()},
       {.key = "access",
        .type = Type::name,
        .shape = Shape::map,
        .when_absent = "none",
        .doc = "Kinds of devices and the access network that each uses, such as `phone: 4g`."},
       {.key = "connections",
        .type = Type::section,
        .when_absent = "as Linux",
        .doc = "How long connections keep trying.",
        .of = &connection_words()}}};
  return kWords;
}

}  // namespace cleave
