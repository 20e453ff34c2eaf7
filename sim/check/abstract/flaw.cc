#include "sim/check/abstract/flaw.h"

#include "sim/check/words.h"

namespace cleave::abstract {
namespace {

class Sentence {
 public:
  Sentence(const Execution& execution, const Flaw& flaw, const FlawWords& words)
      : execution_(execution),
        words_(words),
        a_(execution.operations[flaw.a]),
        b_(execution.operations[flaw.b]) {}

  // "the write to chat by alice (operation 3)"
  std::string what(const Operation& o) const {
    const std::uint64_t key = execution_.objects[o.object].key;
    const auto name = words_.names.find(key);
    const std::string object =
        name == words_.names.end() ? "object " + std::to_string(o.object + 1) : name->second;
    return "the " + std::string(to_string(o.action)) + " of " + object + " by " +
           name_of(o.id.client, words_.end) + " (operation " + std::to_string(o.id.index) + ")";
  }
  // What somebody else had to see of it.
  std::string trace(const Operation& o) const {
    return is_done_update(o) ? what(o) : "all that " + what(o) + " had seen";
  }
  std::string a() const { return what(a_); }
  std::string b() const { return what(b_); }
  std::string trace_of_a() const { return trace(a_); }
  std::string replica_of_b() const { return name_of(b_.replica, words_.end); }
  std::string outcome_of_b() const { return std::string(to_string(b_.outcome)); }
  std::string answered_b() const {
    return is_done(b_) ? replica_of_b() + " answered " + b() : b() + " was applied";
  }

 private:
  const Execution& execution_;
  const FlawWords& words_;
  const Operation& a_;
  const Operation& b_;
};

}  // namespace

std::string to_text(const Execution& execution, const Flaw& flaw, const FlawWords& words) {
  const Sentence s(execution, flaw, words);
  switch (flaw.kind) {
    case Flaw::Kind::unanswered:
      return s.b() + " was answered, and no replica said that it had done so";
    case Flaw::Kind::not_applied:
      return s.replica_of_b() + " answered " + s.b() + ", which it had not applied";
    case Flaw::Kind::wrong_answer:
      return "what " + s.b() + " was told is not what the updates give that " + s.replica_of_b() +
             " had applied";
    case Flaw::Kind::denied:
      return s.b() + " was applied and seen, and its client was told that it was " +
             s.outcome_of_b();
    case Flaw::Kind::other_version:
      return s.b() + " replaced another value than " + s.a() +
             " had been told of the version that it named";
    case Flaw::Kind::fork:
      return "no one order: " + s.a() + " and " + s.b() +
             " were answered in states of which neither is a beginning of the other";
    case Flaw::Kind::missed:
      return s.answered_b() + " without " + s.trace_of_a();
    case Flaw::Kind::reordered:
      return s.answered_b() + " in a state in which " + s.trace_of_a() + " is in another order";
    case Flaw::Kind::cause_missing:
      return flaw.a == flaw.b ? s.b() +
                                    " was applied somewhere without what was before it where "
                                    "its client was answered"
                              : s.b() + " was applied somewhere before " + s.trace_of_a();
    case Flaw::Kind::session_order:
      return s.b() + " was applied somewhere before " + s.a();
    case Flaw::Kind::backdated:
      return s.replica_of_b() + " answered " + s.b() + " when it had applied " + s.a() +
             " behind an update that was invoked only after that had been answered";
    case Flaw::Kind::overtaken:
      return s.replica_of_b() + " answered " + s.b() + " when it had applied behind " + s.a() +
             " what its client had seen before it";
    case Flaw::Kind::cycle:
      return "replicas applied updates in orders that contradict one another; one of them is " +
             s.b();
  }
  return {};
}

}  // namespace cleave::abstract
