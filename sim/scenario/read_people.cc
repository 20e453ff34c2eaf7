// The `people`, `groups` and `services` parts: who has which devices, who talks in which group, and
// what carries their messages.
#include "models/messaging/schema.h"
#include "sim/base/reader.h"
#include "sim/scenario/reading.h"
#include "sim/scenario/words.h"

#include <algorithm>
#include <set>
#include <utility>

namespace cleave {

namespace {

const Schema& sleep_words() {
  static const Schema kWords{
      "sleep",
      "A time in which a device does nothing and has no connection.",
      {{.key = "device", .type = Type::name, .when_absent = "all of them", .doc = "Which."},
       {.key = "from", .type = Type::duration, .default_text = "0s", .doc = "When it begins."},
       {.key = "to", .type = Type::duration, .doc = "When it ends."}}};
  return kWords;
}

}  // namespace

const Schema& people_words() {
  static const Schema kWords{
      "person",
      "Somebody with devices, which are nodes on hosts of their own: `NAME/KIND`, such as "
      "`ana/phone`. With `count`, many who are alike: `NAME/0/KIND` and so on.",
      {{.key = "count",
        .type = Type::natural,
        .range = "1..100000",
        .when_absent = "one person",
        .doc = "How many."},
       {.key = "region", .type = Type::name, .doc = "Where they live."},
       {.key = "devices",
        .type = Type::name,
        .shape = Shape::list,
        .doc = "Kinds of `topology.access`; each has its way into the network."},
       {.key = "reads_on",
        .type = Type::name,
        .when_absent = "the first of the devices",
        .doc = "The device on which messages are looked at."},
       {.key = "reads_after",
        .type = Type::duration,
        .default_text = "2s",
        .doc = "How long after one is shown, unless the device sleeps then."},
       {.key = "asleep",
        .type = Type::section,
        .shape = Shape::list,
        .when_absent = "never",
        .doc = "When devices sleep.",
        .of = &sleep_words()}}};
  return kWords;
}

const Schema& services_words() {
  static const Schema kWords{"services",
                             "What stands between people and stores.",
                             {{.key = "messaging",
                               .type = Type::section,
                               .when_absent = "nobody writes",
                               .doc = "Carries messages.",
                               .of = &models::messaging::schema()}}};
  return kWords;
}

NameLookup people_names(const Scenario& scenario) {
  NameLookup lookup{"person", {}};
  for (const PeopleSpec& people : scenario.messaging->names)
    lookup.names.push_back(people.name);
  return lookup;
}

std::optional<PeopleSpec> find_people(const Scenario& scenario, std::string_view word,
                                      const Mark& mark, Diagnostics& diagnostics) {
  const std::vector<PeopleSpec>& names = scenario.messaging->names;
  for (const PeopleSpec& people : names) {
    if (!people.numbered || !word.starts_with(people.name + "/")) continue;
    for (std::uint32_t i = 0; i < people.count; ++i)
      if (scenario.messaging->people[people.first + i].name == word)
        return PeopleSpec{std::string(word), people.first + i};
    diagnostics.error(mark, {"nobody is called " + in_quotes(word),
                             in_quotes(people.name + "/0") + " to " +
                                 in_quotes(people.name + "/" + std::to_string(people.count - 1)),
                             ""});
    return std::nullopt;
  }
  const auto found = find_name(people_names(scenario), word, mark, diagnostics);
  return found ? std::optional(names[*found]) : std::nullopt;
}

std::uint32_t conversation_of(MessagingSpec& messaging, MessagingCast::Conversation wanted) {
  std::stable_sort(wanted.members.begin(), wanted.members.end());
  const auto known = std::find_if(
      messaging.conversations.begin(), messaging.conversations.end(), [&](const auto& other) {
        return other.members == wanted.members && other.name == wanted.name;
      });
  const auto index = static_cast<std::uint32_t>(known - messaging.conversations.begin());
  if (known == messaging.conversations.end()) messaging.conversations.push_back(std::move(wanted));
  return index;
}

namespace {

class PeopleReader {
 public:
  PeopleReader(Scenario& scenario, Diagnostics& diagnostics)
      : scenario_(scenario), diagnostics_(diagnostics) {
    for (const auto& [kind, profile] : scenario.topology.access)
      kinds_.names.push_back(kind);
  }

  void read(const Entry& entry);

 private:
  void read_devices(Reader& reader, PersonSpec& person);
  void read_sleep(const Section& section, PersonSpec& person);
  NameLookup devices_of(const PersonSpec& person) const;

  Scenario& scenario_;
  Diagnostics& diagnostics_;
  NameLookup kinds_{"device of topology.access", {}};
};

void PeopleReader::read(const Entry& entry) {
  Reader reader(entry.value, people_words(), diagnostics_);
  PersonSpec person;
  person.name = entry.key;
  person.region = reader.text("region");
  if (!person.region.empty())
    find_region(scenario_, person.region, reader.mark("region"), diagnostics_);
  read_devices(reader, person);
  MessagingSpec& messaging = *scenario_.messaging;
  PeopleSpec people{entry.key, static_cast<std::uint32_t>(messaging.people.size()), 1,
                    reader.has("count")};
  if (people.numbered) people.count = static_cast<std::uint32_t>(reader.natural("count"));
  for (std::uint32_t i = 0; i < people.count; ++i) {
    messaging.people.push_back(person);
    if (people.numbered) messaging.people.back().name += "/" + std::to_string(i);
  }
  messaging.names.push_back(std::move(people));
}

NameLookup PeopleReader::devices_of(const PersonSpec& person) const {
  NameLookup lookup{"device of this person", {}};
  for (const DeviceSpec& device : person.devices)
    lookup.names.push_back(device.kind);
  return lookup;
}

void PeopleReader::read_devices(Reader& reader, PersonSpec& person) {
  std::set<std::string> seen;
  for (std::string& kind : reader.list<std::string>("devices")) {
    find_name(kinds_, kind, reader.mark("devices"), diagnostics_);
    if (!seen.insert(kind).second)
      reader.error("devices", {"two devices called " + in_quotes(kind), "one of each kind",
                               "add another kind to `topology.access`"});
    person.devices.push_back({std::move(kind), {}});
  }
  if (person.devices.empty() && reader.has("devices"))
    reader.error("devices", {"a person without a device", "one or more", "write `[phone]`"});
  person.reads_after = reader.duration("reads_after");
  const std::string reads_on = reader.text("reads_on");
  if (!reads_on.empty())
    person.reads_on =
        find_name(devices_of(person), reads_on, reader.mark("reads_on"), diagnostics_).value_or(0);
  if (const Section* asleep = reader.section("asleep"))
    for (const Section* sleep : items_of(*asleep))
      read_sleep(*sleep, person);
}

void PeopleReader::read_sleep(const Section& section, PersonSpec& person) {
  Reader reader(section, sleep_words(), diagnostics_);
  const models::device::Sleep sleep{Time{} + reader.duration("from"),
                                    Time{} + reader.duration("to")};
  if (reader.has("to") && sleep.to <= sleep.from)
    reader.error("to", {"the sleep ends before it begins", "more than `from`", ""});
  const std::string device = reader.text("device");
  std::optional<std::uint32_t> only;
  if (!device.empty())
    only = find_name(devices_of(person), device, reader.mark("device"), diagnostics_);
  for (std::uint32_t i = 0; i < person.devices.size(); ++i) {
    if (only && i != *only) continue;
    std::vector<models::device::Sleep>& all = person.devices[i].asleep;
    if (!all.empty() && sleep.from < all.back().to)
      reader.error("from", {"this sleep begins before the one above it has ended",
                            "sleeps in the order of time", "join the two, or exchange them"});
    all.push_back(sleep);
  }
}

}  // namespace

void read_people(const Section& section, Scenario& scenario, Diagnostics& diagnostics) {
  PeopleReader people(scenario, diagnostics);
  for (const Entry& entry : section.entries)
    people.read(entry);
}

void read_groups(const Section& section, Scenario& scenario, Diagnostics& diagnostics) {
  MessagingSpec& messaging = *scenario.messaging;
  for (const Entry& entry : section.entries) {
    std::set<std::uint32_t> members;
    bool known = true;
    for (const Section* item : items_of(entry.value)) {
      const auto named = item->is_scalar()
                             ? find_people(scenario, item->text, item->mark, diagnostics)
                             : std::nullopt;
      if (!item->is_scalar())
        diagnostics.error(item->mark, {"found " + describe(*item), "the name of a person", ""});
      known &= named.has_value();
      if (!named) continue;
      for (std::uint32_t i = 0; i < named->count; ++i)
        if (!members.insert(named->first + i).second) {
          diagnostics.error(item->mark, {in_quotes(messaging.people[named->first + i].name) +
                                             " is in the group twice",
                                         "each person once", "remove one"});
          break;
        }
    }
    if (known && members.size() < 2)
      diagnostics.error(entry.value.mark,
                        {"a group of " + std::to_string(members.size()), "two people or more",
                         "write `" + entry.key + ": [ana, bo]`"});
    messaging.groups.push_back(
        {entry.key, static_cast<std::uint32_t>(messaging.conversations.size())});
    messaging.conversations.push_back({entry.key, {members.begin(), members.end()}});
  }
}

void read_services(const Section& section, Scenario& scenario, Diagnostics& diagnostics) {
  Reader services(section, services_words(), diagnostics);
  const Section* words = services.section("messaging");
  if (!words) return;
  Reader reader(*words, models::messaging::schema(), diagnostics);
  models::messaging::Options& options = scenario.messaging->options;
  options = models::messaging::read_options(reader);
  const auto store = [&](std::string_view key) {
    const std::string name = reader.text(key);
    if (name.empty()) return StoreId{};
    return StoreId{
        find_name(store_names(scenario), name, reader.mark(key), diagnostics).value_or(0)};
  };
  options.queues = store("queues");
  options.receipts = reader.has("receipts") ? store("receipts") : options.queues;
}

}  // namespace cleave
