#include "sim/scenario/conversation_result.h"

#include "sim/scenario/threads.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <utility>

namespace cleave {
namespace {

class Teller {
 public:
  Teller(const Threads& threads, const MessagingCast& cast,
         const std::function<bool(NodeId)>& is_up)
      : threads_(threads), cast_(cast), is_up_(is_up) {
    for (const MessagingCast::Line& line : cast.lines)
      texts_[line.message] = line.text;
  }

  ConversationResult tell(std::uint32_t conversation) {
    const MessagingCast::Conversation& known = cast_.conversations[conversation];
    ConversationResult result;
    result.name = known.name;
    for (const std::uint32_t person : known.members)
      result.people.push_back(cast_.people[person].name);
    places_.clear();
    for (const MessageStory& story : threads_.messages())
      if (story.conversation == conversation) add(story, result);
    for (const std::uint32_t person : known.members)
      for (const std::uint32_t device : cast_.people[person].devices)
        result.devices.push_back(tell(cast_.devices[device], conversation));
    for (const MessagingCast::Line& line : cast_.lines)
      if (line.conversation == conversation && threads_.find(line.message) == nullptr)
        ++result.unwritten;
    if (agree(result, conversation)) result.agreed = threads_.last_change(conversation);
    return result;
  }

 private:
  std::string name(NodeId node) const {
    const auto device = cast_.device_of(node);
    return device ? cast_.devices[*device].name : "node " + std::to_string(node.value);
  }

  static Time last_shown(const MessageStory& story) {
    Time last = story.sent;
    for (const auto& [device, showing] : story.shown)
      last = std::max(last, showing.at);
    return last;
  }

  void add(const MessageStory& story, ConversationResult& result) {
    ++result.sent;
    result.twice += story.twice;
    result.repeated += story.repeated;
    if (story.given_up)
      ++result.given_up;
    else if (!story.is_everywhere())
      ++result.missing;
    else if (last_shown(story) - story.sent > kLate)
      ++result.late;
    if (result.messages.size() >= kMostMessagesTold) return;
    places_[story.number] = static_cast<std::uint32_t>(result.messages.size());
    MessageResult message;
    message.device = name(story.number.device());
    message.counter = story.number.counter();
    if (const auto text = texts_.find(story.number); text != texts_.end())
      message.text = text->second;
    message.sent = story.sent;
    message.accepted = story.accepted;
    message.given_up = story.given_up;
    message.audience = story.audience.size();
    for (const NodeId device : story.audience) {
      const auto shown = story.shown.find(device);
      if (shown == story.shown.end()) {
        message.slowest = name(device);
        message.everywhere.reset();
        continue;
      }
      ++message.shown;
      const bool all_so_far = message.slowest.empty() || message.everywhere;
      if (all_so_far && (!message.everywhere || shown->second.at > *message.everywhere)) {
        message.everywhere = shown->second.at;
        message.slowest = name(device);
      }
    }
    result.messages.push_back(std::move(message));
  }

  DeviceResult tell(const MessagingCast::Device& device, std::uint32_t conversation) const {
    DeviceResult result;
    result.name = device.name;
    result.up = is_up_(device.node);
    const auto put = [this](MessageNumber message, std::vector<std::uint32_t>& list) {
      if (const auto place = places_.find(message); place != places_.end())
        list.push_back(place->second);
    };
    for (const MessageNumber message : threads_.first_shown(device.node, conversation))
      put(message, result.first);
    for (const Bubble& bubble : threads_.list(device.node, conversation))
      put(bubble.message, result.list);
    return result;
  }

  // Whether those that are up show all that nobody gave up, in one order.
  bool agree(const ConversationResult& result, std::uint32_t conversation) const {
    const std::vector<MessageNumber>* first = nullptr;
    std::vector<MessageNumber> lists[2];
    if (result.missing > 0) return false;
    for (const std::uint32_t person : cast_.conversations[conversation].members)
      for (const std::uint32_t index : cast_.people[person].devices) {
        const NodeId node = cast_.devices[index].node;
        if (!is_up_(node)) continue;
        std::vector<MessageNumber>& list = lists[first == nullptr ? 0 : 1];
        list.clear();
        for (const Bubble& bubble : threads_.list(node, conversation))
          if (!threads_.find(bubble.message)->given_up) list.push_back(bubble.message);
        if (first != nullptr && list != *first) return false;
        first = lists;
      }
    return true;
  }

  const Threads& threads_;
  const MessagingCast& cast_;
  const std::function<bool(NodeId)>& is_up_;
  std::map<MessageNumber, std::string> texts_;
  std::map<MessageNumber, std::uint32_t> places_;  // in the messages of one conversation
};

}  // namespace

std::vector<ConversationResult> conversation_results(const std::vector<MessageEvent>& events,
                                                     const MessagingCast& cast,
                                                     const std::function<bool(NodeId)>& is_up) {
  Threads threads;
  for (const MessageEvent& event : events)
    threads.apply(event);
  std::set<std::uint32_t> conversations;
  for (const MessageStory& story : threads.messages())
    if (story.conversation < cast.conversations.size()) conversations.insert(story.conversation);
  for (const MessagingCast::Line& line : cast.lines)
    conversations.insert(line.conversation);
  std::vector<ConversationResult> results;
  Teller teller(threads, cast, is_up);
  for (const std::uint32_t conversation : conversations)
    results.push_back(teller.tell(conversation));
  return results;
}

}  // namespace cleave
