// The `conversations` part: what people say to each other, line by line, or at random.
#include "sim/base/reader.h"
#include "sim/scenario/reading.h"
#include "sim/scenario/words.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace cleave {

const Schema& conversation_words() {
  static const Schema kWords{
      "conversation",
      "Either one message, with `say`, or many at random times, with `every`. Whom it is for is a "
      "person, or a group that the writer is in.",
      {{.key = "by",
        .type = Type::text,
        .shape = Shape::list,
        .doc = "Who writes; of `say`, one person, which may be one of many: `crowd/0`."},
       {.key = "to",
        .type = Type::text,
        .shape = Shape::list,
        .doc = "A person or a group; of `every`, one or more, of which each message goes to one, "
               "drawn at random."},
       {.key = "say",
        .type = Type::text,
        .when_absent = "needs `every`",
        .doc = "The words of one message."},
       {.key = "at", .type = Type::duration, .when_absent = "needed with `say`", .doc = "When."},
       {.key = "on",
        .type = Type::name,
        .when_absent = "the first device of the person",
        .doc = "The device on which it is written; if that sleeps, when it wakes."},
       {.key = "label",
        .type = Type::name,
        .when_absent = "none",
        .doc = "By which replies name this message."},
       {.key = "reply_to",
        .type = Type::name,
        .when_absent = "nothing",
        .doc = "The label of a message above, in the same conversation. The reply is written when "
               "its writer's device shows that message, if that is later than `at`; what the "
               "device is to write after it waits too."},
       {.key = "every",
        .type = Type::duration,
        .range = "1ms..",
        .when_absent = "needs `say`",
        .doc = "Each of the writers writes so often on average, at random (a Poisson process), on "
               "any of their devices; one of four messages answers the last of its conversation."},
       {.key = "from",
        .type = Type::duration,
        .default_text = "0s",
        .doc = "When the random messages begin."},
       {.key = "until",
        .type = Type::duration,
        .when_absent = "the end of the run",
        .doc = "When they end."}}};
  return kWords;
}

namespace {

// Whom a message is for.
struct Recipient {
  PeopleSpec people;
  std::optional<std::size_t> group;  // index; then it is nobody else
};

class ConversationReader {
 public:
  ConversationReader(Scenario& scenario, Diagnostics& diagnostics)
      : scenario_(scenario), messaging_(*scenario.messaging), diagnostics_(diagnostics) {
    names_ = people_names(scenario);
    names_.what = "person or group";
    for (const GroupSpec& group : messaging_.groups)
      names_.names.push_back(group.name);
  }

  void read(const Section& section);

 private:
  void read_line(Reader& reader);
  void read_reply(Reader& reader, LineSpec& line, std::optional<std::uint32_t> talk);
  void read_chatter(Reader& reader);
  std::vector<PeopleSpec> writers(Reader& reader);
  std::vector<Recipient> recipients(Reader& reader);
  std::optional<std::uint32_t> conversation(std::uint32_t writer, const Recipient& to,
                                            Reader& reader);
  std::uint32_t in_group(std::uint32_t writer, const GroupSpec& group, Reader& reader);

  Scenario& scenario_;
  MessagingSpec& messaging_;
  Diagnostics& diagnostics_;
  NameLookup names_;
  std::map<std::string, std::uint32_t> labels_;  // indices of lines
  std::set<std::uint32_t> chatting_;             // people
};

void ConversationReader::read(const Section& section) {
  Reader reader(section, conversation_words(), diagnostics_);
  if (reader.has("say") == reader.has("every")) {
    diagnostics_.error(section.mark,
                       {reader.has("say") ? "both `say` and `every`" : "neither `say` nor `every`",
                        "one of them", "write an item for each"});
    return;
  }
  for (const std::string_view key : {"by", "to"})
    if (const Section* names = section.find(key); names && names->is_list() && names->items.empty())
      reader.error(key, {"nobody", "one name or more", "name somebody, or remove the item"});
  if (reader.has("say")) {
    read_line(reader);
    reader.finish("of one message: it goes with `every`");
  } else {
    read_chatter(reader);
    reader.finish("of messages at random: it goes with `say`");
  }
}

std::vector<PeopleSpec> ConversationReader::writers(Reader& reader) {
  std::vector<PeopleSpec> found;
  for (const std::string& name : reader.list<std::string>("by"))
    if (auto people = find_people(scenario_, name, reader.mark("by"), diagnostics_))
      found.push_back(std::move(*people));
  return found;
}

std::vector<Recipient> ConversationReader::recipients(Reader& reader) {
  std::vector<Recipient> found;
  std::set<std::string> seen;
  for (const std::string& name : reader.list<std::string>("to")) {
    if (!seen.insert(name).second)
      reader.error("to", {in_quotes(name) + " twice", "each once", "remove one"});
    if (name.find('/') != std::string::npos) {
      if (auto people = find_people(scenario_, name, reader.mark("to"), diagnostics_))
        found.push_back({std::move(*people), {}});
    } else if (const auto at = find_name(names_, name, reader.mark("to"), diagnostics_)) {
      const std::size_t people = messaging_.names.size();
      if (*at < people)
        found.push_back({messaging_.names[*at], {}});
      else
        found.push_back({{}, *at - people});
    }
  }
  return found;
}

std::uint32_t ConversationReader::in_group(std::uint32_t writer, const GroupSpec& group,
                                           Reader& reader) {
  const std::string& who = messaging_.people[writer].name;
  const auto& members = messaging_.conversations[group.conversation].members;
  if (!std::binary_search(members.begin(), members.end(), writer))
    reader.error("to", {who + " is not in the group " + in_quotes(group.name), "",
                        "add " + who + " to `groups`"});
  return group.conversation;
}

std::optional<std::uint32_t> ConversationReader::conversation(std::uint32_t writer,
                                                              const Recipient& to, Reader& reader) {
  if (to.group) return in_group(writer, messaging_.groups[*to.group], reader);
  const std::string& who = messaging_.people[writer].name;
  const PeopleSpec& other = to.people;
  if (other.count > 1 || other.first == writer) {
    reader.error(
        "to",
        {other.count > 1 ? in_quotes(other.name) + " are many people" : who + " writes to " + who,
         other.count > 1 ? "one of them, such as " + in_quotes(other.name + "/0") + ", or a group"
                         : "one other person, or a group",
         ""});
    return std::nullopt;
  }
  const std::uint32_t first = std::min(writer, other.first);
  const std::uint32_t second = std::max(writer, other.first);
  return conversation_of(
      messaging_,
      {messaging_.people[first].name + " and " + messaging_.people[second].name, {first, second}});
}

// ---- one message --------------------------------------------------------------------------------

void ConversationReader::read_line(Reader& reader) {
  LineSpec line;
  line.text = reader.text("say");
  line.at = Time{} + reader.duration("at");
  line.label = reader.text("label");
  if (!reader.has("at"))
    reader.error("say", {"a message without a time", "", "add `at: 1s`"});
  else if (scenario_.run_for.ns > 0 && line.at >= scenario_.run_for)
    reader.error("at", {"the run is over by then", "less than run_for", ""});
  const std::vector<PeopleSpec> by = writers(reader);
  const std::vector<Recipient> to = recipients(reader);
  const std::string on = reader.text("on");
  if (by.size() > 1 || (by.size() == 1 && by.front().count > 1))
    reader.error("by", {"a message by several people", "one, such as 'ana' or 'crowd/0'",
                        "write an item for each"});
  if (to.size() > 1)
    reader.error("to", {"a message to several", "one person or group", "make them a group"});
  if (by.empty() || to.empty()) {
    reader.text("reply_to");  // it is no mistake of its own
    return;
  }
  line.person = by.front().first;
  NameLookup devices{"device of that person", {}};
  for (const DeviceSpec& device : messaging_.people[line.person].devices)
    devices.names.push_back(device.kind);
  if (!on.empty())
    line.device = find_name(devices, on, reader.mark("on"), diagnostics_).value_or(0);
  const auto talk = conversation(line.person, to.front(), reader);
  line.conversation = talk.value_or(0);
  read_reply(reader, line, talk);
  const auto index = static_cast<std::uint32_t>(messaging_.lines.size());
  if (!line.label.empty() && !labels_.emplace(line.label, index).second)
    reader.error("label", {"two messages have the label " + in_quotes(line.label),
                           "labels that differ", "rename one"});
  messaging_.lines.push_back(std::move(line));
}

// In this conversation, if it is known.
void ConversationReader::read_reply(Reader& reader, LineSpec& line,
                                    std::optional<std::uint32_t> talk) {
  const std::string label = reader.text("reply_to");
  if (label.empty()) return;
  NameLookup above{"message above this one", {}};
  for (const auto& [name, index] : labels_)
    above.names.push_back(name);
  if (!find_name(above, label, reader.mark("reply_to"), diagnostics_)) return;
  line.reply_to = labels_.at(label);
  const std::uint32_t other = messaging_.lines[*line.reply_to].conversation;
  if (talk && other != *talk)
    reader.error("reply_to", {in_quotes(label) + " was said in another conversation, " +
                                  in_quotes(messaging_.conversations[other].name),
                              "a message of this one", ""});
}

// ---- many at random -----------------------------------------------------------------------------

void ConversationReader::read_chatter(Reader& reader) {
  models::device::Chatter chatter;
  chatter.every = reader.duration("every");
  chatter.from = Time{} + reader.duration("from");
  chatter.until = reader.has("until") ? Time{} + reader.duration("until") : scenario_.run_for;
  if (scenario_.run_for.ns > 0 && chatter.from >= scenario_.run_for)
    reader.error("from", {"the run is over by then", "less than run_for", ""});
  else if (reader.has("until") && chatter.until <= chatter.from)
    reader.error("until", {"it ends before it begins", "more than `from`", ""});
  const std::vector<Recipient> to = recipients(reader);
  for (const PeopleSpec& people : writers(reader)) {
    for (std::uint32_t i = 0; i < people.count; ++i) {
      ChatterSpec one{people.first + i, chatter};
      for (const Recipient& other : to)
        if (const auto found = conversation(one.person, other, reader))
          one.chatter.conversations.push_back(*found);
      if (!chatting_.insert(one.person).second)
        reader.error(
            "by", {messaging_.people[one.person].name + " writes at random twice",
                   "one item with `every` for each person", "name all conversations in one `to`"});
      if (!one.chatter.conversations.empty()) messaging_.chatter.push_back(std::move(one));
    }
  }
}

}  // namespace

void read_conversations(const Section& section, Scenario& scenario, Diagnostics& diagnostics) {
  ConversationReader reader(scenario, diagnostics);
  for (const Section* item : items_of(section))
    reader.read(*item);
}

}  // namespace cleave
