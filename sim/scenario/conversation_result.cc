#include "sim/scenario/conversation_result.h"

#include "sim/scenario/threads.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <utility>

namespace cleave {
namespace {

class Teller {
 public:
  Teller(const Threads& threads, const MessagingCast& cast,
         const std::function<bool(NodeId)>& is_up)
      : threads_(threads), cast_(cast), is_up_(is_up) {
    for (const MessagingCast::Line& line : cast.lines) {
      texts_[line.message] = line.text;
      Said& said = said_[line.conversation];
      if (threads.find(line.message) == nullptr) ++said.unwritten;
    }
    for (const MessageStory& story : threads.messages())
      if (story.conversation < cast.conversations.size())
        said_[story.conversation].messages.push_back(&story);
  }

  // Of each conversation in which something was said, or should have been.
  std::vector<ConversationResult> tell_all() {
    std::vector<ConversationResult> results;
    for (const auto& [conversation, said] : said_)
      results.push_back(tell(conversation, said));
    return results;
  }

 private:
  struct Said {
    std::vector<const MessageStory*> messages;  // as they were sent
    std::uint64_t unwritten = 0;
  };

  ConversationResult tell(std::uint32_t conversation, const Said& said) {
    const MessagingCast::Conversation& known = cast_.conversations[conversation];
    ConversationResult result;
    result.name = known.name;
    for (const std::uint32_t person : known.members)
      result.people.push_back(cast_.people[person].name);
    places_.clear();
    for (const MessageStory* story : said.messages)
      add(*story, result);
    for (const std::uint32_t person : known.members)
      for (const std::uint32_t device : cast_.people[person].devices)
        result.devices.push_back(tell(cast_.devices[device], conversation));
    result.unwritten = said.unwritten;
    if (agree(result, conversation)) result.agreed = threads_.last_change(conversation);
    return result;
  }

  std::string name(NodeId node) const {
    const auto device = cast_.device_of(node);
    return device ? cast_.devices[*device].name : "node " + std::to_string(node.value);
  }

  struct Slowest {
    NodeId device;
    std::optional<Time> shown;  // none: it never did
  };
  // The last of its audience that never showed it, else the first of those that did so last.
  static Slowest slowest(const MessageStory& story) {
    std::optional<NodeId> without;
    Slowest slowest;
    for (const NodeId device : story.audience) {
      const auto shown = story.shown.find(device);
      if (shown == story.shown.end())
        without = device;
      else if (!slowest.shown || shown->second.at > *slowest.shown)
        slowest = {device, shown->second.at};
    }
    return without ? Slowest{*without, std::nullopt} : slowest;
  }

  void add(const MessageStory& story, ConversationResult& result) {
    ++result.sent;
    result.twice += story.twice;
    result.repeated += story.repeated;
    const Slowest last = slowest(story);
    if (story.given_up)
      ++result.given_up;
    else if (!last.shown)
      ++result.missing;
    else if (*last.shown - story.sent > kLate)
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
    message.shown = static_cast<std::size_t>(
        std::count_if(story.audience.begin(), story.audience.end(),
                      [&story](NodeId device) { return story.shown.contains(device); }));
    message.everywhere = last.shown;
    message.slowest = name(last.device);
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
    if (result.missing > 0) return false;
    std::optional<std::vector<MessageNumber>> first;
    for (const std::uint32_t person : cast_.conversations[conversation].members)
      for (const std::uint32_t index : cast_.people[person].devices) {
        const NodeId node = cast_.devices[index].node;
        if (!is_up_(node)) continue;
        std::vector<MessageNumber> list;
        for (const Bubble& bubble : threads_.list(node, conversation))
          if (!threads_.find(bubble.message)->given_up) list.push_back(bubble.message);
        if (!first)
          first = std::move(list);
        else if (list != *first)
          return false;
      }
    return true;
  }

  const Threads& threads_;
  const MessagingCast& cast_;
  const std::function<bool(NodeId)>& is_up_;
  std::map<std::uint32_t, Said> said_;  // by conversation
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
  return Teller(threads, cast, is_up).tell_all();
}

}  // namespace cleave
