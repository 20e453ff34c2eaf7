// The fault verbs as schemas: what each is called, whom it names, and what else it must be told.
#include "sim/base/assert.h"
#include "sim/scenario/words.h"

#include <array>
#include <string_view>
#include <vector>

namespace cleave {
namespace {

// ---- keys that several verbs have -------------------------------------------------------------
Field groups(std::string_view key, std::string_view doc) {
  return {.key = key, .type = Type::any, .doc = doc};
}

Field at() {
  return {.key = "at", .type = Type::duration, .doc = "When it begins, from the start of the run."};
}

Field lasts() {
  return {.key = "for",
          .type = Type::duration,
          .range = "1ns..",
          .when_absent = "until healed, or the end of the run",
          .doc = "How long it lasts."};
}

Field flap() {
  return {.key = "flap",
          .type = Type::duration,
          .range = "1us..",
          .when_absent = "it does not",
          .doc = "It begins and ends by turns, each so long, while it lasts."};
}

Field by(std::string_view doc) {
  return {.key = "by", .type = Type::duration, .range = "1ns..", .doc = doc};
}

Field by_either_way(std::string_view doc) {
  return {.key = "by", .type = Type::duration, .range = "-36500d..36500d", .doc = doc};
}

Field probability(std::string_view doc) {
  return {.key = "probability", .type = Type::probability, .doc = doc};
}

// A verb's schema: its name, whom it names, what it must be told, and the keys of every fault.
Schema verb(std::string_view name, std::string_view doc, std::vector<Field> own) {
  Schema schema{name, doc, std::move(own)};
  schema.fields.push_back(at());
  schema.fields.push_back({.key = "name",
                           .type = Type::name,
                           .when_absent = "the verb and a number: cut-1",
                           .doc = "What expectations, heals and reports call it."});
  schema.fields.push_back(
      {.key = "may_be_inert",
       .type = Type::boolean,
       .default_text = "false",
       .doc = "It may have no effect; else that is a mistake in the scenario."});
  return schema;
}

// One that lasts, and may flap.
Schema lasting(std::string_view name, std::string_view doc, std::vector<Field> own) {
  own.push_back(lasts());
  own.push_back(flap());
  return verb(name, doc, std::move(own));
}

constexpr std::string_view kTwoGroups = "Two groups; both ways between them.";
constexpr std::string_view kHosts = "The nodes whose hosts it befalls.";

Schema reach_words(Verb v) {
  switch (v) {
    case Verb::cut:
      return lasting("cut", "A partition: no group sees another; nodes of no group see all.",
                     {groups("cut", "Two or more groups.")});
    case Verb::cut_one_way:
      return lasting("cut_one_way", "Nothing passes one way; the other way is open.",
                     {groups("cut_one_way", "A map of two groups, `from` and `to`.")});
    case Verb::bridge:
      return lasting("bridge", "Two sides do not see each other, but both see those in the middle.",
                     {groups("bridge", "Three groups: two sides, then the middle.")});
    case Verb::majorities_ring:
      return lasting("majorities_ring",
                     "Every node sees a majority, and no two the same one: no leader sees all.",
                     {groups("majorities_ring", "One group of three nodes or more.")});
    case Verb::isolate:
      return lasting("isolate", "Nodes that see nobody at all, nor each other.",
                     {groups("isolate", "One group.")});
    default:
      return lasting("hold", "Packets between two groups wait until it ends; none is lost.",
                     {groups("hold", kTwoGroups)});
  }
}

Schema quality_words(Verb v) {
  switch (v) {
    case Verb::delay:
      return lasting("delay", "Packets take longer.",
                     {groups("delay", kTwoGroups), by("How much longer.")});
    case Verb::jitter:
      return lasting("jitter", "Packets take longer, each by another time.",
                     {groups("jitter", kTwoGroups), by("At most how much longer, uniformly.")});
    case Verb::loss:
      return lasting("loss", "Packets are lost by chance, each for itself.",
                     {groups("loss", kTwoGroups), probability("Of a packet to be lost.")});
    case Verb::bursty_loss: {
      std::vector<Field> own{groups("bursty_loss", kTwoGroups)};
      own.insert(own.end(), bursts_words().fields.begin(), bursts_words().fields.end());
      return lasting("bursty_loss", bursts_words().doc, std::move(own));
    }
    case Verb::duplicate:
      return lasting("duplicate", "Packets arrive twice.",
                     {groups("duplicate", kTwoGroups), probability("Of a packet to be doubled.")});
    case Verb::reorder:
      return lasting("reorder", "Some packets wait, so that later ones overtake them.",
                     {groups("reorder", kTwoGroups), probability("Of a packet to wait."),
                      by("How long it waits.")});
    default:
      return lasting("bandwidth", "All that passes between two groups shares a narrow line.",
                     {groups("bandwidth", kTwoGroups),
                      {.key = "rate",
                       .type = Type::bit_rate,
                       .range = "1bit/s..",
                       .doc = "What the line carries."}});
  }
}

Schema ending_words(Verb v) {
  if (v == Verb::heal)
    return verb("heal", "Ends another fault, or all that concern the network.",
                {{.key = "heal", .type = Type::name, .doc = "Name of a fault, or `all`."}});
  return verb("release", "Ends a hold: what was held goes on, in order.",
              {{.key = "release", .type = Type::name, .doc = "Name of a hold, or `all`."}});
}

Schema process_words(Verb v) {
  switch (v) {
    case Verb::crash:
      return verb("crash", "Hosts stop at once. Of unsynced writes a prefix is kept.",
                  {groups("crash", kHosts), lasts()});
    case Verb::lose_unsynced:
      return verb("lose_unsynced", "Hosts crash and lose every write that was not synced.",
                  {groups("lose_unsynced", kHosts), lasts()});
    case Verb::torn_write:
      return verb("torn_write", "Hosts crash in the middle of a write: its entry is unreadable.",
                  {groups("torn_write", kHosts), lasts()});
    case Verb::restart:
      return verb("restart", "Hosts that are down start again.", {groups("restart", kHosts)});
    case Verb::pause:
      return verb("pause", "Hosts stand still, as a virtual machine does while it is moved.",
                  {groups("pause", kHosts), lasts()});
    case Verb::resume:
      return verb("resume", "Hosts that stand still go on.", {groups("resume", kHosts)});
    default:
      return verb("upgrade", "Hosts stop, run another version of the program, and start.",
                  {groups("upgrade", kHosts),
                   {.key = "to",
                    .type = Type::natural,
                    .range = "1..65535",
                    .doc = "The version. A lower one is a downgrade."}});
  }
}

Schema clock_words(Verb v) {
  switch (v) {
    case Verb::skew:
      return verb("skew", "Wall clocks are off while it lasts.",
                  {groups("skew", kHosts), by_either_way("How much they are ahead."), lasts()});
    case Verb::drift:
      return verb("drift", "Clocks run fast or slow, timers with them.",
                  {groups("drift", kHosts),
                   {.key = "rate",
                    .type = Type::drift,
                    .range = "-500000ppm..500000ppm",
                    .doc = "What they gain."},
                   lasts()});
    case Verb::clock_jump:
      return verb("clock_jump", "Wall clocks jump, and stay where they are then.",
                  {groups("clock_jump", kHosts), by_either_way("How far ahead.")});
    default:
      return verb("clock_freeze", "Wall clocks stand still.",
                  {groups("clock_freeze", kHosts), lasts()});
  }
}

Schema disk_words(Verb v) {
  switch (v) {
    case Verb::disk_slow:
      return verb("disk_slow", "Syncs take longer.",
                  {groups("disk_slow", kHosts),
                   {.key = "factor",
                    .type = Type::integer,
                    .range = "2..1000000",
                    .doc = "How many times as long."},
                   lasts()});
    case Verb::disk_full:
      return verb("disk_full", "Disks take no more writes.",
                  {groups("disk_full", kHosts), lasts()});
    case Verb::backup:
      return verb("backup", "A copy of the disks, as they are now.",
                  {groups("backup", kHosts),
                   {.key = "as", .type = Type::name, .doc = "What the copy is called."}});
    default:
      return verb("restore_backup", "Hosts stop, get an old copy of their disks back, and start.",
                  {groups("restore_backup", kHosts),
                   {.key = "from", .type = Type::name, .doc = "What the copy is called."}});
  }
}

Schema words_of(Verb v) {
  if (v <= Verb::hold) return reach_words(v);
  if (v <= Verb::bandwidth) return quality_words(v);
  if (v <= Verb::release) return ending_words(v);
  if (v >= Verb::skew && v <= Verb::clock_freeze) return clock_words(v);
  const bool is_disk = v == Verb::disk_slow || v == Verb::disk_full || v == Verb::backup ||
                       v == Verb::restore_backup;
  return is_disk ? disk_words(v) : process_words(v);
}

constexpr std::size_t kVerbs = static_cast<std::size_t>(Verb::upgrade) + 1;

}  // namespace

std::span<const Verb> all_verbs() {
  static const std::array<Verb, kVerbs> kAll = [] {
    std::array<Verb, kVerbs> verbs{};
    for (std::size_t i = 0; i < kVerbs; ++i)
      verbs.at(i) = static_cast<Verb>(i);
    return verbs;
  }();
  return kAll;
}

const Schema& verb_words(Verb verb) {
  static const std::vector<Schema> kAll = [] {
    std::vector<Schema> schemas;
    for (const Verb v : all_verbs())
      schemas.push_back(words_of(v));
    return schemas;
  }();
  const Schema& schema = kAll.at(static_cast<std::size_t>(verb));
  CLEAVE_CHECK(schema.name == to_string(verb), "a verb's schema has its name");
  return schema;
}

const Schema& fault_words() {
  static const Schema kWords = [] {
    Schema all{"fault", "What goes wrong: one of these verbs, each a key of its own.", {}};
    for (const Verb v : all_verbs())
      all.one_of.push_back(&verb_words(v));
    return all;
  }();
  return kWords;
}

}  // namespace cleave
