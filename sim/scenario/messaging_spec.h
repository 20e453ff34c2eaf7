// People with devices who write to each other, as plain data: what a scenario says of them.
#pragma once
#include "models/device/habits.h"
#include "models/messaging/options.h"
#include "sim/base/time.h"
#include "sim/trace/messaging_facts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cleave {

struct DeviceSpec {
  std::string kind;  // of topology.access; with the person's name it makes its path
  std::vector<models::device::Sleep> asleep;
};

struct PersonSpec {
  std::string name;
  std::string region;
  std::vector<DeviceSpec> devices;  // at least one
  std::uint32_t reads_on = 0;       // index of a device
  Duration reads_after;
};

// One name of the scenario: of a person, or of people who are alike.
struct PeopleSpec {
  std::string name;
  std::uint32_t first = 0, count = 1;  // indices of people
  bool numbered = false;               // each has a name of their own: NAME/0 and so on
};
struct GroupSpec {
  std::string name;
  std::uint32_t conversation = 0;  // index
};

struct LineSpec {
  Time at;
  std::uint32_t person = 0, device = 0, conversation = 0;  // indices; the device is the person's
  std::string text, label;
  std::optional<std::uint32_t> reply_to;  // index of a line before it
};

struct ChatterSpec {
  std::uint32_t person = 0;
  models::device::Chatter chatter;  // on all of the person's devices together
};

struct MessagingSpec {
  models::messaging::Options options;
  std::vector<PersonSpec> people;
  std::vector<PeopleSpec> names;
  std::vector<GroupSpec> groups;
  std::vector<MessagingCast::Conversation> conversations;
  std::vector<LineSpec> lines;
  std::vector<ChatterSpec> chatter;
};

}  // namespace cleave
