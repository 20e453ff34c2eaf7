#include "sim/trace/message_log.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace cleave {
namespace {

using Kind = MessageEvent::Kind;

std::optional<Kind> kind_of(std::uint64_t name) {
  static constexpr std::array<std::pair<std::uint64_t, Kind>, 12> kKinds{
      {{facts::kMessageSent.hash, Kind::sent},
       {facts::kMessageAddressed.hash, Kind::addressed},
       {facts::kMessageAnswers.hash, Kind::answers},
       {facts::kMessageAccepted.hash, Kind::accepted},
       {facts::kMessageGivenUp.hash, Kind::given_up},
       {facts::kStatusShown.hash, Kind::status},
       {facts::kMessageStored.hash, Kind::stored},
       {facts::kMessageAcknowledged.hash, Kind::acknowledged},
       {facts::kMessageRepeated.hash, Kind::repeated},
       {facts::kReceiptSent.hash, Kind::receipt},
       {facts::kMessageShown.hash, Kind::shown},
       {facts::kMessageWaitsFor.hash, Kind::waits}}};
  const auto found =
      std::find_if(kKinds.begin(), kKinds.end(), [name](const auto& k) { return k.first == name; });
  if (found == kKinds.end()) return std::nullopt;
  return found->second;
}

}  // namespace

void MessageLog::on(const Fact& fact) {
  if (const auto kind = kind_of(fact.name))
    add({fact.at, fact.event, fact.node, *kind, {fact.subject}, fact.value});
}

void MessageLog::on(const NodeMark& mark) {
  // Before the first message nobody shows anything that could be lost.
  if (mark.phase == NodeMark::Phase::down && !events_.empty())
    add({mark.at, mark.event, mark.node, Kind::down, {}, 0});
}

void MessageLog::add(const MessageEvent& event) {
  cut_short_ = cut_short_ || events_.size() >= most_events_;
  if (!cut_short_) events_.push_back(event);
}

}  // namespace cleave
