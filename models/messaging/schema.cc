#include "models/messaging/schema.h"

#include "models/ordering/ordering.h"

#include <string>
#include <string_view>

namespace cleave::models::messaging {

namespace {

// As the range of a choice.
std::string_view names_of_policies() {
  static const std::string kNames = [] {
    std::string names;
    for (const ordering::Policy& policy : ordering::policies())
      names += (names.empty() ? "" : " | ") + std::string(policy.name);
    return names;
  }();
  return kNames;
}

std::vector<Field> state_fields() {
  return {{.key = "queues",
           .type = Type::name,
           .doc = "The store that has a queue for each device, and for `server-timestamp` the rank "
                  "of each message."},
          {.key = "receipts",
           .type = Type::name,
           .when_absent = "the store of the queues",
           .doc = "The store that has, for each message and person, how far it has come."},
          {.key = "ordering",
           .type = Type::choice,
           .range = names_of_policies(),
           .default_text = "server-timestamp",
           .doc = "In which order conversations are shown: see `cleave list orderings`."}};
}

std::vector<Field> connection_fields() {
  return {
      {.key = "ping_after",
       .type = Type::duration,
       .range = "1ms..",
       .default_text = "20s",
       .doc = "A device pings its gateway after a pause drawn from this (whatsmeow: keep-alive)."},
      {.key = "ping_before",
       .type = Type::duration,
       .range = "1ms..",
       .default_text = "30s",
       .doc = "The longest such pause."},
      {.key = "reply_within",
       .type = Type::duration,
       .range = "1ms..",
       .default_text = "10s",
       .doc = "For a ping, after which the next is sent at once, and for a wish to connect, after "
              "which another gateway is tried (whatsmeow)."},
      {.key = "dead_after",
       .type = Type::duration,
       .range = "1ms..",
       .default_text = "180s",
       .doc = "A device that has heard nothing for so long connects anew (whatsmeow)."},
      {.key = "reconnect_step",
       .type = Type::duration,
       .default_text = "2s",
       .doc = "Before a device connects anew it waits so long for each failure in a row, the first "
              "aside (whatsmeow: 0, 2, 4, 6 seconds)."}};
}

std::vector<Field> request_fields() {
  return {
      {.key = "answer_within",
       .type = Type::duration,
       .range = "1ms..",
       .default_text = "20s",
       .doc = "For what a device asks a mailbox; a connection on which no answer comes is dead "
              "(WhatsApp Web: silence after a send)."},
      {.key = "retry_step",
       .type = Type::duration,
       .range = "1ms..",
       .default_text = "2s",
       .doc = "A device that was told that the service is unavailable asks again so much later, "
              "for each time in a row."},
      {.key = "give_up_after",
       .type = Type::duration,
       .range = "1ms..",
       .when_absent = "never",
       .doc = "A message that has not been accepted by then is said to have failed."},
      {.key = "batch",
       .type = Type::natural,
       .range = "1..1000",
       .default_text = "200",
       .doc = "Letters that a device pulls at a time (WhatsApp Web: offline_batch)."},
      {.key = "receipts_at_once",
       .type = Type::natural,
       .range = "1..10000",
       .default_text = "256",
       .doc = "Messages in one report of what became of them (WhatsApp Web: aggregated receipts)."},
      {.key = "bugs",
       .type = Type::choice,
       .shape = Shape::list,
       .range = "accept-before-stored | acknowledge-before-durable | deliver-before-durable | "
                "forget-own-devices | last-receipt-wins | parallel-pulls | show-before-cause | "
                "show-repeats",
       .when_absent = "none",
       .doc = "Mistakes to make on purpose: see `cleave list bugs`."}};
}

}  // namespace

const Schema& schema() {
  static const Schema kSchema{
      "messaging",
      "Phones and laptops of people who write to each other. Each region has a gateway, "
      "`gateway/REGION`, to which devices connect, and a mailbox, `mailbox/REGION`, which keeps "
      "queues and receipts in stores.",
      joined({state_fields(), connection_fields(), request_fields()})};
  return kSchema;
}

Options read_options(Reader& reader) {
  Options options;
  options.ordering = ordering::policy_named(reader.choice("ordering")).number;
  options.ping_after = reader.duration("ping_after");
  options.ping_before = reader.duration("ping_before");
  if (options.ping_before < options.ping_after)
    reader.error(reader.has("ping_before") ? "ping_before" : "ping_after",
                 {"the longest pause before a ping is shorter than the shortest",
                  "ping_before no less than ping_after", "set both"});
  options.reply_within = reader.duration("reply_within");
  options.dead_after = reader.duration("dead_after");
  options.reconnect_step = reader.duration("reconnect_step");
  options.answer_within = reader.duration("answer_within");
  options.retry_step = reader.duration("retry_step");
  if (reader.has("give_up_after")) options.give_up_after = reader.duration("give_up_after");
  options.batch = static_cast<std::uint32_t>(reader.natural("batch"));
  options.receipts_at_once = static_cast<std::uint32_t>(reader.natural("receipts_at_once"));
  for (const std::string& name_of_bug : reader.list<std::string>("bugs"))
    for (const PlantedBug& bug : kBugs)
      if (bug.name == name_of_bug) options.bugs.insert(bug.bug);
  return options;
}

}  // namespace cleave::models::messaging
