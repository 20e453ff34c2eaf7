#include "sim/scenario/threads.h"

#include <algorithm>

namespace cleave {

using Kind = MessageEvent::Kind;

void Threads::apply(const MessageEvent& event) {
  if (event.kind == Kind::sent) return send(event);
  if (event.kind == Kind::down) {
    for (auto& [key, list] : lists_)
      if (key.first == event.device && !list.empty()) {
        list.clear();
        changes_[key.second] = event.at;
      }
    return;
  }
  const auto place = places_.find(event.message);
  if (place == places_.end()) return;  // nobody sent it
  MessageStory& story = messages_[place->second];
  switch (event.kind) {
    case Kind::addressed: {
      const NodeId device{static_cast<std::uint32_t>(event.value)};
      if (std::find(story.audience.begin(), story.audience.end(), device) == story.audience.end())
        story.audience.push_back(device);
      break;
    }
    case Kind::answers:
      story.answers = MessageNumber{event.value};
      break;
    case Kind::accepted:
      if (!story.accepted) story.accepted = event.at;
      break;
    case Kind::given_up:
      story.given_up = true;
      break;
    case Kind::status:
      if (const StatusShown shown = StatusShown::unpack(event.value);
          event.device == event.message.device())
        story.status[shown.person] = shown.status;
      break;
    case Kind::repeated:
      ++story.repeated;
      break;
    case Kind::shown:
      show(event, story);
      break;
    case Kind::waits:
      waits_[{event.device, event.message}] = true;
      break;
    case Kind::sent:
    case Kind::stored:
    case Kind::acknowledged:
    case Kind::receipt:
    case Kind::down:
      break;
  }
}

void Threads::send(const MessageEvent& event) {
  if (!places_.try_emplace(event.message, messages_.size()).second) return;  // stated anew
  MessageStory story;
  story.number = event.message;
  story.conversation = static_cast<std::uint32_t>(event.value);
  story.sent = event.at;
  story.sent_by = event.event;
  story.audience = {event.device};
  messages_.push_back(std::move(story));
}

void Threads::show(const MessageEvent& event, MessageStory& story) {
  const Key key{event.device, story.conversation};
  std::vector<Bubble>& list = lists_[key];
  const auto same = [&event](const Bubble& bubble) { return bubble.message == event.message; };
  if (std::any_of(list.begin(), list.end(), same)) ++story.twice;
  const std::size_t place = std::min<std::size_t>(event.value, list.size());
  const bool waits = waits_.contains({event.device, event.message});
  list.insert(list.begin() + static_cast<std::ptrdiff_t>(place), {event.message, waits});
  changes_[story.conversation] = event.at;
  if (story.shown.try_emplace(event.device, MessageStory::Showing{event.at, event.event}).second)
    first_[key].push_back(event.message);
}

const MessageStory* Threads::find(MessageNumber message) const {
  const auto place = places_.find(message);
  return place == places_.end() ? nullptr : &messages_[place->second];
}

const std::vector<Bubble>& Threads::list(NodeId device, std::uint32_t conversation) const {
  static const std::vector<Bubble> kNone;
  const auto found = lists_.find({device, conversation});
  return found == lists_.end() ? kNone : found->second;
}

const std::vector<MessageNumber>& Threads::first_shown(NodeId device,
                                                       std::uint32_t conversation) const {
  static const std::vector<MessageNumber> kNone;
  const auto found = first_.find({device, conversation});
  return found == first_.end() ? kNone : found->second;
}

std::optional<Time> Threads::last_change(std::uint32_t conversation) const {
  const auto found = changes_.find(conversation);
  if (found == changes_.end()) return std::nullopt;
  return found->second;
}

const Threads& ThreadCursor::at(Time at, std::optional<EventId> last) {
  const auto has_happened = [&](const MessageEvent& event) {
    return event.at <= at && (!last || event.event <= *last);
  };
  if (next_ > 0 && !has_happened((*events_)[next_ - 1])) {
    threads_ = {};
    next_ = 0;
  }
  while (next_ < events_->size() && has_happened((*events_)[next_]))
    threads_.apply((*events_)[next_++]);
  return threads_;
}

}  // namespace cleave
