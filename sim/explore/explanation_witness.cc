// The witness of a verdict as sentences: each claim has a way of its own to be shown. What has none
// is told event by event.
#include "sim/explore/explanation.h"
#include "sim/explore/losses.h"
#include "sim/report/phrases.h"
#include "sim/report/typography.h"
#include "sim/scenario/workload.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string_view>
#include <variant>

namespace cleave {
namespace {

constexpr std::uint64_t kMostKeysTried = 100'000;  // to find what an object is called
constexpr std::size_t kMostEvents = 8;             // of a witness that is told event by event
constexpr std::size_t kMostHolders = 5;            // who took up one update is told so often

// "write", with the preposition that comes before the object.
std::string_view verb_of(Action action) {
  switch (action) {
    case Action::read:
      return "read";
    case Action::write:
      return "write";
    case Action::compare_and_set:
      return "compare and set";
    case Action::raise:
      return "raise";
    case Action::add:
      return "add to";
    case Action::remove:
      return "remove from";
    case Action::append:
      return "append to";
    case Action::read_from:
      return "read from";
    case Action::acknowledge:
      return "acknowledge entries of";
    case Action::reserve:
      return "reserve of";
    case Action::put:
      return "put into";
    case Action::take:
      return "take from";
  }
  return "use";
}

class Witness {
 public:
  Witness(const Recording& recording, const ExpectationResult& expectation)
      : recording_(recording), trace_(recording.trace), expectation_(expectation) {}

  std::vector<std::string> tell() {
    const std::vector<EventId>& events = expectation_.verdict.witness;
    if (events.empty()) return {};
    const Claim* claim = claim_of();
    if (claim && std::holds_alternative<LostAcknowledgedWrites>(*claim))
      tell_loss(StoreId{std::get<LostAcknowledgedWrites>(*claim).store});
    else if (claim && std::holds_alternative<Available>(*claim))
      tell_unserved();
    else if (claim && std::holds_alternative<ReadsFresh>(*claim) && events.size() == 3)
      tell_stale_read();
    else if (claim && std::holds_alternative<Converges>(*claim))
      tell_dispute(StoreId{std::get<Converges>(*claim).store});
    if (story_.empty()) tell_events();
    for (const WitnessReason& reason : expectation_.verdict.because)
      say(reason.why + ".");
    return std::move(story_);
  }

 private:
  // The scenario's expectations come first, in its order.
  const Claim* claim_of() const {
    const std::vector<Expectation>& stated = recording_.scenario.expect;
    for (std::size_t i = 0; i < stated.size() && i < recording_.result.expectations.size(); ++i)
      if (&recording_.result.expectations[i] == &expectation_) return &stated[i].claim;
    return nullptr;
  }

  std::string name(NodeId node) const { return std::string(recording_.name(node)); }
  void say(std::string text) { story_.push_back(sentence_of(std::move(text))); }

  // "note-7"; what no workload names is "an object".
  std::string object_of(const Invoked& operation) const {
    for (const models::store::Load& load : loads_of(recording_.scenario)) {
      if (load.store != operation.store) continue;
      const std::uint64_t count = std::min(load.keys.count(), kMostKeysTried);
      for (std::uint64_t i = 0; i < count; ++i)
        if (models::store::key_of(load.keys.name(i)).value == operation.key)
          return load.keys.name(i);
    }
    return "an object";
  }

  const TracedOperation* answered_in(EventId event) const {
    for (const TracedOperation& operation : trace_.operations())
      if (operation.completed && operation.completed->event == event) return &operation;
    return nullptr;
  }
  const TracedOperation* invoked_in(EventId event) const {
    for (const TracedOperation& operation : trace_.operations())
      if (operation.invoked.event == event) return &operation;
    return nullptr;
  }

  // "At 63.213 s (event 82,540), during split, east/16 asked to write user-61."
  void tell_question(const TracedOperation& operation) {
    const Invoked& asked = operation.invoked;
    say(at_event(asked.at, asked.event) + meanwhile(recording_.result, asked.at) + " " +
        name(asked.id.client) + " asked " + std::string(recording_.start.store_name(asked.store)) +
        " to " + std::string(verb_of(asked.action)) + " " + object_of(asked) + ".");
  }

  // The message that carried the question first; null if it was on its way at the end.
  const TracedMessage* request_of(const TracedOperation& operation) const {
    const Invoked& asked = operation.invoked;
    for (const TracedMessage& message : trace_.messages_around(asked.at, asked.at))
      if (message.cause == asked.event && message.from == asked.id.client &&
          recording_.cast.is_replica(message.to))
        return &message;
    return nullptr;
  }

  void tell_request(const TracedMessage& message, std::string_view only) {
    if (message.arrived())
      say("the request reached " + name(message.to) + std::string(only) + " " +
          at_event(message.ended, message.event) + ".");
    else
      say("the request to " + name(message.to) + " did not get through; it was given up " +
          at_event(message.ended, message.event) + ".");
  }

  // Who sent what a node received in an event, if that was a message.
  std::optional<NodeId> sender_in(EventId event, Time at, NodeId receiver) const {
    for (const TracedMessage& message : trace_.messages_around(at, at))
      if (message.event == event && message.to == receiver && message.arrived())
        return message.from;
    return std::nullopt;
  }

  // Of an outcome that a replica told.
  static std::string answer_of(Outcome outcome) {
    switch (outcome) {
      case Outcome::ok:
        return "that it was done";
      case Outcome::refused:
        return "that it was refused";
      case Outcome::conflict:
        return "of a conflict";
      case Outcome::unavailable:
        return "that it could not be served";
      case Outcome::unknown:
        return "that nobody knows whether it was done";
    }
    return "";
  }

  std::string told(const TracedOperation& operation) const {
    const Completed& answer = *operation.completed;
    const std::string client = name(operation.invoked.id.client);
    const std::string when = at_event(answer.at, answer.event) + " " + client;
    const auto sender = sender_in(answer.event, answer.at, operation.invoked.id.client);
    if (sender)
      return when + " was told by " + name(*sender) + " " + answer_of(answer.outcome) + ".";
    if (answer.outcome == Outcome::unknown)
      return when + " gave up waiting, and cannot know whether it was done.";
    return when + " gave up waiting: nobody had served it.";
  }

  // ---- who took up an update, and who gave it up ------------------------------------------------
  // When its client was told comes between, in order.
  void tell_fate(const TracedOperation& operation) {
    const OperationId id = operation.invoked.id;
    std::set<NodeId> holders;
    std::size_t told_of = 0;
    bool open = operation.completed.has_value();
    const auto say_answer = [&] {
      if (open) say(told(operation));
      open = false;
    };
    for (const TracedUpdate& update : trace_.updates()) {
      if (update.update != id) continue;
      update.taken_up ? (void)holders.insert(update.replica) : (void)holders.erase(update.replica);
      if (open && update.event > operation.completed->event) say_answer();
      if (update.taken_up && ++told_of > kMostHolders) continue;
      std::string text = at_event(update.at, update.event) +
                         (update.taken_up ? "" : meanwhile(recording_.result, update.at)) + " " +
                         name(update.replica) + (update.taken_up ? " took it up" : " gave it up");
      if (holders.empty()) text += ": no replica held it any more";
      say(text + ".");
    }
    say_answer();
    if (told_of == 0) say("no replica ever took it up.");
  }

  std::vector<NodeId> never_held(const TracedOperation& operation) const {
    std::vector<NodeId> others = recording_.cast.replicas[operation.invoked.store.value];
    for (const TracedUpdate& update : trace_.updates())
      if (update.update == operation.invoked.id && update.taken_up)
        std::erase(others, update.replica);
    return others;
  }

  std::string names_of(const std::vector<NodeId>& nodes) const {
    std::vector<std::string> names;
    for (const NodeId node : nodes)
      names.push_back(name(node));
    return listed(names);
  }

  // ---- one claim after another ------------------------------------------------------------------
  void tell_loss(StoreId store) {
    const EventId last = expectation_.verdict.witness.back();
    const EventId first = expectation_.verdict.witness.front();
    for (const Loss& loss : losses(recording_)) {
      if (loss.store != store || (loss.event != last && loss.holder)) continue;
      for (const OperationId id : loss.updates) {
        const TracedOperation* operation = trace_.find(id);
        if (first != last && operation->completed->event != first) continue;
        if (!loss.holder && operation->completed->event != last) continue;
        tell_question(*operation);
        tell_fate(*operation);
        const std::vector<NodeId> others = never_held(*operation);
        if (loss.holder && !others.empty()) say("it never reached " + names_of(others) + ".");
        if (loss.updates.size() > 1) say("it went the way of many: " + reasons(loss));
        return;
      }
    }
  }

  std::string reasons(const Loss& loss) const {
    std::string text = sentence(recording_, loss);
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text.ends_with('.') ? text : text + ".";
  }

  void tell_unserved() {
    const std::vector<EventId>& events = expectation_.verdict.witness;
    const TracedOperation* operation = answered_in(events.back());
    if (!operation) operation = invoked_in(events.front());
    if (!operation) return;
    const TracedMessage* request = request_of(*operation);
    const bool late =
        request && operation->completed && request->event > operation->completed->event;
    tell_question(*operation);
    if (request && !late) tell_request(*request, "");
    if (operation->completed)
      say(told(*operation));
    else
      say("it was never told what came of it.");
    if (request && late) tell_request(*request, " only");
    if (is_update(operation->invoked.action)) tell_done(*operation);
  }

  // Whether an update that was not served was made in the end.
  void tell_done(const TracedOperation& operation) {
    const OperationId id = operation.invoked.id;
    const auto& updates = trace_.updates();
    const auto first = std::find_if(updates.begin(), updates.end(),
                                    [id](const TracedUpdate& u) { return u.update == id; });
    if (first == updates.end()) return say("no replica ever took it up.");
    say("yet it was done: " + at_event(first->at, first->event) +
        circumstance(recording_.result, first->at) + ", " + name(first->replica) + " took it up.");
  }

  void tell_stale_read() {
    const std::vector<EventId>& events = expectation_.verdict.witness;
    const TracedOperation* newer = answered_in(events[0]);
    const TracedOperation* read = answered_in(events[2]);
    if (!newer || !read) return;
    const Completed& known = *newer->completed;
    const Completed& answer = *read->completed;
    const std::string object = object_of(read->invoked);
    say(at_event(known.at, known.event) + meanwhile(recording_.result, known.at) + " " +
        name(newer->invoked.id.client) + " was told of version " + grouped(known.version) + " of " +
        object + by_whom(*newer) + ".");
    tell_question(*read);
    say(at_event(answer.at, answer.event) + " it was told version " + grouped(answer.version) +
        by_whom(*read) + ": " + counted(known.version - answer.version, "version", "versions") +
        " behind, " + rounded(read->invoked.at - known.at) +
        " after somebody had been told of the newer one.");
  }

  // " by status/eu-central/0", who answered.
  std::string by_whom(const TracedOperation& operation) const {
    const Completed& answer = *operation.completed;
    const auto sender = sender_in(answer.event, answer.at, operation.invoked.id.client);
    return sender ? " by " + name(*sender) : "";
  }

  void tell_dispute(StoreId store) {
    const EventId opened = expectation_.verdict.witness.front();
    const Time due = expectation_.verdict.at.value_or(recording_.result.simulated);
    for (const TracedUpdate& update : trace_.updates()) {
      if (update.event != opened || update.store != store || !update.taken_up) continue;
      const std::vector<NodeId> without = lacking(update.update, store, due);
      if (without.empty()) continue;
      const TracedOperation* operation = trace_.find(update.update);
      if (operation) tell_question(*operation);
      say(at_event(update.at, update.event) + " " + name(update.replica) + " took it up.");
      say("at " + exact(due) + circumstance(recording_.result, due) + ", " + names_of(without) +
          " still did not have it.");
      return;
    }
  }

  std::vector<NodeId> lacking(OperationId id, StoreId store, Time at) const {
    std::set<NodeId> holders;
    for (const TracedUpdate& update : trace_.updates()) {
      if (update.at > at) break;
      if (update.update != id) continue;
      update.taken_up ? (void)holders.insert(update.replica) : (void)holders.erase(update.replica);
    }
    std::vector<NodeId> without;
    for (const NodeId replica : recording_.cast.replicas[store.value])
      if (!holders.contains(replica)) without.push_back(replica);
    return without;
  }

  // ---- any other --------------------------------------------------------------------------------
  void tell_events() {
    std::vector<EventId> events = expectation_.verdict.witness;
    std::stable_sort(events.begin(), events.end());
    const std::size_t left_out = events.size() - std::min(events.size(), kMostEvents);
    events.resize(events.size() - left_out);
    for (const EventId event : events)
      tell_event(event);
    if (left_out > 0) say("and " + counted(left_out, "more event", "more events") + ".");
  }

  void tell_event(EventId event) {
    if (event.value == 0 || event.value > trace_.events().size()) return;
    const TracedEvent& row = trace_.events()[event.value - 1];
    if (const TracedOperation* asked = invoked_in(event)) return tell_question(*asked);
    if (const TracedOperation* answered = answered_in(event)) return say(told(*answered));
    std::string text = at_event(row.at, event) + circumstance(recording_.result, row.at);
    if (!row.node || row.kind == RecordKind::fault) return say(text + ", the world changed.");
    const std::string message(recording_.message_name(*row.node, row.name));
    text += ", " + name(*row.node) +
            (row.kind == RecordKind::timer ? " came to its timer " : " received ") + "\"" +
            message + "\"";
    if (const auto sender = sender_in(event, row.at, *row.node)) text += " from " + name(*sender);
    say(text + ".");
  }

  const Recording& recording_;
  const TraceIndex& trace_;
  const ExpectationResult& expectation_;
  std::vector<std::string> story_;
};

}  // namespace

std::vector<std::string> tell_witness(const Recording& recording,
                                      const ExpectationResult& expectation) {
  return Witness(recording, expectation).tell();
}

}  // namespace cleave
