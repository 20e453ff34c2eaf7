#include "sim/scenario/build_messaging.h"

#include "models/messaging/install.h"
#include "sim/scenario/build_topology.h"

#include <algorithm>
#include <string>
#include <utility>

namespace cleave {

namespace {

namespace messaging = models::messaging;
using models::device::Chatter;

messaging::Plan plan_of(World& world, const Scenario& scenario, const std::vector<PlaceId>& places,
                        const AccessFrom& access_from) {
  const MessagingSpec& spec = *scenario.messaging;
  messaging::Plan plan;
  plan.options = spec.options;
  plan.conversations = spec.conversations;
  for (const std::string& region : scenario.topology.regions) {
    const PlaceId place = *world.topology().find(region);
    std::vector<models::store::StoreAccess> stores = access_from(place);
    std::erase_if(stores, [&](const models::store::StoreAccess& access) {
      return access.store != spec.options.queues && access.store != spec.options.receipts;
    });
    plan.regions.push_back({place, "gateway/" + region, "mailbox/" + region, std::move(stores)});
  }
  const std::vector<std::string>& regions = scenario.topology.regions;
  for (std::uint32_t p = 0; p < spec.people.size(); ++p) {
    const PersonSpec& person = spec.people[p];
    plan.people.push_back(person.name);
    const auto region = std::find(regions.begin(), regions.end(), person.region);
    for (std::uint32_t d = 0; d < person.devices.size(); ++d) {
      const std::string path = person.name + "/" + person.devices[d].kind;
      const HostId host = world.add_host(path, places[plan.devices.size()]);
      models::device::Habits habits;
      habits.asleep = person.devices[d].asleep;
      if (d == person.reads_on) habits.reads_after = person.reads_after;
      plan.devices.push_back(
          {path, host, static_cast<std::uint32_t>(region - regions.begin()), p, std::move(habits)});
    }
  }
  return plan;
}

// Of each person.
std::vector<std::uint32_t> first_devices(const MessagingSpec& spec) {
  std::vector<std::uint32_t> first;
  std::uint32_t next = 0;
  for (const PersonSpec& person : spec.people) {
    first.push_back(next);
    next += static_cast<std::uint32_t>(person.devices.size());
  }
  return first;
}

// Numbers of messages count on each device in the order in which they are to be written.
std::vector<MessageNumber> number_lines(const World& world, const messaging::Plan& plan,
                                        const MessagingSpec& spec,
                                        const std::vector<std::uint32_t>& device_of) {
  std::vector<std::uint32_t> by_time(spec.lines.size());
  for (std::uint32_t i = 0; i < by_time.size(); ++i)
    by_time[i] = i;
  std::stable_sort(by_time.begin(), by_time.end(), [&](std::uint32_t a, std::uint32_t b) {
    return spec.lines[a].at < spec.lines[b].at;
  });
  std::vector<std::uint32_t> written(plan.devices.size());
  std::vector<MessageNumber> numbers(spec.lines.size());
  for (const std::uint32_t line : by_time) {
    const std::uint32_t device = device_of[line];
    numbers[line] = MessageNumber::of(messaging::node_of(world, plan, device), ++written[device]);
  }
  return numbers;
}

std::vector<MessagingCast::Line> add_lines(const World& world, messaging::Plan& plan,
                                           const MessagingSpec& spec) {
  const std::vector<std::uint32_t> first = first_devices(spec);
  std::vector<std::uint32_t> device_of;
  for (const LineSpec& line : spec.lines)
    device_of.push_back(first[line.person] + line.device);
  const std::vector<MessageNumber> numbers = number_lines(world, plan, spec, device_of);
  std::vector<MessagingCast::Line> lines;
  for (std::uint32_t i = 0; i < spec.lines.size(); ++i) {
    const LineSpec& line = spec.lines[i];
    lines.push_back({numbers[i], line.conversation, line.text, line.label});
    std::optional<MessageNumber> answers;
    if (line.reply_to) answers = numbers[*line.reply_to];
    plan.devices[device_of[i]].habits.lines.push_back(
        {line.at, line.conversation, answers, line.text});
  }
  for (messaging::DevicePlan& device : plan.devices)
    std::stable_sort(device.habits.lines.begin(), device.habits.lines.end(),
                     [](const auto& a, const auto& b) { return a.at < b.at; });
  return lines;
}

// A Poisson process for each device, which together have the person's rate.
void add_chatter(messaging::Plan& plan, const MessagingSpec& spec) {
  const std::vector<std::uint32_t> first = first_devices(spec);
  for (const ChatterSpec& said : spec.chatter) {
    const auto devices = static_cast<std::uint32_t>(spec.people[said.person].devices.size());
    Chatter chatter = said.chatter;
    chatter.every = chatter.every * devices;
    for (std::uint32_t i = 0; i < devices; ++i)
      plan.devices[first[said.person] + i].habits.chatter = chatter;
  }
}

}  // namespace

std::vector<PlaceId> places_of_devices(Topology& topology, const Scenario& scenario) {
  std::vector<PlaceId> places;
  if (!scenario.messaging) return places;
  for (const PersonSpec& person : scenario.messaging->people)
    for (const DeviceSpec& device : person.devices)
      places.push_back(place_of(topology, scenario.topology, {person.region, device.kind}));
  return places;
}

MessagingCast build_messaging(World& world, const Scenario& scenario,
                              const std::vector<PlaceId>& places, const AccessFrom& access_from) {
  messaging::Plan plan = plan_of(world, scenario, places, access_from);
  std::vector<MessagingCast::Line> lines = add_lines(world, plan, *scenario.messaging);
  add_chatter(plan, *scenario.messaging);
  MessagingCast cast = messaging::install(world, plan);
  cast.lines = std::move(lines);
  return cast;
}

}  // namespace cleave
