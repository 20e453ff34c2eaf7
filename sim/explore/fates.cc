#include "sim/explore/fates.h"

#include "sim/explore/losses.h"
#include "sim/report/phrases.h"
#include "sim/report/typography.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace cleave {
namespace {

std::string at(Time t) {
  return "at " + exact(t);
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i)
    text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  return text;
}

class Story {
 public:
  Story(const Recording& recording, const TracedOperation& operation,
        std::vector<const TracedUpdate*> updates)
      : recording_(recording), operation_(operation), updates_(std::move(updates)) {}

  Fate tell() {
    const Invoked& invoked = operation_.invoked;
    fate_.operation = invoked.id;
    fate_.events.push_back(invoked.event);
    fate_.story = name(invoked.id.client) + " asked for it " + at(invoked.at) +
                  circumstance(recording_.result, invoked.at) + ".";
    tell_answer();
    if (!is_update(invoked.action)) return std::move(fate_);
    for (const TracedUpdate* update : updates_)
      tell_update(*update);
    tell_end();
    return std::move(fate_);
  }

 private:
  std::string name(NodeId node) const { return std::string(recording_.name(node)); }
  void say(const std::string& sentence) { fate_.story += " " + sentence; }

  void tell_answer() {
    if (!operation_.completed) return say("It was never told what came of it.");
    const Completed& answer = *operation_.completed;
    fate_.events.push_back(answer.event);
    if (operation_.acknowledged()) {
      fate_.acknowledged = answer.at;
      return say("It was told " + at(answer.at) + " that it was done.");
    }
    say("It was told " + at(answer.at) + ": " + std::string(to_string(answer.outcome)) + ".");
  }

  void tell_update(const TracedUpdate& update) {
    fate_.events.push_back(update.event);
    if (update.taken_up) {
      holders_.insert(update.replica);
      ever_.insert(update.replica);
      return say(name(update.replica) + " took it up " + at(update.at) + ".");
    }
    holders_.erase(update.replica);
    say(name(update.replica) + " gave it up " + at(update.at) +
        circumstance(recording_.result, update.at) +
        (holders_.empty() ? ": no replica holds it any more." : "."));
  }

  void tell_end() {
    fate_.held = !holders_.empty();
    if (ever_.empty()) return say("No replica ever took it up.");
    std::vector<std::string> others;
    for (const auto& replicas : recording_.cast.replicas)
      if (std::find(replicas.begin(), replicas.end(), *ever_.begin()) != replicas.end())
        for (const NodeId replica : replicas)
          if (!ever_.contains(replica)) others.push_back(name(replica));
    if (!others.empty()) say("It never reached " + joined(others) + ".");
  }

  const Recording& recording_;
  const TracedOperation& operation_;
  std::vector<const TracedUpdate*> updates_;
  Fate fate_;
  std::set<NodeId> holders_, ever_;
};

std::vector<const TracedUpdate*> updates_of(const Recording& recording, OperationId operation) {
  std::vector<const TracedUpdate*> updates;
  for (const TracedUpdate& update : recording.trace.updates())
    if (update.update == operation) updates.push_back(&update);
  return updates;
}

}  // namespace

Fate fate_of(const Recording& recording, OperationId operation) {
  const TracedOperation* traced = recording.trace.find(operation);
  if (traced == nullptr) return {operation, std::nullopt, {}, false, "It was not recorded."};
  return Story(recording, *traced, updates_of(recording, operation)).tell();
}

std::vector<Fate> lost_writes(const Recording& recording, std::size_t most) {
  std::map<OperationId, std::vector<const TracedUpdate*>> lost;
  for (const Loss& loss : losses(recording))
    for (const OperationId update : loss.updates)
      lost[update];
  for (const TracedUpdate& update : recording.trace.updates())
    if (const auto story = lost.find(update.update); story != lost.end())
      story->second.push_back(&update);
  std::vector<Fate> fates;
  for (const TracedOperation& operation : recording.trace.operations()) {
    if (fates.size() >= most) break;
    if (const auto story = lost.find(operation.invoked.id); story != lost.end())
      fates.push_back(Story(recording, operation, std::move(story->second)).tell());
  }
  return fates;
}

}  // namespace cleave
