#include "sim/check/recovery.h"

#include "sim/check/words.h"

#include <algorithm>
#include <utility>

namespace cleave {
namespace {

constexpr std::size_t kMostFatesTold = 4;

std::vector<NodeId> all_of(std::vector<NodeId> core, const std::vector<NodeId>& others) {
  core.insert(core.end(), others.begin(), others.end());
  return core;
}

std::string names_of(const std::vector<NodeId>& nodes, const RunEnd& end) {
  std::string text;
  for (const NodeId node : nodes)
    text += (text.empty() ? "" : ", ") + name_of(node, end);
  return text;
}

}  // namespace

Recovery::Recovery(Options options)
    : options_(std::move(options)),
      core_({options_.store, options_.core, options_.within, std::nullopt, options_.others,
             options_.from}),
      holders_(options_.store, all_of(options_.core, options_.others)) {}

bool Recovery::belongs(NodeId replica) const {
  return holders_.belongs(*holders_.find(replica));
}

void Recovery::on(const Fact& fact) {
  core_.on(fact);
  const auto replica = holders_.note(fact);
  if (!replica) return;
  const bool joined = holders_.belongs(*replica);
  for (const OperationId update : holders_.held_by_alone(*replica)) {
    if (joined)
      losses_.take(update);
    else
      lose(update, {holders_.replicas()[*replica], fact.at, fact.event, Loss::How::left_store});
  }
}

void Recovery::on(const NodeMark& mark) {
  core_.on(mark);
  Life& life = lives_[mark.node];
  (mark.phase == NodeMark::Phase::down ? life.down : life.up) = mark.at;
}

void Recovery::on(const Invoked& operation) {
  if (operation.store == options_.store && is_update(operation.action))
    open_.put(operation.id, operation.action);
}

void Recovery::on(const Completed& operation) {
  if (open_.take(operation.id) && operation.outcome == Outcome::ok)
    acknowledged_.insert(operation.id);
}

void Recovery::on(const ReplicaUpdate& update) {
  core_.on(update);
  if (!holders_.note(update)) return;
  if (holders_.count(update.update) > 0) {
    losses_.take(update.update);
    return;
  }
  if (!belongs(update.replica)) return;
  // What a crash took shows when the replica has started and says what it has.
  const Life& life = lives_[update.replica];
  const bool in_crash = life.down && life.up == update.at;
  lose(update.update, {update.replica, in_crash ? *life.down : update.at, update.event,
                       in_crash ? Loss::How::crashed : Loss::How::given_up});
}

void Recovery::lose(OperationId update, const Loss& loss) {
  if (losses_.size() < options_.most_remembered) losses_.put(update, loss);
}

// How an update went with the last replica of the store that held it.
std::string Recovery::way_of(const Loss& loss, bool excused, const RunEnd& end) {
  const std::string holder = " the last holder, " + name_of(loss.holder, end) + ", ";
  const std::string at = "at " + in_seconds(loss.at);
  if (loss.how == Loss::How::left_store) return "lost with" + holder + "which left the store " + at;
  if (!excused) return "given up by" + holder + at;
  const bool crashed = loss.how == Loss::How::crashed;
  return "lost with" + holder + (crashed ? "which crashed " : "which gave it up ") + at;
}

// An acknowledged update that no replica of the core holds.
void Recovery::note_lost(OperationId update, const RunEnd& end,
                         std::map<std::string, Fate>& fates) {
  std::vector<NodeId> elsewhere;
  for (const NodeId other : options_.others)
    if (belongs(other) && end.ledger.held(options_.store, other).contains(update))
      elsewhere.push_back(other);
  const Loss* loss = losses_.find(update);
  std::string where;
  bool excused = true;
  if (!elsewhere.empty()) {
    where = "held only by " + names_of(elsewhere, end) + ", broken for ever";
  } else if (!loss) {
    where = "held by nobody, ever";
    excused = false;
  } else {
    excused = loss->at <= options_.from;
    where = (excused ? "" : "there when the core was healed, and ") + way_of(*loss, excused, end);
  }
  Fate& fate =
      fates.try_emplace(where, Fate{0, update, excused, loss ? std::optional(*loss) : std::nullopt})
          .first->second;
  ++fate.updates;
}

std::map<std::string, Recovery::Fate> Recovery::fates(const RunEnd& end) {
  std::map<std::string, Fate> fates;
  std::vector<NodeId> core;
  for (const NodeId replica : options_.core)
    if (belongs(replica)) core.push_back(replica);
  UpdateSet in_core;
  for (const NodeId replica : core)
    in_core.unite(end.ledger.held(options_.store, replica));
  for (const OperationId update : difference(acknowledged_, in_core))
    note_lost(update, end, fates);
  std::map<OperationId, std::vector<NodeId>> lacking;
  for (const NodeId replica : core)
    for (const OperationId update : difference(in_core, end.ledger.held(options_.store, replica)))
      lacking[update].push_back(replica);
  for (const auto& [update, without] : lacking) {
    std::vector<NodeId> holders;
    for (const NodeId replica : core)
      if (std::count(without.begin(), without.end(), replica) == 0) holders.push_back(replica);
    const std::string where =
        "there at " + names_of(holders, end) + " and did not come to " + names_of(without, end);
    ++fates.try_emplace(where, Fate{0, update, false, std::nullopt}).first->second.updates;
  }
  return fates;
}

Verdict Recovery::finish(const RunEnd& end) {
  Verdict verdict = core_.finish(end);
  if (end.at < options_.from)
    return {Word::undecided,
            "the run ended before the core was healed, at " + in_seconds(options_.from),
            verdict.checked,
            std::nullopt,
            {}};
  std::string told;
  std::size_t count = 0;
  for (const auto& [where, fate] : fates(end)) {
    if (!fate.excused && verdict.word != Word::violated && fate.loss) {
      verdict.word = Word::violated;
      verdict.at = fate.loss->at;
      verdict.witness = {fate.loss->event};
      if (fate.loss->how != Loss::How::crashed) verdict.event = fate.loss->event;
    } else if (!fate.excused && verdict.word == Word::holds) {
      verdict.word = Word::violated;
      verdict.at = end.at;
      verdict.witness = {end.event};
    }
    if (++count <= kMostFatesTold)
      told += "; " + count_of(fate.updates, "update") +
              (fate.excused ? " excused: " : " missing: ") + where + " (first " +
              name_of(fate.first, end) + ")";
  }
  if (count > kMostFatesTold) told += "; and " + std::to_string(count - kMostFatesTold) + " more";
  verdict.why += told;
  return verdict;
}

}  // namespace cleave
