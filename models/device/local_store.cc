#include "models/device/local_store.h"

#include <algorithm>

namespace cleave::models::device {

using messaging::Message;

bool Disk::given_up(MessageNumber message) const {
  const Fate* fate = fates.find(message);
  return fate && fate->kind == Fate::Kind::given_up;
}

MessageStatus Disk::status(MessageAndPerson of) const {
  const MessageStatus* status = statuses.find(of);
  return status ? *status : MessageStatus::none;
}

Mark Disk::mark(MessageNumber message) const {
  const Mark* mark = marks.find(message);
  return mark ? *mark : Mark{};
}

bool LocalStore::shows(MessageNumber message) const {
  const auto found = known.find(message);
  return found != known.end() && found->second.shown;
}

std::optional<MessageNumber> LocalStore::lacking(const Message& message) const {
  for (const MessageNumber before : message.carried.after)
    if (!shows(before)) return before;
  return std::nullopt;
}

std::size_t LocalStore::show(const Message& message, std::int64_t rank) {
  std::vector<ordering::Place>& list = conversations[message.conversation].list;
  const ordering::Place place{rank, message.number};
  const auto at = std::upper_bound(list.begin(), list.end(), place);
  const auto index = static_cast<std::size_t>(at - list.begin());
  list.insert(at, place);
  known.at(message.number).shown = true;
  return index;
}

}  // namespace cleave::models::device
