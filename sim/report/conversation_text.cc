#include "sim/report/conversation_text.h"

#include "sim/report/typography.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace cleave {
namespace {

constexpr std::size_t kMostConversations = 6;
constexpr std::size_t kMostMessages = 16;  // of one; of more, the slowest
constexpr std::size_t kSlowest = 8;
constexpr std::size_t kMostOrders = 4;
constexpr std::size_t kMostDevicesNamed = 3;
constexpr std::size_t kMostPeopleNamed = 8;

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i)
    text += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + words[i];
  return text;
}

bool is_missing(const MessageResult& message) {
  return !message.given_up && !message.everywhere;
}

bool is_late(const MessageResult& message) {
  return message.everywhere && *message.everywhere - message.sent > kLate;
}

// The numbers that a person counts by.
std::string numbers(const std::vector<std::uint32_t>& places) {
  std::string text;
  for (const std::uint32_t place : places)
    text += (text.empty() ? "" : " ") + std::to_string(place + 1);
  return text.empty() ? "nothing" : text;
}

// Which messages are told, by place.
std::vector<std::size_t> told(const ConversationResult& conversation) {
  std::vector<std::size_t> places(conversation.messages.size());
  for (std::size_t i = 0; i < places.size(); ++i)
    places[i] = i;
  if (conversation.sent <= kMostMessages) return places;
  const auto cost = [&](std::size_t place) {
    const MessageResult& message = conversation.messages[place];
    return message.everywhere ? *message.everywhere - message.sent : kForever - Time{};
  };
  std::stable_sort(places.begin(), places.end(),
                   [&](std::size_t a, std::size_t b) { return cost(a) > cost(b); });
  places.resize(std::min(places.size(), kSlowest));
  std::stable_sort(places.begin(), places.end());
  return places;
}

std::string wrongs(const ConversationResult& conversation) {
  std::vector<std::string> parts;
  parts.push_back(conversation.late == 0
                      ? "nothing late"
                      : grouped(conversation.late) + " later than " + rounded(kLate));
  parts.push_back(conversation.missing == 0 ? "nothing missing"
                                            : grouped(conversation.missing) + " missing");
  parts.push_back(conversation.twice == 0 ? "nothing shown twice"
                                          : grouped(conversation.twice) + " shown twice");
  if (conversation.given_up > 0) parts.push_back(grouped(conversation.given_up) + " given up");
  if (conversation.unwritten > 0)
    parts.push_back(counted(conversation.unwritten, "line", "lines") +
                    " of the scenario never written");
  if (conversation.repeated > 0)
    parts.push_back(counted(conversation.repeated, "copy", "copies") + " recognised and dropped");
  std::string text;
  for (const std::string& part : parts)
    text += (text.empty() ? "" : "; ") + part;
  return text;
}

constexpr std::size_t kGap = 2;  // between two columns of a table

// The words of a message are cut before anything else is.
void write_table(Page& page, const ConversationResult& conversation,
                 const std::vector<std::size_t>& places) {
  std::vector<Row> rows{{{""},
                         heading("sent"),
                         {"by", Tone::quiet},
                         {"says", Tone::quiet},
                         {"everywhere after", Tone::quiet}}};
  std::size_t others = 0;
  std::vector<std::size_t> widths(5);
  for (const std::size_t place : places) {
    const MessageResult& message = conversation.messages[place];
    const Tone tone = is_missing(message) ? Tone::bad
                      : is_late(message)  ? Tone::doubt
                                          : Tone::plain;
    rows.push_back({number(std::to_string(place + 1)),
                    number(rounded(message.sent - Time{})),
                    {message.device},
                    {printable(message.text)},
                    {arrival(message), tone}});
  }
  for (const Row& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], columns_of(row[i].text));
  for (std::size_t i = 0; i < widths.size(); ++i)
    others += i == 3 ? 0 : widths[i] + kGap;
  const std::size_t room = page.room() > others ? page.room() - others : 0;
  for (Row& row : rows)
    row[3].text = shortened(row[3].text, room);
  page.table(rows);
}

// Nothing of it is worth more than a sentence.
bool is_calm(const ConversationResult& conversation) {
  return conversation.agreed && conversation.twice == 0 && conversation.given_up == 0 &&
         conversation.late == 0 && conversation.unwritten == 0 &&
         orders(conversation, Order::seen).size() == 1;
}

void write(Page& page, const ConversationResult& conversation, bool in_full) {
  page.paragraph(sentence(conversation),
                 conversation.agreed || conversation.missing == 0 ? Tone::plain : Tone::bad);
  if (!in_full && is_calm(conversation)) return;
  const std::vector<std::size_t> places = told(conversation);
  write_table(page, conversation, places);
  if (conversation.sent > places.size()) {
    page.line("the " + grouped(places.size()) + " slowest of " +
                  (conversation.sent > conversation.messages.size()
                       ? "the first " + grouped(conversation.messages.size()) + " of "
                       : "") +
                  grouped(conversation.sent),
              Tone::quiet);
  } else {
    const std::vector<std::string> seen = orders(conversation, Order::seen);
    const std::vector<std::string> shown = orders(conversation, Order::shown);
    if (conversation.sent > 1)
      for (const std::string& order : seen)
        page.hanging({"came as  "}, order);
    if (seen != shown)
      for (const std::string& order : shown)
        page.hanging({"ends as  "}, order);
  }
  page.hanging({"in all   "}, wrongs(conversation));
}

}  // namespace

std::string sentence(const ConversationResult& conversation) {
  std::vector<std::string> names = conversation.people;
  if (names.size() > kMostPeopleNamed) {
    names.resize(kMostPeopleNamed - 1);
    names.push_back(grouped(conversation.people.size() - names.size()) + " others");
  }
  const std::string people = listed(names);
  std::string text = (conversation.name == people ? "" : conversation.name + ": ") + people +
                     " on " + counted(conversation.devices.size(), "device", "devices") + "; " +
                     counted(conversation.sent, "message", "messages");
  if (conversation.sent == 0) return text;
  if (conversation.missing > 0) return text + ", " + grouped(conversation.missing) + " not on all";
  if (conversation.agreed) {
    const bool all = std::all_of(conversation.devices.begin(), conversation.devices.end(),
                                 [](const DeviceResult& device) { return device.up; });
    return text +
           (conversation.given_up > 0 ? ", but for " + grouped(conversation.given_up) + " given up"
                                      : "") +
           ", the same in the same order on all" + (all ? "" : " that are up") + " since " +
           rounded(*conversation.agreed - Time{});
  }
  return text + ", each on all of them, but not in one order";
}

std::string arrival(const MessageResult& message) {
  if (message.given_up)
    return "given up, on " + grouped(message.shown) + " of " + grouped(message.audience);
  if (message.everywhere) {
    const Duration took = *message.everywhere - message.sent;
    return rounded(took) + (took > kLate ? ", " + message.slowest + " last" : "");
  }
  const std::size_t others = message.audience - message.shown;
  return "not on " + message.slowest +
         (others > 1 ? " and " + counted(others - 1, "other", "others") : "");
}

std::vector<std::string> orders(const ConversationResult& conversation, Order order) {
  struct Group {
    std::vector<std::uint32_t> places;
    std::vector<std::string> devices;
  };
  std::vector<Group> groups;
  for (const DeviceResult& device : conversation.devices) {
    if (order == Order::shown && !device.up) continue;
    const std::vector<std::uint32_t>& places = order == Order::seen ? device.first : device.list;
    auto same = std::find_if(groups.begin(), groups.end(),
                             [&](const Group& group) { return group.places == places; });
    if (same == groups.end()) same = groups.insert(groups.end(), {places, {}});
    same->devices.push_back(device.name);
  }
  std::stable_sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) {
    return a.devices.size() > b.devices.size();
  });
  const bool down =
      order == Order::shown && std::any_of(conversation.devices.begin(), conversation.devices.end(),
                                           [](const DeviceResult& device) { return !device.up; });
  const std::string whole = down ? "all that are up" : "all";
  std::vector<std::string> lines;
  for (const Group& group : groups) {
    if (lines.size() == kMostOrders) {
      lines.push_back(counted(groups.size() - kMostOrders, "other order", "other orders") +
                      " on the rest");
      break;
    }
    const std::size_t devices = group.devices.size();
    lines.push_back(numbers(group.places) + " on " +
                    (groups.size() == 1             ? "all"
                     : devices <= kMostDevicesNamed ? listed(group.devices)
                                                    : counted(devices, "device", "devices")));
  }
  return lines;
}

void write_conversations(Page& page, const std::vector<ConversationResult>& conversations) {
  const std::size_t shown = std::min(conversations.size(), kMostConversations);
  for (std::size_t i = 0; i < shown; ++i) {
    page.section(i == 0 ? "messages" : "");
    write(page, conversations[i], shown == 1);
  }
  if (conversations.size() > shown)
    page.line("and " + grouped(conversations.size() - shown) + " more conversations", Tone::quiet);
}

}  // namespace cleave
