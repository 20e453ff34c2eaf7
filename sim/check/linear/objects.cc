#include "sim/check/linear/objects.h"

#include "sim/check/linear/state_table.h"

#include <map>
#include <utility>

namespace cleave::linear {
namespace {

class Objects : public Specification {
 public:
  Objects(const History& history, const Question& question,
          std::span<const std::uint32_t> actions) {
    std::map<std::uint32_t, std::uint32_t> object_of;
    for (const std::uint32_t action : actions) {
      const auto [at, is_new] = object_of.try_emplace(history.operations[action].key,
                                                      static_cast<std::uint32_t>(objects_.size()));
      if (is_new) objects_.emplace_back();
      Object& object = objects_[at->second];
      places_.push_back({at->second, static_cast<std::uint32_t>(object.actions.size())});
      object.actions.push_back(action);
    }
    for (Object& object : objects_) {
      object.specification = specification_of(history, question, object.actions);
      put(scratch_.size() / 2, object.specification->initial());
    }
    initial_ = states_.intern(scratch_);
  }

  std::uint64_t initial() const override { return initial_; }
  std::uint32_t choices(std::uint64_t state, std::uint32_t action) const override {
    const auto [object, local] = places_[action];
    return objects_[object].specification->choices(at(state, object), local);
  }
  std::optional<std::uint64_t> apply(std::uint64_t state, std::uint32_t action,
                                     std::uint32_t choice) override {
    const auto [object, local] = places_[action];
    const std::uint64_t before = at(state, object);
    const auto after = objects_[object].specification->apply(before, local, choice);
    if (!after || *after == before) return after ? std::optional(state) : std::nullopt;
    const auto words = states_.at(state);
    scratch_.assign(words.begin(), words.end());
    words_ += words.size();
    put(object, *after);
    return states_.intern(scratch_);
  }
  std::uint64_t words() const override {
    std::uint64_t sum = words_;
    for (const Object& object : objects_)
      sum += object.specification->words();
    return sum;
  }
  bool repeats(std::uint32_t action) const override {
    const auto [object, local] = places_[action];
    return objects_[object].specification->repeats(local);
  }
  std::uint64_t bytes() const override {
    std::uint64_t sum = states_.bytes();
    for (const Object& object : objects_)
      sum += object.specification->bytes();
    return sum;
  }

 private:
  struct Object {
    std::vector<std::uint32_t> actions;
    std::unique_ptr<Specification> specification;
  };
  std::vector<Object> objects_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> places_;  // object, and action of it
  StateTable states_;                                            // two words an object
  std::vector<std::uint32_t> scratch_;
  std::uint64_t initial_ = 0;
  std::uint64_t words_ = 0;

  std::uint64_t at(std::uint64_t state, std::size_t object) const {
    const auto words = states_.at(state);
    return std::uint64_t{words[2 * object]} << 32 | words[2 * object + 1];
  }
  void put(std::size_t object, std::uint64_t state) {
    if (scratch_.size() <= 2 * object) scratch_.resize(2 * object + 2);
    scratch_[2 * object] = static_cast<std::uint32_t>(state >> 32);
    scratch_[2 * object + 1] = static_cast<std::uint32_t>(state);
  }
};

}  // namespace

std::unique_ptr<Specification> objects_of(const History& history, const Question& question,
                                          std::span<const std::uint32_t> actions) {
  if (question.model == Model::multi_register) return specification_of(history, question, actions);
  return std::make_unique<Objects>(history, question, actions);
}

}  // namespace cleave::linear
