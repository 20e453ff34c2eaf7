#include "sim/check/linear/specifications.h"
#include "sim/check/linear/state_table.h"
#include "sim/check/linear/writers.h"

#include <optional>
#include <string>

namespace cleave::linear {
namespace {

// Logs and texts: the state is the node of what is there in the tree of all that was ever thought
// of, so that states are equal if lists are, and to append costs as much as is appended.
class Sequence : public Specification {
 public:
  Sequence(const History& history, const Question& question, std::span<const std::uint32_t> actions,
           Strangers strangers)
      : history_(history), model_(question.model), actions_(actions), nodes_(actions.size(), 0) {
    if (model_ == Model::kv) initial_ = walk(0, question.init);
    if (strangers == Strangers::overlook && model_ == Model::log) known_.emplace(history, actions);
    for (std::size_t i = 0; i < actions.size(); ++i)
      nodes_[i] = node_of(history.operations[actions[i]]);
    see(initial_, 0);
    for (std::size_t i = 0; i < actions.size(); ++i)
      if (const Operation& o = history.operations[actions[i]]; o.call == Call::read)
        see(nodes_[i], o.completed);
  }

  std::uint64_t initial() const override { return initial_; }
  std::optional<std::uint64_t> apply(std::uint64_t state, std::uint32_t action,
                                     std::uint32_t /*choice*/) override {
    const Operation& o = history_.operations[actions_[action]];
    if (o.call == Call::read) return state == nodes_[action] ? std::optional(state) : std::nullopt;
    if (o.call == Call::write) return nodes_[action];
    const auto node = static_cast<std::uint32_t>(state);
    return model_ == Model::kv ? walk(node, o.argument)
                               : tree_.child(node, static_cast<std::uint64_t>(o.argument.code));
  }
  std::optional<Value> value_of(std::uint64_t state, Names& names) const override {
    if (model_ != Model::kv) return std::nullopt;
    std::string text;
    for (auto node = static_cast<std::uint32_t>(state); node != 0; node = tree_.parent(node))
      text += static_cast<char>(tree_.element(node));
    return names.intern(std::string(text.rbegin(), text.rend()));
  }
  bool overwrites(std::uint32_t action) const override {
    return history_.operations[actions_[action]].call == Call::write;
  }
  bool is_hideable(std::uint32_t /*action*/) const override { return model_ == Model::kv; }
  std::uint64_t seen_until(std::uint64_t state) const override {
    return state < seen_until_.size() ? seen_until_[state] : 0;
  }
  std::uint64_t bytes() const override {
    return tree_.bytes() + nodes_.capacity() * sizeof(nodes_[0]) +
           seen_until_.capacity() * sizeof(seen_until_[0]);
  }

 private:
  const History& history_;
  Model model_;
  std::span<const std::uint32_t> actions_;
  std::optional<Writers> known_;  // the elements of a log that count, if not all do
  PrefixTree tree_;
  std::uint32_t initial_ = 0;
  std::vector<std::uint32_t> nodes_;  // by action: what it read or wrote

  // By node: for seen_until(). Nodes that no read made have no place.
  std::vector<std::uint64_t> seen_until_;

  void see(std::uint32_t node, std::uint64_t completed) {
    if (node >= seen_until_.size()) seen_until_.resize(node + std::size_t{1}, 0);
    for (;; node = tree_.parent(node)) {
      if (seen_until_[node] >= completed) return;
      seen_until_[node] = completed;
      if (node == 0) return;
    }
  }
  std::uint32_t walk(std::uint32_t node, Value text) {
    if (text.is_nil()) return node;
    const auto along = [&](std::string_view characters) {
      for (const char c : characters)
        node = tree_.child(node, static_cast<unsigned char>(c));
    };
    if (text.is_integer()) {
      along(std::to_string(text.code));
    } else {
      along(history_.names.text_of(text));
    }
    return node;
  }
  std::uint32_t node_of(const Operation& o) {
    if (o.call == Call::append) return 0;
    if (o.call == Call::write) return walk(0, o.argument);
    if (model_ == Model::kv && o.answer == Answer::one) return walk(0, o.result);
    std::uint32_t node = 0;
    for (const Value value : list_of(history_, o))
      if (!known_ || known_->find(value))
        node = tree_.child(node, static_cast<std::uint64_t>(value.code));
    return node;
  }
};

}  // namespace

std::unique_ptr<Specification> sequence(const History& history, const Question& question,
                                        std::span<const std::uint32_t> actions,
                                        Strangers strangers) {
  return std::make_unique<Sequence>(history, question, actions, strangers);
}

}  // namespace cleave::linear
