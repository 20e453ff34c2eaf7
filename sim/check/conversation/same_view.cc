#include "sim/check/conversation/same_view.h"

#include <algorithm>
#include <cstddef>

namespace cleave::conversation {

void SameView::on(const Fact& fact) {
  Sent* sent = sent_.find(fact.subject, 0);
  if (fact.name == facts::kMessageSent.hash) {
    if (sent == nullptr) sent_.insert(fact.subject, 0, {fact.value, fact.at, false});
    audience_[fact.value].insert(fact.node);
  } else if (sent == nullptr) {
    return;
  } else if (fact.name == facts::kMessageAddressed.hash) {
    audience_[sent->conversation].insert({static_cast<std::uint32_t>(fact.value)});
  } else if (fact.name == facts::kMessageGivenUp.hash) {
    sent->given_up = true;
  } else if (fact.name == facts::kMessageShown.hash) {
    show(fact);
  }
}

void SameView::show(const Fact& fact) {
  Thread& thread = threads_[{sent_.find(fact.subject, 0)->conversation, fact.node}];
  if (const std::uint32_t life = lives_.ended(fact.node); thread.life != life) thread = {{}, life};
  const std::size_t place = std::min<std::size_t>(fact.value, thread.list.size());
  thread.list.insert(thread.list.begin() + static_cast<std::ptrdiff_t>(place), fact.subject);
  last_ = fact;
}

std::vector<SameView::View> SameView::views_of(std::uint64_t conversation, const RunEnd& end) {
  std::vector<View> views;
  for (const NodeId device : audience_[conversation]) {
    if (!options_.watched.has(device) || !lives_.is_up(device)) continue;
    View view{device, {}};
    const auto thread = threads_.find({conversation, device});
    if (thread != threads_.end() && thread->second.life == lives_.ended(device))
      for (const std::uint64_t message : thread->second.list) {
        const Sent& sent = *sent_.find(message, 0);
        if (!sent.given_up && sent.at + options_.within <= end.at) view.list.push_back(message);
      }
    views.push_back(std::move(view));
  }
  return views;
}

std::string SameView::difference(const View& one, const View& other, const RunEnd& end) {
  const auto lacks = [&end](const View& view, const View& of) {
    for (const std::uint64_t message : of.list)
      if (std::find(view.list.begin(), view.list.end(), message) == view.list.end())
        return name_of(view.device, end) + " does not show " + message_name(message, end) +
               ", which " + name_of(of.device, end) + " shows";
    return std::string();
  };
  for (std::string text : {lacks(other, one), lacks(one, other)})
    if (!text.empty()) return text;
  const auto [mine, theirs] =
      std::mismatch(one.list.begin(), one.list.end(), other.list.begin(), other.list.end());
  if (mine == one.list.end() || theirs == other.list.end())
    return name_of(one.device, end) + " and " + name_of(other.device, end) +
           " show one message a different number of times";
  return name_of(one.device, end) + " shows " + message_name(*mine, end) + " where " +
         name_of(other.device, end) + " shows " + message_name(*theirs, end);
}

Verdict SameView::finish(const RunEnd& end) {
  Verdict verdict;
  std::size_t shown = 0;
  for (const auto& [conversation, devices] : audience_) {
    const std::vector<View> views = views_of(conversation, end);
    for (std::size_t i = 1; i < views.size(); ++i) {
      ++verdict.checked;
      if (views[i].list == views[0].list) continue;
      if (verdict.word == Word::violated) continue;
      verdict.word = Word::violated;
      verdict.why = difference(views[0], views[i], end);
      verdict.at = end.at;
    }
    if (!views.empty()) shown += views[0].list.size();
  }
  if (verdict.word == Word::violated) return verdict;
  if (verdict.checked == 0 || shown == 0) {
    verdict.checked = 0;
    verdict.why = "no message was to be seen on two devices";
    return verdict;
  }
  verdict.word = Word::holds;
  verdict.why = "all devices show the same " + count_of(shown, "message") +
                " in the same order, the last since " + in_seconds(last_->at);
  return verdict;
}

}  // namespace cleave::conversation
